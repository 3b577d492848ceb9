package org.nnks.core.model;

/**
 * What the firms in each histogram cell do at one candidate price: a buffer that the period loop
 * fills again and again.
 *
 * <p>Cells are ordered z-major: cell = z * (number of capital nodes) + node. Not thread-safe.
 */
public final class Decisions {

  private final double[] adjusting;
  private final double[] hours;
  private final double[] target;

  /**
   * A buffer for {@code shocks} idiosyncratic states and {@code nodes} capital nodes. The target is
   * common to all firms of an idiosyncratic state.
   */
  public Decisions(int shocks, int nodes) {
    adjusting = new double[shocks * nodes];
    hours = new double[shocks * nodes];
    target = new double[shocks];
  }

  /** G(xi*): the share of the firms of a cell that adjust. */
  public double adjusting(int cell) {
    return adjusting[cell];
  }

  /** Hours spent on adjustment by the firms of a cell, per firm. */
  public double adjustmentHours(int cell) {
    return hours[cell];
  }

  /** k*: the capital that adjusting firms of an idiosyncratic state choose. */
  public double target(int shock) {
    return target[shock];
  }

  /** Sets the target of an idiosyncratic state. */
  public void setTarget(int shock, double capital) {
    target[shock] = capital;
  }

  /** Sets what the firms of a cell do. */
  public void set(int cell, double share, double adjustmentHours) {
    adjusting[cell] = share;
    hours[cell] = adjustmentHours;
  }
}
