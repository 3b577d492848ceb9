package org.nnks.krusellsmith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.krusellsmith.rbc.LogAutoregression;
import org.nnks.krusellsmith.rbc.Rbc;
import org.nnks.krusellsmith.rbc.RbcEndogenousGrid;
import org.nnks.krusellsmith.rbc.RbcRule;

class GridHouseholdsTest {

  private static final Seeds SEEDS = new Seeds(1);

  /** Liu's economy on coarse chains: enough for identities that hold on any. */
  private static KrusellSmithCalibration coarse(KrusellSmithCalibration calibration) {
    return calibration
        .withProductivity(calibration.productivity().withStates(3))
        .withLabour(calibration.labour().withStates(3));
  }

  private static KrusellSmithCalibration withoutRisk(KrusellSmithCalibration calibration) {
    return calibration
        .withProductivity(calibration.productivity().withStates(5))
        .withLabour(LogAutoregression.constant(0));
  }

  private static int[] shocks(KrusellSmith economy, int periods) {
    return economy
        .aggregate()
        .simulate(economy.start().aggregateState(), periods, SEEDS.stream("aggregate"));
  }

  private static Solution solve(KrusellSmith economy, int periods, int burnIn) {
    try (GridHouseholds households = new GridHouseholds(economy, 200, 8)) {
      return new KrusellSmithSolver(SolverConfig.standard().withBurnIn(burnIn))
          .solve(economy, households, shocks(economy, periods), SEEDS);
    }
  }

  @Test
  void withFullDepreciationAndNoRiskTheLawOfMotionIsBrockMirmans() {
    KrusellSmithCalibration calibration =
        withoutRisk(KrusellSmithCalibration.liu2024())
            .withDepreciation(1)
            .withMeanCapitalMin(.1)
            .withMeanCapitalMax(.3)
            .withCapitalMax(.5);
    KrusellSmith economy = new KrusellSmith(calibration);
    // The log-linear law is exact here, so households that believe in it must make it true.
    ForecastRules rules = economy.representativeRules();
    try (GridHouseholds households = new GridHouseholds(economy, 200, 32)) {
      SimulatedPath path =
          new EconomySimulator().simulate(households.solve(rules).policies(), shocks(economy, 200));
      for (int t = 0; t < path.periods(); t++) {
        double output = path.output().get(t);

        assertThat(rules.nextCapital(path.states().get(t), path.capital().get(t)))
            .isCloseTo(.33 * .98 * output, within(1e-12));
        // What is left is interpolation in K, which falls sixteenfold with twice the nodes.
        assertThat(path.nextCapital().get(t) / (.33 * .98 * output)).isCloseTo(1, within(1e-6));
      }
    }
  }

  @Test
  void withoutIdiosyncraticRiskHouseholdsFollowTheRepresentativeAgent() {
    KrusellSmithCalibration base = withoutRisk(KrusellSmithCalibration.liu2024());
    // Small shocks, for which the law of motion is nearly log-linear.
    KrusellSmithCalibration calibration = base.withProductivity(base.productivity().withSd(.004));
    KrusellSmith economy = new KrusellSmith(calibration);
    Solution solution = solve(economy, 800, 200).requireConverged();
    Rbc representative = new Rbc(calibration.representative());
    RbcRule rule = RbcEndogenousGrid.standard().solve(representative).rule();
    double k = economy.start().meanCapital();
    double worst = 0;
    for (int t = 0; t < solution.path().periods(); t++) {
      int z = solution.path().states().get(t);
      worst = Math.max(worst, Math.abs(Math.log(solution.path().capital().get(t) / k)));
      k = representative.cash(z, k) - rule.consumption(z, k);
    }
    // The representative agent knows the law of motion, households only its log-linear fit.
    assertThat(100 * worst).isLessThan(solution.accuracy().samePath().capitalMax());
    assertThat(worst).isLessThan(2e-4);
  }

  @Test
  void theUnitOfLabourIsArbitrary() {
    KrusellSmith one = new KrusellSmith(coarse(KrusellSmithCalibration.liu2024()));
    KrusellSmith other = new KrusellSmith(coarse(KrusellSmithCalibration.liu2024Literal()));
    double unit = Math.exp(.117 + .5 * .05 * .05 / (1 - .95 * .95));
    SimulatedPath ours = simulate(one);
    SimulatedPath theirs = simulate(other);

    for (int t = 0; t < ours.periods(); t++) {
      assertThat(theirs.capital().get(t) / ours.capital().get(t)).isCloseTo(unit, within(1e-6));
      assertThat(theirs.consumption().get(t) / ours.consumption().get(t))
          .isCloseTo(unit, within(1e-6));
      assertThat(theirs.price().get(t)).isCloseTo(ours.price().get(t), within(1e-8));
    }
    assertThat(last(theirs, "wealth Gini")).isCloseTo(last(ours, "wealth Gini"), within(1e-6));
    assertThat(last(theirs, "mean log consumption") - last(ours, "mean log consumption"))
        .isCloseTo(Math.log(unit), within(1e-6));
  }

  /**
   * Krusell and Smith (1998) pay no benefit. Then nobody saves nothing: the limit of economies with
   * smaller and smaller benefits, in which the gap to it falls with them.
   */
  @Test
  void withoutBenefitTheEconomyIsTheLimitOfSmallBenefits() {
    Solution none = solve(withBenefit(0), 300, 100).requireConverged();
    double large = distance(none, solve(withBenefit(.01), 300, 100));
    double small = distance(none, solve(withBenefit(.0001), 300, 100));
    assertThat(small).isLessThan(.1 * large).isLessThan(1e-5);

    assertThat(none.path().crossSection().get("households without wealth").max()).isZero();
    assertThat(none.path().crossSection().get("mean log consumption").min()).isFinite();
    EquationError euler = none.accuracy().headline();
    assertThat(euler.mean()).isLessThan(1e-4);
    assertThat(euler.max()).isFinite();
    assertThat(none.path().clearing().failures()).isZero();
  }

  private static KrusellSmith withBenefit(double benefit) {
    KrusellSmithCalibration jedc = KrusellSmithCalibration.jedc2010().withHistogramNodes(300);
    return new KrusellSmith(jedc.withEmployment(jedc.employment().withBenefit(benefit)));
  }

  private static double distance(Solution one, Solution other) {
    return Math.abs(Math.log(one.path().capital().last() / other.path().capital().last()));
  }

  private static double last(SimulatedPath path, String moment) {
    return path.crossSection().get(moment).last();
  }

  private static SimulatedPath simulate(KrusellSmith economy) {
    try (GridHouseholds households = new GridHouseholds(economy, 100, 6)) {
      HouseholdSolution solution = households.solve(economy.representativeRules());
      return new EconomySimulator().simulate(solution.policies(), shocks(economy, 100));
    }
  }

  @Test
  void theBorrowingLimitBindsAndIsRespected() {
    KrusellSmith economy = new KrusellSmith(coarse(KrusellSmithCalibration.liu2024()));
    try (GridHouseholds solver = new GridHouseholds(economy, 200, 6)) {
      HouseholdSolution solution = solver.solve(economy.representativeRules());
      HouseholdDecisions decisions = new HouseholdDecisions(economy, solution.rule());
      for (int a = 0; a < 3; a++) {
        decisions.decide(Households.start(economy, a));
        for (int s = 0; s < economy.states(); s++) {
          double[] next = decisions.nextCapital()[s];
          double[] consumption = decisions.consumption()[s];
          for (int i = 0; i < next.length; i++) {
            assertThat(next[i]).isNotNegative();
            assertThat(consumption[i]).isPositive();
            if (i > 0) {
              assertThat(next[i]).isGreaterThanOrEqualTo(next[i - 1]);
              assertThat(consumption[i]).isGreaterThan(consumption[i - 1]);
            }
          }
        }
        assertThat(decisions.nextCapital()[0][1]).as("the poorest would borrow").isZero();
      }
    }
  }

  @Test
  void eulerErrorsAreSmallAndSeeASmallMistake() {
    KrusellSmith economy = new KrusellSmith(coarse(KrusellSmithCalibration.liu2024()));
    Solution solution = solve(economy, 600, 200);
    SimulatedPath path = solution.path();
    HouseholdSolution exact = (HouseholdSolution) solution.agents();
    EquationError error = error(exact, path);
    HouseholdRule thrifty =
        (households, capital, next) -> {
          exact.rule().nextCapital(households, capital, next);
          for (double[] row : next) {
            for (int i = 0; i < row.length; i++) {
              row[i] *= .999;
            }
          }
        };
    EquationError worse =
        error(new HouseholdSolution(economy, thrifty, exact.rules(), 0, 0, true), path);

    assertThat(error.mean()).isLessThan(1e-4);
    assertThat(error.max()).isLessThan(1e-2);
    assertThat(exact.errors(path, 200, SEEDS).get(HouseholdSolution.LOG10_EULER).mean())
        .isLessThan(-4);
    assertThat(worse.mean()).isGreaterThan(5 * error.mean());
  }

  private static EquationError error(HouseholdSolution solution, SimulatedPath path) {
    return solution.errors(path, 200, SEEDS).get(HouseholdSolution.EULER);
  }

  @Test
  void aRestoredSolverGoesOnWithTheSameBits() {
    KrusellSmith economy = new KrusellSmith(coarse(KrusellSmithCalibration.liu2024()));
    ForecastRules rules = economy.representativeRules();
    try (GridHouseholds first = new GridHouseholds(economy, 60, 5);
        GridHouseholds second = new GridHouseholds(economy, 60, 5)) {
      assertThat(second.current(rules).converged()).isFalse();
      HouseholdSolution solution = first.solve(rules);
      assertThat(solution.converged()).isTrue();
      second.restore(first.state());
      assertThat(second.current(rules).converged()).isTrue();
      assertThat(second.current(rules).change()).isEqualTo(solution.change());
      HouseholdSolution ours = first.solve(rules);
      HouseholdSolution theirs = second.solve(rules);

      assertThat(theirs.sweeps()).isEqualTo(ours.sweeps());
      assertThat(second.state().get("savings")).containsExactly(first.state().get("savings"));
    }
  }

  @Test
  void aCheckpointOfAnotherGridIsRefused() {
    KrusellSmith economy = new KrusellSmith(coarse(KrusellSmithCalibration.liu2024()));
    try (GridHouseholds solver = new GridHouseholds(economy, 60, 5)) {
      assertThatThrownBy(() -> solver.restore(Map.of("savings", new double[3])))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("the checkpoint does not hold savings on a grid of 60 x 5 with 3 x 3 states");
    }
  }

  @Test
  void tooFewNodesAreRefused() {
    KrusellSmith economy = new KrusellSmith(coarse(KrusellSmithCalibration.liu2024()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GridHouseholds(economy, 60, 3))
        .withMessage("meanCapitalNodes must be at least 4 but is 3");
  }
}
