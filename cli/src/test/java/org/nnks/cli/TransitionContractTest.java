package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nnks.cli.models.ModelEntry;
import org.nnks.cli.models.Models;
import org.nnks.core.agents.ForesightPath;
import org.nnks.core.agents.PerfectForesight;
import org.nnks.core.agents.RestingEconomy;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.io.StrictJson;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.Policies;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.SolverConfig;

/**
 * What holds of the transitions of every economy that nnks brings; Bloom's firms have a test of
 * their own.
 */
class TransitionContractTest {

  private static final int HORIZON = 200;

  /** Dates that are looked at. */
  private static final int DATES = 20;

  private static final double PERSISTENCE = .8;

  /** A rise by one percent. */
  private static final double SIZE = .01;

  /**
   * Of the largest response: where values are interpolated, a rise and a fall differ by some tenths
   * of a percent however small they are.
   */
  private static final double VANISHING = 5e-3;

  /**
   * Periods from which rules are learned, and before the shock; three tenths of them are burnt in.
   */
  private static final int PERIODS = 1_000;

  /**
   * Percent of the response of the economy with little risk: values by another method on other
   * grids, rules that forecast.
   */
  private static final double RISK = 2;

  /** Economies, as small as they come. */
  private enum Case {
    KHAN_THOMAS(
        "khan-thomas",
        null,
        RunSettings.Method.EXACT,
        Map.of(),
        Map.of("aggregateStates", "2", "chainWidth", "1", "aggregateSd", ".0007"),
        "depreciation=.07"),
    INVENTORIES(
        "inventories",
        null,
        RunSettings.Method.PROJECTION,
        Map.of(),
        Map.of("aggregateStates", "2", "aggregateSd", ".0007"),
        "maxOrderCost=.25"),
    CAPITALS(
        "capitals",
        "j1",
        RunSettings.Method.PROJECTION,
        Map.of(),
        Map.of("aggregateStates", "2", "aggregateSd", ".0007"),
        "tasteScale=.006"),
    HOUSEHOLDS(
        "krusell-smith",
        "liu2024",
        RunSettings.Method.EXACT,
        Map.of("labour.states", "3", "histogramNodes", "300"),
        Map.of("productivity.states", "2", "productivity.sd", ".01"),
        "depreciation=.0255");

    private final String model;
    private final String calibration;
    private final RunSettings.Method method;
    private final Map<String, String> small;
    private final Map<String, String> nearlyWithoutRisk;
    private final String change;

    Case(
        String model,
        String calibration,
        RunSettings.Method method,
        Map<String, String> small,
        Map<String, String> nearlyWithoutRisk,
        String change) {
      this.model = model;
      this.calibration = calibration;
      this.method = method;
      this.small = small;
      this.nearlyWithoutRisk = nearlyWithoutRisk;
      this.change = change;
    }

    private <C extends Record> C parameters(ModelEntry<C> entry, Map<String, String> changes) {
      C start = calibration == null ? entry.calibration() : entry.calibration(calibration);
      Map<String, String> all = new TreeMap<>(small);
      all.putAll(changes);
      return StrictJson.with(start, all);
    }

    private RestingEconomy rest(Map<String, String> changes) {
      return rest(Models.find(model), changes);
    }

    private <C extends Record> RestingEconomy rest(
        ModelEntry<C> entry, Map<String, String> changes) {
      C parameters = parameters(entry, changes);
      return entry.atRest(parameters, entry.restingState(parameters));
    }
  }

  private static PerfectForesight into(RestingEconomy rest) {
    return new PerfectForesight(rest, rest.shocks().get(0), HORIZON);
  }

  /** Small shocks are twice those by which the linear response is found. */
  @ParameterizedTest
  @EnumSource
  void aVanishingShockIsAnsweredLinearlyAndALastingChangeEndsInTheOtherRest(Case each) {
    PerfectForesight foresight = into(each.rest(Map.of()));
    ForesightPath linear = foresight.linear(SIZE, PERSISTENCE);
    ForesightPath small = foresight.shock(SIZE / 50, PERSISTENCE);
    assertThat(linear.converged() && small.converged()).isTrue();
    for (String name : List.of("Y", "C", "I")) {
      Vector expected = linear.deviations(name).slice(0, DATES);
      double largest = expected.map(Math::abs).max();
      for (int t = 0; t < DATES; t++) {
        assertThat(50 * small.deviations(name).get(t))
            .as("%s at date %d", name, t)
            .isCloseTo(expected.get(t), within(VANISHING * largest));
      }
    }
    String[] change = each.change.split("=");
    RestingEconomy before = each.rest(Map.of(change[0], change[1]));
    ForesightPath path = foresight.from(before);
    assertThat(path.converged()).isTrue();
    assertThat(path.settled()).isTrue();
    RestingEconomy end = foresight.end();
    for (int j = 0; j < end.moments().length; j++) {
      Vector moment = path.series().get(end.variables().moments().get(j));
      assertThat(moment.get(0) / before.moments()[j]).isCloseTo(1, within(1e-6));
      double moved = Math.abs(before.moments()[j] / end.moments()[j] - 1);
      assertThat(moved).isGreaterThan(1e-4);
      assertThat(moment.last() / end.moments()[j]).isCloseTo(1, within(Math.min(1e-3, .3 * moved)));
    }
  }

  /**
   * Two economies with the same past and hardly any risk ahead are in the high and in the low state
   * of a chain of two, whose expectation decays geometrically. Inventories take half a minute here;
   * households' response after one past depends on how much they own by then.
   */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"INVENTORIES", "HOUSEHOLDS"})
  void withHardlyAnyRiskTheGeneralisedResponseIsTheTransition(Case each) {
    compareWithSolution(each, Models.find(each.model));
  }

  private static <C extends Record> void compareWithSolution(Case each, ModelEntry<C> entry) {
    C parameters = each.parameters(entry, each.nearlyWithoutRisk);
    RestingEconomy rest = entry.atRest(parameters, entry.restingState(parameters));
    Exogenous variable = rest.shocks().get(0);
    Economy economy = entry.economy(parameters);
    double size = Math.log(variable.levels().get(1) / variable.levels().get(0));
    double persistence = PerfectForesight.persistence(economy.aggregate(), variable);
    Map<String, Vector> known = into(rest).linear(SIZE, persistence).series();

    RunSettings settings = entry.settings(each.method, RunSettings.Preset.DEFAULT);
    SolverConfig config = settings.solver().withBurnIn(3 * PERIODS / 10);
    Seeds seeds = new Seeds(1);
    int[] past =
        economy
            .aggregate()
            .simulate(economy.start().aggregateState(), PERIODS, seeds.stream("aggregate"));
    try (BellmanSolver solver = entry.open(parameters, settings, Device.cpu())) {
      Policies policies =
          new KrusellSmithSolver(config)
              .solve(economy, solver, past, seeds)
              .requireConverged()
              .agents()
              .policies();
      SimulatedPath high = after(past, 1, policies);
      SimulatedPath low = after(past, 0, policies);
      Map<String, Function<SimulatedPath, Double>> impact =
          Map.of(
              "Y", path -> path.output().get(PERIODS),
              "C", path -> path.consumption().get(PERIODS),
              "I", path -> path.investment().get(PERIODS));
      impact.forEach(
          (name, of) ->
              assertThat(Math.log(of.apply(high) / of.apply(low)) / size)
                  .as(name)
                  .isCloseTo(
                      Math.log(known.get(name).get(0) / rest.series().get(name)) / SIZE,
                      withinPercentage(RISK)));
      String moment = rest.variables().moments().get(0);
      double next = high.moments(PERIODS + 1)[0] / low.moments(PERIODS + 1)[0];
      assertThat(Math.log(next) / size)
          .as(moment)
          .isCloseTo(
              Math.log(known.get(moment).get(1) / rest.moments()[0]) / SIZE,
              withinPercentage(RISK));
    }
  }

  private static SimulatedPath after(int[] past, int state, Policies policies) {
    int[] states = Arrays.copyOf(past, PERIODS + 2);
    states[PERIODS] = state;
    return new EconomySimulator().simulate(policies, states);
  }
}
