package org.nnks.inventories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.agents.CellDecisions;
import org.nnks.core.neural.NeuralBellman;
import org.nnks.core.neural.NeuralPeriod;
import org.nnks.core.neural.NeuralPolicies;
import org.nnks.core.neural.NeuralTraining;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.RuleChange;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.core.tensor.Readout;

/** Networks on firms for whom using nothing has an infinite slope, and stocks round to nothing. */
class NeuralInventoriesTest {

  private static final int PERIODS = 400;
  private static final int FROM = 80;

  /** Largest gaps to the exact path that are allowed, in percent: of prices, of K and S. */
  private static final double PRICES = .3;

  private static final double MOMENTS = 1;

  /** The same of standard deviations of logs of K and S; they were 7 and 10 % off. */
  private static final double DEVIATIONS = 3;

  /** The change of forecasts at which loops of several moments stop. */
  private static final double FORECASTS = 2e-4;

  /** Solves; each has seen the path of the one before, and the first is far off. */
  private static final int SOLVES = 3;

  /** At the reference's rules. */
  @Tag("paper")
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theStockIsTheExactOnes(int seed) {
    InventoriesCalibration calibration = InventoriesCalibration.khanThomas2007();
    Inventories economy = new Inventories(calibration);
    int[] states = Arrays.copyOf(Reference.states(), PERIODS);
    EconomySimulator simulator = new EconomySimulator();
    try (InventoriesSolver exact = new InventoriesSolver(calibration);
        NeuralBellman neural = solver(economy, seed)) {
      SimulatedPath judge = simulator.simulate(exact.solve(Reference.rules()).policies(), states);
      for (int solve = 1; solve < SOLVES; solve++) {
        neural.observe(simulator.simulate(neural.solve(Reference.rules()).policies(), states));
      }
      SimulatedPath path = simulator.simulate(neural.solve(Reference.rules()).policies(), states);
      assertNear(path, judge, FROM);
    }
  }

  /** From the cold start, each at its own rules. */
  @Tag("paper")
  @Test
  void theLoopSettlesWhereTheExactOneDoes() {
    InventoriesCalibration calibration = InventoriesCalibration.khanThomas2007();
    Inventories economy = new Inventories(calibration);
    int[] states = Reference.states();
    SolverConfig standard = SolverConfig.standard();
    try (InventoriesSolver exact = new InventoriesSolver(calibration);
        NeuralBellman neural = solver(economy, 1)) {
      Solution judge = new KrusellSmithSolver(standard).solve(economy, exact, states, new Seeds(1));
      Solution learned =
          new KrusellSmithSolver(standard.withChange(RuleChange.FORECASTS, FORECASTS))
              .solve(economy, neural, states, new Seeds(1));
      System.out.println(learned.verdict());
      assertNear(
          learned.requireConverged().path(), judge.requireConverged().path(), SolverConfig.BURN_IN);
    }
  }

  private static NeuralBellman solver(Inventories economy, int seed) {
    return new NeuralBellman(
        economy,
        NeuralTraining.standard(economy),
        Device.cpu(),
        DataType.FLOAT64,
        new Seeds(seed),
        new Readout());
  }

  private static void assertNear(SimulatedPath path, SimulatedPath judge, int from) {
    List<PathGap> gaps = PathGap.judged(PathGap.between(path, judge, from));
    for (PathGap gap : gaps) {
      System.out.printf("%s: largest %.3f %%, mean %.3f %%; ", gap.name(), gap.max(), gap.mean());
    }
    for (int j = 0; j < 2; j++) {
      double ratio =
          deviation(path.moments().get(j), from) / deviation(judge.moments().get(j), from);
      System.out.printf("standard deviation %.3f of the exact; ", ratio);
      assertThat(100 * ratio).isCloseTo(100, within(DEVIATIONS));
    }
    System.out.println();
    for (int i = 0; i < gaps.size(); i++) {
      assertThat(gaps.get(i).max()).as(gaps.get(i).name()).isLessThan(i < 2 ? PRICES : MOMENTS);
    }
  }

  private static double deviation(Vector series, int from) {
    Vector logs = series.slice(from, series.size()).map(Math::log);
    double mean = logs.mean();
    return Math.sqrt(logs.map(x -> (x - mean) * (x - mean)).mean());
  }

  @Test
  void trainingStaysFiniteAndNobodyKeepsMoreThanThereIs() {
    Inventories economy = new Inventories(InventoriesCalibration.khanThomas2007());
    NeuralTraining training =
        NeuralTraining.standard().withHidden(8, 8).withBatch(64).withSteps(10, 40, 30);
    try (NeuralBellman solver =
        new NeuralBellman(
            economy, training, Device.cpu(), DataType.FLOAT32, new Seeds(1), new Readout())) {
      solver.solve(Reference.rules()); // throws if a loss is not finite
      double[] stocks = {0, 1e-12, 1e-9, 1e-7, 1e-4, .5, economy.calibration().stockMax()};
      double[] moments = economy.initial().moments().toArray();
      try (NeuralPolicies policies = solver.policies(Reference.rules(), new double[][] {stocks});
          NeuralPeriod period = policies.period(2, moments)) {
        CellDecisions decided = period.decide(period.prices());
        for (int i = 0; i < stocks.length; i++) {
          assertThat(decided.control(0, 0)[i]).isBetween(0.0, (double) (float) stocks[i]);
        }
      }
    }
  }
}
