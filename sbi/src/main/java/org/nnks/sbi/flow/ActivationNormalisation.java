package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.Parameters;
import org.nnks.core.run.Device;

/**
 * A trained shift and scale of each element, y = (x + b) exp(s), that starts by standardising the
 * first batch: Kingma and Dhariwal (2018), section 3.1.
 */
final class ActivationNormalisation implements Transform {

  /** Below this spread an element is left as it is. */
  private static final double MIN_SPREAD = 1e-6;

  private final NDManager manager;
  private final NDList parameters;

  ActivationNormalisation(int size, Device device, DataType precision) {
    manager = device.newManager();
    parameters =
        new NDList(
            Network.create(manager, new double[size], new Shape(1, size), precision),
            Network.create(manager, new double[size], new Shape(1, size), precision));
  }

  @Override
  public NDList parameters() {
    return parameters;
  }

  @Override
  public void initialise(NDArray x, NDArray context) {
    int n = (int) x.getShape().get(0);
    int d = (int) x.getShape().get(1);
    double[] values = Parameters.toDoubles(x);
    double[] start = new double[2 * d];
    for (int j = 0; j < d; j++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < n; i++) {
        sum += values[i * d + j];
      }
      for (int i = 0; i < n; i++) {
        double deviation = values[i * d + j] - sum / n;
        squares += deviation * deviation;
      }
      double spread = Math.sqrt(squares / n);
      start[j] = -sum / n;
      start[d + j] = spread > MIN_SPREAD ? -Math.log(spread) : 0;
    }
    Parameters.set(parameters, start);
  }

  @Override
  public Mapped forward(NDList parameters, NDArray x, NDArray context) {
    NDArray logScale = Scalars.beside(x, parameters.get(1));
    return new Mapped(
        x.add(parameters.get(0)).mul(logScale.exp()), logScale.sum(new int[] {1}, true));
  }

  @Override
  public Mapped inverse(NDList parameters, NDArray y, NDArray context) {
    NDArray minusLogScale = Scalars.beside(y, parameters.get(1)).neg();
    return new Mapped(
        y.mul(minusLogScale.exp()).sub(parameters.get(0)), minusLogScale.sum(new int[] {1}, true));
  }

  @Override
  public void close() {
    manager.close();
  }
}
