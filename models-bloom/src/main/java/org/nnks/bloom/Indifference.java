package org.nnks.bloom;

import java.util.Arrays;

/**
 * Where excess demand jumps through zero between two prices at which firms have decided.
 *
 * <p>Given W = p w, what a choice is worth is linear in p: p times the goods that it leaves, plus
 * terms without p. So a firm that chooses one thing at the lower price and another at the upper is
 * indifferent between the two where two lines meet, and switches there unless a third choice is
 * better in between. With the price and the goods of every switch, excess demand is known between
 * the two ends as a staircase; what switches do not explain, such as 1/p, is taken as linear. An
 * object holds buffers; it is not thread-safe.
 */
final class Indifference {

  /** Steps of halving by which the staircase is searched: to 1e-9 of the bracket. */
  private static final int HALVINGS = 30;

  private final double[] capital;
  private final double[] hours;
  private final double[] capitalTerm;
  private final double[] hoursTerm;
  private final double[] undepreciated;
  private final double[] unseparated;
  private final double resaleLoss;
  private final double capitalFixedCost;
  private final double hoursFixedCost;
  private final double hoursLinearCost;
  private final double[] switchPrice;
  private final double[] step;
  private double hoursPrice;
  private double hiringPrice;
  private int switches;
  private double goods;
  private double rest;
  private double gained;

  Indifference(Bloom economy) {
    BloomCalibration calibration = economy.calibration();
    capital = economy.capital().nodes().toArray();
    hours = economy.hours().nodes().toArray();
    capitalTerm = FactoredChoice.capitalTerm(economy);
    hoursTerm = FactoredChoice.hoursTerm(economy);
    undepreciated = new double[capital.length];
    Arrays.setAll(undepreciated, economy::undepreciated);
    unseparated = new double[hours.length];
    Arrays.setAll(unseparated, economy::unseparated);
    resaleLoss = calibration.resaleLoss();
    capitalFixedCost = calibration.capitalFixedCost();
    hoursFixedCost = calibration.hoursFixedCost();
    hoursLinearCost = calibration.hoursLinearCost();
    switchPrice = new double[economy.cells()];
    step = new double[economy.cells()];
  }

  /**
   * The price between the ends at which excess demand crosses zero.
   *
   * @param productivity the level of a
   * @param continuation beta E V by (z, k', n)
   */
  double crossing(
      FirmHistogram firms,
      double productivity,
      double[] continuation,
      DecisionRule.Ends<GridChoices> ends) {
    hoursPrice = ends.hoursPrice();
    hiringPrice = hoursPrice * hoursLinearCost;
    double explained = collect(firms, productivity, continuation, ends);
    double width = ends.upperPrice() - ends.lowerPrice();
    double slope = (ends.lowerExcess() - ends.upperExcess() - explained) / width;
    double low = ends.lowerPrice();
    double high = ends.upperPrice();
    for (int i = 0; i < HALVINGS; i++) {
      double price = (low + high) / 2;
      double excess = ends.lowerExcess() - slope * (price - ends.lowerPrice());
      for (int s = 0; s < switches; s++) {
        excess -= switchPrice[s] <= price ? step[s] : 0;
      }
      if (excess >= 0) {
        low = price;
      } else {
        high = price;
      }
    }
    return (low + high) / 2;
  }

  /**
   * Where between two prices the firms of every cell change their minds.
   *
   * @param productivity the level of a
   * @param continuation beta E V by (z, k', n)
   * @param ends of the interval; their excess demands are not looked at
   * @param below receives the share of the interval that lies below: one for those who do not
   */
  void shares(
      double productivity,
      double[] continuation,
      DecisionRule.Ends<GridChoices> ends,
      double[] below) {
    hoursPrice = ends.hoursPrice();
    hiringPrice = hoursPrice * hoursLinearCost;
    for (int cell = 0; cell < below.length; cell++) {
      double price = switching(cell, productivity, continuation, ends.lower(), ends.upper());
      below[cell] =
          Double.isNaN(price)
              ? 1
              : (price - ends.lowerPrice()) / (ends.upperPrice() - ends.lowerPrice());
    }
  }

  /** Lists the switches, and returns the fall of excess demand that they explain. */
  private double collect(
      FirmHistogram firms,
      double productivity,
      double[] continuation,
      DecisionRule.Ends<GridChoices> ends) {
    GridChoices lower = ends.lower();
    GridChoices upper = ends.upper();
    double explained = 0;
    switches = 0;
    for (int cell = 0; cell < step.length; cell++) {
      double mass = firms.mass(cell);
      double price =
          mass == 0 ? Double.NaN : switching(cell, productivity, continuation, lower, upper);
      if (Double.isNaN(price)) {
        continue;
      }
      double hiring = hiring(cell, upper) - hiring(cell, lower);
      switchPrice[switches] = price;
      step[switches] = mass * (gained - hiringPrice * hiring / price);
      explained += step[switches++];
    }
    return explained;
  }

  /**
   * The price at which the firms of a cell switch from the one to the other, who then leave {@link
   * #gained} goods more; not a number if they do not.
   */
  private double switching(
      int cell, double productivity, double[] continuation, GridChoices lower, GridChoices upper) {
    if (lower.same(cell, upper)) {
      return Double.NaN;
    }
    int block = capital.length * hours.length;
    int first = cell / block * block;
    worth(cell, productivity, lower, continuation, first);
    double lowerGoods = goods;
    double lowerRest = rest;
    worth(cell, productivity, upper, continuation, first);
    gained = goods - lowerGoods;
    // A tie otherwise: values are convex in p, so who switches for a reason leaves more goods.
    return gained > 0 ? (lowerRest - rest) / gained : Double.NaN;
  }

  /** What the firms of a cell choose leaves {@link #goods}, and is worth p times them and more. */
  private void worth(
      int cell, double productivity, GridChoices choices, double[] continuation, int first) {
    int row = cell / hours.length;
    int k = choices.capital(cell);
    int n = choices.hours(cell);
    double invested = capital[k] - undepreciated[row % capital.length];
    double hiring = hiring(cell, choices);
    double kept = 1 - (invested != 0 ? capitalFixedCost : 0) - (hiring != 0 ? hoursFixedCost : 0);
    goods =
        productivity * capitalTerm[row] * hoursTerm[n] * kept
            - invested
            - resaleLoss * Math.max(-invested, 0);
    rest =
        continuation[first + k * hours.length + n] - hoursPrice * hours[n] - hiringPrice * hiring;
  }

  private double hiring(int cell, GridChoices choices) {
    return Math.abs(hours[choices.hours(cell)] - unseparated[cell % hours.length]);
  }
}
