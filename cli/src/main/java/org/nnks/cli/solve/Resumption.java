package org.nnks.cli.solve;

import java.util.Arrays;
import org.nnks.core.archive.Manifest;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.solve.SolverConfig;

/** Decides whether a run may continue with the options given. */
final class Resumption {

  private Resumption() {}

  /**
   * Checks that a run continues as it began. Only when it stops may change: the tolerance and the
   * iteration limit.
   *
   * @throws InvalidInputException if something else differs
   */
  static <C extends Record> void check(
      Manifest<C> manifest, RunSettings settings, C calibration, int[] before, int[] now) {
    if (!calibration.equals(manifest.calibration())) {
      throw different("the calibration");
    }
    if (!Arrays.equals(before, now)) {
      throw different("the shocks");
    }
    SolverConfig began = manifest.settings().solver();
    SolverConfig goesOn = settings.solver();
    SolverConfig stopsOtherwise =
        new SolverConfig(
            goesOn.burnIn(),
            goesOn.change(),
            began.tolerance(),
            began.maxIterations(),
            goesOn.update(),
            goesOn.bellmanLimit());
    if (!settings.withSolver(stopsOtherwise).equals(manifest.settings())) {
      throw different("a setting");
    }
  }

  private static InvalidInputException different(String what) {
    return new InvalidInputException(
        what
            + " differs from that of the run to continue: only --tolerance and --max-iterations may"
            + " change; leave out the others");
  }
}
