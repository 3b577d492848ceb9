package org.nnks.ddpg;

import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.run.Device;

/**
 * Initial networks: weights and biases uniform within one over the root of the fan-in, PyTorch's
 * default. Biases are not zero, so that units of a few inputs do not all bend at the same point.
 */
public final class InitialWeights {

  private InitialWeights() {}

  /**
   * A network in double precision.
   *
   * @param outputScale what its output layer is multiplied with: near 0 it starts as a constant
   */
  public static Network draw(
      NetworkSpec spec, double outputScale, Device device, RandomGenerator random) {
    List<double[]> parameters = new ArrayList<>();
    for (int layer = 0; layer < spec.layers(); layer++) {
      double bound = 1 / Math.sqrt(spec.fanIn(layer));
      double scale = layer == spec.layers() - 1 ? outputScale * bound : bound;
      parameters.add(uniform(spec.fanIn(layer) * spec.fanOut(layer), scale, random));
      parameters.add(uniform(spec.fanOut(layer), scale, random));
    }
    return Network.of(spec, parameters, device, DataType.FLOAT64);
  }

  private static double[] uniform(int n, double bound, RandomGenerator random) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = bound * (2 * random.nextDouble() - 1);
    }
    return values;
  }
}
