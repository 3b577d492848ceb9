package org.nnks.krusellsmith.marginal;

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
import org.nnks.core.run.Device;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;

/**
 * What a unit of capital saved is worth, as a network of (k', K') with one output for each (z, s):
 *
 * <pre>
 *   m(k',K'; z,s) = log beta E[ (1 + r(z',K')) / c(k',s'; K',z') | z, s ]
 * </pre>
 *
 * <p>A household that is free to choose consumes c = exp(-m), so c is positive and m goes on
 * smoothly where the borrowing limit begins to bind today. Given K', m does not depend on the rule
 * that forecasts K', so it hardly changes from one set of rules to the next.
 *
 * <p>The hidden layer is drawn once; the output layer is fitted by least squares at the product of
 * {@value #CAPITAL_SAMPLES} points in k' and {@value #MEAN_CAPITAL_SAMPLES} in K'.
 */
final class MarginalValueNetwork implements AutoCloseable {

  /**
   * Width of the hidden layer: with 100 the mean Euler error of the JEDC economy is 1.7 times as
   * large, with 64 2.4 times.
   */
  static final int WIDTH = 128;

  /**
   * Sample points in k', as many as features: with 96 the fit swings between them, and the largest
   * Euler error of three seeds is three times as large.
   */
  static final int CAPITAL_SAMPLES = 128;

  /** Sample points in K': m is nearly linear in log K', so that 7 change no error by a tenth. */
  static final int MEAN_CAPITAL_SAMPLES = 5;

  /**
   * The network sees k' as log(k' + offset), with offsets of half a quarter's income and of a few
   * days': m bends where households may lose or find a job at the borrowing limit.
   */
  private static final double[] OFFSET_INCOMES = {.5, .03};

  /**
   * Points of k' lie at equal steps of log(k' + offset), with an offset of two and a half weeks'
   * income.
   */
  private static final double SPACING_INCOME = .2;

  /** Scale of first-layer weights along both views of k', in which m has the kinks of c'. */
  private static final double CAPITAL_SLOPE = 5;

  /** The same along K': with 1, features swing between the sample points and sweeps diverge. */
  private static final double MEAN_CAPITAL_SLOPE = .3;

  /** There is no second hidden layer. */
  private static final double NO_GAIN = 0;

  private static final int INPUTS = OFFSET_INCOMES.length + 1;

  private final int aggregates;
  private final int states;
  private final double capitalMax;
  private final double spacing;
  private final double[] offsets;
  private final InputBox[] capitalBoxes;
  private final InputBox meanCapitalBox;
  private final double[] sampleCapital;
  private final double[] sampleMeanCapital;
  private final LeastSquaresNetwork network;
  private final NDManager manager;

  MarginalValueNetwork(KrusellSmith economy, Device device, RandomGenerator random) {
    KrusellSmithCalibration calibration = economy.calibration();
    aggregates = economy.aggregate().size();
    states = economy.states();
    capitalMax = calibration.capitalMax();
    int middle = economy.start().aggregateState();
    double income = economy.wage(middle, economy.steadyCapital()) * economy.meanLabour(middle);
    spacing = SPACING_INCOME * income;
    offsets = Arrays.stream(OFFSET_INCOMES).map(share -> share * income).toArray();
    capitalBoxes =
        Arrays.stream(offsets)
            .mapToObj(offset -> new InputBox(Math.log(offset), Math.log(capitalMax + offset)))
            .toArray(InputBox[]::new);
    meanCapitalBox =
        new InputBox(
            Math.log(calibration.meanCapitalMin()), Math.log(calibration.meanCapitalMax()));
    sampleCapital = capital(CAPITAL_SAMPLES);
    sampleMeanCapital = meanCapital(MEAN_CAPITAL_SAMPLES);
    double[] slopes = new double[INPUTS];
    Arrays.fill(slopes, CAPITAL_SLOPE);
    slopes[INPUTS - 1] = MEAN_CAPITAL_SLOPE;
    double[] importance = new double[CAPITAL_SAMPLES * MEAN_CAPITAL_SAMPLES];
    Arrays.fill(importance, 1); // m is a logarithm: errors are relative everywhere
    network =
        new LeastSquaresNetwork(
            new NetworkSpec(INPUTS, List.of(WIDTH), aggregates * states, Activation.TANH),
            slopes,
            NO_GAIN,
            inputs(sampleCapital, sampleMeanCapital),
            importance,
            device,
            random);
    manager = device.newManager();
  }

  /** Points of k' from the borrowing limit to the highest k, closer together where it is near. */
  double[] capital(int points) {
    double[] capital = new double[points];
    double step = Math.log1p(capitalMax / spacing) / (points - 1);
    Arrays.setAll(capital, i -> spacing * Math.expm1(i * step));
    return capital;
  }

  /** Chebyshev points of log K' in the interval on which decisions are solved. */
  double[] meanCapital(int points) {
    return Arrays.stream(meanCapitalBox.chebyshev(points)).map(Math::exp).toArray();
  }

  /** Writes the weights with which values at {@link #meanCapital} interpolate to a K'. */
  void interpolationWeights(double meanCapital, double[] weights) {
    meanCapitalBox.interpolationWeights(inBox(meanCapital), weights);
  }

  /** log K', or the nearest end of the interval on which decisions are solved. */
  private double inBox(double meanCapital) {
    return Math.min(
        Math.max(Math.log(meanCapital), meanCapitalBox.lower()), meanCapitalBox.upper());
  }

  /** Points of k' in the order of fitted values. */
  double[] sampleCapital() {
    return sampleCapital;
  }

  /** Points of K' in the order of fitted values. */
  double[] sampleMeanCapital() {
    return sampleMeanCapital;
  }

  /** The network, for saving. */
  LeastSquaresNetwork network() {
    return network;
  }

  /** Fits m at the sample points: (z, s, K', k'). */
  void fit(double[] values) {
    network.fit(values);
  }

  /** A scope for evaluations. */
  NDManager scope() {
    return manager.newSubManager();
  }

  /**
   * Features at the product of points of K' and k': shape (z, K' * k', features).
   *
   * @param meanCapital K', in equal blocks for each z: (z, K')
   */
  NDArray features(NDManager scope, double[] capital, double[] meanCapital) {
    double[] inputs = inputs(capital, meanCapital);
    try (NDManager inner = scope.newSubManager()) {
      NDArray rows = inner.create(inputs, new Shape(inputs.length / INPUTS, INPUTS));
      NDArray blocks = network.features(rows).reshape(aggregates, -1, WIDTH + 1);
      blocks.attach(scope);
      return blocks;
    }
  }

  /** What the network sees at the product of points: (K', k', inputs). */
  private double[] inputs(double[] capital, double[] meanCapital) {
    double[] inputs = new double[INPUTS * capital.length * meanCapital.length];
    int at = 0;
    for (double mean : meanCapital) {
      for (double k : capital) {
        for (int i = 0; i < offsets.length; i++) {
          inputs[at++] = capitalBoxes[i].scale(Math.log(k + offsets[i]));
        }
        inputs[at++] = meanCapitalBox.scale(inBox(mean));
      }
    }
    return inputs;
  }

  /** m of each z at its own block of {@link #features}: (z, K', k', s). */
  double[] at(NDArray features) {
    try (NDManager scope = features.getManager().newSubManager()) {
      NDArray output =
          scope
              .create(network.outputWeights(), new Shape(WIDTH + 1, aggregates, states))
              .transpose(1, 0, 2);
      NDArray values = features.batchMatMul(output);
      values.attach(scope);
      return values.toDoubleArray();
    }
  }

  @Override
  public void close() {
    network.close();
    manager.close();
  }
}
