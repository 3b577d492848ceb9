package org.nnks.bloom;

/** What the firms of every cell (z, k, n_-1) choose, whether on the grids or off them. */
interface FirmChoices {

  /** k' of the firms of a cell. */
  double nextCapital(int cell);

  /** n of the firms of a cell. */
  double chosenHours(int cell);

  /** n^nu of the firms of a cell: their output without a, z and k. */
  double hoursTerm(int cell);

  /** Moves a share of the firms of every cell to where they choose to be. */
  void move(FirmHistogram firms, double share);
}
