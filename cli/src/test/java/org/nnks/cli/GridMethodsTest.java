package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.cli.progress.ExitCode;
import org.nnks.core.archive.Manifest;
import org.nnks.core.archive.PathCsv;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.archive.RunSettings;
import org.nnks.khanthomas.KhanThomasCalibration;

/** The methods without networks: what they agree on, and that runs remember which they are. */
class GridMethodsTest {

  private static final int BURN_IN = 60;

  /** As short as rules can be estimated on. */
  private static final List<String> SMALL =
      List.of("--periods", "200", "--burn-in", "" + BURN_IN, "--tolerance", "1e-4", "--seed", "7");

  private static final List<String> COARSE =
      List.of("--capital-knots", "10", "--mean-capital-nodes", "10");

  @TempDir private static Path folder;

  /** A third of Terry's states. */
  private static final String[] FEWER_STATES = {
    "--set", "aggregateStates=3", "--set", "idiosyncraticStates=3"
  };

  @BeforeAll
  static void solve() {
    for (String method : List.of("direct", "interpolated")) {
      assertThat(solve(method, folder.resolve(method), FEWER_STATES).exitCode())
          .isEqualTo(ExitCode.OK);
    }
    assertThat(small(folder.resolve("exact")).exitCode()).isEqualTo(ExitCode.OK);
    Command terry = solve("terry", folder.resolve("terry"), "--rules", "terry2017");
    assertThat(terry.exitCode()).isEqualTo(ExitCode.OK);
  }

  private static Command solve(String method, Path out, String... more) {
    List<String> words = new ArrayList<>(List.of("solve", "khan-thomas", "--method", method));
    words.addAll(List.of("--out", out.toString(), "--quiet"));
    words.addAll(SMALL);
    words.addAll(List.of(more));
    return Command.run(words.toArray(String[]::new));
  }

  private static Command small(Path out, String... more) {
    List<String> words = new ArrayList<>(COARSE);
    words.addAll(List.of(FEWER_STATES));
    words.addAll(List.of(more));
    return solve("exact", out, words.toArray(String[]::new));
  }

  private static PathCsv path(String run) {
    return PathCsv.read(folder.resolve(run).resolve("path.csv"));
  }

  /** Brent's method finds k* to 1e-6, and both stop at a rule change of 1e-4. */
  @Test
  void directSearchFindsWhatTheMaximiserFinds() {
    path("direct")
        .gaps(path("exact"), BURN_IN)
        .forEach(gap -> assertThat(gap.max()).as(gap.name()).isLessThan(.05));
  }

  /** k* falls so steeply in p that interpolation on a coarse grid moves K by about one percent. */
  @Test
  void interpolationIsNear() {
    path("interpolated")
        .gaps(path("exact"), BURN_IN)
        .forEach(gap -> assertThat(gap.max()).as(gap.name()).isBetween(.01, 4.0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "interpolated", "exact", "terry"})
  void simulateRestoresTheSolver(String method) {
    Path run = folder.resolve(method);
    Path out = folder.resolve(method + "-again");
    String shocks = run.resolve("shocks.csv").toString();
    Command simulate =
        Command.run("simulate", run.toString(), "--shocks", shocks, "--out", out.toString());
    assertThat(simulate.err()).isEmpty();
    assertThat(simulate.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(out.resolve("path.csv")).hasSameTextualContentAs(run.resolve("path.csv"));
  }

  @Test
  void resumeRestoresTheGrid() {
    Path out = folder.resolve("resumed");
    assertThat(small(out, "--max-iterations", "2").exitCode()).isEqualTo(ExitCode.NOT_CONVERGED);
    assertThat(small(out, "--max-iterations", "60", "--resume").exitCode()).isEqualTo(ExitCode.OK);
    assertThat(out.resolve("path.csv"))
        .hasSameTextualContentAs(folder.resolve("exact").resolve("path.csv"));
    assertThat(settings(out).knots()).isEqualTo(new RunSettings.Knots(10, 10));
  }

  @Test
  void terryIsRememberedAndClearsInHisWay() {
    RunSettings settings = settings(folder.resolve("terry"));
    assertThat(settings.method()).isEqualTo(RunSettings.Method.TERRY);
    assertThat(settings.startRules()).isPresent();
    // His clearing leaves residuals up to 1e-4, the other methods 1e-7.
    assertThat(PathCsv.read(folder.resolve("terry/path.csv")).series("clearing_residual").max())
        .isGreaterThan(1e-6);
  }

  private static RunSettings settings(Path run) {
    return Manifest.read(new RunFolder(run).manifest(), KhanThomasCalibration.class).settings();
  }
}
