package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Khan and Thomas (2008) by the projection for declared economies, judged by the exact grid. */
class ProjectionOfKhanThomasTest {

  @TempDir private static Path folder;

  @Test
  void theExactGridCertifiesIt() {
    Path run = folder.resolve("run");
    Command solve =
        Command.run(
            "solve",
            "khan-thomas",
            "--method",
            "projection",
            "--periods",
            "400",
            "--seed",
            "7",
            "--burn-in",
            "100",
            "--tolerance",
            "1e-4",
            "--quiet",
            "--out",
            run.toString());
    assertThat(solve.err()).isEmpty();
    assertThat(solve.out())
        .contains("Table 1)", "Table 3)", "Table 4)", "Table 9)", "Errors of equations")
        .contains("(method projection)");
    assertThat(solve.exitCode()).isEqualTo(ExitCode.OK);
    Command certify = Command.run("certify", run.toString(), "--quiet");
    assertThat(certify.out()).contains("certified by the method exact: p within ");
    assertThat(certify.exitCode()).isEqualTo(ExitCode.OK);
  }
}
