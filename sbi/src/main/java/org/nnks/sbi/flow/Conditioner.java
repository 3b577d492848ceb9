package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.Activation;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.run.Device;

/** The network of a coupling: from what passes and the context to how the rest is mapped. */
interface Conditioner extends AutoCloseable {

  /** Weights start at N(0, gain^2 / fan-in); 1 suits activations of slope about 1. */
  double GAIN = 1;

  /**
   * A conditioner that starts at zero: plain, or of residual blocks if the specification says so.
   */
  static Conditioner of(
      FlowSpec spec,
      int inputs,
      int outputs,
      Device device,
      DataType precision,
      RandomGenerator random) {
    if (spec.blocks().isPresent()) {
      return new ResidualNetwork(
          inputs, spec.hidden().get(0), spec.blocks().get(), outputs, device, precision, random);
    }
    NetworkSpec shape = new NetworkSpec(inputs, spec.hidden(), outputs, Activation.SILU);
    Plain plain = new Plain(Network.random(shape, GAIN, device, precision, random));
    plain.network.scaleOutput(0);
    return plain;
  }

  /** Weights and biases, in order. */
  NDList parameters();

  /** The weight matrices. */
  default NDList weights() {
    NDList weights = new NDList();
    for (int i = 0; i < parameters().size(); i += 2) {
      weights.add(parameters().get(i));
    }
    return weights;
  }

  /** The outputs at inputs of shape (n, inputs): shape (n, outputs). */
  NDArray forward(NDList parameters, NDArray inputs);

  @Override
  void close();

  /** Layers one after the other. */
  record Plain(Network network) implements Conditioner {

    @Override
    public NDList parameters() {
      return network.parameters();
    }

    @Override
    public NDArray forward(NDList parameters, NDArray inputs) {
      return network.forward(parameters, inputs);
    }

    @Override
    public void close() {
      network.close();
    }
  }
}
