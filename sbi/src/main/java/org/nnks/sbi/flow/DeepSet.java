package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.Network;
import org.nnks.core.run.Device;

/**
 * A summary that does not see the order of the items: rho(mean of phi(item), share of items) with
 * networks phi and rho, Zaheer et al. (2017). Items of which nothing is observed are left out of
 * the mean; the share of items that are there tells how much is known.
 */
public final class DeepSet extends PooledSummary {

  private final Network phi;

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
    super(items, items, masked, device, precision);
    int width = spec.hidden().get(spec.hidden().size() - 1);
    phi = network(seen(features), spec.hidden(), width, random);
    parameters.addAll(phi.parameters());
    addRho(width, spec.hidden(), spec.outputs(), random);
  }

  @Override
  public NDArray apply(NDList parameters, NDArray values, NDArray observed) {
    long n = values.getShape().get(0);
    NDArray each =
        phi.forward(
            new NDList(parameters.subList(0, phi.parameters().size())),
            seen(values, observed).reshape(n * items, phi.spec().inputs()));
    NDArray present = observed.max(new int[] {2}, true);
    NDArray sum = each.reshape(n, items, phi.spec().outputs()).mul(present).sum(new int[] {1});
    NDArray count = present.sum(new int[] {1});
    return statistics(parameters, new NDList(sum.div(NDArrays.maximum(count, one))), count);
  }

  @Override
  public void close() {
    phi.close();
    super.close();
  }
}
