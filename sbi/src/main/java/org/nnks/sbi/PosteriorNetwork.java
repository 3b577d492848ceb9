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
import org.nnks.sbi.flow.DeepSet;
import org.nnks.sbi.flow.DirectSummary;
import org.nnks.sbi.flow.Flow;
import org.nnks.sbi.flow.Mapped;
import org.nnks.sbi.flow.Summary;
import org.nnks.sbi.flow.SummarySpec;

/** One member: a summary and a flow of u, the parameters seen through the prior's bijector. */
final class PosteriorNetwork implements AutoCloseable {

  private final int size;
  private final DataShape shape;
  private final DataType precision;
  private final Device device;
  private final Summary summary;
  private final Flow flow;
  private final NDList parameters;

  PosteriorNetwork(
      PosteriorConfig config,
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
        config.summary().kind() == SummarySpec.Kind.DIRECT
            ? new DirectSummary(shape.size(), masked)
            : new DeepSet(
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
  NDArray normals(NDManager manager, double[] u) {
    return Network.create(manager, u, new Shape(u.length / size, size), precision);
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

  /** log q(u | context): shape (n, 1). */
  NDArray logDensity(NDList leaves, NDArray u, NDArray context) {
    return flow.logDensity(flowPart(leaves), u, context);
  }

  /** u = f^-1(z; context). */
  NDArray sample(NDArray z, NDArray context) {
    Mapped mapped = flow.inverse(flow.parameters(), z, context);
    return mapped.value();
  }

  void initialise(NDArray u, NDArray context) {
    flow.initialise(u, context);
  }

  @Override
  public void close() {
    summary.close();
    flow.close();
  }
}
