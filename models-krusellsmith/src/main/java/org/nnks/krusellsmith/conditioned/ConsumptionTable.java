package org.nnks.krusellsmith.conditioned;

import java.util.Arrays;
import org.nnks.core.numeric.Vector;

/**
 * What households consume, as a function of the savings s with which they end the period: unlike
 * consumption as a function of cash, it has no kink where the borrowing limit binds, so polynomials
 * through its values interpolate it well in lambda, log kappa, zeta, and in parameters. A household
 * with less cash than it would consume at s = 0 consumes all. Immutable.
 */
public final class ConsumptionTable {

  private final DetrendedEconomy economy;
  private final TableShape shape;
  private final double[] consumption;
  private final Axis capitalAxis;
  private final Axis productivityAxis;

  /**
   * A table; the caller must not write to the array any more.
   *
   * @param consumption c: (capital, productivity, labour, savings), row by row
   */
  ConsumptionTable(DetrendedEconomy economy, TableShape shape, double[] consumption) {
    if (consumption.length != shape.size()) {
      throw new IllegalArgumentException(
          "consumption: expected %d values but got %d".formatted(shape.size(), consumption.length));
    }
    this.economy = economy;
    this.shape = shape;
    this.consumption = consumption;
    capitalAxis = shape.capitalAxis(economy);
    productivityAxis = shape.productivityAxis(economy);
  }

  DetrendedEconomy economy() {
    return economy;
  }

  TableShape shape() {
    return shape;
  }

  /** c, row by row. */
  Vector values() {
    return Vector.of(consumption);
  }

  /** c, row by row: the array itself, not to be changed. */
  double[] valuesUnsafe() {
    return consumption;
  }

  /** Writes c at an aggregate state: (labour, savings), row by row. */
  void at(double logCapital, double logProductivity, double[] rows) {
    double[] capitalWeights = new double[shape.capital()];
    double[] productivityWeights = new double[shape.productivity()];
    capitalAxis.weights(logCapital, capitalWeights);
    productivityAxis.weights(logProductivity, productivityWeights);
    Arrays.fill(rows, 0);
    int offset = 0;
    for (double byCapital : capitalWeights) {
      for (double byProductivity : productivityWeights) {
        double weight = byCapital * byProductivity;
        if (weight != 0) {
          for (int i = 0; i < rows.length; i++) {
            rows[i] += weight * consumption[offset + i];
          }
        }
        offset += rows.length;
      }
    }
  }

  /** The largest relative change of c from another table. */
  double distance(ConsumptionTable other) {
    double largest = 0;
    for (int i = 0; i < consumption.length; i++) {
      double change = Math.abs(consumption[i] / other.consumption[i] - 1);
      largest = change <= largest ? largest : change; // NaN is kept
    }
    return largest;
  }
}
