package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.random.RandomGenerator;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/** A conditional density q(u | c) of u in R^d that is learned from pairs. It owns its arrays. */
public interface ConditionalDensity extends AutoCloseable {

  /**
   * A density with random weights.
   *
   * @param size d
   * @param context c
   */
  static ConditionalDensity of(
      FlowSpec spec, int size, int context, Device device, DataType precision, Seeds seeds) {
    return switch (spec.kind()) {
      case AFFINE, SPLINE, AUTOREGRESSIVE ->
          new Flow(spec, size, context, device, precision, seeds);
      case MATCHING, MASKED -> new FlowMatching(spec, size, context, device, precision, seeds);
    };
  }

  /** What is trained, in order; the density's own arrays. */
  NDList parameters();

  /** What {@link #initialise} alone sets; the density's own arrays. */
  default NDList fixed() {
    return new NDList();
  }

  /** The weight matrices among the parameters that make it leave where it starts. */
  NDList decaying();

  /** Sets what depends on data, from many rows. */
  void initialise(NDArray u, NDArray context);

  /**
   * What training makes small: a scalar.
   *
   * @param parameters the density's, or others of the same shapes
   * @param u shape (n, d)
   * @param context shape (n, c)
   * @param random of noise, if the loss needs any
   */
  NDArray loss(NDList parameters, NDArray u, NDArray context, RandomGenerator random);

  /** How often a loss is taken, with new noise each time, where losses are compared. */
  default int passes() {
    return 1;
  }

  /** log q(u | c): shape (n, 1). */
  NDArray logDensity(NDList parameters, NDArray u, NDArray context);

  /** Draws of u given draws z from N(0, I) of shape (n, d): shape (n, d). */
  NDArray sample(NDArray z, NDArray context);

  @Override
  void close();
}
