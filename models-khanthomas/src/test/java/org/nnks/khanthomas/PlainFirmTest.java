package org.nnks.khanthomas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.run.Seeds;
import org.nnks.khanthomas.exact.GridBellman;
import org.nnks.khanthomas.exact.LumpySolution;
import org.nnks.khanthomas.exact.ValueFunction;
import org.nnks.reference.KhanThomasReference;

/**
 * The firms' problem of Khan and Thomas (2008) once more, by a firm that tries everything. It
 * shares nothing with the grid but V and the chains: labour by its first-order condition, next
 * period's V summed state by state, k' by dense search, the random cost by its draws.
 */
class PlainFirmTest {

  private static final long SEED = 2008;

  private static final int STATES = 60;

  /** Candidates of k': 4 per mille apart. A miss costs less than V'' h^2 / 8, below 1e-5. */
  private static final int CANDIDATES = 1_000;

  /** Draws of the fixed cost, by the midpoint rule. */
  private static final int DRAWS = 2_000;

  private static final double ALPHA = .256;
  private static final double NU = .64;
  private static final double DELTA = .069;
  private static final double PHI = 2.4;
  private static final double BETA = .977;
  private static final double LARGEST_COST = .0083;

  private static final KhanThomas ECONOMY = new KhanThomas(KhanThomasCalibration.terry2017());

  private static final ForecastRules RULES = KhanThomasReference.load().usedRules();

  /** What README and docs/accuracy.md say of |V' - V|, 5e-5 and 7e-4 at most, and half more. */
  @Test
  void theGridSatisfiesThePlainFirmsBellmanEquation() {
    try (GridBellman solver = new GridBellman(ECONOMY)) {
      LumpySolution solution = solver.solve(RULES);
      RandomGenerator random = new Seeds(SEED).stream("firms");
      double largest = 0;
      double sum = 0;
      for (int s = 0; s < STATES; s++) {
        int a = random.nextInt(5);
        int z = random.nextInt(5);
        double k = Math.exp(random.nextDouble(Math.log(.3), Math.log(4)));
        double mean = random.nextDouble(1.35, 1.75);
        double[][] today = solution.value().values(new double[] {k}, new double[] {mean});
        double error = Math.abs(value(solution.value(), a, z, k, mean) - today[5 * a + z][0]);
        largest = Math.max(largest, error);
        sum += error;
      }
      assertThat(sum / STATES).as("mean error, seed %d", SEED).isLessThan(7.5e-5);
      assertThat(largest).as("largest error, seed %d", SEED).isLessThan(1e-3);
    }
  }

  /** The right-hand side of Yokomoto (2026) equations (26) to (31). */
  private static double value(ValueFunction v, int a, int z, double k, double mean) {
    double p = RULES.price(a, mean);
    double wage = PHI / p;
    double productivity =
        ECONOMY.idiosyncratic().level(z) * ECONOMY.aggregate().level(a) * Math.pow(k, ALPHA);
    double hours = Math.pow(NU * productivity / wage, 1 / (1 - NU));
    double profit = productivity * Math.pow(hours, NU) - wage * hours;

    double left = (1 - DELTA) * k;
    double lower = Math.log(ECONOMY.capital().lower());
    double upper = Math.log(ECONOMY.capital().upper());
    double[] candidates = new double[CANDIDATES + 1];
    for (int i = 0; i < CANDIDATES; i++) {
      candidates[i] =
          ECONOMY.capital().clamp(Math.exp(lower + (upper - lower) * i / (CANDIDATES - 1)));
    }
    candidates[CANDIDATES] = ECONOMY.capital().clamp(left);
    double[] expected = expected(v, a, z, RULES.nextCapital(a, mean), candidates);
    double wait = expected[CANDIDATES];
    double adjust = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < CANDIDATES; i++) {
      adjust = Math.max(adjust, -p * (candidates[i] - left) + expected[i]);
    }
    double better = 0;
    for (int d = 0; d < DRAWS; d++) {
      double cost = LARGEST_COST * (d + .5) / DRAWS;
      better += Math.max(wait, adjust - p * wage * cost) / DRAWS;
    }
    return p * profit + better;
  }

  /** beta E V(k', z'; A', K') at each candidate. */
  private static double[] expected(
      ValueFunction v, int a, int z, double nextMean, double[] candidates) {
    double[] means = new double[candidates.length];
    Arrays.fill(means, nextMean);
    double[][] values = v.values(candidates, means);
    double[] expected = new double[candidates.length];
    for (int next = 0; next < 25; next++) {
      double probability =
          ECONOMY.aggregate().probability(a, next / 5)
              * ECONOMY.idiosyncratic().probability(z, next % 5);
      for (int i = 0; i < expected.length; i++) {
        expected[i] += BETA * probability * values[next][i];
      }
    }
    return expected;
  }
}
