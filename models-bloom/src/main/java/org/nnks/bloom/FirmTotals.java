package org.nnks.bloom;

import java.util.Arrays;

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

  /** Of no firms. */
  public static final FirmTotals NONE = new FirmTotals(0, 0, 0, 0, 0, 0, 0, 0);

  /** These and a share of others. */
  public FirmTotals plus(double share, FirmTotals other) {
    return new FirmTotals(
        output + share * other.output,
        investment + share * other.investment,
        capitalCosts + share * other.capitalCosts,
        hoursCosts + share * other.hoursCosts,
        hours + share * other.hours,
        nextCapital + share * other.nextCapital,
        adjustingCapital + share * other.adjustingCapital,
        adjustingHours + share * other.adjustingHours);
  }

  /** Adds up what firms decide, for one economy again and again. */
  public static final class Counter {
    private final BloomCalibration calibration;
    private final double[] capitalTerm;
    private final double[] undepreciated;
    private final double[] unseparated;

    public Counter(Bloom economy) {
      calibration = economy.calibration();
      capitalTerm = FactoredChoice.capitalTerm(economy);
      undepreciated = new double[economy.capital().size()];
      Arrays.setAll(undepreciated, economy::undepreciated);
      unseparated = new double[economy.hours().size()];
      Arrays.setAll(unseparated, economy::unseparated);
    }

    /** The totals at one wage. Called for every candidate, so it adds up in local variables. */
    public FirmTotals of(
        FirmHistogram firms, FirmChoices choices, double productivity, double wage) {
      double y = 0;
      double i = 0;
      double sold = 0;
      double hired = 0;
      double n = 0;
      double k = 0;
      double movingCapital = 0;
      double movingHours = 0;
      double outputOfCapitalMovers = 0;
      double outputOfHoursMovers = 0;
      int cell = 0;
      for (int row = 0; row < capitalTerm.length; row++) {
        double term = productivity * capitalTerm[row];
        double kept = undepreciated[row % undepreciated.length];
        for (int j = 0; j < unseparated.length; j++, cell++) {
          double mass = firms.mass(cell);
          if (mass == 0) {
            continue;
          }
          double made = mass * term * choices.hoursTerm(cell);
          double change = choices.nextCapital(cell) - kept;
          double hiring = choices.chosenHours(cell) - unseparated[j];
          y += made;
          n += mass * choices.chosenHours(cell);
          k += mass * choices.nextCapital(cell);
          if (change != 0) {
            i += mass * change;
            sold += mass * Math.max(-change, 0);
            movingCapital += mass;
            outputOfCapitalMovers += made;
          }
          if (hiring != 0) {
            hired += mass * Math.abs(hiring);
            movingHours += mass;
            outputOfHoursMovers += made;
          }
        }
      }
      return totals(
          y,
          i,
          sold,
          outputOfCapitalMovers,
          hired,
          outputOfHoursMovers,
          n,
          k,
          movingCapital,
          movingHours,
          wage);
    }

    private FirmTotals totals(
        double output,
        double investment,
        double sales,
        double outputOfCapitalMovers,
        double hiring,
        double outputOfHoursMovers,
        double hours,
        double nextCapital,
        double movingCapital,
        double movingHours,
        double wage) {
      return new FirmTotals(
          output,
          investment,
          calibration.capitalFixedCost() * outputOfCapitalMovers + calibration.resaleLoss() * sales,
          calibration.hoursFixedCost() * outputOfHoursMovers
              + calibration.hoursLinearCost() * wage * hiring,
          hours,
          nextCapital,
          movingCapital,
          movingHours);
    }
  }
}
