package org.nnks.sbi.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/** A batch of small networks beside one network in plain Java whose slopes are differences. */
class BinaryClassifiersTest {

  private static final int[] UNITS = {2, 4, 3, 1};
  private static final int BATCH = 6;
  private static final double PENALTY = 0.3;
  private static final double RATE = 0.005;
  private static final RandomGenerator RANDOM = new Seeds(1).stream("classifiers");

  @Test
  void eachNetworkLearnsAsAloneAlsoAfterOthersLeave() {
    List<List<Matrix>> initial = IntStream.range(0, 3).mapToObj(i -> weights()).toList();
    List<Alone> alone = initial.stream().map(Alone::new).toList();
    int[] running = {0, 1, 2};
    try (BinaryClassifiers networks = new BinaryClassifiers(initial, PENALTY, Device.cpu())) {
      for (int step = 0; step < 12; step++) {
        if (step == 5) {
          networks.keep(0, 2);
          running = new int[] {0, 2};
        }
        float[] inputs = new float[running.length * BATCH * 2];
        float[] labels = new float[running.length * BATCH];
        for (int i = 0; i < inputs.length; i++) {
          inputs[i] = (float) RANDOM.nextGaussian();
        }
        for (int i = 0; i < labels.length; i++) {
          labels[i] = RANDOM.nextInt(2);
        }
        double[] losses = networks.step(inputs, labels, RATE);
        for (int i = 0; i < running.length; i++) {
          double loss = alone.get(running[i]).step(inputs, labels, i);
          assertThat(losses[i])
              .as("network %d, step %d", running[i], step)
              .isCloseTo(loss, within(1e-5));
        }
      }
      double[] logits = networks.logits(new float[] {0.5f, -1, 2, 0.3f});
      assertThat(logits[0]).isCloseTo(alone.get(0).logit(0.5f, -1), within(1e-4));
      assertThat(logits[1]).isCloseTo(alone.get(2).logit(2, 0.3f), within(1e-4));
    }
  }

  private static List<Matrix> weights() {
    List<Matrix> all = new ArrayList<>();
    for (int layer = 0; layer < 3; layer++) {
      for (int rows : new int[] {UNITS[layer], 1}) {
        double[] values = RANDOM.doubles((long) rows * UNITS[layer + 1], -1, 1).toArray();
        all.add(Matrix.of(rows, UNITS[layer + 1], values));
      }
    }
    return all;
  }

  /** One network: Adam of Kingma and Ba (2015), Algorithm 1, with differences as slopes. */
  private static final class Alone {

    private final double[][] parameters;
    private final double[][] first;
    private final double[][] second;
    private int steps;

    Alone(List<Matrix> initial) {
      parameters = initial.stream().map(Matrix::toArray).toArray(double[][]::new);
      first = initial.stream().map(m -> new double[m.toArray().length]).toArray(double[][]::new);
      second = initial.stream().map(m -> new double[m.toArray().length]).toArray(double[][]::new);
    }

    double step(float[] inputs, float[] labels, int network) {
      double before = loss(inputs, labels, network);
      double[][] slopes = new double[parameters.length][];
      for (int p = 0; p < parameters.length; p++) {
        slopes[p] = new double[parameters[p].length];
        for (int k = 0; k < slopes[p].length; k++) {
          double kept = parameters[p][k];
          parameters[p][k] = kept + 1e-6;
          double up = loss(inputs, labels, network);
          parameters[p][k] = kept - 1e-6;
          slopes[p][k] = (up - loss(inputs, labels, network)) / 2e-6;
          parameters[p][k] = kept;
        }
      }
      steps++;
      for (int p = 0; p < parameters.length; p++) {
        for (int k = 0; k < slopes[p].length; k++) {
          first[p][k] = 0.9 * first[p][k] + 0.1 * slopes[p][k];
          second[p][k] = 0.999 * second[p][k] + 0.001 * slopes[p][k] * slopes[p][k];
          double mean = first[p][k] / (1 - Math.pow(0.9, steps));
          double square = second[p][k] / (1 - Math.pow(0.999, steps));
          parameters[p][k] -= RATE * mean / (Math.sqrt(square) + 1e-8);
        }
      }
      return before;
    }

    private double loss(float[] inputs, float[] labels, int network) {
      double loss = 0;
      for (int i = network * BATCH; i < (network + 1) * BATCH; i++) {
        double p = 1 / (1 + Math.exp(-logit(inputs[2 * i], inputs[2 * i + 1])));
        loss -= Math.log(labels[i] == 1 ? p : 1 - p) / BATCH;
      }
      for (int layer = 0; layer < 3; layer++) {
        for (double weight : parameters[2 * layer]) {
          loss += PENALTY / 2 * weight * weight / BATCH;
        }
      }
      return loss;
    }

    double logit(double a, double b) {
      double[] x = {a, b};
      for (int layer = 0; layer < 3; layer++) {
        double[] y = parameters[2 * layer + 1].clone();
        for (int j = 0; j < y.length; j++) {
          for (int i = 0; i < x.length; i++) {
            y[j] += x[i] * parameters[2 * layer][i * y.length + j];
          }
          y[j] = layer < 2 ? Math.max(0, y[j]) : y[j];
        }
        x = y;
      }
      return x[0];
    }
  }
}
