package org.nnks.sbi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.Parameters;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.flow.ConditionalDensity;
import org.nnks.sbi.flow.FusedSummary;
import org.nnks.sbi.flow.Summary;

/** One member: a density of targets (rows of d numbers) given conditions, behind a summary. */
final class ConditionalNetwork implements AutoCloseable {

  private final int size;
  private final DataShape shape;
  private final DataType precision;
  private final Device device;
  private final Summary summary;
  private final ConditionalDensity density;
  private final boolean matching;
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
    matching = config.flow().kind().matching();
    density = ConditionalDensity.of(config.flow(), size, summary.size(), device, precision, seeds);
    parameters = new NDList(summary.parameters());
    parameters.addAll(density.parameters());
  }

  NDList parameters() {
    return parameters;
  }

  /** All that a file must hold. */
  double[] values() {
    return values(parameters);
  }

  /** The same with other parameters of the same shapes. */
  double[] values(NDList trained) {
    return Parameters.values(withFixed(trained));
  }

  void setValues(double[] values) {
    Parameters.set(withFixed(parameters), values);
  }

  private NDList withFixed(NDList trained) {
    NDList all = new NDList(trained);
    all.addAll(density.fixed());
    return all;
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

  private NDList densityPart(NDList leaves) {
    return new NDList(leaves.subList(summary.parameters().size(), leaves.size()));
  }

  /** What training makes small. */
  NDArray loss(NDList leaves, NDArray targets, NDArray context, RandomGenerator random) {
    return density.loss(densityPart(leaves), targets, context, random);
  }

  /** How often a loss is taken where losses are compared. */
  int passes() {
    return density.passes();
  }

  /** log q(target | context): shape (n, 1). */
  NDArray logDensity(NDList leaves, NDArray targets, NDArray context) {
    return density.logDensity(densityPart(leaves), targets, context);
  }

  /** Targets by draws z from N(0, I). */
  NDArray sample(NDArray z, NDArray context) {
    return density.sample(z, context);
  }

  /**
   * Sets what depends on data, from many rows. The regression of flow matching is never trained, so
   * it leaves alone a context that is.
   */
  void initialise(NDArray targets, NDArray context) {
    boolean moves = matching && !summary.parameters().isEmpty();
    density.initialise(targets, moves ? context.zerosLike() : context);
  }

  /**
   * Multiplies the weight matrices of the density by a factor; but not biases, scales, the
   * regression that it starts from, and the summary.
   */
  void decay(double factor) {
    // Outside of a gradient collector the scalar of muli(Number) is used at once and is safe.
    for (NDArray weight : density.decaying()) {
      weight.muli(factor);
    }
  }

  @Override
  public void close() {
    summary.close();
    density.close();
  }
}
