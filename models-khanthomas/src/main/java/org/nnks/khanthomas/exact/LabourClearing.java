package org.nnks.khanthomas.exact;

import org.nnks.core.model.Aggregates;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.QuasiNewtonClearing;

/**
 * Clears the goods and the labour market together, at p and W = p w, by Broyden's method in their
 * logs from what the rules expect. Costs of adjustment are spread evenly, so demand has no jumps.
 *
 * <p>An object holds the buffers of one history; it is not thread-safe.
 */
final class LabourClearing implements Clearing {

  private final QuasiNewtonClearing search;
  private final Decisions decisions;
  private final double[] residuals = new double[2];
  private final double[] forecast = new double[2];
  private double price;
  private double hoursPrice;
  private Aggregates aggregates;

  LabourClearing(LumpyInvestment economy, LumpyInvestment.PriceBracket hours) {
    LumpyInvestment.PriceBracket goods = economy.priceBracket();
    search =
        new QuasiNewtonClearing(
            new double[] {goods.lower(), hours.lower()},
            new double[] {goods.upper(), hours.upper()});
    decisions = new Decisions(economy.idiosyncratic().size(), economy.capital().size());
  }

  @Override
  public boolean clear(int period, PeriodPolicies policies, Market market) {
    forecast[0] = policies.priceForecast();
    forecast[1] = policies.hoursPriceForecast();
    search.clear(period, forecast, prices -> evaluate(prices, policies, market));
    double[] found = search.prices();
    if (found[0] != price || found[1] != hoursPrice) {
      evaluate(found, policies, market); // the last evaluation may have measured a derivative
    }
    return search.cleared();
  }

  private double[] evaluate(double[] prices, PeriodPolicies policies, Market market) {
    price = prices[0];
    hoursPrice = prices[1];
    policies.at(price, hoursPrice, decisions);
    aggregates = market.at(price, hoursPrice, decisions);
    residuals[0] = market.excessDemand(price, aggregates);
    residuals[1] = market.excessHoursPrice(hoursPrice, aggregates);
    return residuals;
  }

  @Override
  public double price() {
    return price;
  }

  @Override
  public double residual() {
    return residuals[0];
  }

  @Override
  public Vector prices() {
    return Vector.of(price, hoursPrice);
  }

  @Override
  public Vector residuals() {
    return Vector.of(residuals.clone());
  }

  @Override
  public Aggregates aggregates() {
    return aggregates;
  }

  @Override
  public Decisions decisions() {
    return decisions;
  }

  @Override
  public long evaluations() {
    return search.evaluations();
  }

  /** Zero: the search has no bracket. */
  @Override
  public int expansions() {
    return 0;
  }
}
