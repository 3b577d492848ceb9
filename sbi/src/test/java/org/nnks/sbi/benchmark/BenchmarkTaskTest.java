package org.nnks.sbi.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Data;
import org.nnks.sbi.Simulations;

class BenchmarkTaskTest {

  private static final BenchmarkTask TASK = BenchmarkTask.GAUSSIAN_MIXTURE;

  /** All of the narrow component and one in nine of the wide one: no other mixture has this. */
  private static final double WITHIN_HALF = 0.5 + 0.5 * (1 - Math.exp(-0.125));

  /**
   * The published task drew one component for a batch. Here half of the simulations of one table
   * come from each, in an order that is random: neighbours are near theta on both sides as often as
   * independent ones are.
   */
  @Test
  void everySimulationOfTheMixtureDrawsItsOwnComponent() {
    int n = 4_000;
    Simulations simulations = Simulations.draw(TASK.prior(), TASK, n, 1);
    double[] near = new double[n];
    double share = 0;
    double pairs = 0;
    for (int i = 0; i < n; i++) {
      Vector theta = simulations.theta(i);
      Data data = simulations.data(i);
      double distance =
          Math.hypot(
              data.values().get(0, 0) - theta.get(0), data.values().get(0, 1) - theta.get(1));
      near[i] = distance < 0.5 ? 1 : 0;
      share += near[i] / n;
      pairs += i == 0 ? 0 : near[i] * near[i - 1] / (n - 1);
    }
    // Four standard errors.
    assertThat(share).isCloseTo(WITHIN_HALF, within(0.032));
    assertThat(pairs).isCloseTo(WITHIN_HALF * WITHIN_HALF, within(0.035));
  }

  /** The exact posterior's draws are a mixture, too, centred at the data. */
  @Test
  void everyReferenceDrawHasItsOwnComponent() {
    int n = 4_000;
    var draws = TASK.reference(new double[] {1, -2}, n, new Seeds(1).stream("reference"));
    double share = 0;
    for (int i = 0; i < n; i++) {
      share += Math.hypot(draws.get(i, 0) - 1, draws.get(i, 1) + 2) < 0.5 ? 1.0 / n : 0;
    }
    assertThat(share).isCloseTo(WITHIN_HALF, within(0.032));
  }
}
