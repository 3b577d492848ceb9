package org.nnks.core.lumpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.contract.TinyEconomy;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
import org.nnks.core.model.Variables;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.ClearingReport;
import org.nnks.core.simulate.SimulatedPath;

class PaperBellmanTest {

  /** 48 points in each of nine states: two minibatches a pass. */
  private static final PaperTraining SMALL =
      PaperTraining.yokomoto2026().withHidden(16, 16).withPoints(8, 6).withTolerance(1e-9);

  private final SmallEconomy economy = new SmallEconomy();
  private final Device device = Device.cpu();
  private final ForecastRules rules = SmallEconomy.rules();

  private PaperBellman solver(PaperTraining training) {
    return new PaperBellman(economy, training, device, DataType.FLOAT32, new Seeds(7));
  }

  @Test
  void aggregateStatesOfOneProductivityAreRefused() {
    TinyEconomy alike =
        new TinyEconomy(
            StrictJson.with(TinyEconomy.Calibration.standard(), "aggregateSpread", "0"));
    assertThatThrownBy(() -> new PaperBellman(alike, SMALL, device, DataType.FLOAT32, new Seeds(7)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "the preset paper tells aggregate states apart by their productivity alone, but states"
                + " 1 and 2 both have 1.0: use the preset default or the method exact");
  }

  private static ForecastRules moved(ForecastRules rules) {
    double[] coefficients = rules.coefficients();
    for (int i = 0; i < coefficients.length; i++) {
      coefficients[i] += 1e-3;
    }
    return ForecastRules.ofCoefficients(coefficients);
  }

  private static double[][] values(LumpySolution solution) {
    return solution.value().values(new double[] {0.3, 1, 1.6, 5}, new double[] {1.3, 1.5, 1.6, 2});
  }

  private double[] targets(LumpySolution solution) {
    double[][] targets = new double[1][economy.idiosyncratic().size()];
    Continuation continuation = solution.value().newContinuation();
    solution.value().continuation(1, 1.6, continuation);
    double price = solution.rules().price(1, 1.6);
    solution.policy().targets(1, 1.6, continuation, new double[] {price}, 1, targets);
    return targets[0];
  }

  /** A path that visits these mean capitals; nothing else of it is looked at. */
  private static SimulatedPath path(Vector capital) {
    return new SimulatedPath(
        List.of(0, 1, 2, 1),
        Variables.STANDARD,
        List.of(capital),
        List.of(capital),
        List.of(capital),
        capital,
        capital,
        capital,
        capital,
        capital,
        List.of(capital),
        List.of(capital),
        List.of(capital),
        Map.of(),
        Matrix.ofRows(new double[][] {{1}}),
        Matrix.ofRows(new double[][] {{1}}),
        new ClearingReport(0, 0, 0, 0, 0));
  }

  @Test
  void trainingApproachesTheExactSolution() {
    PaperTraining training = SMALL.withEpochs(200, 1).withPoints(20, 10).withHidden(32, 32);
    try (PaperBellman paper = solver(training);
        PaperBellman once = solver(training.withEpochs(1, 1));
        GridBellman exact = new GridBellman(economy)) {
      LumpySolution solution = paper.solve(rules);
      LumpySolution truth = exact.solve(rules);
      EquationError error = BellmanError.onGrid(solution);
      // An error e of the Bellman equation bounds that of V by e / (1 - beta).
      double bound = error.max() / (1 - economy.discountFactor());
      assertThat(error.mean()).isLessThan(BellmanError.onGrid(once.solve(rules)).mean() / 3);
      double[][] network = values(solution);
      double[][] grid = values(truth);
      for (int h = 0; h < grid.length; h++) {
        for (int i = 0; i < grid[h].length; i++) {
          assertThat(network[h][i]).isCloseTo(grid[h][i], within(bound));
        }
      }
      double[] targets = targets(solution);
      // Against the maximiser of the network's own value: k* is too elastic to compare across V.
      double[] maximisers = targets(solution.withPolicy(TargetRule.maximiser()));
      for (int z = 0; z < targets.length; z++) {
        assertThat(Math.log(targets[z] / maximisers[z])).isCloseTo(0, within(0.05));
      }
    }
  }

  @Test
  void nothingLeaks() {
    try (PaperBellman paper = solver(SMALL.withEpochs(1, 25));
        NDManager any = device.newManager()) {
      paper.solve(rules);
      int before = any.getParentManager().getManagedArrays().size();
      targets(paper.solve(rules)); // 50 steps of either network
      assertThat(any.getParentManager().getManagedArrays()).hasSize(before);
      assertThat(before).isPositive();
    }
  }

  @Test
  void theTableAgreesWithTheNetwork() {
    try (PaperBellman paper = solver(SMALL.withEpochs(20, 1))) {
      LumpySolution solution = paper.solve(rules);
      double mean = 1.437;
      double capital = 1.2345;
      double[][] values = solution.value().values(new double[] {capital}, new double[] {mean});
      ExogenousTransition transition = new ExogenousTransition(economy);
      Continuation continuation = solution.value().newContinuation();
      for (int a = 0; a < 3; a++) {
        solution.value().continuation(a, mean, continuation);
        for (int z = 0; z < 3; z++) {
          double expected = 0;
          for (int next = 0; next < values.length; next++) {
            expected += transition.discounted(3 * a + z, next) * values[next][0];
          }
          assertThat(continuation.value(z, capital)).isCloseTo(expected, within(1e-5));
        }
      }
    }
  }

  @Test
  void resumesBitByBit() {
    PaperTraining training = SMALL.withEpochs(4, 3);
    try (PaperBellman straight = solver(training);
        PaperBellman resumed =
            new PaperBellman(economy, training, device, DataType.FLOAT32, new Seeds(7))) {
      straight.solve(rules);
      straight.observe(path(Vector.of(1.5, 1.4, 1.6, 1.55)));
      Map<String, double[]> state = straight.state();
      resumed.restore(state);
      assertThat(values(resumed.current(rules))).isDeepEqualTo(values(straight.current(rules)));
      assertThat(values(resumed.solve(moved(rules))))
          .isDeepEqualTo(values(straight.solve(moved(rules))));
      assertThat(targets(resumed.current(rules))).isEqualTo(targets(straight.current(rules)));
      Map<String, double[]> one = straight.state();
      Map<String, double[]> other = resumed.state();
      assertThat(other.keySet()).isEqualTo(one.keySet());
      one.forEach((name, array) -> assertThat(other.get(name)).as(name).isEqualTo(array));
    }
  }

  @Test
  void seedsDecideEverything() {
    PaperTraining training = SMALL.withEpochs(2, 1);
    try (PaperBellman one = solver(training);
        PaperBellman same = solver(training);
        PaperBellman other =
            new PaperBellman(economy, training, device, DataType.FLOAT32, new Seeds(8))) {
      double[][] values = values(one.solve(rules));
      assertThat(values(same.solve(rules))).isDeepEqualTo(values);
      assertThat(Arrays.deepEquals(values(other.solve(rules)), values)).isFalse();
    }
  }

  @Test
  void refusesAForeignCheckpoint() {
    try (PaperBellman paper = solver(SMALL)) {
      assertThatThrownBy(() -> paper.restore(Map.of("grid.values", new double[3])))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("paper.");
    }
  }
}
