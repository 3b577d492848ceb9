package org.nnks.bloom.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nnks.bloom.Adjustment;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.ChoiceGaps;
import org.nnks.bloom.ChoiceGrid;
import org.nnks.bloom.ContinuousChoice;
import org.nnks.bloom.DecisionRule;
import org.nnks.bloom.ExactBellman;
import org.nnks.bloom.ExactSolution;
import org.nnks.bloom.FinerGrids;
import org.nnks.bloom.FirmDecisions;
import org.nnks.bloom.FirmHistogram;
import org.nnks.bloom.FrictionlessSteadyState;
import org.nnks.bloom.SmallEconomy;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.RidgeRegression;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.statistics.Figure;

/** The paper's training loop with networks small enough for seconds. */
class PaperBellmanTest {

  private static final Bloom ECONOMY = SmallEconomy.create();
  private static final ForecastRules RULES = FrictionlessSteadyState.coldStart(ECONOMY);

  /** Two iterations of 12 minibatches. */
  private static final PaperTraining SHORT =
      PaperTraining.smallest().withHidden(16, 16).withBatch(32).withLength(384, 2, 1).withFits(2);

  /** Of difference quotients. */
  private static final double STEP = 1e-6;

  private static PaperBellman create(PaperTraining training) {
    return new PaperBellman(
        ECONOMY, training, JumpClearing.Rule.MIXED, Device.cpu(), DataType.FLOAT32, new Seeds(1));
  }

  private static EquationError error(PaperSolution solution, SimulatedPath path) {
    return solution.errors(path, 0, new Seeds(1)).get(PaperSolution.BELLMAN_AT_NODES);
  }

  @Test
  void trainingTakesTheBellmanErrorAndWrongChoicesDown() {
    PaperTraining longer = SHORT.withHidden(32, 32).withLength(1_280, 12, 1).withFits(10);
    try (PaperBellman untrained = create(longer);
        PaperBellman solver = create(longer);
        ExactBellman exactSolver = new ExactBellman(ECONOMY)) {
      ExactSolution exact = exactSolver.solve(RULES);
      int[] states = ECONOMY.aggregate().simulate(0, 30, new Seeds(3).stream("aggregate"));
      SimulatedPath path = new EconomySimulator().simulate(exact.policies(), states);
      PaperSolution before = untrained.current(RULES);
      PaperSolution after = solver.solve(RULES);
      // Twelve iterations are a start: the paper trains for a hundred to three hundred.
      assertThat(error(after, path).mean()).isLessThan(error(before, path).mean() / 2);
      assertThat(after.validation().size()).as("iterations, and the fits").isEqualTo(13);
      assertThat(after.validation().last()).isLessThan(after.validation().get(0) / 2);
      assertThat(before.validation().size()).isZero();
      // The last loss is the error of the solution.
      assertThat(Math.sqrt(after.validation().last()))
          .isBetween(error(after, path).mean() / 3, 3 * error(after, path).mean());
      Figure losses =
          after.exhibits(path, 10).figures().stream()
              .filter(figure -> figure.title().contains("Figure 14"))
              .findFirst()
              .orElseThrow();
      assertThat(losses.lines().get(0).y().last()).isEqualTo(Math.log10(after.validation().last()));
      Map<String, EquationError> wrong = after.gaps(exact, path, 10);
      assertThat(wrong.get(ChoiceGaps.WRONG_BY_POINTS).mean())
          .isLessThan(before.gaps(exact, path, 10).get(ChoiceGaps.WRONG_BY_POINTS).mean())
          .isLessThan(.5);
    }
  }

  /** Networks are asked for the firms that there are, at two prices around a third. */
  @Test
  void betweenTwoPricesFirmsDecideAsIfNetworksWereAsked() {
    try (PaperBellman solver = create(SHORT)) {
      PaperSolution solution = solver.solve(RULES);
      double price = RULES.price(2, 3);
      DecisionRule<FirmDecisions> everywhere = solution.rule();
      everywhere.begin(2, 3);
      FirmDecisions asked = new FirmDecisions(ECONOMY);
      everywhere.decide(price, asked);

      FirmHistogram firms = FirmHistogram.start(ECONOMY);
      DecisionRule<FirmDecisions> rule = solution.rule();
      FirmDecisions decisions = new FirmDecisions(ECONOMY);
      rule.begin(2, 3, firms);
      rule.decide(price, decisions);
      assertThat(gap(firms, decisions, asked)).as("the same price").isLessThan(1e-6);
      rule.begin(2, 3, firms);
      rule.decide(.998 * price, decisions);
      double elsewhere = gap(firms, decisions, asked);
      rule.decide(1.002 * price, decisions);
      rule.decide(price, decisions);
      assertThat(gap(firms, decisions, asked)).as("between").isLessThan(elsewhere / 10);
    }
  }

  /** The mean |log| of capital's and hours' differences over firms. */
  private static double gap(FirmHistogram firms, FirmDecisions some, FirmDecisions others) {
    double sum = 0;
    for (int cell = 0; cell < ECONOMY.cells(); cell++) {
      if (firms.mass(cell) > 0) {
        sum +=
            firms.mass(cell)
                * (Math.abs(Math.log(some.nextCapital(cell) / others.nextCapital(cell)))
                    + Math.abs(Math.log(some.chosenHours(cell) / others.chosenHours(cell))));
      }
    }
    return sum;
  }

  /** Yokomoto (2026) appendix B.1 trains at forecast prices. */
  @Test
  void withoutPriceNoiseTrainingIsFiniteAndChoicesSeeNoPrice() {
    try (PaperBellman solver = create(SHORT.withoutPriceNoise())) {
      PaperSolution solution = solver.solve(RULES);
      assertThat(solution.validation().stream().allMatch(Double::isFinite)).isTrue();
      DecisionRule<FirmDecisions> rule = solution.rule();
      FirmDecisions forecast = new FirmDecisions(ECONOMY);
      FirmDecisions elsewhere = new FirmDecisions(ECONOMY);
      rule.begin(2, 3);
      rule.decide(RULES.price(2, 3), forecast);
      rule.decide(1.02 * RULES.price(2, 3), elsewhere);
      for (int cell = 0; cell < ECONOMY.cells(); cell++) {
        assertThat(elsewhere.nextCapital(cell)).isEqualTo(forecast.nextCapital(cell));
        assertThat(elsewhere.chosenHours(cell)).isEqualTo(forecast.chosenHours(cell));
      }
    }
  }

  @Test
  void theSameNetworksDecideOnAFinerHistogram() {
    try (PaperBellman solver = create(SHORT.withHidden(8).withoutPriceNoise())) {
      FinerGrids.assertSameDecisionsAtSharedNodes(
          solver.solve(RULES), 2, 3, RULES.price(2, 3), 1e-9);
    }
  }

  @Test
  void aRestoredSolverContinuesBitForBit() {
    try (PaperBellman first = create(SHORT);
        PaperBellman second = create(SHORT);
        ExactBellman exact = new ExactBellman(ECONOMY)) {
      first.solve(RULES);
      int[] states = ECONOMY.aggregate().simulate(0, 30, new Seeds(3).stream("aggregate"));
      first.observe(new EconomySimulator().simulate(exact.solve(RULES).policies(), states));
      second.restore(first.state());
      first.solve(RULES);
      second.solve(RULES);
      Map<String, double[]> theirs = second.state();
      first.state().forEach((name, array) -> assertThat(theirs.get(name)).isEqualTo(array));
      assertThatThrownBy(() -> second.restore(Map.of()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("method neural");
    }
  }

  @Test
  void inactionIsExactWhateverTheNetworksSay() {
    try (PaperBellman solver = create(SHORT)) {
      DecisionRule<FirmDecisions> rule = solver.solve(RULES).rule();
      FirmDecisions decisions = new FirmDecisions(ECONOMY);
      rule.begin(2, 3);
      rule.decide(RULES.price(2, 3), decisions);
      int exact = 0;
      for (int cell = 0; cell < ECONOMY.cells(); cell++) {
        int k = cell / ECONOMY.hours().size() % ECONOMY.capital().size();
        double moved = decisions.nextCapital(cell) / ECONOMY.undepreciated(k) - 1;
        double changed =
            decisions.chosenHours(cell) / ECONOMY.unseparated(cell % ECONOMY.hours().size()) - 1;
        assertThat(Double.isFinite(moved) && Double.isFinite(changed)).isTrue();
        exact += moved == 0 || changed == 0 ? 1 : 0;
        assertThat(decisions.nextCapital(cell))
            .isBetween(
                ECONOMY.undepreciated(0) * (1 - 1e-12), ECONOMY.capital().upper() * (1 + 1e-12));
      }
      assertThat(exact).isPositive();
    }
  }

  private static PaperNetworks networks() {
    return new PaperNetworks(
        ECONOMY, new ChoiceGrid(ECONOMY), SHORT, Device.cpu(), DataType.FLOAT64, new Seeds(2));
  }

  /** The loss is -mean(g(x) s), and a small step of ADAM raises the right-hand side. */
  @Test
  void gradientsAreFiniteAndThoseOfTheLoss() {
    Random random = new Random(5);
    int rows = 16;
    try (PaperNetworks networks = networks()) {
      double[] inputs = random.doubles((long) rows * networks.policyInputs(), -1, 1).toArray();
      double[] slopes =
          random.doubles((long) rows * networks.heads() * PaperNetworks.PLACES, -1, 1).toArray();
      networks.trainConditional(inputs, slopes, 1e-2);
      double[] before = networks.places(inputs);
      Gradients gradients = networks.trainConditional(inputs, slopes, 1e-4);
      double[] after = networks.places(inputs);
      double mean = 0;
      double gain = 0;
      for (int i = 0; i < slopes.length; i++) {
        mean -= before[i] * slopes[i] / slopes.length;
        gain += (after[i] - before[i]) * slopes[i] / slopes.length;
      }
      assertThat(gradients.loss()).isCloseTo(mean, within(1e-12));
      assertThat(gain).isPositive();
    }
  }

  /** Least squares leave the value's output layer nothing to gain: the normal equations hold. */
  @Test
  void fitsOfTheOutputLayerAreLeastSquares() {
    Random random = new Random(8);
    int rows = 200;
    double[] inputs = random.doubles((long) rows * PaperNetworks.STATE_INPUTS, -1, 1).toArray();
    try (PaperNetworks networks = networks()) {
      int width = networks.continuations();
      double[] goals = random.doubles((long) rows * width, -1, 1).toArray();
      double[] slopes = random.doubles((long) PaperNetworks.SLOPES * rows * width, -1, 1).toArray();
      double[] features = networks.features(inputs);
      int equations = (1 + PaperNetworks.SLOPES) * rows;
      int columns = features.length / equations;
      double[] equal = new double[equations];
      Arrays.fill(equal, 1);
      networks.fitValue(
          inputs,
          goals,
          slopes,
          RidgeRegression.transposedPseudoInverse(features, equal, columns, 1e-14));
      double[] fitted = networks.values(inputs);
      double[] steeper = inputs.clone();
      double[] flatter = inputs.clone();
      double[] products = new double[columns];
      for (int row = 0; row < rows; row++) {
        add(products, features, row, goals[row * width] - fitted[row * width]);
      }
      for (int input = 0; input < PaperNetworks.SLOPES; input++) {
        for (int row = 0; row < rows; row++) {
          steeper[row * PaperNetworks.STATE_INPUTS + input] += STEP;
          flatter[row * PaperNetworks.STATE_INPUTS + input] -= STEP;
        }
        double[] up = networks.values(steeper);
        double[] down = networks.values(flatter);
        for (int row = 0; row < rows; row++) {
          double slope = (up[row * width] - down[row * width]) / (2 * STEP);
          int equation = input * rows + row;
          add(products, features, rows + equation, slopes[equation * width] - slope);
          steeper[row * PaperNetworks.STATE_INPUTS + input] -= STEP;
          flatter[row * PaperNetworks.STATE_INPUTS + input] += STEP;
        }
      }
      assertThat(Arrays.stream(products).map(Math::abs).max().orElseThrow()).isLessThan(1e-6);
    }
  }

  private static void add(double[] products, double[] features, int row, double error) {
    for (int f = 0; f < products.length; f++) {
      products[f] += features[row * products.length + f] * error;
    }
  }

  /** At whole positions the cubic is the table, and R^ab the Bellman equation on the nodes. */
  @Test
  void rightHandSidesAreThoseOfTheNodes() {
    double[] continuation = new Random(6).doubles(ECONOMY.cells(), 20, 21).toArray();
    ChoiceGrid grid = new ChoiceGrid(ECONOMY);
    PaperPoint point = new PaperPoint(ECONOMY, grid);
    ContinuousChoice choice = new ContinuousChoice(ECONOMY, grid, false);
    double price = 1.4;
    double hoursPrice = 2.1; // theta is 2
    choice.begin(price, hoursPrice, ECONOMY.states().level(1), continuation);
    choice.chooseCapital(2);
    int k = 20;
    choice.chooseHours(k);
    for (int i = 1; i < ECONOMY.hours().size(); i++) {
      for (int branch = 0; branch < Adjustment.COUNT; branch++) {
        double best = Double.NEGATIVE_INFINITY;
        for (int to = 0; to < ECONOMY.capital().size(); to++) {
          for (int n = 0; n < ECONOMY.hours().size(); n++) {
            boolean own = (branch & 1) != 0 && to == k - 1 || (branch & 2) != 0 && n == i - 1;
            if (!own) { // staying where one is costs nothing and belongs to another branch
              double level = ECONOMY.states().level(1);
              point.at(level, k, i, price, hoursPrice, continuation);
              best = Math.max(best, point.value(2, branch, to, n));
            }
          }
        }
        assertThat(choice.value(branch, i)).isCloseTo(best, within(1e-9));
      }
    }
  }

  /** Slopes that train g_c and the value, against difference quotients, off the nodes. */
  @Test
  void slopesAreThoseOfTheRightHandSide() {
    double[] continuation = new Random(6).doubles(ECONOMY.cells(), 20, 21).toArray();
    PaperPoint point = new PaperPoint(ECONOMY, new ChoiceGrid(ECONOMY));
    at(point, 20.3, 6.4, continuation);
    for (double k : new double[] {12.7, 25.2}) {
      for (double n : new double[] {3.1, 9.8}) {
        double across = point.value(2, 3, k + STEP, n) - point.value(2, 3, k - STEP, n);
        double along = point.value(2, 3, k, n + STEP) - point.value(2, 3, k, n - STEP);
        point.value(2, 3, k, n);
        assertThat(point.capitalSlope()).isCloseTo(across / (2 * STEP), within(1e-6));
        assertThat(point.hoursSlope()).isCloseTo(along / (2 * STEP), within(1e-6));
        for (int branch = 0; branch < Adjustment.COUNT; branch++) {
          double ofCapital =
              at(point, 20.3 + STEP, 6.4, continuation).value(2, branch, k, n)
                  - at(point, 20.3 - STEP, 6.4, continuation).value(2, branch, k, n);
          double ofHours =
              at(point, 20.3, 6.4 + STEP, continuation).value(2, branch, k, n)
                  - at(point, 20.3, 6.4 - STEP, continuation).value(2, branch, k, n);
          at(point, 20.3, 6.4, continuation).value(2, branch, k, n);
          assertThat(point.ownCapitalSlope()).isCloseTo(ofCapital / (2 * STEP), within(1e-6));
          assertThat(point.ownHoursSlope()).isCloseTo(ofHours / (2 * STEP), within(1e-6));
        }
      }
    }
  }

  private static PaperPoint at(
      PaperPoint point, double capital, double hours, double[] continuation) {
    point.at(ECONOMY.states().level(1), capital, hours, 1.4, 2.1, continuation);
    return point;
  }

  /** Between the last two nodes a parabola is a parabola: no hump draws firms to the end. */
  @Test
  void parabolasAreExactUpToTheEndsOfTheGrid() {
    ChoiceGrid grid = new ChoiceGrid(ECONOMY);
    double[] continuation = new double[ECONOMY.cells()];
    for (int cell = 0; cell < continuation.length; cell++) {
      double k = cell / grid.hoursNodes() % grid.capitalNodes();
      double n = cell % grid.hoursNodes();
      continuation[cell] = 20 + k - .01 * k * k - .02 * n * n;
    }
    PaperPoint point = new PaperPoint(ECONOMY, grid);
    double[] flat = new double[continuation.length];
    for (double k : new double[] {.4, 7.5, grid.capitalNodes() - 1.3}) {
      for (double n : new double[] {.3, 5.2, grid.hoursNodes() - 1.4}) {
        double without = at(point, 20.3, 6.4, flat).value(2, 3, k, n);
        assertThat(at(point, 20.3, 6.4, continuation).value(2, 3, k, n) - without)
            .isCloseTo(20 + k - .01 * k * k - .02 * n * n, within(1e-9));
      }
    }
  }
}
