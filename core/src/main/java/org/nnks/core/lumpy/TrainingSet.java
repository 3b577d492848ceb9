package org.nnks.core.lumpy;

import java.util.random.RandomGenerator;
import org.nnks.core.forecast.ForecastRules;

/**
 * The training set D of Algorithm 4 for one outer iteration, with everything that the forecast
 * rules fix: forecast prices and K', profits, what inaction leaves. Double precision, on the host.
 *
 * <p>Aggregate points are pairs (A,K). Point (pair, z, i) has its own capital; its position is
 * (pair * (number of z) + z) * capitals + i.
 */
final class TrainingSet {

  /**
   * How far draws reach beyond an interval, as a share of its length, before they are moved to its
   * ends: so that the ends, where a network is least certain, are among the points.
   */
  private static final double OVERHANG = 0.02;

  final int pairs;
  final int shocks;
  final int capitals;
  final int[] aggregateState;
  final double[] meanCapital;
  final double[] price;
  final double[] nextMeanCapital;
  final double[] capital;
  final double[] undepreciated;
  final double[] kept;
  final double[] profit;

  /**
   * Draws a training set.
   *
   * @param observed mean capitals that a simulation visited, sorted; half of the K come from them,
   *     the other half from the whole interval. May be empty.
   */
  TrainingSet(
      LumpyInvestment economy,
      ForecastRules rules,
      int meanCapitals,
      int capitals,
      double[] observed,
      RandomGenerator random) {
    this.capitals = capitals;
    shocks = economy.idiosyncratic().size();
    pairs = economy.aggregate().size() * meanCapitals;
    aggregateState = new int[pairs];
    meanCapital = new double[pairs];
    price = new double[pairs];
    nextMeanCapital = new double[pairs];
    int points = pairs * shocks * capitals;
    capital = new double[points];
    undepreciated = new double[points];
    kept = new double[points];
    profit = new double[points];
    int uniform = observed.length == 0 ? meanCapitals : (meanCapitals + 1) / 2;
    for (int q = 0; q < pairs; q++) {
      int a = q / meanCapitals;
      int j = q % meanCapitals;
      aggregateState[q] = a;
      meanCapital[q] =
          j < uniform
              ? stratified(
                  economy.meanCapital().lower(), economy.meanCapital().upper(), j, uniform, random)
              : observed[
                  Math.min(
                      (int)
                          (observed.length
                              * (j - uniform + random.nextDouble())
                              / (meanCapitals - uniform)),
                      observed.length - 1)];
      price[q] = rules.price(a, meanCapital[q]);
      nextMeanCapital[q] = economy.meanCapital().clamp(rules.nextCapital(a, meanCapital[q]));
      for (int z = 0; z < shocks; z++) {
        for (int i = 0; i < capitals; i++) {
          int point = (q * shocks + z) * capitals + i;
          double k =
              economy
                  .capital()
                  .clamp(
                      Math.exp(
                          stratified(
                              Math.log(economy.capital().lower()),
                              Math.log(economy.capital().upper()),
                              i,
                              capitals,
                              random)));
          capital[point] = k;
          undepreciated[point] = economy.undepreciated(k);
          kept[point] = economy.capital().clamp(undepreciated[point]);
          profit[point] =
              economy.profit(
                  economy.idiosyncratic().level(z), k, economy.aggregate().level(a), price[q]);
        }
      }
    }
  }

  /** A draw from stratum {@code i} of {@code n} of an interval. */
  private static double stratified(
      double lower, double upper, int i, int n, RandomGenerator random) {
    double share = (1 + 2 * OVERHANG) * (i + random.nextDouble()) / n - OVERHANG;
    return lower + (upper - lower) * Math.min(Math.max(share, 0), 1);
  }

  /** The number of points. */
  int size() {
    return capital.length;
  }

  /** The aggregate point of a point. */
  int pair(int point) {
    return point / (shocks * capitals);
  }

  /** The idiosyncratic state of a point. */
  int shock(int point) {
    return point / capitals % shocks;
  }

  /** The exogenous state of a point, A * (number of z) + z. */
  int exogenous(int point) {
    return aggregateState[pair(point)] * shocks + shock(point);
  }
}
