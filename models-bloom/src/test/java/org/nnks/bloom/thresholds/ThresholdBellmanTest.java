package org.nnks.bloom.thresholds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nnks.bloom.Adjustment;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.ChoiceGaps;
import org.nnks.bloom.DecisionRule;
import org.nnks.bloom.ExactBellman;
import org.nnks.bloom.ExactSolution;
import org.nnks.bloom.FinerGrids;
import org.nnks.bloom.FirmDecisions;
import org.nnks.bloom.FrictionlessSteadyState;
import org.nnks.bloom.SmallEconomy;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.SimulatedPath;

/** The neural solver against the exact one on an economy that solves in seconds. */
class ThresholdBellmanTest {

  private static final int PERIODS = 60;
  private static final int BURN_IN = 20;

  /** Half the distance between nodes of log k. */
  private static final double HALF_A_NODE =
      -Math.log(1 - SmallEconomy.calibration().depreciation()) / 2;

  private static final Bloom ECONOMY = SmallEconomy.create();
  private static final ForecastRules RULES = FrictionlessSteadyState.coldStart(ECONOMY);
  private static ExactBellman exactSolver;
  private static ExactSolution exact;
  private static ThresholdBellman solver;
  private static ThresholdSolution solution;

  private static ThresholdBellman create(long seed) {
    return new ThresholdBellman(
        ECONOMY, true, JumpClearing.Rule.MIXED, Device.cpu(), new Seeds(seed));
  }

  @BeforeAll
  static void solve() {
    exactSolver = new ExactBellman(ECONOMY);
    exact = exactSolver.solve(RULES);
    solver = create(1);
    solution = solver.solve(RULES);
  }

  @AfterAll
  static void close() {
    exactSolver.close();
    solver.close();
  }

  private static SimulatedPath path(ThresholdSolution thresholds) {
    int[] states = ECONOMY.aggregate().simulate(0, PERIODS, new Seeds(3).stream("aggregate"));
    return new EconomySimulator().simulate(thresholds.policies(), states);
  }

  @Test
  void theBellmanEquationHoldsOffTheSamplePoints() {
    assertThat(solution.converged()).isTrue();
    Map<String, EquationError> errors = solution.errors(path(solution), BURN_IN, new Seeds(1));
    EquationError first = errors.values().iterator().next();
    assertThat(first).isEqualTo(errors.get(ThresholdSolution.BELLMAN_OFF_SAMPLES));
    assertThat(first.points()).isPositive();
    assertThat(first.mean()).isPositive().isLessThan(1e-2);
  }

  /**
   * Intervals of n are a quarter wide here, so that choices off the grid are not those on it: the
   * bars are those of the replication calibration, two points lower.
   */
  @Test
  void firmsChooseTheExactBranch() {
    Map<String, EquationError> gaps = solution.gaps(exact, path(solution), BURN_IN);
    assertThat(gaps.get(ChoiceGaps.WRONG_BY_POINTS).mean()).isPositive().isLessThan(.05);
    assertThat(gaps.get(ChoiceGaps.WRONG_BY_MASS_LENIENT).mean()).isLessThan(.05);
    assertThat(gaps.get(ChoiceGaps.WRONG_BY_MASS_LENIENT).mean())
        .isLessThan(gaps.get(ChoiceGaps.WRONG_BY_MASS).mean());
    assertThat(gaps.get(ChoiceGaps.LOSS_OF_WRONG).mean()).isPositive().isLessThan(.0024);
  }

  @Test
  void historiesFollowTheExactOnes() {
    SimulatedPath ours = path(solution);
    SimulatedPath theirs = new EconomySimulator().simulate(exact.policies(), ours.stateArray());
    double gap = 0;
    for (int t = BURN_IN; t < PERIODS; t++) {
      gap += Math.abs(Math.log(ours.price().get(t) / theirs.price().get(t)));
    }
    assertThat(gap / (PERIODS - BURN_IN)).isLessThan(.01);
    assertThat(ours.clearing().failures()).isZero();
  }

  /** At prices inside and outside of those that thresholds know. */
  @Test
  void thresholdsDecideAsTheMaximiser() {
    DecisionRule<FirmDecisions> thresholds = solution.rule();
    DecisionRule<FirmDecisions> maximiser = solution.maximiser();
    int state = 5;
    double mean = 1.7;
    thresholds.begin(state, mean);
    maximiser.begin(state, mean);
    double forecast = RULES.price(state, RULES.nextCapital(state, mean));
    FirmDecisions ours = new FirmDecisions(ECONOMY);
    FirmDecisions theirs = new FirmDecisions(ECONOMY);
    for (double deviation : new double[] {-.02, .003, .031, .1}) {
      thresholds.decide(forecast * Math.exp(deviation), ours);
      maximiser.decide(forecast * Math.exp(deviation), theirs);
      int same = 0;
      double distance = 0;
      for (int cell = 0; cell < ECONOMY.cells(); cell++) {
        same += branch(ours, cell) == branch(theirs, cell) ? 1 : 0;
        distance += Math.abs(Math.log(ours.nextCapital(cell) / theirs.nextCapital(cell)));
      }
      if (deviation > Thresholds.PRICE_NOISE) {
        assertThat(same).isEqualTo(ECONOMY.cells());
        assertThat(distance).isZero();
      } else {
        assertThat(same / (double) ECONOMY.cells()).isGreaterThan(.97);
        assertThat(distance / ECONOMY.cells()).isLessThan(HALF_A_NODE);
      }
    }
  }

  /**
   * Yokomoto (2026) Table 6: what was fitted once decides for firms on any histogram. The first
   * quarters, at prices that thresholds do not know, evaluate the fitted value off its own nodes.
   */
  @Test
  void theSameThresholdsDecideOnAFinerHistogram() {
    SimulatedPath own = path(solution);
    SimulatedPath same = new EconomySimulator().simulate(solution.policies(1, 1), own.stateArray());
    SimulatedPath finer =
        new EconomySimulator().simulate(solution.policies(2, 3), own.stateArray());
    assertThat(own.finalAgents().columns() * 5).isLessThan(finer.finalAgents().columns());
    assertThat(finer.clearing().failures()).isZero();
    double gap = 0;
    for (int t = 0; t < PERIODS; t++) {
      assertThat(same.price().get(t)).isCloseTo(own.price().get(t), within(1e-9));
      gap += Math.abs(Math.log(finer.price().get(t) / own.price().get(t))) / PERIODS;
    }
    assertThat(gap).isPositive().isLessThan(.01);
    double next = RULES.nextCapital(5, 1.7);
    FinerGrids.assertSameDecisionsAtSharedNodes(
        solution, 5, 1.7, 1.003 * RULES.price(5, next), HALF_A_NODE);
  }

  /** Two nodes of k and three of n a quarter: thresholds and inaction start at higher nodes. */
  @Test
  void thresholdsAreFittedOnFinerGridsToo() {
    Bloom finer = new Bloom(ECONOMY.calibration().finer(2, 3));
    try (ThresholdBellman thresholds =
            new ThresholdBellman(finer, true, JumpClearing.Rule.MIXED, Device.cpu(), new Seeds(1));
        ExactBellman grid = new ExactBellman(finer)) {
      ThresholdSolution fitted = thresholds.solve(RULES);
      SimulatedPath own = path(fitted);
      Map<String, EquationError> gaps = fitted.gaps(grid.solve(RULES), own, BURN_IN);
      assertThat(own.clearing().failures()).isZero();
      assertThat(gaps.get(ChoiceGaps.WRONG_BY_POINTS).mean()).isPositive().isLessThan(.05);
      assertThat(gaps.get(ChoiceGaps.LOSS_OF_WRONG).mean()).isPositive().isLessThan(.0024);
    }
  }

  /** The branch that decisions show: inaction is exact to the bit. */
  private static int branch(FirmDecisions decisions, int cell) {
    int n = ECONOMY.hours().size();
    int k = cell / n % ECONOMY.capital().size();
    return Adjustment.index(
        decisions.nextCapital(cell) != ECONOMY.undepreciated(k),
        decisions.chosenHours(cell) != ECONOMY.unseparated(cell % n));
  }

  @Test
  void aFixedCostOfCapitalIsForTheMaximiser() {
    Bloom costly = new Bloom(SmallEconomy.calibration().withCapitalFixedCost(.01));
    assertThatThrownBy(
            () ->
                new ThresholdBellman(
                    costly, true, JumpClearing.Rule.MIXED, Device.cpu(), new Seeds(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("capitalFixedCost is 0.01");
  }

  @Test
  void aRestoredSolverContinuesBitForBit() {
    ForecastRules shifted =
        ForecastRules.ofCoefficients(
            Arrays.stream(RULES.coefficients()).map(c -> c * 1.001).toArray());
    try (ThresholdBellman first = create(1);
        ThresholdBellman second = create(1)) {
      assertThat(second.current(RULES).converged()).isFalse();
      ThresholdSolution solution = first.solve(RULES);
      int cold = solution.sweeps();
      second.restore(first.state());
      assertThat(second.current(RULES).converged()).isEqualTo(solution.converged());
      assertThat(second.current(RULES).change()).isEqualTo(solution.change());
      ThresholdSolution here = first.solve(shifted);
      ThresholdSolution there = second.solve(shifted);
      assertThat(here.sweeps()).isLessThan(cold).isEqualTo(there.sweeps());
      assertThat(path(here).price()).isEqualTo(path(there).price());
      first.state().forEach((name, array) -> assertThat(second.state().get(name)).isEqualTo(array));
    }
  }

  @Test
  void aForeignStateIsRejected() {
    try (ThresholdBellman other = create(2)) {
      assertThatThrownBy(() -> other.restore(solver.state()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("was not drawn from this run's seed");
      assertThatThrownBy(() -> other.restore(Map.of()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("features");
    }
  }
}
