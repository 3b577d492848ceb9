package org.nnks.krusellsmith.projection;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.Activation;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.run.Device;

/**
 * Hidden layers of a tanh network whose weights are drawn and never trained: features for least
 * squares. The points at which first-layer units bend are spread over the input box, as in {@link
 * org.nnks.core.nets.LeastSquaresNetwork}, so that the last hidden layer is rich.
 */
final class DrawnFeatures implements AutoCloseable {

  /**
   * Standard deviation of first-layer weights: inputs are in about [-1, 1]. With 1 the Euler error
   * of the growth economy is ten times larger; decisions are smooth.
   */
  private static final double SLOPE = 0.5;

  /** Standard deviation of later weights, relative to 1 / sqrt(fan-in), and of biases. */
  private static final double GAIN = 0.5;

  private final Network network;

  private DrawnFeatures(Network network) {
    this.network = network;
  }

  /** Features of some inputs, in double precision. */
  static DrawnFeatures draw(
      int inputs, List<Integer> hidden, Device device, RandomGenerator random) {
    NetworkSpec spec = new NetworkSpec(inputs, hidden, 1, Activation.TANH);
    List<double[]> parameters = new ArrayList<>();
    for (int layer = 0; layer < spec.layers(); layer++) {
      int in = spec.fanIn(layer);
      int out = spec.fanOut(layer);
      double[] weight = new double[in * out];
      double[] bias = new double[out];
      if (layer == 0) {
        for (int unit = 0; unit < out; unit++) {
          for (int input = 0; input < in; input++) {
            double slope = SLOPE * random.nextGaussian();
            weight[input * out + unit] = slope;
            bias[unit] -= slope * (2 * random.nextDouble() - 1);
          }
        }
      } else if (layer < spec.layers() - 1) {
        for (int i = 0; i < weight.length; i++) {
          weight[i] = GAIN * random.nextGaussian() / Math.sqrt(in);
        }
        for (int unit = 0; unit < out; unit++) {
          bias[unit] = GAIN * random.nextGaussian();
        }
      }
      parameters.add(weight);
      parameters.add(bias);
    }
    return new DrawnFeatures(Network.of(spec, parameters, device, DataType.FLOAT64));
  }

  /** The number of features. */
  int width() {
    return network.spec().lastHidden();
  }

  /** The features at rows of inputs, on the host, row by row. */
  double[] at(double[] rows) {
    int inputs = network.spec().inputs();
    try (NDManager scope = network.parameters().get(0).getManager().newSubManager()) {
      return network
          .hidden(scope.create(rows, new Shape(rows.length / inputs, inputs)))
          .toDoubleArray();
    }
  }

  /** Weights and biases. */
  double[] values() {
    return network.values();
  }

  /** Replaces weights and biases by {@link #values}. */
  void setValues(double[] values) {
    network.setValues(values);
  }

  @Override
  public void close() {
    network.close();
  }
}
