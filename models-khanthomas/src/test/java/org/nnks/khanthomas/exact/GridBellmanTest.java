package org.nnks.khanthomas.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.bellman.Progress;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Grid;

class GridBellmanTest {

  private static final int CAPITAL_KNOTS = 12;
  private static final int MEAN_CAPITAL_NODES = 4;

  private final LumpyInvestment economy = TinyEconomy.standard();
  private final ForecastRules rules = ColdStart.rules(economy);

  /**
   * Plain value iteration, written without the operator, the slow-mode correction, the common
   * target and the spline of the expectation: expectations are summed state by state, and every
   * firm looks for its own target on a fine grid refined by golden section.
   */
  @Test
  void findsTheFixedPointOfPlainValueIteration() {
    double[] plain = plainValueIteration();
    try (GridBellman solver = new GridBellman(economy, CAPITAL_KNOTS, MEAN_CAPITAL_NODES)) {
      LumpySolution solution = solver.solve(rules);
      assertThat(solution.converged()).isTrue();
      assertThat(solution.sweeps()).as("sentinel of 2026-11-29").isEqualTo(56);
      double[] values = solver.state().get("grid.values");
      assertThat(solution.change()).isLessThanOrEqualTo(level(values) * GridBellman.TOLERANCE);
      assertThat(values).hasSameSizeAs(plain);
      double largest = 0;
      for (int i = 0; i < values.length; i++) {
        largest = Math.max(largest, Math.abs(values[i] - plain[i]));
      }
      // Plain iteration stops at a change of 1e-9, which leaves up to 1e-9 / (1 - .95) = 2e-8; the
      // corrected one stops at 1e-9 of 21, which leaves about 2e-8 / (1 - .85).
      assertThat(largest).isLessThan(1e-7);
    }
  }

  private static double level(double[] values) {
    return Arrays.stream(values).map(Math::abs).average().orElseThrow();
  }

  private double[] plainValueIteration() {
    Grid k = Grid.logarithmic(.3, 10, CAPITAL_KNOTS);
    Grid mean = Grid.linear(1.8, 3.8, MEAN_CAPITAL_NODES);
    int block = CAPITAL_KNOTS * MEAN_CAPITAL_NODES;
    double[] v = new double[4 * block];
    org.apache.commons.math3.analysis.interpolation.SplineInterpolator splines =
        new org.apache.commons.math3.analysis.interpolation.SplineInterpolator();
    double[] best = new double[4 * MEAN_CAPITAL_NODES];
    for (int sweep = 0; sweep < 2_000; sweep++) {
      boolean choose = sweep < 5 || sweep % 10 == 0;
      double[] next = new double[v.length];
      double change = 0;
      for (int h = 0; h < 4; h++) {
        for (int j = 0; j < MEAN_CAPITAL_NODES; j++) {
          double nextMean = mean.clamp(rules.nextCapital(h / 2, mean.get(j)));
          double p = rules.price(h / 2, mean.get(j));
          int cell = mean.cell(nextMean);
          double weight = mean.weight(cell, nextMean);
          double[] expected = new double[CAPITAL_KNOTS];
          for (int to = 0; to < 4; to++) {
            double probability =
                economy.aggregate().probability(h / 2, to / 2)
                    * economy.idiosyncratic().probability(h % 2, to % 2);
            for (int i = 0; i < CAPITAL_KNOTS; i++) {
              double low = v[to * block + cell * CAPITAL_KNOTS + i];
              double high = v[to * block + (cell + 1) * CAPITAL_KNOTS + i];
              expected[i] += .95 * probability * ((1 - weight) * low + weight * high);
            }
          }
          var spline = splines.interpolate(k.nodes().toArray(), expected);
          int row = h * MEAN_CAPITAL_NODES + j;
          if (choose) {
            best[row] = argmax(x -> spline.value(x) - p * x);
          }
          for (int i = 0; i < CAPITAL_KNOTS; i++) {
            double left = .9 * k.get(i);
            double wait = spline.value(Math.max(left, .3));
            double gain = spline.value(best[row]) - p * (best[row] - left) - wait;
            double share = Math.min(Math.max(gain / .04, 0), 1);
            int index = row * CAPITAL_KNOTS + i;
            next[index] =
                economy.profit(
                        economy.idiosyncratic().level(h % 2),
                        k.get(i),
                        economy.aggregate().level(h / 2),
                        p)
                    + wait
                    + share * gain
                    - .02 * share * share;
            change = Math.max(change, Math.abs(next[index] - v[index]));
          }
        }
      }
      v = next;
      if (choose && change < 1e-9) {
        return v;
      }
    }
    throw new AssertionError("plain value iteration did not converge");
  }

  private static double argmax(java.util.function.DoubleUnaryOperator objective) {
    double best = .3;
    for (int i = 0; i <= 1_000; i++) {
      double x = .3 + 9.7 * i / 1_000;
      best = objective.applyAsDouble(x) > objective.applyAsDouble(best) ? x : best;
    }
    double low = Math.max(best - .01, .3);
    double high = Math.min(best + .01, 10);
    double golden = (Math.sqrt(5) - 1) / 2;
    while (high - low > 1e-8) {
      double x = high - golden * (high - low);
      double y = low + golden * (high - low);
      if (objective.applyAsDouble(x) < objective.applyAsDouble(y)) {
        low = x;
      } else {
        high = y;
      }
    }
    return (low + high) / 2;
  }

  @Test
  void satisfiesItsBellmanEquationAtItsKnots() {
    try (GridBellman solver = new GridBellman(economy, BellmanError.GRID, BellmanError.GRID)) {
      EquationError error = BellmanError.onGrid(solver.solve(rules));
      double level = level(solver.state().get("grid.values"));
      assertThat(error.points()).isEqualTo(4 * 100);
      assertThat(error.max()).isLessThan(level * GridBellman.TOLERANCE);
    }
  }

  @Test
  void aWarmStartFindsTheSameValues() {
    double[] shifted = rules.coefficients();
    shifted[0] += .01;
    shifted[4] -= .01;
    try (GridBellman cold = new GridBellman(economy, CAPITAL_KNOTS, MEAN_CAPITAL_NODES);
        GridBellman warm = new GridBellman(economy, CAPITAL_KNOTS, MEAN_CAPITAL_NODES)) {
      warm.solve(ForecastRules.ofCoefficients(shifted));
      cold.solve(rules);
      warm.solve(rules);
      assertThat(warm.state().get("grid.values"))
          .containsExactly(cold.state().get("grid.values"), within(1e-6));
    }
  }

  @Test
  void aRestoredSolverContinuesBitForBit() {
    double[] shifted = rules.coefficients();
    shifted[4] += .001;
    ForecastRules next = ForecastRules.ofCoefficients(shifted);
    try (GridBellman first = new GridBellman(economy, CAPITAL_KNOTS, MEAN_CAPITAL_NODES);
        GridBellman second = new GridBellman(economy, CAPITAL_KNOTS, MEAN_CAPITAL_NODES)) {
      first.solve(rules);
      second.restore(first.state());
      double[] points = {.5, 2, 8};
      double[] means = {2, 2.5, 3.5};
      assertThat(second.current(rules).value().values(points, means))
          .isDeepEqualTo(first.current(rules).value().values(points, means));
      first.solve(next);
      second.solve(next);
      assertThat(second.state().get("grid.values"))
          .containsExactly(first.state().get("grid.values"));
    }
  }

  /**
   * A solver that has solved nothing, or does not know what its state stands for, claims nothing.
   */
  @Test
  void aRestoredSolverClaimsWhatTheSolveReached() {
    List<Supplier<LumpyBellman>> solvers =
        List.of(
            () -> new GridBellman(economy, CAPITAL_KNOTS, MEAN_CAPITAL_NODES),
            () -> new TerryBellman(economy));
    for (Supplier<LumpyBellman> open : solvers) {
      try (LumpyBellman first = open.get();
          LumpyBellman second = open.get()) {
        assertThat(second.current(rules).converged()).isFalse();
        LumpySolution solution = first.solve(rules);
        assertThat(solution.converged()).isTrue();
        second.restore(first.state());
        assertThat(second.current(rules).converged()).isTrue();
        assertThat(second.current(rules).change()).isEqualTo(solution.change()).isPositive();
        Map<String, double[]> earlier = new HashMap<>(first.state());
        earlier.remove(Progress.NAME);
        second.restore(earlier);
        assertThat(second.current(rules).converged()).isFalse();
      }
    }
  }

  @Test
  void rejectsACheckpointOfAnotherGrid() {
    try (GridBellman solver = new GridBellman(economy, CAPITAL_KNOTS, MEAN_CAPITAL_NODES)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> solver.restore(Map.of("grid.values", new double[3])))
          .withMessage("the checkpoint does not hold a value function on a grid of 12 x 4");
      assertThatIllegalArgumentException().isThrownBy(() -> solver.restore(Map.of()));
    }
  }
}
