package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.Activation;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.run.Device;

/**
 * A summary that does not see the order of the items: rho(mean of phi(item), share of items) with
 * networks phi and rho, Zaheer et al. (2017). Items of which nothing is observed are left out of
 * the mean; the share of items that are there tells how much is known.
 */
public final class DeepSet implements Summary {

  private static final double GAIN = 1;

  private final int items;
  private final boolean masked;
  private final Network phi;
  private final Network rho;
  private final NDList parameters;
  private final NDManager manager;
  private final NDArray one;
  private final NDArray inverseItems;

  /**
   * A deep set with random weights.
   *
   * @param masked whether single features of an item may be missing: phi then sees the mask, too
   */
  public DeepSet(
      SummarySpec.Part spec,
      int items,
      int features,
      boolean masked,
      Device device,
      DataType precision,
      RandomGenerator random) {
    this.items = items;
    this.masked = masked;
    int width = spec.hidden().get(spec.hidden().size() - 1);
    int inputs = masked ? 2 * features : features;
    phi =
        Network.random(
            new NetworkSpec(inputs, spec.hidden(), width, Activation.SILU),
            GAIN,
            device,
            precision,
            random);
    rho =
        Network.random(
            new NetworkSpec(width + 1, spec.hidden(), spec.outputs(), Activation.SILU),
            GAIN,
            device,
            precision,
            random);
    parameters = new NDList(phi.parameters());
    parameters.addAll(rho.parameters());
    manager = device.newManager();
    one = Scalars.create(manager, 1, precision);
    inverseItems = Scalars.create(manager, 1.0 / items, precision);
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
  public NDArray apply(NDList parameters, NDArray values, NDArray observed) {
    long n = values.getShape().get(0);
    NDArray inputs = masked ? NDArrays.concat(new NDList(values, observed), 2) : values;
    int split = phi.parameters().size();
    NDArray each =
        phi.forward(
            new NDList(parameters.subList(0, split)),
            inputs.reshape(n * items, phi.spec().inputs()));
    NDArray present = observed.max(new int[] {2}, true);
    NDArray sum = each.reshape(n, items, phi.spec().outputs()).mul(present).sum(new int[] {1});
    NDArray count = present.sum(new int[] {1});
    NDArray mean = sum.div(NDArrays.maximum(count, one));
    NDArray pooled = NDArrays.concat(new NDList(mean, count.mul(inverseItems)), 1);
    return rho.forward(new NDList(parameters.subList(split, parameters.size())), pooled);
  }

  @Override
  public void close() {
    phi.close();
    rho.close();
    manager.close();
  }
}
