package org.nnks.bloom;

import java.util.List;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.model.Variables;

/**
 * What an hour costs in units of p: W = p w = chi N^kappa, chi = theta / normalHours^kappa, by the
 * household's disutility chi N^(1+kappa)/(1+kappa). With kappa = 0, as published, W = theta.
 */
public record LabourSupply(BloomCalibration calibration) {

  /**
   * The fewest hours, as a share of normal ones, at which W is looked for: cycles move them 15 %.
   */
  private static final double FEWEST_HOURS = .5;

  /** The most hours at which W is looked for: histories start with half as many again as usual. */
  private static final double MOST_HOURS = 2;

  private static final Variables WITH_HOURS_PRICE = new Variables(List.of("K"), List.of("p", "W"));

  /** Whether W clears the labour market beside p; otherwise W = theta. */
  public boolean clears() {
    return calibration.inverseFrisch() > 0;
  }

  /** Names of what firms forecast: mean capital K, the price p and, where it clears, W. */
  public Variables variables() {
    return clears() ? WITH_HOURS_PRICE : Variables.STANDARD;
  }

  /** W = chi N^kappa: what households ask for an hour. */
  public double price(double hours) {
    return calibration.disutility()
        * Math.pow(hours / calibration.normalHours(), calibration.inverseFrisch());
  }

  /** The lowest W looked for. */
  public double lowestPrice() {
    return price(FEWEST_HOURS * calibration.normalHours());
  }

  /** The highest W looked for. */
  public double highestPrice() {
    return price(MOST_HOURS * calibration.normalHours());
  }

  /** N at which chi N^kappa = W: the hours that households supply where W clears. */
  public double hours(double price) {
    return calibration.normalHours()
        * Math.pow(price / calibration.disutility(), 1 / calibration.inverseFrisch());
  }

  /** W among the prices of a quarter: the second where it clears. */
  public double priceAmong(double[] prices) {
    return clears() ? prices[1] : calibration.disutility();
  }

  /**
   * W, as rules expect it at an aggregate state and mean capital.
   *
   * @throws InvalidInputException if rules do not forecast it where it clears the labour market
   */
  public double expectedPrice(ForecastRules rules, int aggregateState, double meanCapital) {
    if (!clears()) {
      return calibration.disutility();
    }
    rules.requireFor(WITH_HOURS_PRICE);
    return priceAmong(rules.prices(aggregateState, meanCapital));
  }
}
