package org.nnks.ddpg;

import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.run.Device;

/**
 * Initial weights for tanh networks whose output layer may be fitted by least squares: the points
 * at which first-layer units bend are spread over the input box, as in {@link
 * org.nnks.core.nets.LeastSquaresNetwork}, so that the last hidden layer is rich before any
 * training. The output layer starts at zero.
 */
final class Features {

  /**
   * Standard deviation of first-layer weights: inputs are in about [-1, 1]. With 1 the Euler error
   * of the growth economy is ten times larger; values are smooth.
   */
  private static final double SLOPE = 0.5;

  /** Standard deviation of later weights, relative to 1 / sqrt(fan-in), and of biases. */
  private static final double GAIN = 0.5;

  private Features() {}

  static Network draw(NetworkSpec spec, Device device, RandomGenerator random) {
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
    return Network.of(spec, parameters, device, DataType.FLOAT64);
  }
}
