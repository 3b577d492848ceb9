package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.Network;
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
public final class SetAttention extends PooledSummary {

  /** BayesFlow's default: each looks at its own share of the width. */
  static final int HEADS = 4;

  /** BayesFlow's default number of seeds. */
  private static final int QUERIES = 4;

  /** Queries, keys, values and outputs of the items; keys, values and queries of the pooling. */
  private static final int MAPS = 7;

  /** What softmax adds to items that are not there: their weight is zero in either precision. */
  private static final double ABSENT = -1e9;

  private final int width;
  private final Network phi;
  private final NDArray absent;
  private final NDArray rootScale;

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
    super(items, items, masked, device, precision);
    width = spec.hidden().get(spec.hidden().size() - 1);
    phi = network(seen(features), spec.hidden(), width, random);
    parameters.addAll(phi.parameters());
    addRho(QUERIES * width, spec.hidden(), spec.outputs(), random);
    for (int map = 0; map < MAPS; map++) {
      addWeights(new Shape(map == MAPS - 1 ? QUERIES : width, width), width, random);
    }
    absent = constant(ABSENT);
    rootScale = constant(1 / Math.sqrt(width / (double) HEADS));
  }

  @Override
  public NDArray apply(NDList parameters, NDArray values, NDArray observed) {
    long n = values.getShape().get(0);
    NDList own = new NDList(parameters.subList(parameters.size() - MAPS, parameters.size()));
    NDArray x =
        phi.forward(
                new NDList(parameters.subList(0, phi.parameters().size())),
                seen(values, observed).reshape(n * items, phi.spec().inputs()))
            .reshape(n, items, width);
    NDArray present = observed.max(new int[] {2}, true);
    NDArray bias = present.neg().add(one).mul(absent).reshape(n, 1, 1, items);
    NDArray seen =
        look(x.matMul(own.get(0)), x.matMul(own.get(1)), x.matMul(own.get(2)), bias, items);
    x = x.add(seen.matMul(own.get(3)));
    NDArray queries = Scalars.beside(x, own.get(6)).expandDims(0).broadcast(n, QUERIES, width);
    NDArray found = look(queries, x.matMul(own.get(4)), x.matMul(own.get(5)), bias, QUERIES);
    return statistics(
        parameters, new NDList(found.reshape(n, QUERIES * width)), present.sum(new int[] {1}));
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
    super.close();
  }
}
