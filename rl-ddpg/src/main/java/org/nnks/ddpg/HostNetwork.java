package org.nnks.ddpg;

import java.util.ArrayList;
import java.util.List;
import org.nnks.core.nets.Activation;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;

/**
 * A frozen copy of a tanh network with one output in plain Java, for rules that are asked for one
 * state at a time: a call of the engine costs more than the whole of a small network.
 */
final class HostNetwork {

  private final NetworkSpec spec;
  private final List<double[]> weights = new ArrayList<>();
  private final List<double[]> biases = new ArrayList<>();

  HostNetwork(Network network) {
    spec = network.spec();
    if (spec.activation() != Activation.TANH || spec.outputs() != 1) {
      throw new IllegalArgumentException(
          "a host network needs tanh and 1 output but has %s and %d"
              .formatted(spec.activation(), spec.outputs()));
    }
    for (int layer = 0; layer < spec.layers(); layer++) {
      weights.add(network.parameters().get(2 * layer).toDoubleArray());
      biases.add(network.parameters().get(2 * layer + 1).toDoubleArray());
    }
  }

  /** The output at one row of inputs. */
  double value(double[] inputs) {
    double[] x = inputs;
    for (int layer = 0; layer < spec.layers(); layer++) {
      double[] next = biases.get(layer).clone();
      double[] weight = weights.get(layer);
      int out = next.length;
      for (int i = 0; i < x.length; i++) {
        double input = x[i];
        int row = i * out;
        for (int j = 0; j < out; j++) {
          next[j] += input * weight[row + j];
        }
      }
      if (layer < spec.layers() - 1) {
        for (int j = 0; j < out; j++) {
          next[j] = Math.tanh(next[j]);
        }
      }
      x = next;
    }
    return x[0];
  }
}
