package org.nnks.core.lumpy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.Activation;
import org.nnks.core.nets.InputBox;
import org.nnks.core.nets.LeastSquaresNetwork;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.SplineBasis;
import org.nnks.core.run.Device;

/**
 * V as a frictionless baseline plus a network of (log k, K) with one output for each exogenous
 * state (A,z), so that one forward pass serves the expectation over all of them.
 *
 * <p>The baseline is the value of a firm that sells its capital after one period at a fixed price;
 * it takes out most of the curvature in k. A continuation is the network at fixed nodes in k' and
 * the forecast K', contracted with the transition to one value for each z, and splined.
 */
final class HeadedValue implements ValueFunction, AutoCloseable {

  /**
   * Width of both hidden layers: twice that of Yokomoto (2026), Table 14. With 128 the worst of six
   * seeds was .06 % off in p and .27 % in K on the Khan-Thomas path, with 256 .02 % and .08 %.
   */
  static final int WIDTH = 256;

  /** Sample points in log k; Chebyshev, so that the fit is as good at the ends as in the middle. */
  static final int CAPITAL_SAMPLES = 48;

  /** Sample points in K, Chebyshev. */
  static final int MEAN_CAPITAL_SAMPLES = 12;

  /**
   * How much more an error counts where firms are than at the ends of the grid. It takes the worst
   * gap of six seeds from .023 to .009 % in p and from .093 to .037 % in K; the mean Bellman error
   * over the whole grid stays below 6e-5.
   */
  static final double FIRMS_WEIGHT = 10;

  /**
   * Where firms are: log k within about two of these of the lower end of log K, since the median
   * firm is smaller than the mean.
   */
  static final double FIRMS_SPREAD = 0.5;

  /**
   * Nodes in k' of the spline through the network: its own error is then below 1e-6 for k' in [.15,
   * 6] on Khan-Thomas, and 4e-5 near the ends of the grid, where a natural spline does not bend.
   */
  static final int SPLINE_NODES = 80;

  /** Chebyshev points in K' at which the network is tabulated; twice the points it is fitted to. */
  static final int TABLE_POINTS = 24;

  /** Scale of first-layer weights along log k: V bends sharply where inaction begins. */
  static final double CAPITAL_SLOPE = 2;

  /** Scale of first-layer weights along K, in which V is nearly linear. */
  static final double MEAN_CAPITAL_SLOPE = 0.2;

  /** Scale of second-layer weights. */
  static final double HIDDEN_GAIN = 0.7;

  private final LumpyInvestment economy;
  private final ExogenousTransition transition;
  private final LeastSquaresNetwork network;
  private final NDManager manager;
  private final InputBox logCapital;
  private final InputBox meanCapital;
  private final double[] sampleCapital;
  private final double[] sampleMeanCapital;
  private final SplineBasis basis;
  private final int shocks;
  private final double baselinePrice;
  private final double[] sampleBaseline;
  private final double[][] expectedBaseline;
  private final double[] tableMeanCapital;
  private final double[] tableWeights = new double[TABLE_POINTS];
  private final double[] interpolated;
  private double[] table;
  private double[] fitted;

  HeadedValue(
      LumpyInvestment economy,
      ExogenousTransition transition,
      Device device,
      RandomGenerator random) {
    this.economy = economy;
    this.transition = transition;
    shocks = economy.idiosyncratic().size();
    Grid capital = economy.capital();
    logCapital = new InputBox(Math.log(capital.lower()), Math.log(capital.upper()));
    meanCapital = new InputBox(economy.meanCapital().lower(), economy.meanCapital().upper());
    sampleCapital = new double[CAPITAL_SAMPLES];
    double[] logs = logCapital.chebyshev(CAPITAL_SAMPLES);
    for (int i = 0; i < CAPITAL_SAMPLES; i++) {
      sampleCapital[i] = capital.clamp(Math.exp(logs[i]));
    }
    sampleMeanCapital = meanCapital.chebyshev(MEAN_CAPITAL_SAMPLES);
    network =
        new LeastSquaresNetwork(
            new NetworkSpec(2, List.of(WIDTH, WIDTH), transition.states(), Activation.TANH),
            new double[] {CAPITAL_SLOPE, MEAN_CAPITAL_SLOPE},
            HIDDEN_GAIN,
            inputs(sampleCapital, sampleMeanCapital),
            importance(),
            device,
            random);
    manager = device.newManager();
    tableMeanCapital = meanCapital.chebyshev(TABLE_POINTS);
    interpolated = new double[SPLINE_NODES * shocks];
    basis = new SplineBasis(Grid.logarithmic(capital.lower(), capital.upper(), SPLINE_NODES));
    LumpyInvestment.PriceBracket bracket = economy.priceBracket();
    baselinePrice = Math.sqrt(bracket.lower() * bracket.upper());
    sampleBaseline = new double[transition.states() * CAPITAL_SAMPLES * MEAN_CAPITAL_SAMPLES];
    for (int index = 0; index < sampleBaseline.length; index++) {
      int h = index / (CAPITAL_SAMPLES * MEAN_CAPITAL_SAMPLES);
      sampleBaseline[index] = baseline(h, sampleCapital[index % CAPITAL_SAMPLES]);
    }
    expectedBaseline = new double[transition.states()][SPLINE_NODES];
    for (int h = 0; h < transition.states(); h++) {
      for (int next = 0; next < transition.states(); next++) {
        for (int i = 0; i < SPLINE_NODES; i++) {
          expectedBaseline[h][i] += transition.discounted(h, next) * baseline(next, basis.node(i));
        }
      }
    }
    fitted = new double[sampleBaseline.length];
  }

  /** The value, at the baseline price, of producing once and then selling the capital. */
  private double baseline(int exogenous, double capital) {
    return economy.profit(
            economy.idiosyncratic().level(exogenous % shocks),
            capital,
            economy.aggregate().level(exogenous / shocks),
            baselinePrice)
        + baselinePrice * economy.undepreciated(capital);
  }

  /**
   * Network inputs at the product of capitals and mean capitals, ordered (mean capital, capital).
   */
  private double[] inputs(double[] capital, double[] mean) {
    double[] inputs = new double[2 * capital.length * mean.length];
    int index = 0;
    for (double k : mean) {
      for (double c : capital) {
        inputs[index++] = logCapital.scale(Math.log(c));
        inputs[index++] = meanCapital.scale(k);
      }
    }
    return inputs;
  }

  /** Weights of the sample points, ordered as {@link #inputs}. */
  private double[] importance() {
    double centre = Math.log(meanCapital.lower());
    double[] weights = new double[CAPITAL_SAMPLES * MEAN_CAPITAL_SAMPLES];
    for (int i = 0; i < weights.length; i++) {
      double distance = (Math.log(sampleCapital[i % CAPITAL_SAMPLES]) - centre) / FIRMS_SPREAD;
      weights[i] = 1 + FIRMS_WEIGHT * Math.exp(-distance * distance / 2);
    }
    return weights;
  }

  double[] sampleCapital() {
    return sampleCapital;
  }

  double[] sampleMeanCapital() {
    return sampleMeanCapital;
  }

  LeastSquaresNetwork network() {
    return network;
  }

  /**
   * Features at all spline nodes and these next mean capitals, which come in equal blocks for each
   * aggregate state: shape (aggregate states, block * nodes, features).
   */
  NDArray nextFeatures(NDManager scope, double[] nextMeanCapital) {
    double[] nodes = new double[SPLINE_NODES];
    for (int i = 0; i < SPLINE_NODES; i++) {
      nodes[i] = basis.node(i);
    }
    double[] inputs = inputs(nodes, nextMeanCapital);
    int aggregates = economy.aggregate().size();
    try (NDManager inner = scope.newSubManager()) {
      NDArray features = network.features(inner.create(inputs, new Shape(inputs.length / 2, 2)));
      NDArray blocks = features.reshape(aggregates, -1, WIDTH + 1);
      blocks.attach(scope);
      return blocks;
    }
  }

  /** Fills continuations at features of {@link #nextFeatures}, in their order. */
  void continuations(NDArray features, Continuation[] continuations) {
    double[] values = expected(features);
    int block = continuations.length / economy.aggregate().size();
    for (int row = 0; row < continuations.length; row++) {
      fill(row / block, values, row * SPLINE_NODES * shocks, continuations[row]);
    }
  }

  /** The network's discounted expectation at features of {@link #nextFeatures}: (row, node, z). */
  private double[] expected(NDArray features) {
    int aggregates = economy.aggregate().size();
    try (NDManager inner = features.getManager().newSubManager()) {
      NDArray weights = inner.create(contract(), new Shape(aggregates, WIDTH + 1, shocks));
      NDArray product = features.batchMatMul(weights);
      double[] values = product.toDoubleArray();
      product.close();
      return values;
    }
  }

  private void fill(int aggregate, double[] values, int offset, Continuation continuation) {
    for (int i = 0; i < SPLINE_NODES; i++) {
      for (int z = 0; z < shocks; z++) {
        continuation.set(
            z, i, values[offset + i * shocks + z] + expectedBaseline[aggregate * shocks + z][i]);
      }
    }
    continuation.fit();
  }

  /** Output weights contracted with the transition: (aggregate states, features, z). */
  private double[] contract() {
    double[] weights = network.outputWeights();
    int heads = transition.states();
    int aggregates = economy.aggregate().size();
    double[] result = new double[aggregates * (WIDTH + 1) * shocks];
    for (int a = 0; a < aggregates; a++) {
      for (int f = 0; f <= WIDTH; f++) {
        for (int z = 0; z < shocks; z++) {
          double sum = 0;
          for (int next = 0; next < heads; next++) {
            sum += transition.discounted(a * shocks + z, next) * weights[f * heads + next];
          }
          result[(a * (WIDTH + 1) + f) * shocks + z] = sum;
        }
      }
    }
    return result;
  }

  /**
   * Fits the network to values at the sample points and corrects the slow mode.
   *
   * @param right values ordered (exogenous state, mean capital, capital)
   * @return the largest change of a fitted value
   */
  double fit(double[] right) {
    double[] targets = new double[right.length];
    for (int i = 0; i < right.length; i++) {
      targets[i] = right[i] - sampleBaseline[i];
    }
    double[] next = network.fit(targets);
    ExogenousTransition.Correction correction = transition.correct(fitted, next);
    double[] weights = network.outputWeights();
    int heads = transition.states();
    for (int h = 0; h < heads; h++) {
      weights[WIDTH * heads + h] += correction.shift()[h];
    }
    fitted = next;
    return correction.change();
  }

  /** Computes the fitted values from the output weights: where {@link #fit} starts. */
  void refit() {
    double[][] values = networkValues(repeated(sampleCapital), spread(sampleMeanCapital));
    for (int h = 0; h < values.length; h++) {
      System.arraycopy(values[h], 0, fitted, h * values[h].length, values[h].length);
    }
  }

  private static double[] repeated(double[] capital) {
    double[] all = new double[CAPITAL_SAMPLES * MEAN_CAPITAL_SAMPLES];
    for (int i = 0; i < all.length; i++) {
      all[i] = capital[i % CAPITAL_SAMPLES];
    }
    return all;
  }

  private static double[] spread(double[] mean) {
    double[] all = new double[CAPITAL_SAMPLES * MEAN_CAPITAL_SAMPLES];
    for (int i = 0; i < all.length; i++) {
      all[i] = mean[i / CAPITAL_SAMPLES];
    }
    return all;
  }

  /**
   * Evaluates the network once at every spline node and Chebyshev point of K', for {@link
   * #continuation}: V is so smooth in K that interpolating between these points changes it by
   * 1e-13, and the simulation then needs no forward pass for V.
   */
  void prepare() {
    int aggregates = economy.aggregate().size();
    double[] all = new double[aggregates * TABLE_POINTS];
    for (int row = 0; row < all.length; row++) {
      all[row] = tableMeanCapital[row % TABLE_POINTS];
    }
    try (NDManager scope = manager.newSubManager()) {
      table = expected(nextFeatures(scope, all));
    }
  }

  @Override
  public Continuation newContinuation() {
    return new Continuation(basis, shocks);
  }

  @Override
  public void continuation(int aggregateState, double nextMeanCapital, Continuation continuation) {
    meanCapital.interpolationWeights(nextMeanCapital, tableWeights);
    int block = SPLINE_NODES * shocks;
    Arrays.fill(interpolated, 0);
    for (int point = 0; point < TABLE_POINTS; point++) {
      int offset = (aggregateState * TABLE_POINTS + point) * block;
      double weight = tableWeights[point];
      for (int i = 0; i < block; i++) {
        interpolated[i] += weight * table[offset + i];
      }
    }
    fill(aggregateState, interpolated, 0, continuation);
  }

  @Override
  public double[][] values(double[] capital, double[] mean) {
    double[][] values = networkValues(capital, mean);
    for (int h = 0; h < values.length; h++) {
      for (int i = 0; i < capital.length; i++) {
        values[h][i] += baseline(h, capital[i]);
      }
    }
    return values;
  }

  private double[][] networkValues(double[] capital, double[] mean) {
    int heads = transition.states();
    double[] inputs = new double[2 * capital.length];
    for (int i = 0; i < capital.length; i++) {
      inputs[2 * i] = logCapital.scale(Math.log(capital[i]));
      inputs[2 * i + 1] = meanCapital.scale(mean[i]);
    }
    double[][] values = new double[heads][capital.length];
    try (NDManager scope = manager.newSubManager()) {
      NDArray features = network.features(scope.create(inputs, new Shape(capital.length, 2)));
      NDArray weights = scope.create(network.outputWeights(), new Shape(WIDTH + 1, heads));
      double[] flat = features.matMul(weights).toDoubleArray();
      for (int i = 0; i < capital.length; i++) {
        for (int h = 0; h < heads; h++) {
          values[h][i] = flat[i * heads + h];
        }
      }
    }
    return values;
  }

  @Override
  public void close() {
    network.close();
    manager.close();
  }
}
