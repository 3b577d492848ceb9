package org.nnks.bloom;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.model.Aggregates;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.simulate.History;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.Period;

/**
 * One history of the economy, whether firms choose on the grids or off them: every quarter they
 * decide at every candidate price, the goods market clears, and the histogram moves on.
 *
 * @param <D> where decisions are written
 */
final class FirmHistory<D extends FirmChoices> implements History {

  /** Excess demand in the goods market of the quarter. */
  private final class GoodsMarket implements JumpClearing.Demand<Candidate<D>> {

    @Override
    public double at(double price, Candidate<D> candidate) {
      rule.decide(price, candidate.decisions);
      candidate.totals =
          counter.of(firms, candidate.decisions, economy.states().level(state), price);
      return candidate.totals.excessDemand(price);
    }

    @Override
    public double crossing(
        double lowerPrice,
        Candidate<D> lower,
        double lowerExcess,
        double upperPrice,
        Candidate<D> upper,
        double upperExcess) {
      return rule.crossing(
          firms,
          new DecisionRule.Ends<>(
              lowerPrice, lower.decisions, lowerExcess, upperPrice, upper.decisions, upperExcess));
    }
  }

  /** Decisions at one candidate price. */
  private static final class Candidate<D> {
    private final D decisions;
    private FirmTotals totals;

    Candidate(D decisions) {
      this.decisions = decisions;
    }
  }

  private final Bloom economy;
  private final ForecastRules rules;
  private final DecisionRule<D> rule;
  private final FirmHistogram firms;
  private final JumpClearing<Candidate<D>> clearing;
  private final FirmTotals.Counter counter;
  private final GoodsMarket market = new GoodsMarket();
  private int state;
  private FirmTotals totals;
  private double topMass;

  /**
   * A history that starts as the economy does.
   *
   * @param buffer makes a buffer for decisions at one candidate price
   */
  FirmHistory(
      Bloom economy,
      ForecastRules rules,
      DecisionRule<D> rule,
      Supplier<D> buffer,
      JumpClearing.Rule clearingRule) {
    this.economy = economy;
    this.rules = rules;
    this.rule = rule;
    BloomCalibration calibration = economy.calibration();
    Grid prices =
        Grid.linear(calibration.priceMin(), calibration.priceMax(), calibration.priceNodes());
    firms = FirmHistogram.start(economy);
    clearing = new JumpClearing<>(clearingRule, prices, () -> new Candidate<>(buffer.get()));
    counter = new FirmTotals.Counter(economy);
  }

  @Override
  public Period step(int period, int aggregateState) {
    state = aggregateState;
    double capital = firms.meanCapital();
    double capitalForecast = rules.nextCapital(state, capital);
    double priceForecast = rules.price(state, capital);
    rule.begin(state, capital);
    clearing.clear(period, priceForecast, market);
    double price = clearing.price();
    totals = clearing.lower().totals.mixedWith(clearing.upper().totals, clearing.lowerWeight());
    topMass = firms.topMass();
    return new Period(
        price,
        capital,
        new Aggregates(
            totals.output(),
            totals.investment(),
            totals.consumption(),
            totals.hours(),
            economy.wage(price),
            totals.nextCapital()),
        priceForecast,
        capitalForecast,
        totals.excessDemand(price),
        clearing.cleared(),
        clearing.evaluations(),
        clearing.expansions(),
        topMass);
  }

  /** The firms of the quarter. */
  FirmHistogram firms() {
    return firms;
  }

  @Override
  public Map<String, Double> crossSection() {
    Map<String, Double> moments = new LinkedHashMap<>();
    moments.put(BloomTables.ADJUSTING_CAPITAL, totals.adjustingCapital());
    moments.put(BloomTables.ADJUSTING_HOURS, totals.adjustingHours());
    moments.put(BloomTables.TOP_CAPITAL, topMass);
    moments.put(BloomTables.MIXING_WEIGHT, clearing.lowerWeight());
    moments.put(BloomTables.FALL, clearing.fall());
    return moments;
  }

  /** The volatility of the quarter that ends governs the shocks, not that of the next one. */
  @Override
  public void advance(int nextAggregateState) {
    clearing.lower().decisions.move(firms, clearing.lowerWeight());
    clearing.upper().decisions.move(firms, 1 - clearing.lowerWeight());
    firms.redraw(economy.states().volatility(state));
  }

  @Override
  public Matrix distribution() {
    return firms.toMatrix();
  }
}
