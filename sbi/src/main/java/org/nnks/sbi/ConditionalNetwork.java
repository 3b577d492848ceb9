package org.nnks.sbi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.Parameters;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.flow.Flow;
import org.nnks.sbi.flow.FusedSummary;
import org.nnks.sbi.flow.Mapped;
import org.nnks.sbi.flow.Summary;

/**
 * One member: a density of targets (rows of d numbers) given conditions, by a summary and a flow.
 */
final class ConditionalNetwork implements AutoCloseable {

  private final int size;
  private final DataShape shape;
  private final DataType precision;
  private final Device device;
  private final Summary summary;
  private final Flow flow;
  private final NDList parameters;

  ConditionalNetwork(
      EstimatorConfig config,
      int size,
      DataShape shape,
      boolean masked,
      Device device,
      DataType precision,
      Seeds seeds) {
    this.size = size;
    this.shape = shape;
    this.device = device;
    this.precision = precision;
    summary =
        new FusedSummary(
            config.summary(),
            shape.items(),
            shape.features(),
            masked,
            device,
            precision,
            seeds.stream("summary weights"));
    flow = new Flow(config.flow(), size, summary.size(), device, precision, seeds);
    parameters = new NDList(summary.parameters());
    parameters.addAll(flow.parameters());
  }

  NDList parameters() {
    return parameters;
  }

  double[] values() {
    return Parameters.values(parameters);
  }

  void setValues(double[] values) {
    Parameters.set(parameters, values);
  }

  NDManager newManager() {
    return device.newManager();
  }

  /** An array of shape (n, d). */
  NDArray targets(NDManager manager, double[] targets) {
    return Network.create(manager, targets, new Shape(targets.length / size, size), precision);
  }

  /** An array of shape (n, items, features). */
  NDArray data(NDManager manager, double[] values) {
    Shape full = new Shape(values.length / shape.size(), shape.items(), shape.features());
    return Network.create(manager, values, full, precision);
  }

  /** An array of shape (n, statistics). */
  NDArray contexts(NDManager manager, double[] contexts) {
    Shape full = new Shape(contexts.length / summary.size(), summary.size());
    return Network.create(manager, contexts, full, precision);
  }

  /** The summary of data: shape (n, statistics). */
  NDArray context(NDList leaves, NDArray values, NDArray observed) {
    return summary.apply(
        new NDList(leaves.subList(0, summary.parameters().size())), values, observed);
  }

  private NDList flowPart(NDList leaves) {
    return new NDList(leaves.subList(summary.parameters().size(), leaves.size()));
  }

  /** log q(target | context): shape (n, 1). */
  NDArray logDensity(NDList leaves, NDArray targets, NDArray context) {
    return flow.logDensity(flowPart(leaves), targets, context);
  }

  /** target = f^-1(z; context). */
  NDArray sample(NDArray z, NDArray context) {
    Mapped mapped = flow.inverse(flow.parameters(), z, context);
    return mapped.value();
  }

  /** Sets the parameters that depend on data, from many rows. */
  void initialise(NDArray targets, NDArray context) {
    flow.initialise(targets, context);
  }

  /**
   * Multiplies the weight matrices of the flow's conditioners by a factor; but not biases, scales,
   * the regression that the flow starts from, and the summary.
   */
  void decay(double factor) {
    // Outside of a gradient collector the scalar of muli(Number) is used at once and is safe.
    for (NDArray weight : flow.conditionerWeights()) {
      weight.muli(factor);
    }
  }

  @Override
  public void close() {
    summary.close();
    flow.close();
  }
}
