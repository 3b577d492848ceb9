package org.nnks.bloom;

import org.nnks.core.numeric.Grid;

/**
 * What firms' decisions add up to in one quarter, per firm; goods unless said otherwise.
 *
 * @param output Y, gross of adjustment costs
 * @param investment I = K' - (1 - delta_k) K, net of adjustment costs
 * @param capitalCosts AC_k
 * @param hoursCosts AC_n
 * @param hours N
 * @param nextCapital K'
 * @param adjustingCapital share of firms with i != 0
 * @param adjustingHours share of firms with h != 0
 */
public record FirmTotals(
    double output,
    double investment,
    double capitalCosts,
    double hoursCosts,
    double hours,
    double nextCapital,
    double adjustingCapital,
    double adjustingHours) {

  /** C = Y - I - AC_k - AC_n. */
  public double consumption() {
    return output - investment - capitalCosts - hoursCosts;
  }

  /** What is left of demand when C is taken from it: 1/p - C. It falls in p. */
  public double excessDemand(double price) {
    return 1 / price - consumption();
  }

  /**
   * The totals when a share of the firms of every kind is in this one and the others in another.
   */
  public FirmTotals mixedWith(FirmTotals other, double share) {
    double rest = 1 - share;
    return new FirmTotals(
        share * output + rest * other.output,
        share * investment + rest * other.investment,
        share * capitalCosts + rest * other.capitalCosts,
        share * hoursCosts + rest * other.hoursCosts,
        share * hours + rest * other.hours,
        share * nextCapital + rest * other.nextCapital,
        share * adjustingCapital + rest * other.adjustingCapital,
        share * adjustingHours + rest * other.adjustingHours);
  }

  /** Adds up what firms decide, for one economy again and again. */
  static final class Counter {
    private final BloomCalibration calibration;
    private final Bloom economy;
    private final Grid capitalGrid;
    private final Grid hoursGrid;
    private final double[] capitalTerm;
    private final double[] hoursTerm;
    private final double[] hoursNodes;
    private final double[] capitalNodes;
    private double output;
    private double investment;
    private double sales;
    private double hiring;
    private double hours;
    private double nextCapital;
    private double adjustingCapital;
    private double adjustingHours;
    private double outputOfCapitalAdjusters;
    private double outputOfHoursAdjusters;

    Counter(Bloom economy) {
      this.economy = economy;
      calibration = economy.calibration();
      capitalGrid = economy.capital();
      hoursGrid = economy.hours();
      capitalTerm = FactoredChoice.capitalTerm(economy);
      hoursTerm = FactoredChoice.hoursTerm(economy);
      hoursNodes = hoursGrid.nodes().toArray();
      capitalNodes = capitalGrid.nodes().toArray();
    }

    /** The totals of choices on the grids. */
    FirmTotals of(FirmHistogram firms, GridChoices choices, double productivity, double price) {
      clear();
      int n = hoursNodes.length;
      for (int row = 0; row < capitalTerm.length; row++) {
        double term = productivity * capitalTerm[row];
        double kept = economy.undepreciated(row % capitalNodes.length);
        for (int i = 0; i < n; i++) {
          int cell = row * n + i;
          int node = choices.hours(cell);
          add(
              firms.mass(cell),
              term * hoursTerm[node],
              capitalNodes[choices.capital(cell)],
              kept,
              hoursNodes[node],
              economy.unseparated(i));
        }
      }
      return totals(price);
    }

    /** The totals of decisions that need not lie on the grids. */
    FirmTotals of(FirmHistogram firms, FirmDecisions decisions, double productivity, double price) {
      clear();
      int n = hoursNodes.length;
      for (int row = 0; row < capitalTerm.length; row++) {
        double term = productivity * capitalTerm[row];
        double kept = economy.undepreciated(row % capitalNodes.length);
        for (int i = 0; i < n; i++) {
          int cell = row * n + i;
          if (firms.mass(cell) == 0) {
            continue;
          }
          double chosen = decisions.hours(cell);
          add(
              firms.mass(cell),
              term * economy.output(1, 1, 1, chosen),
              decisions.capital(cell),
              kept,
              chosen,
              economy.unseparated(i));
        }
      }
      return totals(price);
    }

    private void clear() {
      output = 0;
      investment = 0;
      sales = 0;
      hiring = 0;
      hours = 0;
      nextCapital = 0;
      adjustingCapital = 0;
      adjustingHours = 0;
      outputOfCapitalAdjusters = 0;
      outputOfHoursAdjusters = 0;
    }

    private void add(
        double mass, double y, double chosenCapital, double kept, double chosen, double stayed) {
      double i = chosenCapital - kept;
      double h = chosen - stayed;
      output += mass * y;
      hours += mass * chosen;
      nextCapital += mass * chosenCapital;
      if (i != 0) {
        investment += mass * i;
        sales += mass * Math.max(-i, 0);
        adjustingCapital += mass;
        outputOfCapitalAdjusters += mass * y;
      }
      if (h != 0) {
        hiring += mass * Math.abs(h);
        adjustingHours += mass;
        outputOfHoursAdjusters += mass * y;
      }
    }

    private FirmTotals totals(double price) {
      return new FirmTotals(
          output,
          investment,
          calibration.capitalFixedCost() * outputOfCapitalAdjusters
              + calibration.resaleLoss() * sales,
          calibration.hoursFixedCost() * outputOfHoursAdjusters
              + calibration.hoursLinearCost() * economy.wage(price) * hiring,
          hours,
          nextCapital,
          adjustingCapital,
          adjustingHours);
    }
  }
}
