package org.nnks.sbi.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nnks.core.nets.Adam;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.Parameters;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

class FlowMatchingTest {

  private static final Device CPU = Device.cpu();

  private static FlowMatching field(int size, int context, DataType precision, boolean random) {
    FlowSpec spec = new FlowSpec(FlowSpec.Kind.MATCHING, 2, List.of(16), 4, 4);
    FlowMatching field = new FlowMatching(spec, size, context, CPU, precision, new Seeds(1));
    if (random) {
      Random draws = new Random(2);
      double[] values = Parameters.values(field.parameters());
      for (int i = 0; i < values.length; i++) {
        values[i] += 0.2 * draws.nextGaussian();
      }
      Parameters.set(field.parameters(), values);
    }
    return field;
  }

  private static NDArray normals(NDManager manager, int n, int d, long seed) {
    Random draws = new Random(seed);
    double[] values = new double[n * d];
    for (int i = 0; i < values.length; i++) {
      values[i] = draws.nextGaussian();
    }
    return manager.create(values, new Shape(n, d));
  }

  /** The trace by tangents against central differences of the velocity, at several times. */
  @Test
  void theDivergenceIsThatOfFiniteDifferences() {
    int d = 3;
    try (FlowMatching field = field(d, 2, DataType.FLOAT64, true);
        NDManager manager = CPU.newManager()) {
      NDArray y = normals(manager, 4, d, 3);
      NDArray context = normals(manager, 4, 2, 4);
      double h = 1e-5;
      for (double r : new double[] {0, 0.3, 0.8}) {
        double[] exact =
            field
                .velocity(field.parameters(), y, context, r, true)
                .logDeterminant()
                .toDoubleArray();
        double[] differences = new double[4];
        for (int j = 0; j < d; j++) {
          double[] shift = new double[d];
          shift[j] = h;
          NDArray move = manager.create(shift, new Shape(1, d));
          double[] up = velocity(field, y.add(move), context, r);
          double[] down = velocity(field, y.sub(move), context, r);
          for (int i = 0; i < 4; i++) {
            differences[i] += (up[i * d + j] - down[i * d + j]) / (2 * h);
          }
        }
        assertThat(exact).containsExactly(differences, within(1e-6));
        assertThat(IntStream.range(0, 4).anyMatch(i -> Math.abs(exact[i]) > 0.1)).isTrue();
      }
    }
  }

  private static double[] velocity(FlowMatching field, NDArray y, NDArray context, double r) {
    NDArray value = field.velocity(field.parameters(), y, context, r, false).value();
    return value.toDoubleArray();
  }

  /** Before training, the field's flow is the regression: N(0, I) goes to a known normal law. */
  @Test
  void withoutTrainingDrawsAndDensitiesAreTheRegressions() {
    try (FlowMatching field = field(2, 1, DataType.FLOAT64, false);
        LinearRegression regression = new LinearRegression(2, 1, CPU, DataType.FLOAT64);
        NDManager manager = CPU.newManager()) {
      NDArray context = normals(manager, 500, 1, 5);
      NDArray u = normals(manager, 500, 2, 6).mul(0.3).add(context);
      field.initialise(u, context);
      regression.initialise(u, context);
      NDArray z = normals(manager, 5, 2, 7);
      NDArray c = normals(manager, 5, 1, 8);
      Mapped whitened = regression.forward(regression.parameters(), z, c);
      double[] y = whitened.value().toDoubleArray();
      double[] log = whitened.logDeterminant().toDoubleArray();
      double[] exact = new double[5];
      for (int i = 0; i < 5; i++) {
        double squares = y[2 * i] * y[2 * i] + y[2 * i + 1] * y[2 * i + 1];
        exact[i] = log[0] - squares / 2 - Math.log(2 * Math.PI);
      }
      double[] solved = field.logDensity(field.parameters(), z, c).toDoubleArray();
      assertThat(solved).containsExactly(exact, within(1e-5));
      // The covariance is that of u given c; its root z meets is another for each of the two.
      double[] draws = field.sample(z, c).toDoubleArray();
      double[] mean = field.sample(z.zerosLike(), c).toDoubleArray();
      double[] contexts = c.toDoubleArray();
      for (int i = 0; i < 5; i++) {
        assertThat(mean[2 * i]).isCloseTo(contexts[i], within(0.05));
        assertThat(draws[2 * i] - mean[2 * i])
            .isCloseTo(0.3 * z.toDoubleArray()[2 * i], within(0.05));
      }
    }
  }

  /** Each mask of a masked field, in one batch, beside the regression of those alone. */
  @Test
  void withoutTrainingEachMaskHasItsRegression() {
    int d = 3;
    FlowSpec spec = new FlowSpec(FlowSpec.Kind.MASKED, 2, List.of(16), 4, 4);
    double[][] masks = {{1, 0, 1}, {0, 0, 1}, {0, 1, 0}};
    try (FlowMatching field =
            new FlowMatching(spec, d, 2 * d, CPU, DataType.FLOAT64, new Seeds(1));
        NDManager manager = CPU.newManager()) {
      NDArray mixed =
          manager.create(new double[] {1, 0.5, -0.2, 0, 0.4, 1, 0, 0, 0.3}).reshape(d, d);
      NDArray rows = normals(manager, 500, d, 5).matMul(mixed).add(1.5);
      field.initialise(rows, manager.zeros(new Shape(500, 2 * d), DataType.FLOAT64));
      NDArray mask = manager.create(masks[0]).stack(manager.create(masks[1]));
      mask = mask.concat(manager.create(masks[2]).expandDims(0), 0);
      NDArray u = normals(manager, masks.length, d, 7);
      NDArray context = u.mul(mask).concat(mask, 1);
      NDArray draws = field.sample(normals(manager, masks.length, d, 8), context);
      double[] log = field.logDensity(field.parameters(), u, context).toDoubleArray();
      double[] ofDraws = field.logDensity(field.parameters(), draws, context).toDoubleArray();
      for (int m = 0; m < masks.length; m++) {
        double[] given = masks[m];
        int[] known = IntStream.range(0, d).filter(j -> given[j] == 1).toArray();
        int[] free = IntStream.range(0, d).filter(j -> given[j] == 0).toArray();
        try (LinearRegression regression =
            new LinearRegression(free.length, known.length, CPU, DataType.FLOAT64)) {
          regression.initialise(columns(rows, free), columns(rows, known));
          NDArray row = u.get(m).reshape(1, d);
          NDArray drawn = draws.get(m).reshape(1, d);
          assertThat(log[m]).isCloseTo(logDensity(regression, row, free, known), within(1e-3));
          assertThat(ofDraws[m])
              .isCloseTo(logDensity(regression, drawn, free, known), within(1e-3));
          assertThat(columns(drawn, known).toDoubleArray())
              .containsExactly(columns(row, known).toDoubleArray(), within(1e-12));
        }
      }
    }
  }

  private static NDArray columns(NDArray rows, int[] columns) {
    NDList chosen = new NDList();
    for (int j : columns) {
      chosen.add(rows.get(":, {}:{}", j, j + 1));
    }
    return NDArrays.concat(chosen, 1);
  }

  private static double logDensity(
      LinearRegression regression, NDArray row, int[] free, int[] known) {
    Mapped y = regression.forward(regression.parameters(), columns(row, free), columns(row, known));
    double log = y.logDeterminant().toDoubleArray()[0];
    for (double value : y.value().toDoubleArray()) {
      log -= (value * value + Math.log(2 * Math.PI)) / 2;
    }
    return log;
  }

  /** The log density of a draw is that of its z less the stretch of the flow, by differences. */
  @Test
  void theDensityOfADrawIsThatOfItsNoiseByTheJacobian() {
    try (FlowMatching field = field(2, 1, DataType.FLOAT64, true);
        NDManager manager = CPU.newManager()) {
      NDArray c = normals(manager, 1, 1, 8);
      double[] z = {0.4, -0.7};
      double h = 1e-5;
      double[][] jacobian = new double[2][2];
      for (int j = 0; j < 2; j++) {
        double[] up = z.clone();
        double[] down = z.clone();
        up[j] += h;
        down[j] -= h;
        double[] a = field.sample(manager.create(up, new Shape(1, 2)), c).toDoubleArray();
        double[] b = field.sample(manager.create(down, new Shape(1, 2)), c).toDoubleArray();
        for (int i = 0; i < 2; i++) {
          jacobian[i][j] = (a[i] - b[i]) / (2 * h);
        }
      }
      double determinant = jacobian[0][0] * jacobian[1][1] - jacobian[0][1] * jacobian[1][0];
      double expected =
          -0.5 * (z[0] * z[0] + z[1] * z[1]) - Math.log(2 * Math.PI) - Math.log(determinant);
      NDArray draw = field.sample(manager.create(z, new Shape(1, 2)), c);
      double[] log = field.logDensity(field.parameters(), draw, c).toDoubleArray();
      assertThat(log[0]).isCloseTo(expected, within(1e-4));
    }
  }

  /** Two far points of equal weight, which no normal law resembles. */
  @Test
  void aFieldLearnsTwoModes() {
    FlowSpec spec = new FlowSpec(FlowSpec.Kind.MATCHING, 2, List.of(32), 4, 4);
    try (FlowMatching field = new FlowMatching(spec, 1, 1, CPU, DataType.FLOAT32, new Seeds(1));
        Adam adam = new Adam(field.parameters());
        NDManager manager = CPU.newManager()) {
      Random random = new Random(9);
      for (int step = 0; step < 800; step++) {
        try (NDManager scope = manager.newSubManager()) {
          double[] values = new double[256];
          for (int i = 0; i < values.length; i++) {
            values[i] = (random.nextBoolean() ? 1 : -1) + 0.2 * random.nextGaussian();
          }
          Shape shape = new Shape(values.length, 1);
          NDArray u = Network.create(scope, values, shape, DataType.FLOAT32);
          NDArray c = scope.zeros(shape, DataType.FLOAT32);
          if (step == 0) {
            field.initialise(u, c);
          }
          NDList arrays = new NDList(u, c);
          Gradients gradients =
              Gradients.of(
                  field.parameters(),
                  scope,
                  leaves -> field.loss(leaves, arrays.get(0), arrays.get(1), random));
          adam.step(gradients, 5e-3 * (1 - step / 800.0));
        }
      }
      try (FlowMatching exact = new FlowMatching(spec, 1, 1, CPU, DataType.FLOAT64, new Seeds(1))) {
        Parameters.set(exact.parameters(), Parameters.values(field.parameters()));
        Parameters.set(exact.fixed(), Parameters.values(field.fixed()));
        double[] points = IntStream.range(-60, 61).mapToDouble(i -> i / 30.0).toArray();
        NDArray u = manager.create(points, new Shape(points.length, 1));
        double[] log = exact.logDensity(exact.parameters(), u, u.zerosLike()).toDoubleArray();
        double mass = 0;
        double error = 0;
        for (int i = 0; i < points.length; i++) {
          double truth = 0;
          for (double mean : new double[] {-1, 1}) {
            double x = (points[i] - mean) / 0.2;
            truth += 0.5 * Math.exp(-x * x / 2) / (0.2 * Math.sqrt(2 * Math.PI));
          }
          mass += Math.exp(log[i]) / 30;
          error += Math.abs(Math.exp(log[i]) - truth) / 60;
        }
        assertThat(mass).isCloseTo(1, within(5e-3));
        // The total variation from the truth; a normal law's is .55.
        assertThat(error).isLessThan(0.1);
      }
    }
  }
}
