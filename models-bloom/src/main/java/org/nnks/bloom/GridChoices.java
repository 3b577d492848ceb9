package org.nnks.bloom;

/**
 * What the firms of every cell (z, k, n_-1) choose on the grids: a buffer that is filled again and
 * again. Not thread-safe.
 */
public final class GridChoices implements FirmChoices {

  private final int[] capital;
  private final int[] hours;
  private final double[] capitalNodes;
  private final double[] hoursNodes;
  private final double[] hoursTerm;

  /** A buffer for the cells of an economy. */
  public GridChoices(Bloom economy) {
    capital = new int[economy.cells()];
    hours = new int[economy.cells()];
    capitalNodes = economy.capital().nodes().toArray();
    hoursNodes = economy.hours().nodes().toArray();
    hoursTerm = FactoredChoice.hoursTerm(economy);
  }

  /** The node of k' that the firms of a cell choose, counted from zero. */
  public int capital(int cell) {
    return capital[cell];
  }

  /** The node of n that the firms of a cell choose, counted from zero. */
  public int hours(int cell) {
    return hours[cell];
  }

  /** Whether the firms of a cell choose the same in both. */
  public boolean same(int cell, GridChoices other) {
    return capital[cell] == other.capital[cell] && hours[cell] == other.hours[cell];
  }

  @Override
  public double nextCapital(int cell) {
    return capitalNodes[capital[cell]];
  }

  @Override
  public double chosenHours(int cell) {
    return hoursNodes[hours[cell]];
  }

  @Override
  public double hoursTerm(int cell) {
    return hoursTerm[hours[cell]];
  }

  @Override
  public void move(FirmHistogram firms, double share) {
    firms.move(this, share);
  }

  public void set(int cell, int capitalNode, int hoursNode) {
    capital[cell] = capitalNode;
    hours[cell] = hoursNode;
  }
}
