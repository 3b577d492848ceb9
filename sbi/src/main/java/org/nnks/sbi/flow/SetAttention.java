package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.Activation;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.run.Device;

/**
 * A summary that does not see the order of the items, by attention: items phi(item) look at one
 * another, x + attention(x, x), then a few learned queries look at all of them, and a network rho
 * sees what they found; Lee et al. (2019), Set transformer, equations (6) to (11), without layer
 * normalisation and with one attention block. Items of which nothing is observed are not looked at;
 * the share of items that are there tells how much is known.
 *
 * <p>Time grows with the square of the number of items.
 */
public final class SetAttention implements Summary {

  /** BayesFlow's default: each looks at its own share of the width. */
  static final int HEADS = 4;

  /** BayesFlow's default number of seeds. */
  private static final int QUERIES = 4;

  private static final double GAIN = 1;

  /** What softmax adds to items that are not there: their weight is zero in either precision. */
  private static final double ABSENT = -1e9;

  private final int items;
  private final int width;
  private final boolean masked;
  private final Network phi;
  private final Network rho;
  private final NDManager manager;
  private final NDList attention = new NDList();
  private final NDList parameters;
  private final NDArray one;
  private final NDArray absent;
  private final NDArray rootScale;
  private final NDArray inverseItems;

  /**
   * Attention with random weights.
   *
   * @param masked whether single features of an item may be missing: phi then sees the mask, too
   */
  public SetAttention(
      SummarySpec.Part spec,
      int items,
      int features,
      boolean masked,
      Device device,
      DataType precision,
      RandomGenerator random) {
    this.items = items;
    this.masked = masked;
    width = spec.hidden().get(spec.hidden().size() - 1);
    int inputs = masked ? 2 * features : features;
    phi = network(inputs, spec, width, device, precision, random);
    rho = network(QUERIES * width + 1, spec, spec.outputs(), device, precision, random);
    manager = device.newManager();
    // Queries, keys, values and outputs of the items; keys, values and queries of the pooling.
    for (int rows : new int[] {width, width, width, width, width, width, QUERIES}) {
      double[] weight = new double[rows * width];
      for (int i = 0; i < weight.length; i++) {
        weight[i] = random.nextGaussian() * GAIN / Math.sqrt(width);
      }
      attention.add(Network.create(manager, weight, new Shape(rows, width), precision));
    }
    parameters = new NDList(phi.parameters());
    parameters.addAll(rho.parameters());
    parameters.addAll(attention);
    one = Scalars.create(manager, 1, precision);
    absent = Scalars.create(manager, ABSENT, precision);
    rootScale = Scalars.create(manager, 1 / Math.sqrt(width / (double) HEADS), precision);
    inverseItems = Scalars.create(manager, 1.0 / items, precision);
  }

  private static Network network(
      int inputs,
      SummarySpec.Part spec,
      int outputs,
      Device device,
      DataType precision,
      RandomGenerator random) {
    NetworkSpec shape = new NetworkSpec(inputs, spec.hidden(), outputs, Activation.SILU);
    return Network.random(shape, GAIN, device, precision, random);
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
    int split = phi.parameters().size();
    int rest = split + rho.parameters().size();
    NDList own = new NDList(parameters.subList(rest, parameters.size()));
    NDArray inputs = masked ? NDArrays.concat(new NDList(values, observed), 2) : values;
    NDArray x =
        phi.forward(
                new NDList(parameters.subList(0, split)),
                inputs.reshape(n * items, phi.spec().inputs()))
            .reshape(n, items, width);
    NDArray present = observed.max(new int[] {2}, true);
    NDArray bias = present.neg().add(one).mul(absent).reshape(n, 1, 1, items);
    NDArray seen =
        look(x.matMul(own.get(0)), x.matMul(own.get(1)), x.matMul(own.get(2)), bias, items);
    x = x.add(seen.matMul(own.get(3)));
    NDArray queries = Scalars.beside(x, own.get(6)).expandDims(0).broadcast(n, QUERIES, width);
    NDArray found = look(queries, x.matMul(own.get(4)), x.matMul(own.get(5)), bias, QUERIES);
    NDArray share = present.sum(new int[] {1}).mul(inverseItems);
    NDArray pooled = NDArrays.concat(new NDList(found.reshape(n, QUERIES * width), share), 1);
    return rho.forward(new NDList(parameters.subList(split, rest)), pooled);
  }

  /** What each query finds: values weighted by the softmax of products with the keys, by heads. */
  private NDArray look(NDArray queries, NDArray keys, NDArray values, NDArray bias, int count) {
    NDArray scores = heads(queries, count).matMul(heads(keys, items).transpose(0, 1, 3, 2));
    NDArray weights = scores.mul(rootScale).add(bias).softmax(3);
    return weights.matMul(heads(values, items)).transpose(0, 2, 1, 3).reshape(-1, count, width);
  }

  private NDArray heads(NDArray x, int rows) {
    return x.reshape(-1, rows, HEADS, width / HEADS).transpose(0, 2, 1, 3);
  }

  @Override
  public void close() {
    phi.close();
    rho.close();
    manager.close();
  }
}
