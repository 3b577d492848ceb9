package org.nnks.bloom.thresholds;

import java.util.Arrays;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.ChoiceGrid;
import org.nnks.bloom.DecisionRule;
import org.nnks.bloom.FirmDecisions;
import org.nnks.core.forecast.ForecastRules;

/**
 * Decisions by {@link Thresholds}: the branch first, then where it leads. A branch that leaves
 * capital or hours alone gives k_0 and n_0 to the bit, whatever was fitted. At prices to which
 * thresholds were not fitted, as in the first quarters of a history far from its mean, firms
 * maximise. The firms' grids may be finer than those that thresholds were fitted on.
 */
final class ThresholdRule implements DecisionRule<FirmDecisions> {

  private final Bloom economy;
  private final ChoiceGrid grid;
  private final ForecastRules rules;
  private final Thresholds thresholds;
  private final Maximiser maximiser;
  private final int shocks;

  /** Intervals of the firms' grids for each of the thresholds'. */
  private final int capitalTimes;

  private final int hoursTimes;
  private final double[] hoursInputs;
  private final double[] capitalInputs;

  /** Outputs by (W, p), p fastest. */
  private final double[][] hoursByPrice;

  private final double[][] capitalByPrice;
  private final double[] hours;
  private final double[] capital;

  /** Where firms of one idiosyncratic state buy up to and sell down to, in nodes, and k' there. */
  private final double[] buyTo;

  private final double[] sellTo;
  private final double[] bought;
  private final double[] sold;

  /** k_0 by node of k, n_0 and n_0^nu by node of n_-1. */
  private final double[] undepreciated;

  private final double[] unseparated;

  private final double[] unseparatedTerm;
  private double forecast;
  private double hoursForecast;
  private double expectedHoursPrice;

  /**
   * A rule.
   *
   * @param economy in which the firms are
   * @param maximiser of the same firms, for prices that the thresholds do not know
   */
  ThresholdRule(Bloom economy, ForecastRules rules, Thresholds thresholds, Maximiser maximiser) {
    this.maximiser = maximiser;
    this.economy = economy;
    this.rules = rules;
    this.thresholds = thresholds;
    grid = new ChoiceGrid(economy);
    capitalTimes = grid.capitalTimes(thresholds.grid());
    hoursTimes = grid.hoursTimes(thresholds.grid());
    shocks = economy.calibration().idiosyncraticStates();
    hoursInputs = new double[grid.capitalNodes()];
    Arrays.setAll(hoursInputs, grid::scaledCapital);
    capitalInputs = new double[grid.hoursNodes()];
    Arrays.setAll(capitalInputs, grid::scaledHours);
    hours = new double[shocks * Thresholds.HOURS_OUTPUTS * hoursInputs.length];
    capital = new double[shocks * Thresholds.CAPITAL_OUTPUTS * capitalInputs.length];
    hoursByPrice = new double[thresholds.pairs()][hours.length];
    capitalByPrice = new double[thresholds.pairs()][capital.length];
    buyTo = new double[grid.hoursNodes()];
    sellTo = new double[grid.hoursNodes()];
    bought = new double[grid.hoursNodes()];
    sold = new double[grid.hoursNodes()];
    undepreciated = new double[grid.capitalNodes()];
    Arrays.setAll(undepreciated, economy::undepreciated);
    unseparated = new double[grid.hoursNodes()];
    Arrays.setAll(unseparated, economy::unseparated);
    unseparatedTerm = new double[grid.hoursNodes()];
    Arrays.setAll(unseparatedTerm, i -> hoursTerm(unseparated[i]));
  }

  private double hoursTerm(double n) {
    return economy.output(1, 1, 1, n);
  }

  @Override
  public void begin(int aggregateState, double mean) {
    maximiser.begin(aggregateState, mean);
    expectedHoursPrice = economy.labour().expectedPrice(rules, aggregateState, mean);
    double next = economy.meanCapital().clamp(rules.nextCapital(aggregateState, mean));
    int interval = economy.meanCapital().cell(next);
    double place = economy.meanCapital().weight(interval, next);
    forecast = rules.price(aggregateState, next);
    hoursForecast = economy.labour().expectedPrice(rules, aggregateState, next);
    int head = (aggregateState * (economy.meanCapital().size() - 1) + interval) * shocks;
    double[] weights = thresholds.placeWeights(place);
    fill(thresholds.hours(), head, weights, hoursInputs, hoursByPrice);
    fill(thresholds.capital(), head, weights, capitalInputs, capitalByPrice);
  }

  /**
   * Evaluates the heads of a quarter at all nodes, by (price, z, output, node). The polynomial
   * through places of K' is linear in outputs, and so in output layers: they are combined before
   * the network is evaluated, once for all prices.
   */
  private void fill(
      FeatureNetwork network, int head, double[] places, double[] inputs, double[][] byPrice) {
    int length = byPrice[0].length;
    int rows = length / inputs.length;
    double[] layer = new double[byPrice.length * rows * network.width()];
    int outputs = rows / shocks * Thresholds.PLACES * byPrice.length;
    for (int p = 0; p < byPrice.length; p++) {
      for (int row = 0; row < rows; row++) {
        int from = head * outputs + row * Thresholds.PLACES * byPrice.length + p;
        network.addOutputs(from, byPrice.length, places, layer, p * rows + row);
      }
    }
    double[] all = network.at(inputs, layer);
    for (int p = 0; p < byPrice.length; p++) {
      System.arraycopy(all, p * length, byPrice[p], 0, length);
    }
  }

  /** Outputs at prices, in nodes of the firms' grid. */
  private void interpolate(
      double[][] byPrice, double deviation, double hoursDeviation, int times, double[] result) {
    int p = thresholds.noise().cell(deviation);
    double weight = thresholds.noise().weight(p, deviation);
    if (byPrice.length == Thresholds.PRICES) {
      for (int i = 0; i < result.length; i++) {
        result[i] = times * ((1 - weight) * byPrice[p][i] + weight * byPrice[p + 1][i]);
      }
      return;
    }
    int w = thresholds.hoursNoise().cell(hoursDeviation);
    double above = thresholds.hoursNoise().weight(w, hoursDeviation);
    double[] lower = byPrice[w * Thresholds.PRICES + p];
    double[] lowerNext = byPrice[w * Thresholds.PRICES + p + 1];
    double[] upper = byPrice[(w + 1) * Thresholds.PRICES + p];
    double[] upperNext = byPrice[(w + 1) * Thresholds.PRICES + p + 1];
    for (int i = 0; i < result.length; i++) {
      result[i] =
          times
              * ((1 - above) * ((1 - weight) * lower[i] + weight * lowerNext[i])
                  + above * ((1 - weight) * upper[i] + weight * upperNext[i]));
    }
  }

  @Override
  public void decide(double price, FirmDecisions decisions) {
    decide(price, expectedHoursPrice, decisions);
  }

  @Override
  public void decide(double price, double hoursPrice, FirmDecisions decisions) {
    double deviation = Math.log(price / forecast);
    double hoursDeviation = Math.log(hoursPrice / hoursForecast);
    if (Math.abs(deviation) > Thresholds.PRICE_NOISE
        || Math.abs(hoursDeviation) > Thresholds.HOURS_PRICE_NOISE) {
      maximiser.decide(price, hoursPrice, decisions);
      return;
    }
    interpolate(hoursByPrice, deviation, hoursDeviation, hoursTimes, hours);
    interpolate(capitalByPrice, deviation, hoursDeviation, capitalTimes, capital);
    int lagged = grid.hoursNodes();
    int capitalNodes = grid.capitalNodes();
    int cell = 0;
    for (int z = 0; z < shocks; z++) {
      findTargets(z);
      for (int k = 0; k < grid.capitalNodes(); k++) {
        int keptCapital = economy.undepreciatedNode(k);
        int at = z * Thresholds.HOURS_OUTPUTS * capitalNodes + k;
        double hireTo = within(hours[at + Thresholds.HIRE_TO * capitalNodes], lagged);
        double fireTo = within(hours[at + Thresholds.FIRE_TO * capitalNodes], lagged);
        double hired = grid.hours(hireTo);
        double fired = grid.hours(fireTo);
        double hiredTerm = hoursTerm(hired);
        double firedTerm = hoursTerm(fired);
        double capitalOfHired = capital(z, k, keptCapital, hireTo);
        double capitalOfFired = capital(z, k, keptCapital, fireTo);
        double hireBelow = hours[at + Thresholds.HIRE_BELOW * capitalNodes];
        double fireAbove = hours[at + Thresholds.FIRE_ABOVE * capitalNodes];
        for (int i = 0; i < lagged; i++, cell++) {
          int kept = economy.unseparatedNode(i);
          if (kept < 0 || i < hireBelow && hireTo > kept) {
            decisions.set(cell, capitalOfHired, hired, hiredTerm);
          } else if (i > fireAbove && fireTo < kept) {
            decisions.set(cell, capitalOfFired, fired, firedTerm);
          } else {
            decisions.set(cell, capital(k, keptCapital, kept), unseparated[i], unseparatedTerm[i]);
          }
        }
      }
    }
  }

  private static double within(double position, int nodes) {
    return Math.max(0, Math.min(nodes - 1, position));
  }

  /** Where firms with an idiosyncratic state buy and sell that choose the n of a node. */
  private void findTargets(int z) {
    for (int n = 0; n < grid.hoursNodes(); n++) {
      buyTo[n] = target(z, Thresholds.BUY_TO, n);
      sellTo[n] = target(z, Thresholds.SELL_TO, n);
      bought[n] = grid.capital(buyTo[n]);
      sold[n] = grid.capital(sellTo[n]);
    }
  }

  /** k' of a firm at a node of k that chooses the n of a node. */
  private double capital(int k, int kept, int n) {
    if (kept < 0 || kept < buyTo[n]) {
      return bought[n];
    }
    return kept > sellTo[n] ? sold[n] : undepreciated[k];
  }

  /** k' of a firm at a node of k that chooses the n of a position. */
  private double capital(int z, int k, int kept, double hoursPosition) {
    double buy = target(z, Thresholds.BUY_TO, hoursPosition);
    if (kept < 0 || kept < buy) {
      return grid.capital(buy);
    }
    double sell = target(z, Thresholds.SELL_TO, hoursPosition);
    return kept > sell ? grid.capital(sell) : undepreciated[k];
  }

  /** A target of k', linear between nodes of n. */
  private double target(int z, int output, double hoursPosition) {
    int low = (int) Math.min(hoursPosition, grid.hoursNodes() - 2);
    double weight = hoursPosition - low;
    int at = (z * Thresholds.CAPITAL_OUTPUTS + output) * grid.hoursNodes() + low;
    double between = (1 - weight) * capital[at] + weight * capital[at + 1];
    return within(between, grid.capitalNodes());
  }
}
