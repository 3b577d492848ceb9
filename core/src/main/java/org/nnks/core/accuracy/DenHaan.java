package org.nnks.core.accuracy;

import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.SimulatedPath;

/**
 * Dynamic forecasts in the sense of Den Haan (2010): from one anchor on, capital is forecast from
 * its own forecast, never from the simulation, and the price from the forecast capital.
 *
 * @param price dynamic forecasts of p; up to the anchor the simulated price
 * @param capital dynamic forecasts of K; up to the anchor the simulated capital
 * @param priceMax largest |log(p / forecast)| after the anchor, in percent
 * @param priceMean its mean
 * @param capitalMax largest |log(K / forecast)| after the anchor, in percent
 * @param capitalMean its mean
 */
public record DenHaan(
    Vector price,
    Vector capital,
    double priceMax,
    double priceMean,
    double capitalMax,
    double capitalMean) {

  /** Nothing forecast, for want of a path. */
  public static final DenHaan UNDEFINED =
      new DenHaan(Vector.of(), Vector.of(), Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /**
   * The statistics of a path under forecast rules.
   *
   * @param anchor the period, counted from zero, at which the dynamic forecast starts; statistics
   *     are over later periods
   */
  public static DenHaan of(SimulatedPath path, ForecastRules rules, int anchor) {
    double[] price = path.price().toArray();
    double[] capital = path.capital().toArray();
    double priceMax = 0;
    double priceSum = 0;
    double capitalMax = 0;
    double capitalSum = 0;
    for (int t = anchor + 1; t < path.periods(); t++) {
      capital[t] = rules.nextCapital(path.states().get(t - 1), capital[t - 1]);
      price[t] = rules.price(path.states().get(t), capital[t]);
      double priceGap = percent(path.price().get(t), price[t]);
      double capitalGap = percent(path.capital().get(t), capital[t]);
      priceMax = Math.max(priceMax, priceGap);
      capitalMax = Math.max(capitalMax, capitalGap);
      priceSum += priceGap;
      capitalSum += capitalGap;
    }
    int periods = path.periods() - anchor - 1;
    return new DenHaan(
        Vector.ofUnsafe(price),
        Vector.ofUnsafe(capital),
        priceMax,
        priceSum / periods,
        capitalMax,
        capitalSum / periods);
  }

  private static double percent(double actual, double forecast) {
    return 100 * Math.abs(Math.log(actual / forecast));
  }
}
