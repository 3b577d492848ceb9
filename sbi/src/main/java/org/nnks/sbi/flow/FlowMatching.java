package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.Network;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/**
 * Flow matching: a velocity field v(y, t; c) that carries N(0, I) at t = 0 to the density at t = 1;
 * Lipman et al. (2023), and for posteriors Wildberger et al. (2023), Flow matching for scalable
 * simulation-based inference. It is learned as E[y1 - z | yt], yt = (1 - t) z + t y1, by least
 * squares; draws and densities are solutions of an ordinary differential equation.
 *
 * <p>Here y1 is u after its {@link LinearRegression} on the context, which is not trained, and the
 * field is
 *
 * <pre>v = (2 t - 1) / s^2 y + F(y / s, t, c) / s,   s^2 = (1 - t)^2 + t^2,</pre>
 *
 * whose first term is exact where y1 is N(0, I); what is left for the network F has unit variance
 * at all t (Karras et al. 2022, appendix B.6, made for this path). F starts at zero, and so the
 * density at the regression.
 *
 * <p>A masked field ({@link FlowSpec.Kind#MASKED}) has learned all conditionals of a joint density
 * at once: the context holds values and a mask, elements that the mask gives stay where they are,
 * and the field moves the others; Gloeckler et al. (2024), All-in-one simulation-based inference,
 * with a network of residual blocks in the place of a transformer. Its regression is another one
 * for each mask, {@link ConditionalNormal}.
 *
 * <p>Time is told as r, 1 - t = (1 - r)^2: training draws r evenly and the equation takes even
 * steps in r, because narrow posteriors take shape at the end.
 */
public final class FlowMatching implements ConditionalDensity {

  /** F is told r and the cosines of its first multiples of pi. */
  private static final int COSINES = 4;

  /**
   * Steps of the classical Runge-Kutta method: N(0, I) is carried to itself to 1e-5, and log
   * densities agree with the Jacobian of draws to 1e-4 (tests).
   */
  private static final int STEPS = 32;

  /**
   * Masks that a step of a masked field sees each row under: that of the data, that of the others
   * or none, and any. Under one of them at a time, 641 epochs came to .056 nats of the posteriors
   * of sbibm's gaussian_mixture (5,000 simulations), and 157, where patience ended, to .08.
   */
  private static final int MASKS = 3;

  /** A single pass over some hundred rows cannot tell a good field from a better one. */
  private static final int PASSES = 8;

  private final int size;
  private final boolean masked;
  private final DataType precision;
  private final Transform regression;
  private final ResidualNetwork network;
  private final NDManager manager;
  private final NDArray half;
  private final NDArray logNorm;
  private final NDArray one;

  /**
   * A field with random weights.
   *
   * @param spec of which the layers, as blocks, and the first hidden width count
   * @param size d
   * @param context c; of a masked field 2 d: values, zero where not given, and the mask of those
   *     that are
   */
  public FlowMatching(
      FlowSpec spec, int size, int context, Device device, DataType precision, Seeds seeds) {
    this.size = size;
    this.precision = precision;
    masked = spec.kind() == FlowSpec.Kind.MASKED;
    if (masked && context != 2 * size) {
      throw new IllegalArgumentException(
          "a masked field needs a context of %d numbers but got %d".formatted(2 * size, context));
    }
    manager = device.newManager();
    half = Scalars.create(manager, 0.5, precision);
    logNorm = Scalars.create(manager, -0.5 * Math.log(2 * Math.PI), precision);
    one = Scalars.create(manager, 1, precision);
    regression =
        masked
            ? new ConditionalNormal(size, device, precision)
            : new LinearRegression(size, context, device, precision);
    network =
        new ResidualNetwork(
            size + 1 + COSINES + context,
            spec.hidden().get(0),
            spec.layers(),
            size,
            device,
            precision,
            seeds.stream("flow weights"));
  }

  @Override
  public NDList parameters() {
    return network.parameters();
  }

  @Override
  public NDList fixed() {
    return regression.parameters();
  }

  @Override
  public NDList decaying() {
    return network.weights();
  }

  @Override
  public void initialise(NDArray u, NDArray context) {
    regression.initialise(u, context);
  }

  /** The mean squared error of F, at one time for each row. */
  @Override
  public NDArray loss(NDList parameters, NDArray u, NDArray context, RandomGenerator random) {
    if (!masked) {
      return squares(parameters, u, context, random);
    }
    NDArray each = u.repeat(0, MASKS);
    return squares(parameters, each, masked(each, context.repeat(0, MASKS), random), random);
  }

  private NDArray squares(NDList parameters, NDArray u, NDArray told, RandomGenerator random) {
    int n = (int) u.getShape().get(0);
    NDManager scope = u.getManager();
    double[] noise = new double[n * size];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = random.nextGaussian();
    }
    double[] r = new double[n];
    for (int i = 0; i < n; i++) {
      r[i] = (i + random.nextDouble()) / n; // Rows are in random order; times are spread evenly.
    }
    double[][] of = new double[5][n];
    for (int i = 0; i < n; i++) {
      Time time = new Time(r[i]);
      of[0][i] = time.t();
      of[1][i] = 1 - time.t();
      of[2][i] = 1 / time.scale();
      of[3][i] = time.scale();
      of[4][i] = time.slope() * time.scale();
    }
    NDArray z = Network.create(scope, noise, new Shape(n, size), precision);
    NDArray end = regression.forward(regression.parameters(), u, told).value();
    NDArray free = free(told);
    NDArray y = end.mul(column(scope, of[0])).add(z.mul(column(scope, of[1])));
    NDArray target = end.sub(z).mul(column(scope, of[3])).sub(y.mul(column(scope, of[4])));
    NDArray inputs =
        NDArrays.concat(
            new NDList(
                only(y.mul(column(scope, of[2])), free), features(scope, r, precision), told),
            1);
    return only(network.forward(parameters, inputs).sub(target).square(), free).mean();
  }

  /** Values and masks for rows, each {@link #MASKS} times; the context's tells data from others. */
  private NDArray masked(NDArray u, NDArray context, RandomGenerator random) {
    int n = (int) u.getShape().get(0);
    double[] data = new double[n];
    double[] others = new double[n];
    double[] any = new double[n * size];
    for (int i = 0; i < n; i++) {
      int kind = i % MASKS;
      data[i] = kind == 0 ? 1 : 0;
      others[i] = kind == 1 && random.nextBoolean() ? 1 : 0;
      for (int j = 0; j < size; j++) {
        any[i * size + j] = kind == 2 && random.nextBoolean() ? 1 : 0;
      }
    }
    NDManager scope = u.getManager();
    NDArray pattern = context.split(new long[] {size}, 1).get(1);
    NDArray mask =
        pattern
            .mul(column(scope, data))
            .add(pattern.neg().add(one).mul(column(scope, others)))
            .add(Network.create(scope, any, new Shape(n, size), precision));
    return NDArrays.concat(new NDList(u.mul(mask), mask), 1);
  }

  /** One for each element that moves; nothing if all do. */
  private NDArray free(NDArray context) {
    return masked ? context.split(new long[] {size}, 1).get(1).neg().add(one) : null;
  }

  private static NDArray only(NDArray x, NDArray free) {
    return free == null ? x : x.mul(free);
  }

  @Override
  public int passes() {
    return PASSES;
  }

  private NDArray column(NDManager scope, double[] values) {
    return Network.create(scope, values, new Shape(values.length, 1), precision);
  }

  private static NDArray features(NDManager scope, double[] r, DataType precision) {
    double[] features = new double[r.length * (1 + COSINES)];
    for (int i = 0; i < r.length; i++) {
      features[i * (1 + COSINES)] = r[i];
      for (int k = 1; k <= COSINES; k++) {
        features[i * (1 + COSINES) + k] = Math.cos(Math.PI * k * r[i]);
      }
    }
    return Network.create(scope, features, new Shape(r.length, 1 + COSINES), precision);
  }

  /** A time by r. */
  private record Time(double r) {

    double t() {
      return 1 - (1 - r) * (1 - r);
    }

    double scale() {
      return Math.sqrt((1 - t()) * (1 - t()) + t() * t());
    }

    /** The factor of y in v. */
    double slope() {
      return (2 * t() - 1) / (scale() * scale());
    }

    /** dt/dr. */
    double pace() {
      return 2 * (1 - r);
    }
  }

  @Override
  public NDArray sample(NDArray z, NDArray context) {
    NDArray y = solve(network.parameters(), z, context, 0, 1, false).value();
    return regression.inverse(regression.parameters(), y, context).value();
  }

  /** Of a masked field, of the elements that are not given. */
  @Override
  public NDArray logDensity(NDList parameters, NDArray u, NDArray context) {
    Mapped end = regression.forward(regression.parameters(), u, context);
    Mapped start = solve(parameters, end.value(), context, 1, 0, true);
    NDArray normal = start.value().square().mul(half).neg().add(logNorm);
    NDArray log = only(normal, free(context)).sum(new int[] {1}, true).add(start.logDeterminant());
    return log.add(end.logDeterminant());
  }

  /**
   * The solution from one r to another, and log |det dend/dstart|, the integral of the divergence.
   *
   * @param divergence whether it is wanted; nothing otherwise
   */
  private Mapped solve(
      NDList parameters, NDArray start, NDArray context, int from, int to, boolean divergence) {
    NDManager outer = start.getManager();
    double step = (to - from) / (double) STEPS;
    NDArray y = start;
    NDArray log = null;
    for (int i = 0; i < STEPS; i++) {
      double r = from + i * step;
      try (NDManager scope = outer.newSubManager()) {
        NDArray here = Scalars.beside(scope.zeros(new Shape(1), precision), y);
        Mapped k1 = velocity(parameters, here, context, r, divergence);
        Mapped k2 =
            velocity(parameters, moved(here, k1, step / 2), context, r + step / 2, divergence);
        Mapped k3 =
            velocity(parameters, moved(here, k2, step / 2), context, r + step / 2, divergence);
        Mapped k4 = velocity(parameters, moved(here, k3, step), context, r + step, divergence);
        NDArray sixth = Scalars.create(scope, step / 6, precision);
        NDArray two = Scalars.create(scope, 2, precision);
        NDArray move = k2.value().add(k3.value()).mul(two).add(k1.value()).add(k4.value());
        y = here.add(move.mul(sixth));
        y.attach(outer);
        if (divergence) {
          NDArray sum =
              k2.logDeterminant()
                  .add(k3.logDeterminant())
                  .mul(two)
                  .add(k1.logDeterminant())
                  .add(k4.logDeterminant())
                  .mul(sixth);
          log = log == null ? sum : sum.add(log);
          log.attach(outer);
        }
      }
    }
    return new Mapped(y, log);
  }

  private NDArray moved(NDArray y, Mapped slope, double step) {
    return y.add(slope.value().mul(Scalars.create(y.getManager(), step, precision)));
  }

  /** dy/dr, and its divergence if it is wanted: shapes (n, d) and (n, 1). */
  Mapped velocity(NDList parameters, NDArray y, NDArray context, double r, boolean divergence) {
    NDManager scope = y.getManager();
    int n = (int) y.getShape().get(0);
    Time time = new Time(r);
    NDArray scale = Scalars.create(scope, 1 / time.scale(), precision);
    NDArray slope = Scalars.create(scope, time.slope(), precision);
    NDArray pace = Scalars.create(scope, time.pace(), precision);
    NDArray told =
        features(scope, new double[] {r}, precision).broadcast(new Shape(n, 1 + COSINES));
    NDArray free = free(context);
    NDArray inputs = NDArrays.concat(new NDList(only(y.mul(scale), free), told, context), 1);
    if (!divergence) {
      NDArray field = network.forward(parameters, inputs).mul(scale).add(y.mul(slope));
      return new Mapped(only(field, free).mul(pace), null);
    }
    NDList both = network.forwardWithSlopes(parameters, inputs, size);
    NDArray field = only(both.get(0).mul(scale).add(y.mul(slope)), free);
    // The trace of F's slopes: of those by input j, the output j.
    NDArray identity = scope.eye(size).toType(precision, false).reshape(size, 1, size);
    NDArray own = both.get(1).mul(identity).sum(new int[] {0}).mul(scale).mul(scale).add(slope);
    return new Mapped(field.mul(pace), only(own, free).sum(new int[] {1}, true).mul(pace));
  }

  @Override
  public void close() {
    regression.close();
    network.close();
    manager.close();
  }
}
