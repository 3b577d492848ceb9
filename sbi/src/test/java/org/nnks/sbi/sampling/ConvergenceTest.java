package org.nnks.sbi.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nnks.core.run.Seeds;

class ConvergenceTest {

  /** Stationary autoregressions with a shift of the last chain. */
  private static double[][] chains(int count, int length, double rho, double shift, double scale) {
    RandomGenerator random = new Seeds(5).stream("chains");
    double[][] chains = new double[count][length];
    for (int c = 0; c < count; c++) {
      double x = random.nextGaussian();
      for (int t = 0; t < length; t++) {
        x = rho * x + Math.sqrt(1 - rho * rho) * random.nextGaussian();
        chains[c][t] = c == count - 1 ? shift + scale * x : x;
      }
    }
    return chains;
  }

  @Test
  void theEffectiveSizeOfAnAutoregressionIsKnown() {
    // n (1 - rho) / (1 + rho): 40,000 draws at .8 are worth 4,444, at 0 all of themselves.
    Convergence slow = Convergence.of(chains(8, 5_000, 0.8, 0, 1));
    assertThat(slow.bulkSize()).isCloseTo(4_444, within(450.0));
    assertThat(slow.rHat()).isCloseTo(1, within(0.005));
    Convergence independent = Convergence.of(chains(8, 5_000, 0, 0, 1));
    assertThat(independent.bulkSize()).isCloseTo(40_000, within(2_000.0));
    assertThat(independent.tailSize()).isCloseTo(40_000, within(4_000.0));
    // Chains that alternate know the mean better than independent draws: 3 times at -.5.
    assertThat(Convergence.of(chains(8, 5_000, -0.5, 0, 1)).bulkSize())
        .isCloseTo(120_000, within(18_000.0));
  }

  @Test
  void oneChainElsewhereOrOfAnotherSpreadShows() {
    assertThat(Convergence.of(chains(8, 1_000, 0, 0, 1)).rHat()).isLessThan(1.01);
    Convergence shifted = Convergence.of(chains(8, 1_000, 0, 1, 1));
    assertThat(shifted.rHat()).isGreaterThan(1.03);
    assertThat(shifted.bulkSize()).isLessThan(200);
    assertThat(Convergence.of(chains(8, 1_000, 0, 0, 3)).rHat()).isGreaterThan(1.03);
  }

  @Test
  void chainsThatNeverMoveDoNotAgree() {
    Convergence still = Convergence.of(new double[4][100]);
    assertThat(still.rHat()).isNaN();
    assertThat(still.bulkSize()).isNaN();
  }

  @Test
  void aTrendShowsInASingleChain() {
    double[][] trend = chains(1, 1_000, 0, 0, 1);
    for (int t = 0; t < 1_000; t++) {
      trend[0][t] += t / 500.0;
    }
    assertThat(Convergence.of(trend).rHat()).isGreaterThan(1.1);
  }
}
