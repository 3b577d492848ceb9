package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.cli.report.ReportLayout;

/** {@code nnks solve --method transition}. */
class WithoutRulesTest {

  @TempDir private Path folder;

  private Command solve(String name, String... more) {
    String[] words = {"solve", "rbc", "--method", "transition", "--quiet", "--out"};
    String[] all = new String[words.length + 1 + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = folder.resolve(name).toString();
    System.arraycopy(more, 0, all, words.length + 1, more.length);
    return Command.run(all);
  }

  /** A stopped path goes on from its checkpoint to the same bytes. */
  @Test
  void aPathThatWasStoppedEndsWithTheSameBytes() throws IOException {
    Command whole = solve("whole");
    assertThat(whole.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(whole.out()).contains("iterations without rules: the path last changed by");
    assertThat(ReportLayout.faults(folder.resolve("whole/report.html"))).isEmpty();
    Command stopped = solve("stopped", "--max-iterations", "3");
    assertThat(stopped.exitCode()).isEqualTo(ExitCode.NOT_CONVERGED);
    assertThat(stopped.out())
        .contains("not converged after 3 iterations without rules")
        .contains("to go on: ");
    assertThat(Files.readString(path("stopped"))).isNotEqualTo(Files.readString(path("whole")));
    Command goneOn = solve("stopped", "--resume", "--max-iterations", "60");
    assertThat(goneOn.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(Files.readString(path("stopped"))).isEqualTo(Files.readString(path("whole")));

    Command simulated =
        Command.run("simulate", folder.resolve("whole").toString(), "--out", folder + "/elsewhere");
    assertThat(simulated.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(simulated.err()).contains("has no forecast rules");

    try (Run run = Run.open(folder.resolve("whole"))) {
      assertThat(run.moments().toString()).isNotEmpty();
      assertThat(run).asString().startsWith("converged");
      assertThatThrownBy(run::agents).hasMessageContaining("has no forecast rules");
    }
  }

  private Path path(String name) {
    return folder.resolve(name).resolve("path.csv");
  }
}
