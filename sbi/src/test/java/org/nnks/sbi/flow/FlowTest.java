package org.nnks.sbi.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nnks.sbi.flow.SummarySpec.Kind.ATTENTION;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.Parameters;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

class FlowTest {

  private static final int CONTEXT = 3;

  /** A deep set of the first column beside a series of the second: 1 + 2 statistics. */
  private static SummarySpec fused(SummarySpec.Kind series) {
    return new SummarySpec(
        List.of(
            new SummarySpec.Part(SummarySpec.Kind.DEEP_SET, 1, List.of(8), 1, 0),
            new SummarySpec.Part(
                series, 1, series == ATTENTION ? List.of(3, 4) : List.of(4, 3), 2, 2)));
  }

  private static FusedSummary fused(SummarySpec.Kind series, int periods, boolean masked) {
    return new FusedSummary(
        fused(series), periods, 2, masked, CPU, DataType.FLOAT64, SEEDS.stream("summary"));
  }

  private static final Device CPU = Device.cpu();
  private static final Seeds SEEDS = new Seeds(11);

  /**
   * A flow far from its start, so that every layer does something; all but splines with residual
   * conditioners.
   */
  private static Flow flow(FlowSpec.Kind kind, int size, DataType precision) {
    Optional<Integer> blocks =
        kind == FlowSpec.Kind.SPLINE ? Optional.<Integer>empty() : Optional.of(1);
    // Each autoregressive layer maps all elements: two are as steep as four couplings.
    int layers = kind == FlowSpec.Kind.AUTOREGRESSIVE ? 2 : 4;
    FlowSpec spec = new FlowSpec(kind, layers, List.of(16, 16), 6, 3, blocks);
    Flow flow = new Flow(spec, size, CONTEXT, CPU, precision, SEEDS);
    RandomGenerator random = SEEDS.stream("perturbation");
    double[] values = Parameters.values(flow.parameters());
    for (int i = 0; i < values.length; i++) {
      values[i] += 0.15 * random.nextGaussian();
    }
    Parameters.set(flow.parameters(), values);
    return flow;
  }

  private static double[] normals(int n, String name) {
    RandomGenerator random = SEEDS.stream(name);
    return random.doubles(n).map(u -> 1.5 * random.nextGaussian()).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "AFFINE, 1, FLOAT64, 1e-9",
    "AFFINE, 5, FLOAT64, 1e-9",
    "SPLINE, 1, FLOAT64, 1e-5",
    "SPLINE, 5, FLOAT64, 1e-5",
    "AUTOREGRESSIVE, 1, FLOAT64, 1e-5",
    "AUTOREGRESSIVE, 5, FLOAT64, 1e-5"
  })
  void theInverseUndoesTheMapAndItsDeterminant(
      FlowSpec.Kind kind, int size, DataType precision, double tolerance) {
    int n = 500;
    try (Flow flow = flow(kind, size, precision);
        NDManager scope = CPU.newManager()) {
      double[] start = normals(n * size, "start");
      NDArray u = Network.create(scope, start, new Shape(n, size), precision);
      NDArray context =
          Network.create(scope, normals(n * CONTEXT, "context"), new Shape(n, CONTEXT), precision);
      Mapped forward = flow.forward(flow.parameters(), u, context);
      Mapped back = flow.inverse(flow.parameters(), forward.value(), context);
      assertThat(Parameters.toDoubles(forward.value())).isNotEqualTo(start);
      double[] returned = Parameters.toDoubles(back.value());
      double worst = 0;
      for (int i = 0; i < start.length; i++) {
        worst = Math.max(worst, Math.abs(returned[i] - start[i]));
      }
      assertThat(worst).isLessThan(tolerance);
      double[] sum = Parameters.toDoubles(forward.logDeterminant().add(back.logDeterminant()));
      assertThat(sum).containsExactly(new double[n], within(10 * tolerance));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FlowSpec.Kind.class,
      names = {"AFFINE", "SPLINE", "AUTOREGRESSIVE"})
  void theLogDeterminantAgreesWithFiniteDifferences(FlowSpec.Kind kind) {
    int d = 4;
    double h = 1e-6;
    try (Flow flow = flow(kind, d, DataType.FLOAT64);
        NDManager scope = CPU.newManager()) {
      double[] context = normals(CONTEXT, "context");
      for (int trial = 0; trial < 10; trial++) {
        double[] u = normals(d, "u" + trial);
        double[][] jacobian = new double[d][d];
        for (int j = 0; j < d; j++) {
          double[] up = u.clone();
          double[] down = u.clone();
          up[j] += h;
          down[j] -= h;
          double[] above = map(flow, scope, up, context).value().toDoubleArray();
          double[] below = map(flow, scope, down, context).value().toDoubleArray();
          for (int i = 0; i < d; i++) {
            jacobian[i][j] = (above[i] - below[i]) / (2 * h);
          }
        }
        double determinant =
            new LUDecomposition(new Array2DRowRealMatrix(jacobian)).getDeterminant();
        double logDeterminant = map(flow, scope, u, context).logDeterminant().getDouble();
        assertThat(logDeterminant).isCloseTo(Math.log(Math.abs(determinant)), within(1e-5));
      }
    }
  }

  private static Mapped map(Flow flow, NDManager scope, double[] u, double[] context) {
    return flow.forward(
        flow.parameters(),
        scope.create(u, new Shape(1, u.length)),
        scope.create(context, new Shape(1, CONTEXT)));
  }

  @ParameterizedTest
  @EnumSource(
      value = FlowSpec.Kind.class,
      names = {"AFFINE", "SPLINE", "AUTOREGRESSIVE"})
  void theDensityIntegratesToOne(FlowSpec.Kind kind) {
    int points = 400;
    double reach = 16;
    double cell = 2 * reach / points;
    double[] u = new double[points * points * 2];
    for (int i = 0; i < points * points; i++) {
      u[2 * i] = -reach + (i / points + 0.5) * cell;
      u[2 * i + 1] = -reach + (i % points + 0.5) * cell;
    }
    try (Flow flow = flow(kind, 2, DataType.FLOAT64);
        NDManager scope = CPU.newManager()) {
      NDArray context =
          scope
              .create(normals(CONTEXT, "context"), new Shape(1, CONTEXT))
              .repeat(0, (long) points * points);
      NDArray density =
          flow.logDensity(
              flow.parameters(), scope.create(u, new Shape(points * points, 2)), context);
      double sum = 0;
      for (double value : density.toDoubleArray()) {
        sum += Math.exp(value) * cell * cell;
      }
      assertThat(sum).isCloseTo(1, within(5e-3));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FlowSpec.Kind.class,
      names = {"AFFINE", "SPLINE", "AUTOREGRESSIVE"})
  void theGradientOfTheLossAgreesWithFiniteDifferences(FlowSpec.Kind kind) {
    int n = 20;
    int d = 3;
    try (Flow flow = flow(kind, d, DataType.FLOAT64);
        FusedSummary summary = fused(SummarySpec.Kind.CONVOLUTION, 4, true);
        NDManager step = CPU.newManager()) {
      NDArray u = step.create(normals(n * d, "u"), new Shape(n, d));
      NDArray values = step.create(normals(n * 8, "data"), new Shape(n, 4, 2));
      NDArray observed = values.gt(values.zerosLike().sub(1)).toType(DataType.FLOAT64, false);
      NDArray data = values.mul(observed);
      NDList all = new NDList(summary.parameters());
      all.addAll(flow.parameters());
      int split = summary.parameters().size();
      java.util.function.Function<NDList, NDArray> loss =
          leaves -> {
            NDArray context = summary.apply(new NDList(leaves.subList(0, split)), data, observed);
            return flow.logDensity(new NDList(leaves.subList(split, leaves.size())), u, context)
                .mean()
                .neg();
          };
      double[] gradient =
          Gradients.of(
                  all,
                  step,
                  leaves -> {
                    NDArray value = loss.apply(leaves);
                    System.gc(); // a closed buffer that the backward pass still reads would show
                    return value;
                  })
              .values();
      double[] weights = Parameters.values(all);
      ToDoubleFunction<double[]> at =
          w -> {
            Parameters.set(all, w);
            return loss.apply(all).getDouble();
          };
      RandomGenerator random = SEEDS.stream("coordinates");
      double h = 1e-5;
      for (int trial = 0; trial < 40; trial++) {
        int i = random.nextInt(weights.length);
        double[] w = weights.clone();
        w[i] += h;
        double up = at.applyAsDouble(w);
        w[i] -= 2 * h;
        double down = at.applyAsDouble(w);
        assertThat(gradient[i])
            .as("weight %d", i)
            .isCloseTo((up - down) / (2 * h), within(1e-6 + 1e-4 * Math.abs(gradient[i])));
      }
    }
  }

  /** Whatever a pass makes must live on the manager of its inputs, or memory would grow. */
  @ParameterizedTest
  @EnumSource(
      value = FlowSpec.Kind.class,
      names = {"AFFINE", "SPLINE", "AUTOREGRESSIVE"})
  void aPassLeavesNothingBehind(FlowSpec.Kind kind) {
    try (Flow flow = flow(kind, 3, DataType.FLOAT64);
        NDManager outer = CPU.newManager()) {
      List<NDManager> managers =
          flow.parameters().stream().map(NDArray::getManager).distinct().toList();
      long before = count(managers);
      for (int i = 0; i < 50; i++) {
        try (NDManager step = outer.newSubManager()) {
          NDArray u = Network.create(step, normals(30, "u"), new Shape(10, 3), DataType.FLOAT64);
          NDArray context =
              Network.create(step, normals(30, "c"), new Shape(10, CONTEXT), DataType.FLOAT64);
          Gradients.of(
              flow.parameters(), step, leaves -> flow.logDensity(leaves, u, context).mean());
          flow.inverse(flow.parameters(), u, context);
        }
      }
      assertThat(count(managers)).isEqualTo(before);
      assertThat(count(List.of(outer))).isZero();
    }
  }

  @Test
  void aSinglePrecisionFlowIsNotInverted() {
    try (Flow flow = flow(FlowSpec.Kind.SPLINE, 2, DataType.FLOAT32);
        NDManager scope = CPU.newManager()) {
      NDArray z = Network.create(scope, normals(2, "z"), new Shape(1, 2), DataType.FLOAT32);
      NDArray c = Network.create(scope, normals(3, "c"), new Shape(1, 3), DataType.FLOAT32);
      assertThatThrownBy(() -> flow.inverse(flow.parameters(), z, c))
          .hasMessageContaining("inverted in FLOAT64");
    }
  }

  /** theta = A x + noise is what the flow starts from: the start is the exact posterior. */
  @Test
  void theStartIsTheLinearRegression() {
    int n = 20_000;
    RandomGenerator random = SEEDS.stream("linear");
    double[] u = new double[2 * n];
    double[] c = new double[CONTEXT * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < CONTEXT; j++) {
        c[CONTEXT * i + j] = random.nextGaussian();
      }
      double shared = random.nextGaussian();
      u[2 * i] = 2 * c[CONTEXT * i] - c[CONTEXT * i + 1] + 0.3 * shared;
      u[2 * i + 1] = 1 + 0.5 * c[CONTEXT * i + 2] + 0.4 * shared + 0.2 * random.nextGaussian();
    }
    FlowSpec spec = new FlowSpec(FlowSpec.Kind.SPLINE, 2, List.of(8), 4, 4);
    try (Flow flow = new Flow(spec, 2, CONTEXT, CPU, DataType.FLOAT64, SEEDS);
        NDManager scope = CPU.newManager()) {
      NDArray targets = scope.create(u, new Shape(n, 2));
      NDArray context = scope.create(c, new Shape(n, CONTEXT));
      flow.initialise(targets, context);
      double loss = -flow.logDensity(flow.parameters(), targets, context).mean().toDoubleArray()[0];
      double entropy = Math.log(2 * Math.PI * Math.E) + Math.log(0.3 * 0.2);
      assertThat(loss).isCloseTo(entropy, within(0.02));
    }
  }

  /** The second half of the rows, more than scales are taken from, has another slope. */
  @Test
  void theRegressionSeesAllRows() {
    int n = 40_000;
    double[] u = new double[2 * n];
    double[] c = normals(CONTEXT * n, "context");
    for (int i = 0; i < n; i++) {
      u[2 * i] = (i < n / 2 ? 1 : 3) * c[CONTEXT * i];
      u[2 * i + 1] = c[CONTEXT * i + 1];
    }
    FlowSpec spec = new FlowSpec(FlowSpec.Kind.SPLINE, 2, List.of(8), 4, 4);
    try (Flow flow = new Flow(spec, 2, CONTEXT, CPU, DataType.FLOAT64, SEEDS);
        NDManager scope = CPU.newManager()) {
      flow.initialise(scope.create(u, new Shape(n, 2)), scope.create(c, new Shape(n, CONTEXT)));
      assertThat(Parameters.values(flow.parameters())[0]).isCloseTo(2, within(.03));
    }
  }

  /** Every weight, and in two layers of units: DJL has operations whose gradients are wrong. */
  @ParameterizedTest
  @EnumSource(
      value = SummarySpec.Kind.class,
      names = {"ATTENTION", "CONVOLUTION", "RECURRENT"})
  void theGradientOfASummaryAgreesWithFiniteDifferences(SummarySpec.Kind series) {
    int n = 5;
    int periods = 7;
    try (FusedSummary summary = fused(series, periods, true);
        NDManager step = CPU.newManager()) {
      Shape shape = new Shape(n, periods, 2);
      NDArray values = step.create(normals(n * periods * 2, "data"), shape);
      NDArray observed = values.gt(values.zerosLike().sub(1)).toType(DataType.FLOAT64, false);
      NDArray data = values.mul(observed);
      java.util.function.Function<NDList, NDArray> loss =
          leaves -> summary.apply(leaves, data, observed).square().sum();
      double[] gradient =
          Gradients.of(
                  summary.parameters(),
                  step,
                  leaves -> {
                    NDArray value = loss.apply(leaves);
                    System.gc(); // a closed buffer that the backward pass still reads would show
                    return value;
                  })
              .values();
      double[] weights = Parameters.values(summary.parameters());
      double h = 1e-5;
      double[] differences = new double[weights.length];
      for (int i = 0; i < weights.length; i++) {
        double kept = weights[i];
        double[] ends = new double[2];
        for (int side = 0; side < 2; side++) {
          weights[i] = kept + (side == 0 ? -h : h);
          Parameters.set(summary.parameters(), weights);
          ends[side] = loss.apply(summary.parameters()).getDouble();
        }
        weights[i] = kept;
        differences[i] = (ends[1] - ends[0]) / (2 * h);
      }
      assertThat(gradient).containsExactly(differences, within(1e-7));
      assertThat(gradient).as("no weight is idle").doesNotContain(new double[] {0}, within(1e-12));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SummarySpec.Kind.class,
      names = {"ATTENTION", "CONVOLUTION", "RECURRENT"})
  void masksIgnorePaddingInEverySummary(SummarySpec.Kind series) {
    int periods = 6;
    double[] padded = {1, 5, -0.5, 2, 0.25, 1, 99, 99, -7, 3, 8, 8};
    double[] other = {1, 5, -0.5, 2, 0.25, 1, 0, 0, 0, 0, 0, 0};
    double[] mask = {1, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0};
    try (FusedSummary summary = fused(series, periods, true);
        NDManager scope = CPU.newManager()) {
      NDArray observed = scope.create(mask, new Shape(1, periods, 2));
      Shape shape = new Shape(1, periods, 2);
      double[] seen =
          summary
              .apply(summary.parameters(), scope.create(padded, shape).mul(observed), observed)
              .toDoubleArray();
      double[] same =
          summary
              .apply(summary.parameters(), scope.create(other, shape).mul(observed), observed)
              .toDoubleArray();
      assertThat(seen).hasSize(3).containsExactly(same, within(1e-12));
      NDArray all = observed.onesLike();
      assertThat(
              summary.apply(summary.parameters(), scope.create(other, shape), all).toDoubleArray())
          .isNotEqualTo(seen);
    }
  }

  /**
   * One unit over three periods, the second of them not observed, by the equations of the class.
   */
  @Test
  void theRecurrenceIsTheOneOfItsDocumentation() {
    SummarySpec.Part one = new SummarySpec.Part(SummarySpec.Kind.RECURRENT, 1, List.of(1), 1, 0);
    try (GatedRecurrence summary =
            new GatedRecurrence(
                one, 3, 1, false, CPU, DataType.FLOAT64, SEEDS.stream("recurrence"));
        NDManager scope = CPU.newManager()) {
      double[] w = Parameters.values(summary.parameters());
      System.arraycopy(new double[] {0.1, -0.2, 0.3}, 0, w, 6, 3);
      Parameters.set(summary.parameters(), w);
      double[] x = {0.5, 0, -1.2};
      double h = 0;
      double sum = 0;
      for (int t = 0; t < 3; t += 2) {
        double r = sigmoid(x[t] * w[0] + h * w[3] + w[6]);
        double u = sigmoid(x[t] * w[1] + h * w[4] + w[7]);
        double proposed = Math.tanh(x[t] * w[2] + r * h * w[5] + w[8]);
        h += u * (proposed - h);
        sum += h;
      }
      double inner = sum / 2 * w[9] + h * w[10] + 2.0 / 3 * w[11] + w[12];
      double expected = inner * sigmoid(inner) * w[13] + w[14];
      Shape shape = new Shape(1, 3, 1);
      NDArray observed = scope.create(new double[] {1, 0, 1}, shape);
      NDArray statistics =
          summary.apply(summary.parameters(), scope.create(x, shape).mul(observed), observed);
      assertThat(statistics.getDouble()).isCloseTo(expected, within(1e-12));
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** A deep set and attention do not see the order of rows, summaries of series do. */
  @ParameterizedTest
  @EnumSource(
      value = SummarySpec.Kind.class,
      names = {"ATTENTION", "CONVOLUTION", "RECURRENT"})
  void onlySummariesOfSeriesSeeTheOrder(SummarySpec.Kind series) {
    double[] rows = {1, 1, 2, 2, -3, -3, 0.5, 0.5};
    double[] turned = {0.5, 0.5, -3, -3, 2, 2, 1, 1};
    try (FusedSummary summary = fused(series, 4, false);
        NDManager scope = CPU.newManager()) {
      Shape shape = new Shape(1, 4, 2);
      NDArray ones = scope.ones(shape, DataType.FLOAT64);
      double[] one =
          summary.apply(summary.parameters(), scope.create(rows, shape), ones).toDoubleArray();
      double[] two =
          summary.apply(summary.parameters(), scope.create(turned, shape), ones).toDoubleArray();
      assertThat(one[0]).isCloseTo(two[0], within(1e-12));
      if (series == ATTENTION) {
        assertThat(one).containsExactly(two, within(1e-12));
        assertThat(one[1]).isNotCloseTo(0, within(1e-6));
      } else {
        assertThat(one[1]).isNotCloseTo(two[1], within(1e-6));
      }
    }
  }

  private static long count(List<NDManager> managers) {
    return managers.stream().mapToLong(m -> m.getManagedArrays().size()).sum();
  }
}
