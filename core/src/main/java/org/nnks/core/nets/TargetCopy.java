package org.nnks.core.nets;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * A copy of a network that follows it slowly, so that targets computed with it do not chase the
 * network being trained: Yokomoto (2026) footnote 15 and Table 14.
 */
public final class TargetCopy implements AutoCloseable {

  private final Network source;
  private final Network copy;
  private final double rate;

  /**
   * A copy that starts equal to its source.
   *
   * @param rate tau, the share of the source in each update; in (0, 1]
   */
  public TargetCopy(Network source, double rate) {
    this.source = source;
    this.rate = rate;
    copy = source.copy(source.parameters().get(0).getDataType());
  }

  /** target = (1 - tau) target + tau source. */
  public void update() {
    update(rate);
  }

  /** target = source. */
  public void catchUp() {
    update(1);
  }

  private void update(double rate) {
    // Outside of a gradient collector the scalars of mul(Number) are used at once and are safe.
    try (NDManager scope = source.parameters().get(0).getManager().newSubManager()) {
      for (int i = 0; i < copy.parameters().size(); i++) {
        NDArray target = copy.parameters().get(i);
        NDArray difference = source.parameters().get(i).sub(target);
        difference.attach(scope);
        target.addi(difference.muli(rate));
      }
    }
  }

  /** The copy. */
  public Network network() {
    return copy;
  }

  @Override
  public void close() {
    copy.close();
  }
}
