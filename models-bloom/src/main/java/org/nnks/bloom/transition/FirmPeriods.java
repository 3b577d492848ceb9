package org.nnks.bloom.transition;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.BloomTables;
import org.nnks.bloom.DecisionRule;
import org.nnks.bloom.FirmHistogram;
import org.nnks.bloom.FirmTotals;
import org.nnks.bloom.GridChoices;
import org.nnks.bloom.GridRule;
import org.nnks.core.agents.ForesightPeriods;

/**
 * Firms whose future is known: exact choices on the grids. Demand of firms who all see one price
 * jumps, in that price and in those that they expect, so that no market clears and there is no
 * Jacobian. So every firm sees a price within {@link #SPREAD} of the market's, bell-shaped around
 * it, anew every quarter: between two neighbouring prices the share of a cell that chooses as at
 * the lower one ends where its firms are indifferent. Demand then has slopes. Values are those at
 * the market's price, from which those at the others differ in the second order. Holds buffers; not
 * thread-safe.
 */
final class FirmPeriods implements ForesightPeriods {

  /**
   * What prices that firms see are away from the market's at most, as a share; their standard
   * deviation is 1 / sqrt(7) of it, .3 %. Firms who move to the next node of capital do so at
   * prices some tenths of a percent apart: with a spread of .2 %, slopes change too fast for steps
   * to find the way.
   */
  private static final double SPREAD = 8e-3;

  /**
   * Of prices among which firms decide: so narrow that hardly a firm changes its mind twice, which
   * makes demand jump. With 8 of them few paths of the full calibration clear within {@link
   * #TOLERANCE}, with 16 most, with 32 all that were tried.
   */
  private static final int INTERVALS = 32;

  /** An interval: what the slope is on average counts. */
  private static final double STEP = 2 * SPREAD / INTERVALS;

  /**
   * Share of C that a quarter may miss: what firms who change their minds twice make demand jump.
   */
  private static final double TOLERANCE = 1e-5;

  private final Bloom economy;
  private final int volatility;
  private final Rule rule;
  private final FirmHistogram firms;
  private final FirmTotals.Counter counter;
  private final GridChoices[] choices;
  private final double[][] shares;
  private final double[] below;
  private final FirmHistogram part;
  private final double[] end;

  /** Periods in which volatility stays; {@link #endValues} are to be filled. */
  FirmPeriods(Bloom economy, int aggregateState) {
    this.economy = economy;
    volatility = economy.states().volatility(aggregateState);
    rule = new Rule(economy);
    firms = FirmHistogram.start(economy);
    counter = new FirmTotals.Counter(economy);
    end = new double[economy.cells()];
    part = FirmHistogram.start(economy);
    choices = new GridChoices[INTERVALS + 1];
    Arrays.setAll(choices, m -> new GridChoices(economy));
    shares = new double[INTERVALS + 1][economy.cells()];
    below = new double[economy.cells()];
  }

  /** Choices of firms who know what comes. */
  private static final class Rule extends GridRule {

    Rule(Bloom economy) {
      super(economy);
    }

    @Override
    public void begin(int aggregateState, double meanCapital) {
      // A quarter is opened by what comes, in open.
    }
  }

  /** The firms of the quarter. */
  FirmHistogram firms() {
    return firms;
  }

  private FirmTotals totals(double price, GridChoices choices, double[] shares) {
    part.set(firms, shares);
    return counter.of(part, choices, rule.productivity, economy.wage(price));
  }

  @Override
  public double[] endValues() {
    return end;
  }

  @Override
  public double[] lowestPrices() {
    return new double[] {economy.calibration().priceMin()};
  }

  @Override
  public double step() {
    return STEP;
  }

  @Override
  public double tolerance() {
    return TOLERANCE;
  }

  @Override
  public double[] backward(double level, double[] moments, double[] prices, double[] next) {
    double[] values = new double[end.length];
    open(level, next);
    rule.decide(prices[0], rule.expectedHoursPrice, values, choices[0]);
    return values;
  }

  private void open(double level, double[] next) {
    rule.productivity = level;
    GridRule.overShocks(economy, volatility, economy.discountFactor(), next, rule.continuation);
  }

  @Override
  public void distribute(double[] mass) {
    firms.set(mass);
  }

  @Override
  public double[] mass() {
    return firms.toMatrix().toArray();
  }

  @Override
  public void decide(double level, double[] moments, double[] prices, double[] next) {
    open(level, next);
    for (double[] share : shares) {
      Arrays.fill(share, 0);
    }
    double low = prices[0] * (1 - SPREAD);
    rule.decide(low, choices[0]);
    for (int m = 0; m < INTERVALS; m++) {
      double high = low + STEP * prices[0];
      rule.decide(high, choices[m + 1]);
      rule.shares(
          new DecisionRule.Ends<>(
              rule.expectedHoursPrice, low, choices[m], 0, high, choices[m + 1], 0),
          below);
      double first = shareBelow(m);
      double last = shareBelow(m + 1);
      for (int cell = 0; cell < below.length; cell++) {
        if (choices[m].same(cell, choices[m + 1])) { // counted once, with those above
          shares[m + 1][cell] = shares[m][cell] + last - first;
          shares[m][cell] = 0;
        } else {
          double switching = shareBelow(m + below[cell]);
          shares[m][cell] += switching - first;
          shares[m + 1][cell] += last - switching;
        }
      }
      low = high;
    }
  }

  /** The share of firms who see less than a price, counted in intervals: a biweight density. */
  private static double shareBelow(double intervals) {
    double x = 2 * intervals / INTERVALS - 1;
    return .5 + x * (15 - x * x * (10 - 3 * x * x)) / 16;
  }

  @Override
  public Outcome outcome(
      double level, double[] moments, double[] prices, double nextLevel, double[] nextPrices) {
    FirmTotals totals = FirmTotals.NONE;
    for (int m = 0; m <= INTERVALS; m++) {
      totals = totals.plus(1, totals(prices[0], choices[m], shares[m]));
    }
    return new Outcome(
        new double[] {prices[0] * totals.excessDemand(prices[0])},
        new double[] {firms.meanCapital()},
        new double[] {totals.nextCapital()},
        series(totals, prices[0]));
  }

  private Map<String, Double> series(FirmTotals totals, double price) {
    Map<String, Double> series = new LinkedHashMap<>();
    series.put("Y", totals.output());
    series.put("I", totals.investment());
    series.put("C", totals.consumption());
    series.put("N", totals.hours());
    series.put("w", economy.wage(price));
    series.put(BloomTables.ADJUSTING_CAPITAL, totals.adjustingCapital());
    series.put(BloomTables.ADJUSTING_HOURS, totals.adjustingHours());
    return series;
  }

  @Override
  public void move() {
    for (int m = 0; m <= INTERVALS; m++) {
      firms.move(choices[m], shares[m]);
    }
    firms.redraw(volatility);
  }
}
