package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/**
 * A conditional density q(u | c) of u in R^d: u is mapped by f, given c, to z with the density N(0,
 * I), so that log q(u | c) = log N(f(u; c)) + log |det df/du|.
 *
 * <p>The layers: a {@link LinearRegression} of u on c; a map of each element that depends on the
 * context alone, for posteriors that are independent but not normal; then couplings or
 * autoregressive maps, each preceded by activation normalisation and a permutation. Pairs of
 * couplings map all elements. The flow starts at the regression: a wide context with few
 * simulations cannot make it worse than that.
 */
public final class Flow implements ConditionalDensity {

  /** Means and scales of elements are known to a hundredth from so many rows. */
  private static final int SCALE_ROWS = 10_000;

  private final FlowSpec spec;
  private final int size;
  private final DataType precision;
  private final List<Transform> layers = new ArrayList<>();
  private final NDList parameters = new NDList();
  private final NDManager manager;
  private final NDArray half;
  private final NDArray logNorm;

  /**
   * A flow with random weights. The permutations depend on the seeds alone.
   *
   * @param size d
   * @param context c
   */
  public Flow(
      FlowSpec spec, int size, int context, Device device, DataType precision, Seeds seeds) {
    this.spec = spec;
    this.size = size;
    this.precision = precision;
    manager = device.newManager();
    half = Scalars.create(manager, 0.5, precision);
    logNorm = Scalars.create(manager, -0.5 * size * Math.log(2 * Math.PI), precision);
    RandomGenerator weights = seeds.stream("flow weights");
    RandomGenerator orders = seeds.stream("flow permutations");
    layers.add(new LinearRegression(size, context, device, precision));
    layers.add(coupling(0, context, map(device, precision), device, precision, weights));
    int passive = size / 2;
    for (int layer = 0; layer < spec.layers(); layer++) {
      layers.add(new ActivationNormalisation(size, device, precision));
      int[] order = layer % 2 == 0 ? shuffled(size, orders) : rolled(size, passive);
      layers.add(new Permutation(order, device, precision));
      ElementMap map = map(device, precision);
      layers.add(
          spec.kind() == FlowSpec.Kind.AUTOREGRESSIVE
              ? autoregressive(context, map, device, precision, weights)
              : coupling(passive, context, map, device, precision, weights));
    }
    layers.forEach(layer -> parameters.addAll(layer.parameters()));
  }

  private ElementMap map(Device device, DataType precision) {
    AffineMap affine = new AffineMap(device, precision);
    return spec.kind() == FlowSpec.Kind.AFFINE
        ? affine
        : new AffineSplineMap(affine, new SplineMap(spec.bins(), spec.bound(), device, precision));
  }

  private Coupling coupling(
      int passive,
      int context,
      ElementMap map,
      Device device,
      DataType precision,
      RandomGenerator random) {
    Conditioner conditioner =
        Conditioner.of(
            spec, passive + context, (size - passive) * map.rawSize(), device, precision, random);
    return new Coupling(passive, conditioner, map);
  }

  private Autoregressive autoregressive(
      int context, ElementMap map, Device device, DataType precision, RandomGenerator random) {
    Conditioner conditioner =
        Conditioner.of(spec, size + context, size * map.rawSize(), device, precision, random);
    return new Autoregressive(size, conditioner, map, device, precision);
  }

  /** Random order, by the shuffle of Fisher and Yates from the inside out. */
  private static int[] shuffled(int size, RandomGenerator random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** What was mapped comes first, so that what passed is mapped next. */
  private static int[] rolled(int size, int passive) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = (i + passive) % size;
    }
    return order;
  }

  /** The parameters of all layers, in order; the flow's own arrays. */
  @Override
  public NDList parameters() {
    return parameters;
  }

  /** The weight matrices of the conditioners: what makes the flow leave its regression. */
  @Override
  public NDList decaying() {
    NDList weights = new NDList();
    layers.forEach(layer -> weights.addAll(layer.decaying()));
    return weights;
  }

  /** The regression sees all rows, layers after it some, which is enough for their scales. */
  @Override
  public void initialise(NDArray u, NDArray context) {
    layers.get(0).initialise(u, context);
    NDArray x = first(u);
    NDArray given = first(context);
    for (Transform layer : layers) {
      if (layer != layers.get(0)) {
        layer.initialise(x, given);
      }
      x = layer.forward(layer.parameters(), x, given).value();
    }
  }

  private static NDArray first(NDArray rows) {
    return rows.getShape().get(0) > SCALE_ROWS
        ? rows.split(new long[] {SCALE_ROWS}, 0).get(0)
        : rows;
  }

  /**
   * z = f(u; c) and log |det df/du|.
   *
   * @param parameters the flow's, or others of the same shapes
   * @param u shape (n, d)
   * @param context shape (n, c)
   */
  public Mapped forward(NDList parameters, NDArray u, NDArray context) {
    NDArray x = u;
    NDArray sum = null;
    int position = 0;
    for (Transform layer : layers) {
      int end = position + layer.parameters().size();
      Mapped mapped = layer.forward(slice(parameters, position, end), x, context);
      x = mapped.value();
      sum = plus(sum, mapped.logDeterminant());
      position = end;
    }
    return new Mapped(x, sum);
  }

  /**
   * u = f^-1(z; c) and log |det df^-1/dz|.
   *
   * @throws IllegalStateException in single precision: where a spline is flat, its inverse would be
   *     wrong in the third digit. Train in single precision, and invert in double.
   */
  public Mapped inverse(NDList parameters, NDArray z, NDArray context) {
    if (precision != DataType.FLOAT64) {
      throw new IllegalStateException(
          "a flow is inverted in FLOAT64 but this one is in " + precision);
    }
    NDArray y = z;
    NDArray sum = null;
    int end = parameters.size();
    for (int i = layers.size() - 1; i >= 0; i--) {
      Transform layer = layers.get(i);
      int position = end - layer.parameters().size();
      Mapped mapped = layer.inverse(slice(parameters, position, end), y, context);
      y = mapped.value();
      sum = plus(sum, mapped.logDeterminant());
      end = position;
    }
    return new Mapped(y, sum);
  }

  /** The mean of -log q(u | c). */
  @Override
  public NDArray loss(NDList parameters, NDArray u, NDArray context, RandomGenerator random) {
    return logDensity(parameters, u, context).mean().neg();
  }

  @Override
  public NDArray sample(NDArray z, NDArray context) {
    return inverse(parameters, z, context).value();
  }

  @Override
  public NDArray logDensity(NDList parameters, NDArray u, NDArray context) {
    Mapped mapped = forward(parameters, u, context);
    NDArray squares = mapped.value().square().sum(new int[] {1}, true);
    return mapped.logDeterminant().sub(squares.mul(half)).add(logNorm);
  }

  private static NDArray plus(NDArray sum, NDArray term) {
    return term == null ? sum : sum == null ? term : sum.add(term);
  }

  private static NDList slice(NDList list, int start, int end) {
    return new NDList(list.subList(start, end));
  }

  @Override
  public void close() {
    layers.forEach(Transform::close);
    manager.close();
  }
}
