package org.nnks.krusellsmith.marginal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.krusellsmith.GridHouseholds;
import org.nnks.krusellsmith.HouseholdDecisions;
import org.nnks.krusellsmith.HouseholdSolution;
import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;
import org.nnks.krusellsmith.rbc.LogAutoregression;

class MarginalValueHouseholdsTest {

  private static final Seeds SEEDS = new Seeds(1);

  private static final String OUTPUT = "households.layer2.weight";

  /** Liu's economy on coarse chains. */
  private static KrusellSmithCalibration labourRisk() {
    KrusellSmithCalibration calibration = KrusellSmithCalibration.liu2024();
    return calibration
        .withProductivity(calibration.productivity().withStates(3))
        .withLabour(calibration.labour().withStates(3));
  }

  private static KrusellSmithCalibration calibration(String risk) {
    return (risk.equals("labour") ? labourRisk() : KrusellSmithCalibration.jedc2010())
        .withHistogramNodes(300);
  }

  private static int[] shocks(KrusellSmith economy, int periods) {
    return economy
        .aggregate()
        .simulate(economy.start().aggregateState(), periods, SEEDS.stream("aggregate"));
  }

  private static MarginalValueHouseholds network(KrusellSmith economy, long seed) {
    return new MarginalValueHouseholds(economy, Device.cpu(), new Seeds(seed));
  }

  /** The grid solver is the independent route: same equations, no network, no smoothness in K. */
  @ParameterizedTest
  @ValueSource(strings = {"labour", "unemployment"})
  void householdsDecideAsOnTheGridAtTheSameRules(String risk) {
    KrusellSmith economy = new KrusellSmith(calibration(risk));
    ForecastRules rules = economy.representativeRules();
    try (MarginalValueHouseholds solver = network(economy, 1);
        GridHouseholds grid = new GridHouseholds(economy, 300, 8)) {
      HouseholdSolution ours = solver.solve(rules);
      HouseholdSolution exact = grid.solve(rules);
      SimulatedPath path = new EconomySimulator().simulate(exact.policies(), shocks(economy, 600));
      EquationError gap = ours.gaps(exact, path, 100).get(HouseholdSolution.CONSUMPTION_GAP);
      EquationError error = error(ours, path);
      EquationError best = error(exact, path);

      assertThat(ours.converged()).isTrue();
      assertThat(gap.mean()).isLessThan(3e-4);
      assertThat(gap.max()).isLessThan(5e-3);
      // The rules are not those of this economy, which is most of the error of both.
      assertThat(error.mean()).isLessThan(1.1 * best.mean());
      assertThat(error.max()).isLessThan(1e-2);
    }
  }

  private static EquationError error(HouseholdSolution solution, SimulatedPath path) {
    return solution.errors(path, 100, SEEDS).get(HouseholdSolution.EULER);
  }

  /**
   * Full depreciation and no risk of one's own: k' = alpha beta Y. Five sample points of K leave
   * 3e-4 where the highest K is three times the lowest.
   */
  @Test
  void brockAndMirmansHouseholdsSaveAConstantShareOfOutput() {
    KrusellSmithCalibration liu = KrusellSmithCalibration.liu2024();
    KrusellSmith economy =
        new KrusellSmith(
            liu.withProductivity(liu.productivity().withStates(5))
                .withLabour(LogAutoregression.constant(0))
                .withDepreciation(1)
                .withMeanCapitalMin(.1)
                .withMeanCapitalMax(.3)
                .withCapitalMax(.5));
    try (MarginalValueHouseholds solver = network(economy, 1)) {
      HouseholdSolution solution = solver.solve(economy.representativeRules());
      SimulatedPath path =
          new EconomySimulator().simulate(solution.policies(), shocks(economy, 200));
      for (int t = 0; t < path.periods(); t++) {
        double saved = path.nextCapital().get(t) / path.output().get(t);
        assertThat(saved / (.33 * .98)).isCloseTo(1, within(5e-4));
      }
    }
  }

  @Test
  void theWholeLoopFindsTheGridsEconomy() {
    KrusellSmith economy = new KrusellSmith(calibration("unemployment"));
    try (MarginalValueHouseholds solver = network(economy, 1);
        GridHouseholds grid = new GridHouseholds(economy, 200, 8)) {
      Solution ours = solve(economy, solver);
      Solution exact = solve(economy, grid);
      Map<String, EquationError> errors = ours.agents().errors(ours.path(), 200, SEEDS);

      for (int t = 0; t < ours.path().periods(); t++) {
        double ratio = ours.path().capital().get(t) / exact.path().capital().get(t);
        assertThat(ratio).isCloseTo(1, within(1e-3));
      }
      assertThat(errors.get(HouseholdSolution.LOG10_EULER).mean()).isLessThan(-4.5);
      assertThat(errors.get(HouseholdSolution.EULER).max()).isLessThan(1e-2);
    }
  }

  private static Solution solve(
      KrusellSmith economy, org.nnks.core.bellman.BellmanSolver households) {
    return new KrusellSmithSolver(SolverConfig.standard().withBurnIn(200))
        .solve(economy, households, shocks(economy, 800), SEEDS)
        .requireConverged();
  }

  @Test
  void theBorrowingLimitBindsToTheBitAndConsumptionIsPositive() {
    KrusellSmith economy = new KrusellSmith(calibration("unemployment"));
    ForecastRules rules = economy.representativeRules();
    try (MarginalValueHouseholds solver = network(economy, 1)) {
      HouseholdSolution solution = solver.solve(rules);
      HouseholdDecisions decisions = new HouseholdDecisions(economy, solution.rule());
      for (int z = 0; z < 2; z++) {
        decisions.decide(Households.start(economy, z));
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
        double[] unemployed = decisions.nextCapital()[0];
        int bound = 0;
        while (unemployed[bound] == 0) {
          bound++;
        }
        assertThat(bound).as("unemployed at the limit").isGreaterThan(10);
        double cash =
            economy.grossReturn(z, economy.start().meanCapital()) * economy.capital().get(5)
                + economy.wage(z, economy.start().meanCapital()) * economy.income(z, 0);
        assertThat(decisions.consumption()[0][5]).as("all cash").isEqualTo(cash);
      }
    }
  }

  @Test
  void aRestoredSolverGoesOnWithTheSameBits() {
    KrusellSmith economy = new KrusellSmith(labourRisk());
    ForecastRules rules = economy.representativeRules();
    try (MarginalValueHouseholds first = network(economy, 1);
        MarginalValueHouseholds second = network(economy, 1)) {
      assertThat(second.current(rules).converged()).isFalse();
      HouseholdSolution solution = first.solve(rules);
      assertThat(solution.converged()).isTrue();
      second.restore(first.state());
      assertThat(second.current(rules).converged()).isTrue();
      assertThat(second.current(rules).change()).isEqualTo(solution.change());
      HouseholdSolution ours = first.solve(rules);
      HouseholdSolution theirs = second.solve(rules);

      assertThat(theirs.sweeps()).isEqualTo(ours.sweeps());
      assertSame(first.state(), second.state());
      int[] shocks = shocks(economy, 50);
      SimulatedPath path = new EconomySimulator().simulate(ours.policies(), shocks);
      SimulatedPath again =
          new EconomySimulator().simulate(second.current(rules).policies(), shocks);
      assertThat(again.capital()).isEqualTo(path.capital());
    }
  }

  @Test
  void theSeedDecidesTheNetwork() {
    KrusellSmith economy = new KrusellSmith(labourRisk());
    try (MarginalValueHouseholds one = network(economy, 1);
        MarginalValueHouseholds same = network(economy, 1);
        MarginalValueHouseholds other = network(economy, 2)) {
      assertSame(one.state(), same.state());
      assertThat(other.state().get(OUTPUT)).isNotEqualTo(one.state().get(OUTPUT));
    }
  }

  private static void assertSame(Map<String, double[]> one, Map<String, double[]> other) {
    assertThat(one.keySet()).isEqualTo(other.keySet());
    one.forEach((name, values) -> assertThat(other.get(name)).containsExactly(values));
  }

  @Test
  void checkpointsOfOthersAreRefused() {
    KrusellSmith economy = new KrusellSmith(labourRisk());
    try (MarginalValueHouseholds solver = network(economy, 1);
        MarginalValueHouseholds other = network(economy, 2)) {
      Map<String, double[]> gap = new HashMap<>(solver.state());
      gap.remove(OUTPUT);

      assertThatThrownBy(() -> solver.restore(other.state()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(
              "the saved 'households.layer1.weight' was not drawn from this run's seed: it belongs"
                  + " to another run or version");
      assertThatThrownBy(() -> solver.restore(gap))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(
              "the saved networks do not hold 'households.layer2.weight' with 1152 numbers");
    }
  }

  /** A spoiled output layer, and one that is not finite. */
  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN})
  void aNetworkThatIsNoMarginalValueIsNamed(double factor) {
    KrusellSmith economy = new KrusellSmith(labourRisk());
    try (MarginalValueHouseholds solver = network(economy, 1)) {
      Map<String, double[]> spoiled = new TreeMap<>(solver.state());
      spoiled.replaceAll(
          (name, values) ->
              name.equals(OUTPUT)
                  ? Arrays.stream(values).map(value -> factor * value).toArray()
                  : values);
      solver.restore(spoiled);

      assertThatThrownBy(() -> solver.solve(economy.representativeRules()))
          .isInstanceOf(TrainingDivergedException.class)
          .hasMessageStartingWith("households in state 1 would consume ")
          .hasMessageEndingWith("take another --seed, or --method exact");
    }
  }

  @Test
  void sweepsLeaveNothingBehind() {
    KrusellSmith economy = new KrusellSmith(labourRisk());
    try (MarginalValueNetwork network =
        new MarginalValueNetwork(economy, Device.cpu(), SEEDS.stream("value-features"))) {
      EulerOperator euler =
          new EulerOperator(
              economy, network.capital(50), network.sampleCapital(), network.sampleMeanCapital());
      network.fit(euler.first());
      double[] forecasts = new double[3 * MarginalValueNetwork.MEAN_CAPITAL_SAMPLES];
      Arrays.fill(forecasts, 20);
      try (NDManager scope = network.scope()) {
        NDArray features = network.features(scope, network.capital(50), forecasts);
        int before = scope.getManagedArrays().size();
        for (int sweep = 0; sweep < 50; sweep++) {
          network.fit(euler.apply(network.at(features)));
        }
        assertThat(scope.getManagedArrays()).hasSize(before);
        assertThat(scope.getParentManager().getManagedArrays()).hasSize(1);
      }
    }
  }
}
