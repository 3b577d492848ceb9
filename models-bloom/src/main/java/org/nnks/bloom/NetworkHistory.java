package org.nnks.bloom;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.model.Aggregates;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.simulate.History;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.Period;

/**
 * One history of the economy with the networks' choices, which need not lie on the grids: firms are
 * spread over the nodes around k' and n by lotteries.
 */
final class NetworkHistory implements History {

  /** Decisions at one candidate price. */
  private static final class Candidate {
    private final FirmDecisions decisions;
    private FirmTotals totals;

    Candidate(Bloom economy) {
      decisions = new FirmDecisions(economy);
    }
  }

  private final Bloom economy;
  private final ForecastRules rules;
  private final DecisionRule rule;
  private final FirmHistogram firms;
  private final JumpClearing<Candidate> clearing;
  private final FirmTotals.Counter counter;
  private int state;
  private FirmTotals totals;
  private double topMass;

  NetworkHistory(
      Bloom economy, ForecastRules rules, DecisionRule rule, JumpClearing.Rule clearingRule) {
    this.economy = economy;
    this.rules = rules;
    this.rule = rule;
    BloomCalibration calibration = economy.calibration();
    Grid prices =
        Grid.linear(calibration.priceMin(), calibration.priceMax(), calibration.priceNodes());
    firms = FirmHistogram.start(economy);
    clearing = new JumpClearing<>(clearingRule, prices, () -> new Candidate(economy));
    counter = new FirmTotals.Counter(economy);
  }

  @Override
  public Period step(int period, int aggregateState) {
    state = aggregateState;
    double capital = firms.meanCapital();
    double capitalForecast = rules.nextCapital(state, capital);
    double priceForecast = rules.price(state, capital);
    rule.begin(state, capital);
    clearing.clear(period, priceForecast, this::excessDemand);
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

  private double excessDemand(double price, Candidate candidate) {
    rule.decide(price, candidate.decisions);
    candidate.totals = counter.of(firms, candidate.decisions, economy.states().level(state), price);
    return candidate.totals.excessDemand(price);
  }

  @Override
  public Map<String, Double> crossSection() {
    Map<String, Double> moments = new LinkedHashMap<>();
    moments.put(BloomTables.ADJUSTING_CAPITAL, totals.adjustingCapital());
    moments.put(BloomTables.ADJUSTING_HOURS, totals.adjustingHours());
    moments.put(BloomTables.TOP_CAPITAL, topMass);
    moments.put(BloomTables.MIXING_WEIGHT, clearing.lowerWeight());
    return moments;
  }

  /** The volatility of the quarter that ends governs the shocks, not that of the next one. */
  @Override
  public void advance(int nextAggregateState) {
    firms.move(clearing.lower().decisions, clearing.lowerWeight());
    firms.move(clearing.upper().decisions, 1 - clearing.lowerWeight());
    firms.redraw(economy.states().volatility(state));
  }

  @Override
  public Matrix distribution() {
    return firms.toMatrix();
  }
}
