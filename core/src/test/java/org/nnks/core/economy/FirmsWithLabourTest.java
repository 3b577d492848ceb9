package org.nnks.core.economy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.core.numeric.Vector;
import org.nnks.core.oracle.GridOracle;
import org.nnks.core.projection.ProjectionSize;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.RuleChange;
import org.nnks.core.solve.RuleUpdate;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;

/** Two states, three branches, two prices and two moments at once. */
@Tag("paper")
class FirmsWithLabourTest {

  private static final int FEATURES = 144;

  private static final Seeds SEEDS = new Seeds(14);
  private static final FirmsWithLabour ECONOMY = new FirmsWithLabour();

  @ParameterizedTest
  @ValueSource(ints = {200, 300, 400})
  void theProjectionFindsItsRulesAndBothMarketsClear(int periods) {
    try (ProjectionSolver firms = projection()) {
      Solution solution = solve(firms, periods);
      assertThat(solution.path().clearing().failures()).isZero();
      assertThat(solution.path().clearing().largestResidual()).isLessThan(1e-6);
    }
  }

  /** The oracle of the default size, at the rules of the projection and on the same shocks. */
  @Test
  void theOracleAgrees() {
    int periods = 200;
    int from = periods / 4;
    try (ProjectionSolver firms = projection();
        GridOracle oracle = new GridOracle(ECONOMY)) {
      Solution solution = solve(firms, periods);
      SimulatedPath path = solution.path();
      SimulatedPath judge =
          new EconomySimulator()
              .simulate(oracle.solve(solution.rules()).policies(), path.stateArray());
      assertBeside("p", path.prices().get(0), judge.prices().get(0), from, .01);
      assertBeside("w", path.prices().get(1), judge.prices().get(1), from, .01);
      assertBeside("K", path.moments().get(0), judge.moments().get(0), from, .01);
      assertBeside("Y", path.output(), judge.output(), from, .01);
      // L moves by .3 % only: what that is off by is .02 % of L.
      assertBeside("L", path.moments().get(1), judge.moments().get(1), from, .08);
    }
  }

  private static ProjectionSolver projection() {
    ProjectionSize size = ProjectionSize.withFeatures(2, FEATURES);
    return new ProjectionSolver(ECONOMY, size, Device.cpu(), SEEDS);
  }

  private static Solution solve(ProjectionSolver firms, int periods) {
    int[] shocks = ECONOMY.aggregate().simulate(0, periods, SEEDS.stream("shocks"));
    // L moves by a few tenths of a per cent: coefficients on it say little, forecasts settle.
    SolverConfig config =
        new SolverConfig(periods / 6, RuleChange.FORECASTS, 2e-4, 20, RuleUpdate.anderson(), 1e-3);
    return new KrusellSmithSolver(config).solve(ECONOMY, firms, shocks, SEEDS).requireConverged();
  }

  private static void assertBeside(
      String name, Vector whole, Vector judges, int from, double deviation) {
    Vector ours = whole.slice(from, whole.size());
    Vector theirs = judges.slice(from, judges.size());
    assertThat(ours.mean() / theirs.mean()).as("mean " + name).isCloseTo(1, within(.001));
    double variances = StatUtils.variance(ours.toArray()) / StatUtils.variance(theirs.toArray());
    assertThat(Math.sqrt(variances)).as("deviation of " + name).isCloseTo(1, within(deviation));
    for (int t = 0; t < ours.size(); t++) {
      assertThat(ours.get(t) / theirs.get(t)).as(name).isCloseTo(1, within(.002));
    }
  }
}
