package org.nnks.ddpg;

import java.util.Arrays;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.Parameters;

/** The output layer of a network with one output: weights, then the bias. */
final class OutputWeights {

  private OutputWeights() {}

  /** A copy of the output layer. */
  static double[] of(Network network) {
    double[] values = network.values();
    return Arrays.copyOfRange(
        values, values.length - network.spec().lastHidden() - 1, values.length);
  }

  /** Replaces the output layer; it is the last of a network's parameters. */
  static void set(Network network, double[] weights) {
    double[] values = network.values();
    System.arraycopy(weights, 0, values, values.length - weights.length, weights.length);
    Parameters.set(network.parameters(), values);
  }
}
