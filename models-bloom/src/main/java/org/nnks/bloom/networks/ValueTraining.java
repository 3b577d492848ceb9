package org.nnks.bloom.networks;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.SlowModes;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.nets.RidgeRegression;

/**
 * Steps on the value network of Yokomoto (2026) section 3.2 and fits of its output layer, given the
 * policies, with the correction of slow modes and the Bellman error after it.
 */
final class ValueTraining {

  /** Points at which the change of the right-hand side is measured, for each node of K. */
  private static final int MEASURED = 32;

  /**
   * Points at which V is trained and fitted while its target is held: with slopes, 48 rows for each
   * unit.
   */
  private static final int FITTED = 2_048;

  /** Weight of the squared change of a coefficient relative to one point, as in core. */
  private static final double RIDGE = 1e-6;

  private final Bloom economy;
  private final PaperTraining training;
  private final PaperNetworks networks;
  private final PaperValue value;
  private final PaperRightHandSide rightHandSide;
  private final ForecastRules rules;
  private final RandomGenerator random;
  private final SlowModes slowModes;
  private final PaperBatch measured;
  private final PaperBatch fitted;
  private double squaredError;
  private double gap;

  ValueTraining(
      Bloom economy,
      PaperTraining training,
      PaperNetworks networks,
      PaperValue value,
      PaperPoints points,
      PaperRightHandSide rightHandSide,
      ForecastRules rules,
      RandomGenerator random) {
    this.economy = economy;
    this.training = training;
    this.networks = networks;
    this.value = value;
    this.rightHandSide = rightHandSide;
    this.rules = rules;
    this.random = random;
    slowModes = new SlowModes(economy);
    slowModes.prepare(rules);
    fitted = new PaperBatch(economy, networks, points, FITTED);
    measured = new PaperBatch(economy, networks, points, MEASURED * economy.meanCapital().size());
    measured.draw(random, 0, true);
    measured.spreadOverNodes();
  }

  /**
   * Trains V on the right-hand side that the two policies give at forecast prices, at points where
   * it is taken once; fits the output layer there; and takes the expectation again.
   */
  void train(int steps, double rate) {
    fitted.draw(random, 0, true);
    double[] ofSlopes = new double[PaperNetworks.SLOPES * fitted.size() * networks.heads()];
    double[] right =
        rightHandSide.of(fitted, fitted.branches(), networks.places(fitted.inputs()), ofSlopes);
    double[] goals = rightHandSide.goals(fitted, right);
    double[] slopes = value.expected(ofSlopes);
    double[] inputs = fitted.stateInputs();
    step(steps, rate, inputs, goals, slopes);
    double[] features = networks.features(inputs);
    int rows = (1 + PaperNetworks.SLOPES) * fitted.size();
    double[] importance = new double[rows];
    Arrays.fill(importance, 1);
    Arrays.fill(importance, fitted.size(), rows, Math.sqrt(1.0 / PaperNetworks.SLOPES));
    networks.fitValue(
        inputs,
        goals,
        slopes,
        RidgeRegression.transposedPseudoInverse(
            features, importance, features.length / rows, RIDGE));
    update();
  }

  /** Steps on minibatches of the points. */
  private void step(int steps, double rate, double[] inputs, double[] goals, double[] slopes) {
    int width = networks.continuations();
    int size = training.batch();
    double[] some = new double[size * PaperNetworks.STATE_INPUTS];
    double[] theirs = new double[size * width];
    double[] theirSlopes = new double[PaperNetworks.SLOPES * size * width];
    for (int step = 0; step < steps; step++) {
      for (int i = 0; i < size; i++) {
        int j = random.nextInt(fitted.size());
        copy(inputs, j, some, i, PaperNetworks.STATE_INPUTS);
        copy(goals, j, theirs, i, width);
        for (int input = 0; input < PaperNetworks.SLOPES; input++) {
          copy(slopes, input * fitted.size() + j, theirSlopes, input * size + i, width);
        }
      }
      networks.trainValue(some, theirs, theirSlopes, rate);
    }
  }

  private static void copy(double[] from, int row, double[] to, int toRow, int width) {
    System.arraycopy(from, row * width, to, toRow * width, width);
  }

  /**
   * Takes the expectation again with the trained network, corrects the levels, and measures the
   * Bellman error after the correction.
   */
  private void update() {
    rightHandSide.tabulate();
    int[] branches = measured.branches();
    double[] places = networks.places(measured.inputs());
    double[] network = networks.values(measured.stateInputs());
    double[] goals = rightHandSide.goals(measured, rightHandSide.of(measured, branches, places));
    int width = networks.continuations();
    double[] residual = new double[width * economy.meanCapital().size()];
    for (int i = 0, at = 0; i < measured.size(); i++) {
      for (int h = 0; h < width; h++, at++) {
        residual[value.index(h, measured.node(i))] += (goals[at] - network[at]) / MEASURED;
      }
    }
    value.addToLevels(slowModes(residual));
    rightHandSide.readContinuations();
    measure(network, branches, places);
  }

  /** What mean residuals of beta E V move V by in the end. */
  private double[] slowModes(double[] residual) {
    int nodes = economy.meanCapital().size();
    int shocks = economy.calibration().idiosyncraticStates();
    double[] ofValue = new double[value.levels().length];
    double[] ahead = new double[shocks];
    for (int state = 0; state < economy.states().size(); state++) {
      for (int node = 0; node < nodes; node++) {
        economy
            .betweenMeanCapitals(rules.nextCapital(state, economy.meanCapital().get(node)))
            .interpolate(residual, value.offset(state), ahead);
        System.arraycopy(ahead, 0, ofValue, (state * nodes + node) * shocks, shocks);
      }
    }
    double[] shift = slowModes.shift(ofValue);
    Arrays.setAll(shift, i -> ofValue[i] + shift[i]);
    return shift;
  }

  private void measure(double[] network, int[] branches, double[] places) {
    double[] right = rightHandSide.of(measured, branches, places);
    double[] goals = rightHandSide.goals(measured, right);
    double squares = 0;
    double absolute = 0;
    for (int i = 0; i < goals.length; i++) {
      double error = goals[i] - network[i];
      squares += error * error;
      absolute += Math.abs(error);
    }
    squaredError = squares / goals.length;
    double size = Arrays.stream(right).map(Math::abs).average().orElseThrow();
    gap = absolute / goals.length / size;
  }

  /**
   * The mean squared Bellman error of beta E V after the last training, at points that train
   * nothing: the validation loss of Yokomoto (2026) Figure 14.
   */
  double squaredError() {
    return squaredError;
  }

  /** The mean |T V - V| at these points, as a share of the mean |V|. */
  double gap() {
    return gap;
  }
}
