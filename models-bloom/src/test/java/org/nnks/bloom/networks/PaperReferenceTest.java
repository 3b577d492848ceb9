package org.nnks.bloom.networks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
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
import org.nnks.bloom.ExactSolution;
import org.nnks.bloom.ReferenceRun;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.SimulatedPath;

/**
 * The paper's 256×3 networks at full size, as README and docs/bloom-report.md have them: 30
 * iterations of 500,000 points, without price noise, at the rules of the reference run. Half an
 * hour of processor time.
 */
@Tag("paper")
class PaperReferenceTest {

  private static final int POINTS = 128_000;

  private static final int ITERATIONS = 30;

  private static final int PERIODS = 200;

  private static final int BURN_IN = 100;

  private static final Bloom ECONOMY = new Bloom(BloomCalibration.replication());

  @TempDir private static Path folder;

  /** Training amplifies rounding: shares may be a point lower, errors half as large again. */
  @Test
  void thePapersNetworksChooseAsDocumented() {
    ReferenceRun reference = ReferenceRun.read(ECONOMY, folder);
    try (ExactBellman grid = new ExactBellman(ECONOMY);
        PaperBellman networks =
            new PaperBellman(
                ECONOMY,
                PaperTraining.yokomoto2026()
                    .withoutPriceNoise()
                    .withLength(POINTS, ITERATIONS, ITERATIONS),
                JumpClearing.Rule.MIXED,
                Device.cpu(),
                DataType.FLOAT32,
                new Seeds(1))) {
      ExactSolution exact = grid.solve(reference.rules());
      SimulatedPath path =
          new EconomySimulator()
              .simulate(exact.policies(), Arrays.copyOf(reference.states(), PERIODS));
      PaperSolution solution = networks.solve(reference.rules());
      Map<String, EquationError> wrong = solution.gaps(exact, path, BURN_IN);
      assertThat(wrong.get(ChoiceGaps.WRONG_BY_POINTS_LENIENT).mean())
          .as("documented: 96.05 percent of points right, lenient")
          .isLessThan(1 - .9605 + .01);
      assertThat(wrong.get(ChoiceGaps.WRONG_BY_MASS).mean())
          .as("documented: 90.4 percent of firms right")
          .isLessThan(1 - .904 + .02);
      assertThat(solution.validation().last()).isLessThan(1.5 * 1.9e-5);
    }
  }
}
