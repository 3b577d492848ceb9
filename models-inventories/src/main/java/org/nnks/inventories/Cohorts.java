package org.nnks.inventories;

import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;

/**
 * Firms by the quarter in which they last ordered: all that ordered together hold the same stock.
 * The oldest are pooled. A buffer that moves from quarter to quarter; not thread-safe.
 */
final class Cohorts {

  /** Cohorts; the mass of the oldest is 1e-8, and 9 or 30 give the same path to all digits. */
  static final int COHORTS = 14;

  private int count;
  private final double[] stock = new double[COHORTS];
  private final double[] mass = new double[COHORTS];

  /** All firms with one stock. */
  static Cohorts of(double stock) {
    Cohorts cohorts = new Cohorts();
    cohorts.count = 1;
    cohorts.stock[0] = stock;
    cohorts.mass[0] = 1;
    return cohorts;
  }

  Cohorts copy() {
    Cohorts copy = new Cohorts();
    copy.count = count;
    System.arraycopy(stock, 0, copy.stock, 0, count);
    System.arraycopy(mass, 0, copy.mass, 0, count);
    return copy;
  }

  int count() {
    return count;
  }

  /** s of a cohort, the youngest first. */
  double stock(int i) {
    return stock[i];
  }

  double mass(int i) {
    return mass[i];
  }

  /** S. */
  double mean() {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += mass[i] * stock[i];
    }
    return sum;
  }

  /**
   * Moves to the next quarter.
   *
   * @param kept by those who ordered
   * @param keptWithout by the others, by cohorts
   * @param ordering the share of each cohort that ordered
   */
  void move(double kept, double[] keptWithout, double[] ordering) {
    double ordered = 0;
    double pooled = 0;
    double pooledStock = 0;
    for (int i = count - 1; i >= 0; i--) {
      double stays = mass[i] * (1 - ordering[i]);
      ordered += mass[i] * ordering[i];
      if (i + 1 >= COHORTS - 1) {
        pooled += stays;
        pooledStock += stays * keptWithout[i];
      } else {
        stock[i + 1] = keptWithout[i];
        mass[i + 1] = stays;
      }
    }
    if (count >= COHORTS - 1) {
      mass[COHORTS - 1] = pooled;
      stock[COHORTS - 1] = pooled > 0 ? pooledStock / pooled : 0;
    }
    count = Math.min(count + 1, COHORTS);
    stock[0] = kept;
    mass[0] = ordered;
  }

  /** The mass at the nodes of a grid, spread between neighbours so that means stay. */
  Matrix on(Grid grid) {
    double[] at = new double[grid.size()];
    for (int i = 0; i < count; i++) {
      double s = grid.clamp(stock[i]);
      int cell = grid.cell(s);
      double above = grid.weight(cell, s);
      at[cell] += mass[i] * (1 - above);
      at[cell + 1] += mass[i] * above;
    }
    return Matrix.of(1, at.length, at);
  }
}
