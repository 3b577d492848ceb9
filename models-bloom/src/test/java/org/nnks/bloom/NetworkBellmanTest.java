package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.simulate.Simulator;

/** The neural solver against the exact one on an economy that solves in seconds. */
class NetworkBellmanTest {

  private static final int PERIODS = 60;
  private static final int BURN_IN = 20;

  private static final Bloom ECONOMY = SmallEconomy.create();
  private static final ForecastRules RULES = FrictionlessSteadyState.coldStart(ECONOMY);
  private static ExactBellman exactSolver;
  private static ExactSolution exact;
  private static NetworkBellman solver;
  private static NetworkSolution solution;

  private static NetworkBellman create(long seed) {
    return new NetworkBellman(ECONOMY, JumpClearing.Rule.MIXED, Device.cpu(), new Seeds(seed));
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

  private static SimulatedPath path(NetworkSolution networks) {
    int[] states = ECONOMY.aggregate().simulate(0, PERIODS, new Seeds(3).stream("aggregate"));
    return new Simulator().simulate(networks.policies(), states);
  }

  @Test
  void theBellmanEquationHoldsOffTheSamplePoints() {
    assertThat(solution.converged()).isTrue();
    Map<String, EquationError> errors = solution.errors(path(solution), BURN_IN, new Seeds(1));
    EquationError first = errors.values().iterator().next();
    assertThat(first).isEqualTo(errors.get(NetworkSolution.BELLMAN_OFF_SAMPLES));
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
    assertThat(gaps.get(NetworkSolution.WRONG_BY_POINTS).mean()).isPositive().isLessThan(.05);
    assertThat(gaps.get(NetworkSolution.WRONG_BY_MASS_LENIENT).mean()).isLessThan(.05);
    assertThat(gaps.get(NetworkSolution.WRONG_BY_MASS_LENIENT).mean())
        .isLessThan(gaps.get(NetworkSolution.WRONG_BY_MASS).mean());
    assertThat(gaps.get(NetworkSolution.LOSS_OF_WRONG).mean()).isPositive().isLessThan(.0024);
  }

  @Test
  void historiesFollowTheExactOnes() {
    SimulatedPath ours = path(solution);
    SimulatedPath theirs = new Simulator().simulate(exact.policies(), ours.stateArray());
    double gap = 0;
    for (int t = BURN_IN; t < PERIODS; t++) {
      gap += Math.abs(Math.log(ours.price().get(t) / theirs.price().get(t)));
    }
    assertThat(gap / (PERIODS - BURN_IN)).isLessThan(.01);
    assertThat(ours.clearing().failures()).isZero();
  }

  @Test
  void aRestoredSolverContinuesBitForBit() {
    ForecastRules shifted =
        ForecastRules.ofCoefficients(
            Arrays.stream(RULES.coefficients()).map(c -> c * 1.001).toArray());
    try (NetworkBellman first = create(1);
        NetworkBellman second = create(1)) {
      int cold = first.solve(RULES).sweeps();
      second.restore(first.state());
      NetworkSolution here = first.solve(shifted);
      NetworkSolution there = second.solve(shifted);
      assertThat(here.sweeps()).isLessThan(cold).isEqualTo(there.sweeps());
      assertThat(path(here).price()).isEqualTo(path(there).price());
      first.state().forEach((name, array) -> assertThat(second.state().get(name)).isEqualTo(array));
    }
  }

  @Test
  void aForeignStateIsRejected() {
    try (NetworkBellman other = create(2)) {
      assertThatThrownBy(() -> other.restore(solver.state()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("was not drawn from this run's seed");
      assertThatThrownBy(() -> other.restore(Map.of()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("features");
    }
  }
}
