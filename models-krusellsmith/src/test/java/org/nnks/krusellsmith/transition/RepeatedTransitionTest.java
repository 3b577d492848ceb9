package org.nnks.krusellsmith.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nnks.core.accuracy.DenHaan;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.run.Seeds;
import org.nnks.core.sequence.RepeatedTransition;
import org.nnks.core.sequence.SequenceConfig;
import org.nnks.core.sequence.SequenceSolution;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.krusellsmith.GridHouseholds;
import org.nnks.krusellsmith.HouseholdSolution;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;
import org.nnks.krusellsmith.rbc.LogAutoregression;
import org.nnks.krusellsmith.rbc.LogLinearConsumption;
import org.nnks.krusellsmith.rbc.Rbc;
import org.nnks.krusellsmith.rbc.RbcCalibration;
import org.nnks.krusellsmith.rbc.RbcEndogenousGrid;
import org.nnks.krusellsmith.rbc.RbcRule;
import org.nnks.krusellsmith.rbc.RepresentativeSequence;
import org.nnks.krusellsmith.rbc.RepresentativeSolution;

/** The method without rules against the endogenous grid method and the solution with rules. */
class RepeatedTransitionTest {

  private static final int BURN_IN = 500;
  private static final Seeds SEEDS = new Seeds(1);
  private static final RepeatedTransition METHOD =
      new RepeatedTransition(SequenceConfig.standard(BURN_IN), (iteration, change, state) -> {});

  private static SequenceSolution solve(Rbc economy, RbcRule start, int[] states) {
    ForecastRules rules = LogLinearConsumption.of(economy).rules();
    RepresentativeSolution from =
        new RepresentativeSolution(economy, start, rules, 0, Double.NaN, false);
    SimulatedPath path = new EconomySimulator().simulate(from.policies(), states);
    return METHOD.solve(new RepresentativeSequence(from), path);
  }

  private static int[] states(Rbc economy, int periods) {
    int start = economy.aggregate().size() / 2;
    return economy.aggregate().simulate(start, periods, SEEDS.stream("aggregate"));
  }

  @Test
  void theRepresentativeAgentFollowsThePathOfTheEndogenousGrid() {
    Rbc economy =
        new Rbc(RbcCalibration.liu2024().withProductivity(new LogAutoregression(0, .95, .007, 5)));
    int[] states = states(economy, 4_000);
    RbcRule exact = RbcEndogenousGrid.standard().solve(economy).rule();
    SequenceSolution solution = solve(economy, LogLinearConsumption.of(economy), states);
    assertThat(solution.converged()).isTrue();
    SimulatedPath path =
        new EconomySimulator()
            .simulate(
                new RepresentativeSolution(
                        economy, exact, LogLinearConsumption.of(economy).rules(), 0, 0, true)
                    .policies(),
                states);
    PathGap gap = PathGap.of("K", solution.path().capital(), path.capital(), BURN_IN);
    assertThat(gap.max()).isLessThan(.05);
    assertThat(solve(economy, LogLinearConsumption.of(economy), states).path().capital())
        .isEqualTo(solution.path().capital());
  }

  @Test
  void householdsWithoutRulesNeedRulesNoMoreThanADenHaanTestSays() {
    KrusellSmith economy = new KrusellSmith(KrusellSmithCalibration.jedc2010());
    int[] shocks = economy.aggregate().simulate(0, 2_000, SEEDS.stream("aggregate"));
    try (GridHouseholds households =
        new GridHouseholds(
            economy, GridHouseholds.CAPITAL_NODES, GridHouseholds.MEAN_CAPITAL_NODES)) {
      Solution rules =
          new KrusellSmithSolver().solve(economy, households, shocks, SEEDS).requireConverged();
      HouseholdSolution agents = (HouseholdSolution) rules.agents();
      SequenceSolution solution = METHOD.solve(new HouseholdSequence(agents), rules.path());
      assertThat(solution.converged()).isTrue();
      assertThat(solution.path().clearing().failures()).isZero();
      PathGap gap = PathGap.of("K", solution.path().capital(), rules.path().capital(), BURN_IN);
      assertThat(gap.meanAbsolute()).isBetween(1e-4, .1);
      assertThat(forecastError(solution.path(), rules))
          .isLessThan(forecastError(rules.path(), rules));
    }
  }

  private static double forecastError(SimulatedPath path, Solution rules) {
    return DenHaan.of(path, rules.rules(), BURN_IN).moments().get("K").max();
  }

  @Test
  void aStateThatNeverComesIsNamed() {
    Rbc economy = new Rbc(RbcCalibration.liu2024());
    int[] states = new int[BURN_IN + 100];
    Arrays.fill(states, economy.aggregate().size() / 2);
    assertThatThrownBy(() -> solve(economy, LogLinearConsumption.of(economy), states))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("never comes in periods 501 to 600");
  }
}
