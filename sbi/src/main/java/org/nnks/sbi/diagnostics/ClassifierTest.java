package org.nnks.sbi.diagnostics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.Activation;
import org.nnks.core.nets.Adam;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.nets.Parameters;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/**
 * The classifier two-sample test, C2ST, as the benchmark sbibm defines it: Lueckmann, Boelts,
 * Greenberg, Gonçalves and Macke (2021), Benchmarking simulation-based inference, AISTATS. A
 * network with two hidden layers of 10 d units learns to tell the two samples apart; the score is
 * its accuracy on held-out draws, averaged over 5 folds. 0.5 is perfect, 1 the worst.
 *
 * <p>Both samples are standardised by the reference. The network is trained with the defaults of
 * scikit-learn's MLPClassifier, which sbibm uses: Adam at 1e-3, batches of 200, an L2 penalty of
 * 1e-4, Glorot's uniform weights, and a stop when the training loss has not fallen by 1e-4 for more
 * than 10 epochs.
 */
public final class ClassifierTest {

  private static final int FOLDS = 5;
  private static final int UNITS_PER_DIMENSION = 10;
  private static final int BATCH = 200;
  private static final double LEARNING_RATE = 1e-3;
  private static final double PENALTY = 1e-4;
  private static final double TOLERANCE = 1e-4;
  private static final int PATIENCE = 10;
  private static final int MAX_EPOCHS = 10_000;

  private final int d;
  private final double[] rows;
  private final int[] label;
  private final Device device;

  private ClassifierTest(Matrix reference, Matrix sample, Device device) {
    d = reference.columns();
    int n = reference.rows();
    rows = new double[(n + sample.rows()) * d];
    label = new int[n + sample.rows()];
    this.device = device;
    for (int j = 0; j < d; j++) {
      double mean = 0;
      double squares = 0;
      for (int i = 0; i < n; i++) {
        mean += reference.get(i, j) / n;
      }
      for (int i = 0; i < n; i++) {
        squares += (reference.get(i, j) - mean) * (reference.get(i, j) - mean);
      }
      double sd = Math.sqrt(squares / (n - 1));
      for (int i = 0; i < label.length; i++) {
        double value = i < n ? reference.get(i, j) : sample.get(i - n, j);
        rows[i * d + j] = (value - mean) / sd;
        label[i] = i < n ? 0 : 1;
      }
    }
  }

  /**
   * The cross-validated accuracy.
   *
   * @param reference draws from the reference, shape (n, d)
   * @param sample draws to judge, of the same shape: with unequal numbers, 0.5 is not perfect
   */
  public static double score(Matrix reference, Matrix sample, Device device, Seeds seeds) {
    if (reference.columns() != sample.columns() || reference.rows() != sample.rows()) {
      throw new InvalidInputException(
          "C2ST compares samples of one shape but got (%d, %d) and (%d, %d)"
              .formatted(reference.rows(), reference.columns(), sample.rows(), sample.columns()));
    }
    return new ClassifierTest(reference, sample, device).crossValidate(seeds);
  }

  private double crossValidate(Seeds seeds) {
    int[] order = new int[label.length];
    Arrays.setAll(order, i -> i);
    shuffle(order, seeds.stream("c2st folds"));
    double sum = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
      int start = (int) ((long) order.length * fold / FOLDS);
      int end = (int) ((long) order.length * (fold + 1) / FOLDS);
      int[] test = Arrays.copyOfRange(order, start, end);
      int[] training = new int[order.length - test.length];
      System.arraycopy(order, 0, training, 0, start);
      System.arraycopy(order, end, training, start, order.length - end);
      sum += accuracy(training, test, seeds.stream("c2st training", fold));
    }
    return sum / FOLDS;
  }

  private double accuracy(int[] training, int[] test, RandomGenerator random) {
    int width = UNITS_PER_DIMENSION * d;
    NetworkSpec spec = new NetworkSpec(d, List.of(width, width), 1, Activation.RELU);
    try (Network network = Network.of(spec, glorot(spec, random), device, DataType.FLOAT32);
        Adam adam = new Adam(network);
        NDManager constants = device.newManager()) {
      double best = Double.POSITIVE_INFINITY;
      int waited = 0;
      for (int epoch = 0; epoch < MAX_EPOCHS && waited <= PATIENCE; epoch++) {
        shuffle(training, random);
        double loss = 0;
        for (int start = 0; start < training.length; start += BATCH) {
          int size = Math.min(BATCH, training.length - start);
          loss += size * step(network, adam, constants, training, start, size);
        }
        loss /= training.length;
        waited = loss > best - TOLERANCE ? waited + 1 : 0;
        best = Math.min(best, loss);
      }
      return hits(network, test) / (double) test.length;
    }
  }

  private double step(
      Network network, Adam adam, NDManager constants, int[] training, int start, int size) {
    try (NDManager step = constants.newSubManager()) {
      NDArray x = inputs(step, training, start, size);
      float[] signs = new float[size];
      for (int i = 0; i < size; i++) {
        // log(1 + exp(-logit)) for label 1, log(1 + exp(logit)) for label 0
        signs[i] = label[training[start + i]] == 1 ? -1 : 1;
      }
      NDArray sign = step.create(signs, new Shape(size, 1));
      NDArray penalty = step.create((float) (PENALTY / 2 / size));
      Gradients gradients =
          Gradients.of(
              network,
              step,
              leaves -> {
                NDArray loss =
                    ai.djl.nn.Activation.softPlus(network.forward(leaves, x).mul(sign)).mean();
                for (int layer = 0; layer < network.spec().layers(); layer++) {
                  loss = loss.add(leaves.get(2 * layer).square().sum().mul(penalty));
                }
                return loss;
              });
      adam.step(gradients, LEARNING_RATE);
      return gradients.loss();
    }
  }

  private int hits(Network network, int[] test) {
    try (NDManager scope = device.newManager()) {
      double[] logits = Parameters.toDoubles(network.forward(inputs(scope, test, 0, test.length)));
      int hits = 0;
      for (int i = 0; i < test.length; i++) {
        hits += (logits[i] > 0 ? 1 : 0) == label[test[i]] ? 1 : 0;
      }
      return hits;
    }
  }

  private NDArray inputs(NDManager manager, int[] indices, int start, int size) {
    float[] batch = new float[size * d];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < d; j++) {
        batch[i * d + j] = (float) rows[indices[start + i] * d + j];
      }
    }
    return manager.create(batch, new Shape(size, d));
  }

  /** Glorot and Bengio (2010), equation (16); biases from the same interval, as scikit-learn. */
  private static List<double[]> glorot(NetworkSpec spec, RandomGenerator random) {
    List<double[]> parameters = new ArrayList<>();
    for (int layer = 0; layer < spec.layers(); layer++) {
      double bound = Math.sqrt(6.0 / (spec.fanIn(layer) + spec.fanOut(layer)));
      parameters.add(
          random.doubles((long) spec.fanIn(layer) * spec.fanOut(layer), -bound, bound).toArray());
      parameters.add(random.doubles(spec.fanOut(layer), -bound, bound).toArray());
    }
    return parameters;
  }

  private static void shuffle(int[] order, RandomGenerator random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
  }
}
