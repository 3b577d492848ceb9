package org.nnks.sbi.diagnostics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.Activation;
import org.nnks.core.nets.NetworkSpec;
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
  private final float[] rows;
  private final int[] label;
  private final Device device;

  private ClassifierTest(Matrix reference, Matrix sample, Device device) {
    d = reference.columns();
    int n = reference.rows();
    rows = new float[(n + sample.rows()) * d];
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
        rows[i * d + j] = (float) ((value - mean) / sd);
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
   * alone, and is judged at the epoch at which it stops and leaves the batch.
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
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    int[] running = IntStream.range(0, FOLDS).toArray();
    try (BinaryClassifiers networks = new BinaryClassifiers(weights(random), PENALTY, device)) {
      for (int epoch = 0; running.length > 0; epoch++) {
        double[] loss = epoch(networks, running, training, random);
        boolean[] stops = new boolean[running.length];
        for (int i = 0; i < running.length; i++) {
          int fold = running[i];
          waited[fold] = loss[i] > best[fold] - TOLERANCE ? waited[fold] + 1 : 0;
          best[fold] = Math.min(best[fold], loss[i]);
          stops[i] = waited[fold] > PATIENCE || epoch == MAX_EPOCHS - 1;
        }
        int[] going = IntStream.range(0, stops.length).filter(i -> !stops[i]).toArray();
        if (going.length < running.length) {
          double[] hits = hits(networks, running, test);
          for (int i = 0; i < running.length; i++) {
            accuracy[running[i]] = hits[i] / test[running[i]].length;
          }
          int[] before = running;
          running = Arrays.stream(going).map(i -> before[i]).toArray();
          if (running.length > 0) {
            networks.keep(going);
          }
        }
      }
    }
    return accuracy;
  }

  /** One pass over the training rows of each fold that still learns: the mean losses. */
  private double[] epoch(
      BinaryClassifiers networks, int[] folds, int[][] training, RandomGenerator[] random) {
    for (int fold : folds) {
      shuffle(training[fold], random[fold]);
    }
    int rows = training[0].length;
    double[] loss = new double[folds.length];
    for (int start = 0; start < rows; start += BATCH) {
      int size = Math.min(BATCH, rows - start);
      float[] labels = new float[folds.length * size];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = label[training[folds[i / size]][start + i % size]];
      }
      double[] each = networks.step(inputs(folds, training, start, size), labels, LEARNING_RATE);
      for (int i = 0; i < loss.length; i++) {
        loss[i] += each[i] * size / rows;
      }
    }
    return loss;
  }

  private double[] hits(BinaryClassifiers networks, int[] folds, int[][] test) {
    int size = test[0].length;
    double[] logits = networks.logits(inputs(folds, test, 0, size));
    double[] hits = new double[folds.length];
    for (int i = 0; i < logits.length; i++) {
      hits[i / size] += (logits[i] > 0 ? 1 : 0) == label[test[folds[i / size]][i % size]] ? 1 : 0;
    }
    return hits;
  }

  private float[] inputs(int[] folds, int[][] rowsOfFold, int start, int size) {
    float[] batch = new float[folds.length * size * d];
    for (int i = 0; i < folds.length * size; i++) {
      int row = rowsOfFold[folds[i / size]][start + i % size];
      System.arraycopy(rows, row * d, batch, i * d, d);
    }
    return batch;
  }

  /** Weights (fan-in, fan-out) and biases (1, fan-out), layer by layer, of each fold's network. */
  private List<List<Matrix>> weights(RandomGenerator[] random) {
    int width = UNITS_PER_DIMENSION * d;
    NetworkSpec spec = new NetworkSpec(d, List.of(width, width), 1, Activation.RELU);
    return Arrays.stream(random).map(r -> glorot(spec, r)).toList();
  }

  /** Glorot and Bengio (2010), equation (16); biases from the same interval, as scikit-learn. */
  private static List<Matrix> glorot(NetworkSpec spec, RandomGenerator random) {
    List<Matrix> parameters = new ArrayList<>();
    for (int layer = 0; layer < spec.layers(); layer++) {
      int in = spec.fanIn(layer);
      int out = spec.fanOut(layer);
      double bound = Math.sqrt(6.0 / (in + out));
      parameters.add(Matrix.of(in, out, random.doubles((long) in * out, -bound, bound).toArray()));
      parameters.add(Matrix.of(1, out, random.doubles(out, -bound, bound).toArray()));
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
