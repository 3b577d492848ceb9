package org.nnks.core.lumpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.contract.TinyEconomy;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.simulate.Simulator;

class LeastSquaresBellmanTest {

  private static final Seeds SEEDS = new Seeds(6);

  private final LumpyInvestment economy = TinyEconomy.standard();
  private final ForecastRules rules = ColdStart.rules(economy);
  private final Device device = Device.cpu();
  private final int[] shocks = economy.aggregate().simulate(0, 300, SEEDS.stream("aggregate"));

  private LeastSquaresBellman network(boolean usePolicyNetwork) {
    return new LeastSquaresBellman(economy, usePolicyNetwork, device, SEEDS);
  }

  private SimulatedPath simulate(LumpySolution solution) {
    return new Simulator().simulate(solution.policies(), shocks);
  }

  /**
   * The limits promised for Khan-Thomas, for which features are scaled: .08 % in p, .12 % in K, a
   * Bellman error of 2e-4. Measured here on 2026-11-23: .057, .097 and 1.1e-4.
   */
  @Test
  void agreesWithTheGridOnPathsAndValues() {
    try (LeastSquaresBellman network = network(false);
        LeastSquaresBellman withPolicy = network(true);
        GridBellman grid = new GridBellman(economy)) {
      LumpySolution neural = network.solve(rules);
      LumpySolution exact = grid.solve(rules);
      assertThat(neural.converged()).isTrue();
      SimulatedPath expected = simulate(exact);
      for (SimulatedPath path :
          new SimulatedPath[] {simulate(neural), simulate(withPolicy.solve(rules))}) {
        var gaps = PathGap.between(path, expected, 50);
        assertThat(gaps.get(0).max()).as("gap in p, percent").isLessThan(.08);
        assertThat(gaps.get(1).max()).as("gap in K, percent").isLessThan(.12);
        assertThat(path.clearing().failures()).isZero();
      }
      assertThat(BellmanError.onGrid(neural).mean()).isLessThan(2e-4);
      double[] k = {.5, 1, 2, 3, 4, 6};
      double[] mean = {2, 2.4, 2.6, 2.8, 3, 3.4};
      double[][] values = neural.value().values(k, mean);
      double[][] exactValues = exact.value().values(k, mean);
      double largest = 0;
      for (int h = 0; h < 4; h++) {
        for (int i = 0; i < k.length; i++) {
          largest = Math.max(largest, Math.abs(values[h][i] - exactValues[h][i]));
        }
      }
      // A Bellman error e leaves at most e / (1 - beta) = 20 e in V.
      assertThat(largest).isLessThan(20 * 2e-4);
    }
  }

  @Test
  void aRestoredSolverContinuesBitForBit() {
    double[] shifted = rules.coefficients();
    shifted[4] += .001;
    ForecastRules next = ForecastRules.ofCoefficients(shifted);
    try (LeastSquaresBellman first = network(true);
        LeastSquaresBellman second = network(true)) {
      SimulatedPath path = simulate(first.solve(rules));
      second.restore(first.state());
      assertThat(simulate(second.current(rules)).price()).isEqualTo(path.price());
      assertThat(simulate(second.solve(next)).price())
          .isEqualTo(simulate(first.solve(next)).price());
    }
  }

  @Test
  void theSameSeedGivesTheSameBitsTwice() {
    try (LeastSquaresBellman first = network(true);
        LeastSquaresBellman second = network(true)) {
      assertThat(simulate(second.solve(rules))).isEqualTo(simulate(first.solve(rules)));
    }
  }

  @Test
  void rejectsACheckpointWithoutItsWeights() {
    try (LeastSquaresBellman network = network(false)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.restore(Map.of("value.layer1.weight", new double[2])))
          .withMessageContaining(
              "'value.layer1.weight' with %d numbers".formatted(2 * HeadedValue.WIDTH));
    }
  }

  @Test
  void rejectsNetworksOfAnotherSeed() {
    try (LeastSquaresBellman network = network(false);
        LeastSquaresBellman other =
            new LeastSquaresBellman(economy, false, device, new Seeds(SEEDS.seed() + 1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.restore(other.state()))
          .withMessageContaining("was not drawn from this run's seed");
    }
  }
}
