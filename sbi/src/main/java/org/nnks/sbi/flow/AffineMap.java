package org.nnks.sbi.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import org.nnks.core.run.Device;

/**
 * y = x exp(s) + t: Dinh, Sohl-Dickstein and Bengio (2017), equation (7). The log-scale s is softly
 * clamped, s = c tanh(raw / c), so that no step of training can make it explode.
 */
final class AffineMap implements ElementMap {

  /** One layer can narrow a density by a factor of exp(4) = 55; two layers by 3,000. */
  static final double CLAMP = 4;

  private final NDManager manager;
  private final NDArray clamp;
  private final NDArray inverseClamp;

  AffineMap(Device device, DataType precision) {
    manager = device.newManager();
    clamp = Scalars.create(manager, CLAMP, precision);
    inverseClamp = Scalars.create(manager, 1 / CLAMP, precision);
  }

  @Override
  public int rawSize() {
    return 2;
  }

  @Override
  public int element(int column, int elements) {
    return column % elements;
  }

  @Override
  public Mapped forward(NDArray x, NDArray raw) {
    NDList parts = raw.split(new long[] {x.getShape().get(1)}, 1);
    NDArray logScale = logScale(parts.get(0));
    return new Mapped(x.mul(logScale.exp()).add(parts.get(1)), logScale);
  }

  @Override
  public Mapped inverse(NDArray y, NDArray raw) {
    NDList parts = raw.split(new long[] {y.getShape().get(1)}, 1);
    NDArray minusLogScale = logScale(parts.get(0)).neg();
    return new Mapped(y.sub(parts.get(1)).mul(minusLogScale.exp()), minusLogScale);
  }

  private NDArray logScale(NDArray raw) {
    return raw.mul(inverseClamp).tanh().mul(clamp);
  }

  @Override
  public void close() {
    manager.close();
  }
}
