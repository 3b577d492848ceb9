package org.nnks.sbi.diagnostics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
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
  private static final int LAYERS = 3;
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

  /**
   * All folds at once, as one batch of networks: they share no weights, so each learns as it would
   * alone, and is judged at the epoch at which it stops.
   */
  private double crossValidate(Seeds seeds) {
    int[] order = new int[label.length];
    Arrays.setAll(order, i -> i);
    shuffle(order, seeds.stream("c2st folds"));
    // Folds of one size: where 5 does not divide the rows, the last few are left out.
    int size = order.length / FOLDS;
    int[][] test = new int[FOLDS][];
    int[][] training = new int[FOLDS][(FOLDS - 1) * size];
    RandomGenerator[] random = new RandomGenerator[FOLDS];
    for (int fold = 0; fold < FOLDS; fold++) {
      int start = fold * size;
      int end = start + size;
      test[fold] = Arrays.copyOfRange(order, start, end);
      System.arraycopy(order, 0, training[fold], 0, start);
      System.arraycopy(order, end, training[fold], start, FOLDS * size - end);
      random[fold] = seeds.stream("c2st training", fold);
    }
    return Arrays.stream(accuracies(training, test, random)).average().orElseThrow();
  }

  private double[] accuracies(int[][] training, int[][] test, RandomGenerator[] random) {
    double[] accuracy = new double[FOLDS];
    double[] best = new double[FOLDS];
    int[] waited = new int[FOLDS];
    boolean[] stopped = new boolean[FOLDS];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    try (NDManager constants = device.newManager()) {
      NDList networks = networks(constants, random);
      try (Adam adam = new Adam(networks)) {
        int running = FOLDS;
        for (int epoch = 0; running > 0; epoch++) {
          double[] loss = epoch(networks, adam, constants, training, random);
          for (int fold = 0; fold < FOLDS; fold++) {
            waited[fold] = loss[fold] > best[fold] - TOLERANCE ? waited[fold] + 1 : 0;
            best[fold] = Math.min(best[fold], loss[fold]);
            if (!stopped[fold] && (waited[fold] > PATIENCE || epoch == MAX_EPOCHS - 1)) {
              stopped[fold] = true;
              accuracy[fold] = hits(networks, constants, test)[fold] / test[fold].length;
              running--;
            }
          }
        }
      }
    }
    return accuracy;
  }

  /** One pass over the training rows of each fold: the mean losses. */
  private double[] epoch(
      NDList networks, Adam adam, NDManager constants, int[][] training, RandomGenerator[] random) {
    for (int fold = 0; fold < FOLDS; fold++) {
      shuffle(training[fold], random[fold]);
    }
    int rows = training[0].length;
    double[] loss = new double[FOLDS];
    for (int start = 0; start < rows; start += BATCH) {
      int size = Math.min(BATCH, rows - start);
      double[] each = step(networks, adam, constants, training, start, size);
      for (int fold = 0; fold < FOLDS; fold++) {
        loss[fold] += each[fold] * size / rows;
      }
    }
    return loss;
  }

  private double[] step(
      NDList networks, Adam adam, NDManager constants, int[][] training, int start, int size) {
    try (NDManager step = constants.newSubManager()) {
      NDArray x = inputs(step, training, start, size);
      float[] signs = new float[FOLDS * size];
      for (int i = 0; i < signs.length; i++) {
        // log(1 + exp(-logit)) for label 1, log(1 + exp(logit)) for label 0
        signs[i] = label[training[i / size][start + i % size]] == 1 ? -1 : 1;
      }
      NDArray sign = step.create(signs, new Shape(FOLDS, size, 1));
      NDArray penalty = step.create((float) (PENALTY / 2 / size));
      NDArray[] each = new NDArray[1];
      Gradients gradients =
          Gradients.of(
              networks,
              step,
              leaves -> {
                NDArray loss =
                    ai.djl.nn.Activation.softPlus(logits(leaves, x).mul(sign))
                        .squeeze(2)
                        .mean(new int[] {1});
                for (int layer = 0; layer < LAYERS; layer++) {
                  NDArray squares = leaves.get(2 * layer).square().sum(new int[] {1, 2});
                  loss = loss.add(squares.mul(penalty));
                }
                each[0] = loss;
                return loss.sum();
              });
      adam.step(gradients, LEARNING_RATE);
      return Parameters.toDoubles(each[0]);
    }
  }

  /** Shape (folds, n, 1) from inputs of shape (folds, n, d). */
  private static NDArray logits(NDList networks, NDArray inputs) {
    NDArray x = inputs;
    for (int layer = 0; layer < LAYERS; layer++) {
      NDArray y = x.matMul(networks.get(2 * layer)).add(networks.get(2 * layer + 1));
      x = layer < LAYERS - 1 ? Activation.RELU.apply(y) : y;
    }
    return x;
  }

  private double[] hits(NDList networks, NDManager constants, int[][] test) {
    int size = test[0].length;
    try (NDManager scope = constants.newSubManager()) {
      double[] logits = Parameters.toDoubles(logits(networks, inputs(scope, test, 0, size)));
      double[] hits = new double[FOLDS];
      for (int i = 0; i < logits.length; i++) {
        hits[i / size] += (logits[i] > 0 ? 1 : 0) == label[test[i / size][i % size]] ? 1 : 0;
      }
      return hits;
    }
  }

  private NDArray inputs(NDManager manager, int[][] rowsOfFold, int start, int size) {
    float[] batch = new float[FOLDS * size * d];
    for (int i = 0; i < FOLDS * size; i++) {
      int row = rowsOfFold[i / size][start + i % size];
      for (int j = 0; j < d; j++) {
        batch[i * d + j] = (float) rows[row * d + j];
      }
    }
    return manager.create(batch, new Shape(FOLDS, size, d));
  }

  /** Weights (folds, fan-in, fan-out) and biases (folds, 1, fan-out), layer by layer. */
  private NDList networks(NDManager manager, RandomGenerator[] random) {
    int width = UNITS_PER_DIMENSION * d;
    NetworkSpec spec = new NetworkSpec(d, List.of(width, width), 1, Activation.RELU);
    List<List<double[]>> each = Arrays.stream(random).map(r -> glorot(spec, r)).toList();
    NDList networks = new NDList();
    for (int i = 0; i < 2 * LAYERS; i++) {
      int position = i;
      double[] all =
          each.stream().flatMapToDouble(one -> Arrays.stream(one.get(position))).toArray();
      int in = i % 2 == 0 ? spec.fanIn(i / 2) : 1;
      Shape shape = new Shape(FOLDS, in, spec.fanOut(i / 2));
      networks.add(Network.create(manager, all, shape, DataType.FLOAT32));
    }
    return networks;
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
