package org.nnks.bloom;

/**
 * What the firms of every cell (z, k, n_-1) choose on the grids: a buffer that is filled again and
 * again. Not thread-safe.
 */
public final class GridChoices {

  private final int[] capital;
  private final int[] hours;

  /** A buffer for the cells of an economy. */
  public GridChoices(Bloom economy) {
    capital = new int[economy.cells()];
    hours = new int[economy.cells()];
  }

  /** The node of k' that the firms of a cell choose, counted from zero. */
  public int capital(int cell) {
    return capital[cell];
  }

  /** The node of n that the firms of a cell choose, counted from zero. */
  public int hours(int cell) {
    return hours[cell];
  }

  void set(int cell, int capitalNode, int hoursNode) {
    capital[cell] = capitalNode;
    hours[cell] = hoursNode;
  }
}
