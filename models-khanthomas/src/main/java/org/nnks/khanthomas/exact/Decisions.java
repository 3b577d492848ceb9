package org.nnks.khanthomas.exact;

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
  private final double[] kept;

  /**
   * A buffer for {@code shocks} idiosyncratic states and {@code nodes} capital nodes. The target is
   * common to all firms of an idiosyncratic state.
   */
  public Decisions(int shocks, int nodes) {
    adjusting = new double[shocks * nodes];
    hours = new double[shocks * nodes];
    target = new double[shocks];
    kept = new double[shocks * nodes];
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

  /** The capital that firms of a cell that do not pay the fixed cost have next period. */
  public double kept(int cell) {
    return kept[cell];
  }

  /** Sets the target of an idiosyncratic state. */
  public void setTarget(int shock, double capital) {
    target[shock] = capital;
  }

  /**
   * Sets what the firms of a cell do.
   *
   * @param share of them that pays the fixed cost
   * @param adjustmentHours that this takes, per firm of the cell
   * @param capital that the others have next period
   */
  public void set(int cell, double share, double adjustmentHours, double capital) {
    adjusting[cell] = share;
    hours[cell] = adjustmentHours;
    kept[cell] = capital;
  }
}
