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
 * One history of the economy with exact choices on the grids: every quarter the firms' problem is
 * maximised again at every candidate price, given the continuation value at the forecast K'.
 */
final class GridHistory implements History {

  /** Decisions at one candidate price. */
  private static final class Candidate {
    private final GridChoices choices;
    private FirmTotals totals;

    Candidate(Bloom economy) {
      choices = new GridChoices(economy);
    }
  }

  private final Bloom economy;
  private final ForecastRules rules;
  private final GridValue value;
  private final FirmHistogram firms;
  private final JumpClearing<Candidate> clearing;
  private final FactoredChoice choice;
  private final FirmTotals.Counter counter;
  private final double[] continuation;
  private final double[] values;
  private int state;
  private FirmTotals totals;
  private double topMass;

  GridHistory(Bloom economy, ForecastRules rules, GridValue value, JumpClearing.Rule rule) {
    this.economy = economy;
    this.rules = rules;
    this.value = value;
    BloomCalibration calibration = economy.calibration();
    Grid prices =
        Grid.linear(calibration.priceMin(), calibration.priceMax(), calibration.priceNodes());
    firms = FirmHistogram.start(economy);
    clearing = new JumpClearing<>(rule, prices, () -> new Candidate(economy));
    choice = new FactoredChoice(economy);
    counter = new FirmTotals.Counter(economy);
    continuation = new double[economy.cells()];
    values = new double[economy.cells()];
  }

  @Override
  public Period step(int period, int aggregateState) {
    state = aggregateState;
    double capital = firms.meanCapital();
    double capitalForecast = rules.nextCapital(state, capital);
    double priceForecast = rules.price(state, capital);
    value.continuation(state, capitalForecast, continuation);
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
    double productivity = economy.states().level(state);
    choice.solve(price, productivity, continuation, values, 0, candidate.choices);
    candidate.totals = counter.of(firms, candidate.choices, productivity, price);
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
    firms.move(clearing.lower().choices, clearing.lowerWeight());
    firms.move(clearing.upper().choices, 1 - clearing.lowerWeight());
    firms.redraw(economy.states().volatility(state));
  }

  @Override
  public Matrix distribution() {
    return firms.toMatrix();
  }
}
