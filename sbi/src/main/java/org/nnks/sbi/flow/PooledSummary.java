package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.Activation;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.run.Device;

/**
 * A summary of items, or of periods, whose own layers make as many numbers however many there are;
 * a network rho makes statistics of these and of the share of items that count.
 */
abstract class PooledSummary implements Summary {

  private static final double GAIN = 1;

  final int items;
  final NDManager manager;
  final NDArray one;

  /** Of all layers; those of {@link #rho} among them. */
  final NDList parameters = new NDList();

  private final boolean masked;
  private final Device device;
  private final DataType precision;
  private final NDArray inverseCount;
  private Network rho;
  private int first;

  /**
   * A summary without layers.
   *
   * @param counted how many of the items may count
   * @param masked whether single values of an item may be missing: layers then see the mask, too
   */
  PooledSummary(int items, int counted, boolean masked, Device device, DataType precision) {
    this.items = items;
    this.masked = masked;
    this.device = device;
    this.precision = precision;
    manager = device.newManager();
    one = constant(1);
    inverseCount = constant(1.0 / counted);
  }

  final NDArray constant(double value) {
    return Scalars.create(manager, value, precision);
  }

  /** How many numbers of an item layers see. */
  final int seen(int columns) {
    return masked ? 2 * columns : columns;
  }

  /** What layers see of items. */
  final NDArray seen(NDArray values, NDArray observed) {
    return masked ? NDArrays.concat(new NDList(values, observed), 2) : values;
  }

  /** Adds a normal draw of weights, of variance 1 / inputs. */
  final void addWeights(Shape shape, int inputs, RandomGenerator random) {
    double[] weight = new double[(int) shape.size()];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = random.nextGaussian() * GAIN / Math.sqrt(inputs);
    }
    parameters.add(Network.create(manager, weight, shape, precision));
  }

  /** Adds zeros. */
  final void addBiases(Shape shape) {
    parameters.add(Network.create(manager, new double[(int) shape.size()], shape, precision));
  }

  final Network network(int inputs, List<Integer> hidden, int outputs, RandomGenerator random) {
    NetworkSpec spec = new NetworkSpec(inputs, hidden, outputs, Activation.SILU);
    return Network.random(spec, GAIN, device, precision, random);
  }

  /**
   * Adds rho.
   *
   * @param pooled numbers that it sees beside the share
   */
  final void addRho(int pooled, List<Integer> hidden, int outputs, RandomGenerator random) {
    rho = network(pooled + 1, hidden, outputs, random);
    first = parameters.size();
    parameters.addAll(rho.parameters());
  }

  /**
   * The statistics.
   *
   * @param parameters all of them, or others of the same shapes
   * @param pooled arrays of shape (n, numbers), one after the other
   * @param count of items that count, shape (n, 1)
   */
  final NDArray statistics(NDList parameters, NDList pooled, NDArray count) {
    NDList all = new NDList(pooled);
    all.add(count.mul(inverseCount));
    int last = first + rho.parameters().size();
    return rho.forward(new NDList(parameters.subList(first, last)), NDArrays.concat(all, 1));
  }

  @Override
  public NDList parameters() {
    return parameters;
  }

  @Override
  public int size() {
    return rho.spec().outputs();
  }

  @Override
  public void close() {
    rho.close();
    manager.close();
  }
}
