package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;

class ExactBellmanTest {

  /** What a change below the solver's tolerance can leave after the slow modes are corrected. */
  private static final double FIXED_POINT = 5e-5;

  /** Plain iteration contracts by beta: this many sweeps leave beta^1500 = 5e-9 of the start. */
  private static final int PLAIN_SWEEPS = 1_500;

  private final Bloom economy =
      new Bloom(
          SmallEconomy.calibration()
              .withIdiosyncraticStates(3)
              .withPriceMax(20)
              .withStartCapitalNode(6)
              .withCapitalNodes(10)
              .withStartHoursNode(4)
              .withHoursNodes(7)
              .withMeanCapitalNodes(2)
              .withProductivityStates(2));

  private final ForecastRules rules = FrictionlessSteadyState.coldStart(economy);

  /** Value iteration as it stands in equation (44), without any short-cut. */
  private double[] plainIteration() {
    int states = economy.states().size();
    int nodes = economy.meanCapital().size();
    int cells = economy.cells();
    int shocks = economy.idiosyncratic(0).size();
    int k = economy.capital().size();
    int n = economy.hours().size();
    double[] value = new double[states * nodes * cells];
    for (int sweep = 0; sweep < PLAIN_SWEEPS; sweep++) {
      double[] next = new double[value.length];
      for (int state = 0; state < states; state++) {
        int s = economy.states().volatility(state);
        for (int j = 0; j < nodes; j++) {
          double mean = economy.meanCapital().get(j);
          double nextMean = rules.nextCapital(state, mean);
          int low = economy.meanCapital().cell(nextMean);
          double weight = economy.meanCapital().weight(low, nextMean);
          double[] expected = new double[cells];
          for (int cell = 0; cell < cells; cell++) {
            int z = cell / (k * n);
            for (int nextState = 0; nextState < states; nextState++) {
              double probability = economy.aggregate().probability(state, nextState);
              if (probability > 0) {
                for (int nextZ = 0; nextZ < shocks; nextZ++) {
                  int at = nextZ * k * n + cell % (k * n);
                  expected[cell] +=
                      economy.discountFactor()
                          * probability
                          * economy.idiosyncratic(s).probability(z, nextZ)
                          * ((1 - weight) * value[(nextState * nodes + low) * cells + at]
                              + weight * value[(nextState * nodes + low + 1) * cells + at]);
                }
              }
            }
          }
          for (int cell = 0; cell < cells; cell++) {
            next[(state * nodes + j) * cells + cell] = best(state, mean, cell, expected);
          }
        }
      }
      value = next;
    }
    return value;
  }

  private double best(int state, double mean, int cell, double[] expected) {
    int n = economy.hours().size();
    int capitals = economy.capital().size();
    int z = cell / n / capitals;
    int k = cell / n % capitals;
    double price = rules.price(state, mean);
    double wage = economy.wage(price);
    double best = Double.NEGATIVE_INFINITY;
    for (int nextK = 0; nextK < capitals; nextK++) {
      for (int j = 0; j < n; j++) {
        double hours = economy.hours().get(j);
        double y =
            economy.output(
                economy.states().level(state),
                economy.idiosyncratic(0).level(z),
                economy.capital().get(k),
                hours);
        double i = economy.capital().get(nextK) - economy.undepreciated(k);
        double h = hours - economy.unseparated(cell % n);
        double payoff =
            y - wage * hours - i - economy.capitalCost(i, y) - economy.hoursCost(h, y, wage);
        best = Math.max(best, price * payoff + expected[(z * capitals + nextK) * n + j]);
      }
    }
    return best;
  }

  @Test
  void findsTheFixedPointOfPlainValueIteration() {
    double[] plain = plainIteration();
    try (ExactBellman bellman = new ExactBellman(economy)) {
      ExactSolution solution = bellman.solve(rules);
      assertThat(solution.converged()).isTrue();
      for (int state = 0; state < economy.states().size(); state++) {
        for (int j = 0; j < economy.meanCapital().size(); j++) {
          double[] ours = solution.values(state, economy.meanCapital().get(j));
          int offset = (state * economy.meanCapital().size() + j) * economy.cells();
          for (int cell = 0; cell < economy.cells(); cell++) {
            assertThat(ours[cell]).isCloseTo(plain[offset + cell], within(FIXED_POINT));
          }
        }
      }
    }
  }

  @Test
  void theBellmanEquationHoldsAtAllNodes() {
    try (ExactBellman bellman = new ExactBellman(economy)) {
      ExactSolution solution = bellman.solve(rules);
      SimulatedPath path = new EconomySimulator().simulate(solution.policies(), new int[] {0});
      Map<String, EquationError> errors = solution.errors(path, 0, new Seeds(1));
      EquationError onGrid = errors.get(ExactSolution.BELLMAN_ON_GRID);
      assertThat(errors.keySet().iterator().next())
          .as("what decides is off the solver's own nodes")
          .isEqualTo(ExactSolution.BELLMAN_BETWEEN_NODES);
      assertThat(onGrid.points())
          .isEqualTo(economy.states().size() * economy.meanCapital().size() * economy.cells());
      double level = Arrays.stream(bellman.state().get("bloom.values")).average().orElseThrow();
      assertThat(onGrid.max()).isLessThan(ExactBellman.TOLERANCE * level);
      assertThat(onGrid.mean()).isPositive().isLessThanOrEqualTo(onGrid.max());
      assertThat(errors.get(ExactSolution.BELLMAN_BETWEEN_NODES).max()).isGreaterThan(onGrid.max());
    }
  }

  @Test
  void cubicsInMeanCapitalLeaveLessBetweenItsNodesThanLines() {
    BloomCalibration lines = economy.calibration().withMeanCapitalNodes(6);
    double error = betweenNodes(lines);
    assertThat(betweenNodes(lines.withMeanCapitalDegree(BloomCalibration.CUBIC)))
        .isPositive()
        .isLessThan(error / 5);
  }

  private double betweenNodes(BloomCalibration calibration) {
    try (ExactBellman bellman = new ExactBellman(new Bloom(calibration))) {
      ExactSolution solution = bellman.solve(rules);
      SimulatedPath path = new EconomySimulator().simulate(solution.policies(), new int[] {0});
      return solution.errors(path, 0, new Seeds(1)).get(ExactSolution.BELLMAN_BETWEEN_NODES).mean();
    }
  }

  /** Firms on finer grids can do all that they could on the coarser, and more. */
  @Test
  void finerGridsAreWorthMoreToFirms() {
    Bloom finer = new Bloom(economy.calibration().finer(2, 3));
    try (ExactBellman coarse = new ExactBellman(economy);
        ExactBellman fine = new ExactBellman(finer)) {
      double mean = economy.meanCapital().get(1);
      double[] less = coarse.solve(rules).values(3, mean);
      double[] more = fine.solve(rules).values(3, mean);
      int k = economy.capital().size();
      int n = economy.hours().size();
      double gain = 0;
      for (int cell = 0; cell < less.length; cell++) {
        int row = cell / n / k * finer.capital().size() + 2 * (cell / n % k);
        double difference = more[row * finer.hours().size() + 3 * (cell % n)] - less[cell];
        assertThat(difference).isGreaterThan(-FIXED_POINT);
        gain += difference / less.length;
      }
      assertThat(gain).isGreaterThan(FIXED_POINT);
    }
  }

  @Test
  void warmStartsSaveSweepsAndStatesContinueExactly() {
    ForecastRules shifted =
        ForecastRules.ofCoefficients(
            Arrays.stream(rules.coefficients()).map(c -> c * 1.001).toArray());
    try (ExactBellman first = new ExactBellman(economy);
        ExactBellman second = new ExactBellman(economy)) {
      assertThat(second.current(rules).converged()).isFalse();
      ExactSolution solution = first.solve(rules);
      int cold = solution.sweeps();
      second.restore(first.state());
      assertThat(second.current(rules).converged()).isTrue();
      assertThat(second.current(rules).change()).isEqualTo(solution.change());
      ExactSolution here = first.solve(shifted);
      ExactSolution there = second.solve(shifted);
      assertThat(here.sweeps()).isLessThan(cold).isEqualTo(there.sweeps());
      assertThat(here.values(3, 1.7)).isEqualTo(there.values(3, 1.7));
    }
  }

  @Test
  void aForeignStateIsRejected() {
    try (ExactBellman bellman = new ExactBellman(economy)) {
      assertThatThrownBy(() -> bellman.restore(Map.of("bloom.values", new double[3])))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("2 x 10 x 7 nodes");
    }
  }

  /**
   * K/Y and p of the calibration by hand: alpha/(1/beta - 1 + delta_k) = .25 / (.95^(-1/4) - 1 +
   * .026).
   */
  @Test
  void theColdStartIsTheFrictionlessSteadyState() {
    Bloom full = new Bloom(BloomCalibration.replication());
    FrictionlessSteadyState still = FrictionlessSteadyState.of(full, 1);
    double output = 1 / (still.price() * (1 - .026 * 6.4257));
    assertThat(still.capital() / output).isCloseTo(6.4257, within(1e-3));
    ForecastRules start = FrictionlessSteadyState.coldStart(full);
    for (int state = 0; state < full.states().size(); state++) {
      FrictionlessSteadyState own = FrictionlessSteadyState.of(full, full.states().level(state));
      assertThat(start.nextCapital(state, own.capital())).isCloseTo(own.capital(), within(1e-12));
      assertThat(start.price(state, own.capital())).isCloseTo(own.price(), within(1e-12));
    }
  }
}
