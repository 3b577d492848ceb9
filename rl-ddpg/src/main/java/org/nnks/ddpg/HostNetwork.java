package org.nnks.ddpg;

import java.util.ArrayList;
import java.util.List;
import org.nnks.core.nets.Activation;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;

/**
 * A frozen copy of a tanh or SiLU network in plain Java, for rules that are asked for one state at
 * a time: a call of the engine costs more than the whole of a small network.
 */
public final class HostNetwork {

  private final NetworkSpec spec;
  private final List<double[]> weights = new ArrayList<>();
  private final List<double[]> biases = new ArrayList<>();

  /** A copy of a network as it is. */
  public HostNetwork(Network network) {
    spec = network.spec();
    if (spec.activation() == Activation.RELU) {
      throw new IllegalArgumentException("a host network needs tanh or SiLU but has RELU");
    }
    for (int layer = 0; layer < spec.layers(); layer++) {
      weights.add(network.parameters().get(2 * layer).toDoubleArray());
      biases.add(network.parameters().get(2 * layer + 1).toDoubleArray());
    }
  }

  /** The outputs at one row of inputs. */
  public double[] value(double[] inputs) {
    boolean tanh = spec.activation() == Activation.TANH;
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
          next[j] = tanh ? Math.tanh(next[j]) : next[j] / (1 + Math.exp(-next[j]));
        }
      }
      x = next;
    }
    return x;
  }
}
