package org.nnks.core.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nnks.core.agents.AgentHistogram;
import org.nnks.core.agents.AgentPeriod;
import org.nnks.core.agents.CellDecisions;
import org.nnks.core.agents.CellOutcomes;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Total;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.nets.Network;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Program;
import org.nnks.core.symbolic.Term;
import org.nnks.core.tensor.PushForward;
import org.nnks.core.tensor.Readout;

/** All cells and candidates in one batch, against one at a time and loops over cells. */
class NeuralPeriodTest {

  private static final ForecastRules FORECASTS = TwoStates.FORECASTS;
  private static final double[] MOMENTS = {1.4, .9};
  private static final int OWN = 3;
  private static final int POINTS = 35;
  private static final int CELLS = OWN * POINTS;

  private static NeuralBellman networks(
      DeclaredEconomy economy, NeuralTraining training, Readout readout) {
    NeuralBellman solver =
        new NeuralBellman(economy, training, Device.cpu(), DataType.FLOAT64, new Seeds(2), readout);
    // Networks that are something else than zero.
    Seeds seeds = new Seeds(9);
    for (Network network :
        List.of(
            solver.networks().continuous(1).network().network(),
            solver.networks().continuous(2).network().network(),
            solver.networks().value().network(),
            solver.networks().value().target().network())) {
      network.setValues(seeds.stream("w").doubles(network.values().length, -1, 1).toArray());
    }
    if (solver.networks().discrete() != null) {
      Network discrete = solver.networks().discrete().network().network();
      discrete.setValues(seeds.stream("d").doubles(discrete.values().length, -1, 1).toArray());
    }
    return solver;
  }

  private static NeuralPolicies policies(NeuralBellman solver) {
    solver.networks().believe(FORECASTS);
    return solver.policies(FORECASTS, new AgentHistogram(solver.networks().economy()).levels());
  }

  private static Choice choice(String kind) {
    return switch (kind) {
      case "best" -> new Choice.Best();
      case "taste" -> new Choice.TasteShocks(.1);
      default -> new Choice.UniformCost(TwoStates.BRANCHES.get(1), Expression.constant(.4));
    };
  }

  private static double[][] candidates(NeuralPeriod period) {
    double[] forecast = period.prices();
    return new double[][] {
      forecast,
      {forecast[0] * 1.02, forecast[1] * .99},
      {forecast[0] * .7, forecast[1] * 1.3} // outside the window
    };
  }

  @ParameterizedTest
  @CsvSource({
    "VALUES, HEADS, best",
    "VALUES, INPUTS, cost",
    "GAINS, HEADS, cost",
    "GAINS, INPUTS, taste",
    "CLASSES, HEADS, best",
    "CLASSES, INPUTS, cost"
  })
  void aBatchIsItsCandidatesOneByOneAndTotalsAreSumsOverCells(
      BranchRule rule, ExogenousForm form, String kind) {
    TwoStates economy = new TwoStates(choice(kind));
    Readout readout = new Readout();
    NeuralTraining training =
        NeuralTraining.standard().withHidden(7, 6).withBranchRule(rule).withExogenous(form);
    try (NeuralBellman solver = networks(economy, training, readout);
        NeuralPolicies policies = policies(solver);
        NDManager manager = Device.cpu().newManager()) {
      NeuralPeriod period = policies.period(1, MOMENTS);
      assertThat(period.nextMoments()).isEqualTo(FORECASTS.nextMoments(1, MOMENTS));
      double[][] prices = candidates(period);
      CellDecisions[] batch = new CellDecisions[3];
      Arrays.setAll(batch, c -> new CellDecisions(economy.branches(), CELLS));
      long before = readout.reads();
      period.decide(prices, batch);
      assertThat(readout.reads() - before).isEqualTo(1);
      double[] mass = new Seeds(4).stream("mass").doubles(CELLS).toArray();
      before = readout.reads();
      double[][] totals = period.totals(prices, manager.create(mass, new Shape(OWN, POINTS)));
      assertThat(readout.reads() - before).isEqualTo(1);
      for (int c = 0; c < 3; c++) {
        CellDecisions[] alone = {new CellDecisions(economy.branches(), CELLS)};
        period.decide(new double[][] {prices[c]}, alone);
        for (int b = 0; b < 3; b++) {
          assertThat(batch[c].probability(b))
              .containsExactly(alone[0].probability(b), within(1e-12));
          for (int u = 0; u < economy.branches().get(b).controls().size(); u++) {
            assertThat(batch[c].control(b, u))
                .containsExactly(alone[0].control(b, u), within(1e-12));
          }
        }
        for (int cell = 0; cell < CELLS; cell++) {
          double sum = 0;
          for (int b = 0; b < 3; b++) {
            sum += batch[c].probability(b)[cell];
          }
          assertThat(sum).isCloseTo(1, within(1e-12));
        }
        List<Total> names = solver.networks().totals();
        for (int t = 0; t < names.size(); t++) {
          assertThat(totals[c][t])
              .isCloseTo(total(economy, names.get(t), prices[c], batch[c], mass), within(1e-11));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"VALUES, best", "CLASSES, best", "VALUES, cost", "GAINS, cost", "VALUES, taste"})
  void betweenTwoPricesThatAreCloseTheyDecideAlmostAsIfAsked(BranchRule rule, String kind) {
    TwoStates economy = new TwoStates(choice(kind));
    NeuralTraining training = NeuralTraining.standard().withHidden(7, 6).withBranchRule(rule);
    Readout readout = new Readout();
    try (NeuralBellman solver = networks(economy, training, readout);
        NeuralPolicies policies = policies(solver)) {
      NeuralPeriod period = policies.period(1, MOMENTS);
      double[] forecast = period.prices();
      CellDecisions[] ends = new CellDecisions[3];
      double[][] prices = new double[3][];
      for (int c = 0; c < 3; c++) {
        prices[c] = new double[] {forecast[0] * (1 + .0005 * c), forecast[1]};
        ends[c] = new CellDecisions(economy.branches(), CELLS);
        ends[c].at(prices[c]);
      }
      period.decide(prices, ends);
      CellDecisions between = new CellDecisions(economy.branches(), CELLS);
      long before = readout.reads();
      period.decideBetween(prices[1], ends[0], ends[2], between);
      assertThat(readout.reads() - before)
          .isEqualTo(rule == BranchRule.CLASSES || kind.equals("taste") ? 1 : 0);
      int alike = 0;
      for (int cell = 0; cell < CELLS; cell++) {
        double largest = 0;
        for (int b = 0; b < 3; b++) {
          double asked = ends[1].probability(b)[cell];
          largest = Math.max(largest, Math.abs(between.probability(b)[cell] - asked));
          for (int u = 0; u < economy.branches().get(b).controls().size(); u++) {
            double control = ends[1].control(b, u)[cell];
            largest = Math.max(largest, Math.abs(between.control(b, u)[cell] - control));
          }
        }
        alike += largest < 2e-3 ? 1 : 0;
      }
      // not where bounds begin to bind, or forbid a branch, at a price in between
      assertThat(alike).isGreaterThan((int) (.9 * CELLS));
    }
  }

  @ParameterizedTest
  @CsvSource({"VALUES", "CLASSES"})
  void whereThereAreNoAgentsNothingNeedBeAskedForTheOthersToDecideAlike(BranchRule rule) {
    TwoStates economy = new TwoStates(new Choice.Best());
    NeuralTraining training = NeuralTraining.standard().withHidden(7, 6).withBranchRule(rule);
    double[] mass = new double[CELLS];
    Arrays.setAll(mass, cell -> cell % POINTS % 3 == 0 && cell % 2 == 0 ? 1 : 0);
    CellDecisions[] all = {new CellDecisions(economy.branches(), CELLS)};
    CellDecisions[] some = {new CellDecisions(economy.branches(), CELLS)};
    try (NeuralBellman solver = networks(economy, training, new Readout());
        NeuralPolicies policies = policies(solver)) {
      double[][] prices = {policies.period(1, MOMENTS).prices()};
      policies.period(1, MOMENTS).decide(prices, all);
      AgentPeriod period = policies.period(1, MOMENTS, mass);
      assertThat(period).isNotInstanceOf(NeuralPeriod.class);
      period.decide(prices, some);
      for (int cell = 0; cell < CELLS; cell++) {
        for (int b = 0; mass[cell] != 0 && b < 3; b++) {
          assertThat(some[0].probability(b)[cell])
              .isCloseTo(all[0].probability(b)[cell], within(1e-12));
          for (int u = 0; u < economy.branches().get(b).controls().size(); u++) {
            assertThat(some[0].control(b, u)[cell])
                .isCloseTo(all[0].control(b, u)[cell], within(1e-12));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"HEADS", "INPUTS"})
  void expectationsOfTheOutputLayerAreExpectationsOfWhatItGives(ExogenousForm form) {
    TwoStates economy = new TwoStates(new Choice.Best());
    NeuralTraining training = NeuralTraining.standard().withHidden(7, 6).withExogenous(form);
    try (NeuralBellman solver = networks(economy, training, new Readout());
        NDManager scope = Device.cpu().newManager()) {
      NeuralNetworks networks = solver.networks();
      ValueNetwork value = networks.value();
      int states = networks.exogenous().size();
      value.add(scope.randomUniform(-1, 1, new Shape(3, states), DataType.FLOAT64));
      Map<String, NDArray> symbols = new HashMap<>(networks.exogenous().levels());
      for (String price : List.of("p", "w")) {
        symbols.put(price, scope.randomUniform(1, 2, new Shape(1, states), DataType.FLOAT64));
      }
      List<NDArray> levels =
          List.of(
              scope.create(new double[] {.8, 1.5}, new Shape(2, 1)),
              scope.create(new double[] {.6, .9}, new Shape(2, 1)));
      NDList moments = new NDList();
      for (String moment : List.of("K", "L")) {
        symbols.put(moment, scope.create(new double[] {1.1}, new Shape(1, 1)));
        moments.add(scope.create(new double[] {.2, .2}, new Shape(2, 1)));
      }
      NDArray weights = networks.exogenous().discounted().get("0:" + OWN);
      weights.attach(scope);
      NDList parameters = value.target().network().parameters();
      NDArray all = value.inAllStates(parameters, levels, moments, symbols, scope);
      Successors successors =
          Successors.of(weights, Arrange.in(scope, networks.exogenous().reached(0)), symbols);
      assertThat(value.sums(levels, moments, successors, scope).toDoubleArray())
          .containsExactly(all.matMul(weights.transpose()).toDoubleArray(), within(1e-12));
    }
  }

  private static Map<String, Double> symbols(TwoStates economy, double[] prices, int cell) {
    Map<String, Double> symbols = new HashMap<>();
    symbols.put("A", TwoStates.A.levels().get(1));
    symbols.put("z", TwoStates.Z.levels().get(cell / POINTS));
    symbols.put("k", TwoStates.K.grid().get(cell % POINTS / 5));
    symbols.put("l", TwoStates.L.grid().get(cell % 5));
    symbols.put("p", prices[0]);
    symbols.put("w", prices[1]);
    symbols.put("K", MOMENTS[0]);
    symbols.put("L", MOMENTS[1]);
    return symbols;
  }

  private static double total(
      TwoStates economy, Total total, double[] prices, CellDecisions decided, double[] mass) {
    double sum = 0;
    for (int b = 0; b < 3; b++) {
      Branch branch = economy.branches().get(b);
      Term term = economy.contributions(branch).get(total);
      if (term != null) {
        Program program = new Program(0, Map.of(), List.of(term));
        for (int cell = 0; cell < CELLS; cell++) {
          symbols(economy, prices, cell).forEach(program::set);
          for (int u = 0; u < branch.controls().size(); u++) {
            program.set(branch.controls().get(u).name(), decided.control(b, u)[cell]);
          }
          program.set("paid", decided.paid()[cell]);
          sum += mass[cell] * decided.probability(b)[cell] * program.evaluate(0)[0];
        }
      }
    }
    return sum;
  }

  @Test
  void totalsAndDistributionAreThoseOfTheHostForTwoHundredPeriods() {
    TwoStates economy = new TwoStates(new Choice.TasteShocks(.2));
    Readout readout = new Readout();
    AgentHistogram host = new AgentHistogram(economy);
    CellOutcomes outcomes = new CellOutcomes(economy, host.levels());
    try (NeuralBellman solver =
            networks(economy, NeuralTraining.standard().withHidden(7, 6), readout);
        NeuralPolicies policies = policies(solver);
        PushForward push = new PushForward(economy, Device.cpu());
        NDManager manager = Device.cpu().newManager()) {
      NDArray mass = manager.create(host.mass().clone(), new Shape(OWN, POINTS));
      CellDecisions[] decided = {new CellDecisions(economy.branches(), CELLS)};
      double[] sums = new double[outcomes.totals().size()];
      for (int t = 0; t < 200; t++) {
        int a = t % 3 % 2;
        int next = (t + 1) % 3 % 2;
        double[] moments = {1.4 + .2 * Math.sin(t), .9 + .1 * Math.cos(t)};
        NeuralPeriod period = policies.period(a, moments);
        double[] prices = period.prices();
        period.decide(new double[][] {prices}, decided);
        outcomes.state(a, moments);
        outcomes.addUp(prices, decided[0], host.mass(), sums);
        double[] totals = period.totals(new double[][] {prices}, mass)[0];
        for (int i = 0; i < totals.length; i++) {
          int at = outcomes.totals().indexOf(policies.totals().get(i));
          assertThat(totals[i]).as("total %s", i).isCloseTo(sums[at], within(1e-12));
        }
        host.beginMove();
        outcomes.move(decided[0]);
        host.move(1, outcomes, decided[0]);
        host.endMove(a, next);
        long before = readout.reads();
        try (NDManager scope = manager.newSubManager()) {
          NDArray moved = push.advance(mass, period.flows(prices, scope), a, next, scope);
          moved.attach(manager);
          mass.close();
          mass = moved;
        }
        assertThat(readout.reads()).isEqualTo(before);
        assertThat(mass.toDoubleArray())
            .as("period %s", t)
            .containsExactly(host.mass(), within(1e-12));
      }
    }
  }

  /** V and decisions of a period against the networks row by row, agent by agent. */
  @ParameterizedTest
  @CsvSource({"best", "cost", "taste"})
  void aPeriodShowsWhatTheNetworksGiveAgentByAgent(String kind) {
    TwoStates economy = new TwoStates(choice(kind));
    NeuralTraining training =
        NeuralTraining.standard().withHidden(7, 6).withBranchRule(BranchRule.VALUES);
    try (NeuralBellman solver = networks(economy, training, new Readout());
        NeuralPolicies policies = policies(solver);
        NDManager manager = Device.cpu().newManager()) {
      NeuralPeriod period = policies.period(1, MOMENTS);
      NeuralNetworks networks = solver.networks();
      double[] deviation = {.6, -.3}; // of the window
      double[] prices = period.prices();
      for (int l = 0; l < prices.length; l++) {
        prices[l] *= Math.exp(training.window() * deviation[l]);
      }
      double[] logs = Arrays.stream(MOMENTS).map(Math::log).toArray();
      double[] moments = networks.scales().scaledMoments(logs);
      long[] states = new long[CELLS];
      double[][] inputs = new double[CELLS][];
      for (int cell = 0; cell < CELLS; cell++) {
        states[cell] = OWN + cell / POINTS; // of the second aggregate state
        inputs[cell] =
            new double[] {
              TwoStates.K.scaled(TwoStates.K.grid().get(cell % POINTS / 5)),
              TwoStates.L.scaled(TwoStates.L.grid().get(cell % 5)),
              moments[0],
              moments[1]
            };
      }
      NDArray select = networks.exogenous().select(manager.create(states), manager);
      NDArray x = manager.create(inputs);
      NDList deviations = new NDList();
      for (double place : deviation) {
        deviations.add(manager.ones(new Shape(CELLS, 1), DataType.FLOAT64).mul(place));
      }
      Samples.Batch rows =
          new Samples.Batch(select, networks.exogenous().levels(select), x, deviations);
      Point forecast = networks.point(rows, x, true);
      double[] v = networks.value().value(forecast, manager).toDoubleArray();
      assertThat(period.values()).containsExactly(v, within(1e-10));
      Point point = networks.point(rows);
      NDList values =
          networks
              .rightHandSide()
              .values(
                  point,
                  networks.places(networks.continuousParameters(), point),
                  networks.value(),
                  manager);
      NDList expected =
          networks
              .rightHandSide()
              .choice()
              .probabilities(values, networks.rightHandSide().upper(point, manager));
      CellDecisions decided = period.decide(prices);
      for (int b = 0; b < 3; b++) {
        NDArray probability =
            expected.get(b).add(manager.zeros(new Shape(CELLS, 1), DataType.FLOAT64));
        assertThat(decided.probability(b))
            .containsExactly(probability.toDoubleArray(), within(1e-8));
      }
    }
  }

  @Test
  void nothingIsLeftBehindOnTheDevice() {
    TwoStates economy =
        new TwoStates(new Choice.UniformCost(TwoStates.BRANCHES.get(1), Expression.constant(.4)));
    for (BranchRule rule : BranchRule.values()) {
      Readout readout = new Readout();
      NeuralTraining training =
          NeuralTraining.standard()
              .withHidden(7, 6)
              .withBatch(16)
              .withBranchRule(rule)
              .withSteps(1, 5, 5)
              .withFits(2);
      try (NeuralBellman solver = networks(economy, training, readout);
          PushForward push = new PushForward(economy, Device.cpu());
          NDManager manager = Device.cpu().newManager()) {
        solver.solve(FORECASTS);
        NDArray mass = manager.ones(new Shape(OWN, POINTS), DataType.FLOAT32);
        int[] counts = new int[3];
        for (int round = 0; round < 3; round++) {
          solver.solve(FORECASTS);
          try (NeuralPolicies policies = policies(solver)) {
            NeuralPeriod period = policies.period(1, MOMENTS);
            CellDecisions[] decided = {new CellDecisions(economy.branches(), CELLS)};
            for (int i = 0; i < 3; i++) {
              period.decide(new double[][] {period.prices()}, decided);
              period.totals(new double[][] {period.prices()}, mass);
              try (NDManager scope = manager.newSubManager()) {
                push.advance(mass, period.flows(period.prices(), scope), 1, 0, scope);
              }
              solver.gap(10);
            }
          }
          counts[round] = manager.getParentManager().getManagedArrays().size();
        }
        assertThat(counts[1]).as("%s", rule).isEqualTo(counts[0]);
        assertThat(counts[2]).isEqualTo(counts[1]);
      }
    }
  }
}
