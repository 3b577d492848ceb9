package org.nnks.khanthomas.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.interpolation.SplineInterpolator;
import org.junit.jupiter.api.Test;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Grid;
import org.nnks.core.run.Seeds;

class LumpyPoliciesTest {

  private static final long SEED = 23;
  private static final int STATES = 300;
  private static final int KNOTS = 40;
  private static final int DENSE = 20_001;

  private final LumpyInvestment economy = TinyEconomy.standard();
  private final ForecastRules rules = ColdStart.rules(economy);

  /**
   * A firm by brute force: E V summed over next period's states from the value function itself, the
   * target by dense search, and the threshold from the two values.
   */
  @Test
  void decidesAsAFirmThatTriesEverything() {
    RandomGenerator random = new Seeds(SEED).stream("firms");
    try (GridBellman solver = new GridBellman(economy, KNOTS, 6)) {
      LumpySolution solution = solver.solve(rules);
      LumpyPolicies policies = solution.policies();
      int nodes = economy.capital().size();
      Decisions[] decisions = {new Decisions(2, nodes), new Decisions(2, nodes)};
      for (int s = 0; s < STATES; s++) {
        int a = random.nextInt(2);
        int z = random.nextInt(2);
        int i = random.nextInt(nodes);
        double mean = random.nextDouble(2, 3.6);
        PeriodPolicies period = policies.period(a, mean);
        double p = period.priceForecast() * Math.exp(random.nextDouble(-.02, .02));
        period.at(new double[] {period.priceForecast(), p}, 2, decisions);

        double nextMean = rules.nextCapital(a, mean);
        UnivariateFunction expected = expected(solution, a, z, nextMean);
        double left = .9 * economy.capital().get(i);
        double best = .3;
        for (int d = 0; d < DENSE; d++) {
          double k = economy.capital().clamp(.3 + 9.7 * d / (DENSE - 1));
          best = expected.value(k) - p * k > expected.value(best) - p * best ? k : best;
        }
        double wait = expected.value(Math.max(left, .3));
        double gain = expected.value(best) - p * (best - left) - wait;
        double threshold = gain / 2; // p w = phi = 2
        double share = Math.min(Math.max(threshold / .02, 0), 1);

        int cell = z * nodes + i;
        String state =
            "seed %d, state %d: a %d z %d i %d K %s p %s".formatted(SEED, s, a, z, i, mean, p);
        assertThat(period.capitalForecast()).isEqualTo(nextMean);
        // Dense points are 4.9e-4 apart.
        assertThat(decisions[1].target(z)).as(state).isCloseTo(best, within(5e-4));
        // Half a dense step off the maximum costs |V''| h^2 / 2, below 1e-7 in the gain.
        assertThat(decisions[1].adjusting(cell)).as(state).isCloseTo(share, within(1e-5));
        assertThat(decisions[1].adjustmentHours(cell))
            .as(state)
            .isCloseTo(.01 * share * share, within(1e-6));
      }
    }
  }

  /** The discounted expectation: summed at the knots, state by state, and splined. */
  private UnivariateFunction expected(LumpySolution solution, int a, int z, double nextMean) {
    double[] knots = Grid.logarithmic(.3, 10, KNOTS).nodes().toArray();
    double[] means = new double[KNOTS];
    Arrays.fill(means, economy.meanCapital().clamp(nextMean));
    double[][] values = solution.value().values(knots, means);
    double[] expected = new double[KNOTS];
    for (int to = 0; to < 4; to++) {
      double probability =
          economy.aggregate().probability(a, to / 2)
              * economy.idiosyncratic().probability(z, to % 2);
      for (int i = 0; i < KNOTS; i++) {
        expected[i] += .95 * probability * values[to][i];
      }
    }
    return new SplineInterpolator().interpolate(knots, expected);
  }
}
