package org.nnks.bloom;

import java.util.Arrays;

/**
 * What the firms of every cell (z, k, n_-1) decide when k' and n need not lie on the grids: a
 * buffer that is filled again and again. Not thread-safe.
 */
public final class FirmDecisions implements FirmChoices {

  private final double labourShare;
  private final double[] capital;
  private final double[] hours;
  private final double[] hoursTerm;

  /** A buffer for the cells of an economy. */
  public FirmDecisions(Bloom economy) {
    labourShare = economy.calibration().labourShare();
    capital = new double[economy.cells()];
    hours = new double[economy.cells()];
    hoursTerm = new double[economy.cells()];
    Arrays.fill(capital, Double.NaN);
    Arrays.fill(hours, Double.NaN);
    Arrays.fill(hoursTerm, Double.NaN);
  }

  @Override
  public double nextCapital(int cell) {
    return capital[cell];
  }

  @Override
  public double chosenHours(int cell) {
    return hours[cell];
  }

  @Override
  public double hoursTerm(int cell) {
    return hoursTerm[cell];
  }

  @Override
  public void move(FirmHistogram firms, double share) {
    firms.move(this, share);
  }

  /**
   * Sets what the firms of a cell decide. Those that do nothing get exactly {@link
   * Bloom#undepreciated} and {@link Bloom#unseparated}: costs are found by comparing with them.
   */
  public void set(int cell, double nextCapital, double chosenHours) {
    set(cell, nextCapital, chosenHours, Math.pow(chosenHours, labourShare));
  }

  /** The same, for callers who know n^nu. */
  public void set(int cell, double nextCapital, double chosenHours, double term) {
    capital[cell] = nextCapital;
    hours[cell] = chosenHours;
    hoursTerm[cell] = term;
  }
}
