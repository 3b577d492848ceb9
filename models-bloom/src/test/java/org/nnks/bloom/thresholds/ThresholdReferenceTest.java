package org.nnks.bloom.thresholds;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.BloomCalibration;
import org.nnks.bloom.ChoiceGaps;
import org.nnks.bloom.ExactBellman;
import org.nnks.bloom.ExactComparison;
import org.nnks.bloom.ExactSolution;
import org.nnks.bloom.ReferenceRun;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.SimulatedPath;

/**
 * One iteration by thresholds at full size beside the exact solver, at the rules and shocks of the
 * reference run.
 */
@Tag("paper")
class ThresholdReferenceTest {

  private static final int PERIODS = ReferenceRun.FROM + ChoiceGaps.COMPARED_PERIODS;

  private static final Bloom ECONOMY = new Bloom(BloomCalibration.replication());

  /** What shares may fall by: other processors and forecast rules move them by .1 to .2 points. */
  private static final double TOLERANCE = .0025;

  @TempDir private static Path folder;

  @Test
  void thresholdsChooseAndClearAsTheExactSolverDoes() {
    ReferenceRun reference = ReferenceRun.read(ECONOMY, folder);
    int[] states = Arrays.copyOf(reference.states(), PERIODS);
    try (ExactBellman grid = new ExactBellman(ECONOMY);
        ThresholdBellman thresholds =
            new ThresholdBellman(
                ECONOMY, true, JumpClearing.Rule.MIXED, Device.cpu(), new Seeds(1))) {
      ExactSolution exact = grid.solve(reference.rules());
      ThresholdSolution fitted = thresholds.solve(reference.rules());
      SimulatedPath ours = new EconomySimulator().simulate(fitted.policies(), states);
      double gap = 0;
      for (int t = ReferenceRun.FROM; t < PERIODS; t++) {
        double theirs = reference.path().column("p").get(t);
        gap +=
            100 * Math.abs(Math.log(ours.price().get(t) / theirs)) / (PERIODS - ReferenceRun.FROM);
      }
      assertThat(fitted.converged()).isTrue();
      assertThat(gap).as("mean gap in p, percent").isLessThan(.2);
      assertThat(ours.clearing().failures()).isZero();

      Map<String, EquationError> wrong = fitted.gaps(exact, ours, ReferenceRun.FROM);
      assertThat(wrong.get(ChoiceGaps.WRONG_BY_POINTS).points()).isEqualTo(3_367_000);
      assertThat(wrong.get(ChoiceGaps.WRONG_BY_POINTS).mean())
          .as("documented: 98.95 percent of points right")
          .isLessThan(1 - .9895 + TOLERANCE);
      assertThat(wrong.get(ChoiceGaps.WRONG_BY_MASS).mean())
          .as("documented: 96.95 percent of firms right, on the published grids")
          .isLessThan(1 - .9695 + TOLERANCE);
      assertThat(wrong.get(ChoiceGaps.LOSS_OF_WRONG).mean()).isLessThan(.0024);
      assertThat(fitted.errors(ours, ReferenceRun.FROM, new Seeds(1)).values().iterator().next())
          .extracting(EquationError::mean)
          .satisfies(error -> assertThat(error).isLessThan(1e-3));

      Map<String, Double> statistics = fitted.exhibits(ours, ReferenceRun.FROM).statistics();
      assertThat(statistics.get(ExactComparison.RIGHT_BY_MASS_LENIENT))
          .isGreaterThan(.988 - TOLERANCE);
      assertThat(statistics.get(ExactComparison.RIGHT_BY_MASS_FINER))
          .as("documented: 97.9 percent of firms right when the grid is twice as fine")
          .isGreaterThan(.979 - TOLERANCE)
          .isGreaterThan(statistics.get(ExactComparison.RIGHT_BY_MASS));
    }
  }
}
