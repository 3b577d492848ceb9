package org.nnks.core.nets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.junit.jupiter.api.Test;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

class LeastSquaresNetworkTest {

  private static final int INPUTS = 2;
  private static final int WIDTH = 6;
  private static final int OUTPUTS = 3;
  private static final int POINTS = 60;
  private static final long SEED = 41;

  private final Device device = Device.cpu();
  private final double[] samples = samples();
  private final double[] targets = targets();

  private LeastSquaresNetwork network(long seed) {
    double[] importance = new double[POINTS];
    Arrays.fill(importance, 1);
    return network(seed, samples, importance);
  }

  private LeastSquaresNetwork network(long seed, double[] samples, double[] importance) {
    return new LeastSquaresNetwork(
        new NetworkSpec(INPUTS, List.of(8, WIDTH), OUTPUTS, Activation.TANH),
        new double[] {1.5, .5},
        1,
        samples,
        importance,
        device,
        new Seeds(seed).stream("features"));
  }

  @Test
  void aSampleThreeTimesAsImportantCountsAsNineSamples() {
    double[] importance = new double[POINTS];
    Arrays.fill(importance, 1);
    importance[0] = 3;
    int repeats = 8;
    double[] repeatedSamples = Arrays.copyOf(samples, INPUTS * (POINTS + repeats));
    double[] repeatedTargets = new double[OUTPUTS * (POINTS + repeats)];
    double[] ones = new double[POINTS + repeats];
    Arrays.fill(ones, 1);
    for (int r = 0; r < repeats; r++) {
      System.arraycopy(samples, 0, repeatedSamples, INPUTS * (POINTS + r), INPUTS);
    }
    for (int output = 0; output < OUTPUTS; output++) {
      for (int i = 0; i < POINTS + repeats; i++) {
        repeatedTargets[output * (POINTS + repeats) + i] =
            targets[output * POINTS + (i < POINTS ? i : 0)];
      }
    }
    try (LeastSquaresNetwork weighted = network(SEED, samples, importance);
        LeastSquaresNetwork repeated = network(SEED, repeatedSamples, ones)) {
      double[] fitted = weighted.fit(targets);
      double[] expected = repeated.fit(repeatedTargets);
      for (int output = 0; output < OUTPUTS; output++) {
        for (int i = 0; i < POINTS; i++) {
          assertThat(fitted[output * POINTS + i])
              .isCloseTo(expected[output * (POINTS + repeats) + i], within(1e-6));
        }
      }
    }
  }

  @Test
  void fitsAsOrdinaryLeastSquaresOfCommonsMath() {
    try (LeastSquaresNetwork network = network(SEED);
        NDManager manager = device.newManager()) {
      double[] fitted = network.fit(targets);
      double[] features = features(network, manager);
      double ridge = LeastSquaresNetwork.RIDGE * POINTS;
      double smallest = smallestSingularValue(features);
      double share = ridge / (smallest * smallest + ridge);
      assertThat(share).as("relative effect of the ridge").isLessThan(1e-6);
      for (int output = 0; output < OUTPUTS; output++) {
        double[][] x = new double[POINTS][WIDTH];
        double[] y = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
          System.arraycopy(features, i * (WIDTH + 1), x[i], 0, WIDTH);
          y[i] = targets[output * POINTS + i];
        }
        OLSMultipleLinearRegression ols = new OLSMultipleLinearRegression();
        ols.newSampleData(y, x);
        double[] beta = ols.estimateRegressionParameters();
        double[] residuals = ols.estimateResiduals();
        // A ridge of weight r moves the coefficients by at most r / (s^2 + r) of their norm, s
        // being
        // the smallest singular value of the features; a tenth of that allows for rounding.
        double norm = Math.sqrt(Arrays.stream(beta).map(b -> b * b).sum());
        for (int f = 0; f < WIDTH; f++) {
          assertThat(network.outputWeights()[f * OUTPUTS + output])
              .isCloseTo(beta[f + 1], within(1.1 * share * norm));
        }
        assertThat(network.outputWeights()[WIDTH * OUTPUTS + output])
            .isCloseTo(beta[0], within(1.1 * share * norm));
        for (int i = 0; i < POINTS; i++) {
          assertThat(fitted[output * POINTS + i])
              .isCloseTo(y[i] - residuals[i], within(1.1 * share * smallest * norm));
        }
      }
    }
  }

  @Test
  void theFittedValuesAreTheNetworksOwnOutputs() {
    try (LeastSquaresNetwork network = network(SEED);
        NDManager manager = device.newManager()) {
      double[] fitted = network.fit(targets);
      try (Network copy =
          Network.of(
              network.spec(),
              network.parameters(),
              device,
              ai.djl.ndarray.types.DataType.FLOAT64)) {
        NDArray inputs = manager.create(samples, new Shape(POINTS, INPUTS));
        double[] outputs = copy.forward(inputs).toDoubleArray();
        for (int i = 0; i < POINTS; i++) {
          for (int output = 0; output < OUTPUTS; output++) {
            assertThat(outputs[i * OUTPUTS + output])
                .isCloseTo(fitted[output * POINTS + i], within(1e-11));
          }
        }
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameBitsTwice() {
    try (LeastSquaresNetwork first = network(SEED);
        LeastSquaresNetwork second = network(SEED);
        LeastSquaresNetwork other = network(SEED + 1)) {
      assertThat(second.fit(targets)).containsExactly(first.fit(targets));
      assertThat(second.outputWeights()).containsExactly(first.outputWeights());
      assertThat(second.parameters().toArray(new double[0][]))
          .isDeepEqualTo(first.parameters().toArray(new double[0][]));
      other.fit(targets);
      assertThat(other.outputWeights()).isNotEqualTo(first.outputWeights());
    }
  }

  /** 50 fits and 2,000 forwards leave no array and no manager behind. */
  @Test
  void fitsAndForwardsLeaveNothingBehind() throws ReflectiveOperationException {
    try (LeastSquaresNetwork network = network(SEED);
        NDManager manager = device.newManager()) {
      network.fit(targets);
      NDManager own = ownManager(network);
      int before = resources(own);
      assertThat(before).as("sample features and projection").isEqualTo(2);
      for (int i = 0; i < 50; i++) {
        network.fit(targets);
      }
      for (int i = 0; i < 2_000; i++) {
        try (NDManager scope = manager.newSubManager()) {
          network.features(scope.create(samples, new Shape(POINTS, INPUTS)));
          assertThat(resources(scope)).as("what a forward leaves in its scope").isPositive();
        }
      }
      assertThat(resources(own)).isEqualTo(before);
      assertThat(resources(manager)).isZero();
    }
  }

  private static NDManager ownManager(LeastSquaresNetwork network)
      throws ReflectiveOperationException {
    Field field = LeastSquaresNetwork.class.getDeclaredField("manager");
    field.setAccessible(true);
    return (NDManager) field.get(network);
  }

  /** Arrays and managers that a manager keeps, at all depths. */
  private static int resources(NDManager manager) throws ReflectiveOperationException {
    Field field = BaseNDManager.class.getDeclaredField("resources");
    field.setAccessible(true);
    int count = 0;
    for (Object resource : ((Map<?, ?>) field.get(manager)).values()) {
      count += resource instanceof NDManager inner ? 1 + resources(inner) : 1;
    }
    return count;
  }

  private static double[] features(LeastSquaresNetwork network, NDManager manager) {
    return network.features(manager.create(samples(), new Shape(POINTS, INPUTS))).toDoubleArray();
  }

  private static double smallestSingularValue(double[] features) {
    RealMatrix matrix = new Array2DRowRealMatrix(POINTS, WIDTH + 1);
    for (int i = 0; i < features.length; i++) {
      matrix.setEntry(i / (WIDTH + 1), i % (WIDTH + 1), features[i]);
    }
    return new SingularValueDecomposition(matrix).getSingularValues()[WIDTH];
  }

  private static double[] samples() {
    RandomGenerator random = new Seeds(SEED).stream("samples");
    return random.doubles(POINTS * INPUTS, -1, 1).toArray();
  }

  private static double[] targets() {
    RandomGenerator random = new Seeds(SEED).stream("targets");
    return random.doubles(POINTS * OUTPUTS, -3, 3).toArray();
  }
}
