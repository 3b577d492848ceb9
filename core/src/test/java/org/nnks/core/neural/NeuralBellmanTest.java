package org.nnks.core.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.core.agents.AgentHistogram;
import org.nnks.core.agents.AgentProblem;
import org.nnks.core.agents.CellDecisions;
import org.nnks.core.agents.MomentBox;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.TaxedFirms;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.tensor.Readout;

class NeuralBellmanTest {

  private static final ForecastRules TWO = TwoStates.FORECASTS;

  /** Two milliseconds: a step of training takes several, so that each sees collections. */
  private static final long BETWEEN_COLLECTIONS = 2_000_000;

  private static NeuralTraining tiny(BranchRule rule) {
    return NeuralTraining.standard()
        .withHidden(8, 8)
        .withBatch(32)
        .withSteps(10, 40, 30)
        .withFits(2)
        .withBranchRule(rule);
  }

  private static NeuralBellman solver(DeclaredEconomy economy, NeuralTraining training) {
    return solver(economy, training, DataType.FLOAT64, new Readout());
  }

  private static NeuralBellman solver(
      DeclaredEconomy economy, NeuralTraining training, DataType precision, Readout readout) {
    return new NeuralBellman(economy, training, Device.cpu(), precision, new Seeds(11), readout);
  }

  /** Two solves of some steps each: one that read anything back would show. */
  @Test
  void aTrainingStepReadsNothingBack() {
    for (DataType precision : new DataType[] {DataType.FLOAT32, DataType.FLOAT64}) {
      for (BranchRule rule : BranchRule.values()) {
        TwoStates economy = new TwoStates(new Choice.TasteShocks(.1));
        Readout readout = new Readout();
        NeuralTraining few = tiny(rule).withSteps(1, 6, 4);
        try (NeuralBellman solver = solver(economy, few, precision, readout)) {
          solver.solve(TWO);
          solver.solve(TWO);
          assertThat(readout.reads())
              .isEqualTo(2 * (3 + few.fits())); // a solve's gap, its table, and once for all fits
        }
      }
    }
  }

  @Test
  void aSolverGoesOnFromItsStateBitForBit() {
    DeclaredEconomy economy = TaxedFirms.of(0);
    ForecastRules rules = FixedRules.forecasts(economy, 2.3, .95);
    int[] shocks = economy.aggregate().simulate(1, 40, new Seeds(5).stream("shocks"));
    NeuralTraining training = tiny(BranchRule.GAINS);
    Map<String, double[]> state;
    Map<String, double[]> after;
    SimulatedPath path;
    try (NeuralBellman solver = solver(economy, training)) {
      solver.observe(new EconomySimulator().simulate(solver.solve(rules).policies(), shocks));
      solver.solve(rules);
      state = solver.state();
      solver.solve(rules);
      after = solver.state();
      path = new EconomySimulator().simulate(solver.current(rules).policies(), shocks);
    }
    try (NeuralBellman solver = solver(economy, training)) {
      solver.restore(state);
      solver.solve(rules);
      solver
          .state()
          .forEach((name, array) -> assertThat(array).as(name).isEqualTo(after.get(name)));
      assertThat(new EconomySimulator().simulate(solver.current(rules).policies(), shocks))
          .isEqualTo(path);
    }
    try (NeuralBellman solver = solver(economy, training)) {
      state.put("neural.target", new double[3]);
      assertThatThrownBy(() -> solver.restore(state))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("holds neural.target of 3 numbers but these networks have 249");
      state.remove("neural.target");
      assertThatThrownBy(() -> solver.restore(state))
          .hasMessageContaining("does not hold neural.target");
    }
  }

  /** The first weight is one of the first hidden layer, which no fit moves. */
  @Test
  void hiddenUnitsSettleAfterEightSolves() {
    double still = 1e-12;
    NeuralTraining training =
        tiny(BranchRule.VALUES).withSteps(1, 6, 4).withFits(1).withRates(3e-3, 1e-3, still);
    try (NeuralBellman solver = solver(new TwoStates(new Choice.TasteShocks(.1)), training)) {
      double[] moved = new double[10];
      double before = 0;
      for (int i = 0; i < moved.length; i++) {
        solver.solve(TWO);
        double weight = solver.state().get("neural.value.weights")[0];
        moved[i] = Math.abs(weight - before);
        before = weight;
      }
      assertThat(moved[7]).isGreaterThan(1e-6);
      assertThat(moved[8]).isLessThan(1e-6);
      assertThat(moved[9]).isLessThan(1e-6);
    }
    assertThat(training.movingSolves()).isEqualTo(8);
    assertThat(NeuralTraining.yokomoto2026().movingSolves()).isEqualTo(Integer.MAX_VALUE);
  }

  /** DJL frees what it should keep when a Java number meets an array inside a collector. */
  @Test
  void collectionsOfGarbageChangeNothing() {
    TwoStates economy = new TwoStates(new Choice.Best());
    double[][] weights = new double[2][];
    for (int run = 0; run < 2; run++) {
      AtomicBoolean over = new AtomicBoolean(run == 0);
      Thread collector =
          new Thread(
              () -> {
                while (!over.get()) {
                  System.gc();
                  LockSupport.parkNanos(BETWEEN_COLLECTIONS);
                }
              });
      collector.start();
      try (NeuralBellman solver = solver(economy, tiny(BranchRule.CLASSES).withSteps(2, 12, 1))) {
        solver.solve(TWO);
        weights[run] = solver.state().get("neural.discrete.weights");
      } finally {
        over.set(true);
      }
    }
    assertThat(weights[1]).isEqualTo(weights[0]);
  }

  @Test
  void networksKeepTheirFunctionsWhenBoxesAndWindowsMove() {
    TwoStates economy = new TwoStates(new Choice.TasteShocks(.1));
    try (NeuralBellman solver = solver(economy, tiny(BranchRule.GAINS))) {
      double[] moments = {1.4, 1};
      CellDecisions[] before = {new CellDecisions(economy.branches(), 105)};
      CellDecisions[] upright = {new CellDecisions(economy.branches(), 105)};
      CellDecisions[] after = {new CellDecisions(economy.branches(), 105)};
      double[][] prices = {TWO.prices(1, moments)};
      prices[0][0] *= 1.001;
      solver.solve(TWO);
      double[][] x = new AgentHistogram(economy).levels();
      try (NeuralPolicies policies = solver.policies(TWO, x)) {
        policies.period(1, moments).decide(prices, before);
        double[] values = policies.period(1, moments).values();
        solver
            .networks()
            .moveMoments(MomentBox.upright(new double[] {1.1, .8}, new double[] {1.7, 1.3}));
        policies.period(1, moments).decide(prices, upright);
        double[][] leaning = {{.2, .3, .5}, {-.1, .05, .08}};
        solver.networks().moveMoments(MomentBox.around(leaning, .5, .01));
        solver.networks().moveWindow(0, .01);
        solver.networks().moveWindow(1, .002);
        policies.period(1, moments).decide(prices, after);
        assertThat(policies.period(1, moments).values()).containsExactly(values, within(1e-9));
      }
      for (CellDecisions moved : List.of(upright[0], after[0])) {
        for (int b = 0; b < 3; b++) {
          assertThat(moved.probability(b)).containsExactly(before[0].probability(b), within(1e-10));
        }
        assertThat(moved.control(1, 0)).containsExactly(before[0].control(1, 0), within(1e-10));
      }
    }
  }

  @Test
  void halfTheSamplesLieBesideVisitedAgents() {
    TwoStates economy = new TwoStates(new Choice.Best());
    try (NeuralBellman solver = solver(economy, tiny(BranchRule.VALUES));
        NDManager scope = Device.cpu().newManager()) {
      double[] mass = new double[105];
      mass[2 * 35 + 3 * 5 + 4] = 1; // the third own state, node 3 of capital, node 4 of labour
      Visited visited = new Visited(economy);
      visited.addAgents(1, new double[] {Math.sqrt(.8 * 3), Math.sqrt(.6 * 1.4)}, mass);
      assertThat(visited.states()).hasSize(16).containsOnly(5);
      double[] first = Arrays.copyOf(visited.inputs(solver.networks().scales()), 4);
      assertThat(first).containsExactly(new double[] {0, 1, 0, 0}, within(1e-12));
      Samples samples =
          new Samples(
              economy,
              solver.networks().exogenous(),
              solver.networks().manager(),
              DataType.FLOAT64,
              new Seeds(1).stream("points"));
      samples.visit(new long[] {5}, new double[] {.25, 1, 0, 0});
      Samples.Batch batch = samples.draw(400, scope);
      NDArray beside = batch.inputs().get("0:200");
      assertThat(beside.get(":, 0:1").min().getDouble()).isBetween(.21, .25);
      assertThat(beside.get(":, 0:1").max().getDouble()).isBetween(.25, .29);
      assertThat(beside.get(":, 1:2").max().getDouble()).isLessThanOrEqualTo(1);
      assertThat(batch.select().get("0:200, 5:6").sum().getDouble()).isEqualTo(200);
      NDArray anywhere = batch.inputs().get("200:400");
      for (int i = 0; i < 4; i++) {
        NDArray column = anywhere.get(":, {}:{}", i, i + 1);
        assertThat(column.min().getDouble()).isBetween(-1.0, -.97);
        assertThat(column.max().getDouble()).isBetween(.97, 1.0);
        assertThat(column.mean().getDouble()).isCloseTo(0, within(.05));
      }
      double[] states = batch.select().get("200:400").sum(new int[] {0}).toDoubleArray();
      assertThat(Arrays.stream(states).min().orElseThrow()).isGreaterThanOrEqualTo(30);
      assertThat(Arrays.stream(states).max().orElseThrow()).isLessThanOrEqualTo(37);
      assertThat(batch.deviations().get(1).abs().max().getDouble()).isBetween(.97, 1.0);
      double[] once = batch.inputs().toDoubleArray();
      assertThat(samples.draw(400, scope).inputs().toDoubleArray()).isNotEqualTo(once);
      samples.begin();
      assertThat(samples.draw(400, scope).inputs().toDoubleArray()).isEqualTo(once);
    }
  }

  @Test
  void forecastsOfAnotherShapeAndLossesThatAreNoNumberAreSaid() {
    TwoStates economy = new TwoStates(new Choice.Best());
    try (NeuralBellman solver = solver(economy, tiny(BranchRule.VALUES))) {
      assertThatThrownBy(() -> solver.solve(FixedRules.forecasts(new TaxedFirms(.1, 0), 2.3, .95)))
          .hasMessage(
              "two-states has 2 moments, 2 prices and 2 aggregate states but the forecasts have 1,"
                  + " 1 and 3");
    }
    NeuralTraining wild = tiny(BranchRule.VALUES).withSteps(0, 500, 1).withRates(1e30, 1e30, 1e29);
    try (NeuralBellman solver = solver(economy, wild, DataType.FLOAT32, new Readout())) {
      assertThatThrownBy(() -> solver.solve(TWO)).isInstanceOf(TrainingDivergedException.class);
    }
  }

  /** Against value iteration on 201 nodes and six Chebyshev points of K, at the same forecasts. */
  @Test
  @Tag("slow")
  void firmsDecideAsValueIterationSays() {
    DeclaredEconomy economy = new TaxedFirms(.1, 0);
    ForecastRules forecasts = FixedRules.forecasts(economy, 2.3, .95);
    FixedRules oracle = new FixedRules(economy, forecasts, 201, 6).solve();
    try (NeuralBellman solver =
        solver(economy, NeuralTraining.standard(), DataType.FLOAT32, new Readout())) {
      solver.solve(forecasts);
      double[][] x = new AgentHistogram(economy).levels();
      Errors errors = Errors.of(economy, oracle, solver.policies(forecasts, x));
      BellmanGap gap = solver.gap(2_000);
      // One and a half times what this seed reaches: .0011, .013 and .013.
      assertThat(gap.mean()).isLessThan(1.7e-3);
      assertThat(errors.target()).isLessThan(.02);
      assertThat(errors.probability()).isLessThan(.02);
    }
  }

  /**
   * How far decisions are from the oracle's, for firms with capital between 1 and 5.
   *
   * @param target mean error of log k'
   * @param probability mean error of the probability to adjust
   */
  private record Errors(double target, double probability) {

    static Errors of(DeclaredEconomy economy, FixedRules oracle, NeuralPolicies policies) {
      int points = economy.states().get(0).grid().size();
      double[][] x = {economy.states().get(0).grid().nodes().toArray()};
      AgentProblem problem = new AgentProblem(economy, oracle.grid(), x);
      double target = 0;
      double probability = 0;
      int count = 0;
      for (int a = 0; a < 3; a++) {
        for (double mean : new double[] {1.8, 2.3, 3}) {
          for (double deviation : new double[] {-.01, 0, .01}) {
            double[] price = policies.forecasts().prices(a, new double[] {mean});
            price[0] *= Math.exp(deviation);
            oracle.at(problem, a, mean, price);
            CellDecisions[] decided = {new CellDecisions(economy.branches(), 3 * points)};
            policies.period(a, new double[] {mean}).decide(new double[][] {price}, decided);
            for (int cell = 0; cell < 3 * points; cell++) {
              if (x[0][cell % points] > 1 && x[0][cell % points] < 5) {
                count++;
                target +=
                    Math.abs(
                        Math.log(decided[0].control(1, 0)[cell] / problem.control(1, 0)[cell]));
                probability +=
                    Math.abs(decided[0].probability(1)[cell] - problem.probability(1)[cell]);
              }
            }
          }
        }
      }
      return new Errors(target / count, probability / count);
    }
  }
}
