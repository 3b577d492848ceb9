package org.nnks.bloom;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.simulate.JumpClearing;

/**
 * One history of the economy with exact choices on the grids: every quarter the firms' problem is
 * maximised again at every candidate price, given the continuation value at the forecast K'.
 */
final class GridHistory {

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

  FirmTotals step(int period, int aggregateState) {
    state = aggregateState;
    double capital = firms.meanCapital();
    topMass = firms.topMass();
    double level = economy.states().level(state);
    value.continuation(state, rules.nextCapital(state, capital), continuation);
    clearing.clear(
        period,
        rules.price(state, capital),
        (price, candidate) -> {
          choice.solve(price, level, continuation, values, 0, candidate.choices);
          candidate.totals = counter.of(firms, candidate.choices, level, price);
          return candidate.totals.excessDemand(price);
        });
    totals = clearing.lower().totals.mixedWith(clearing.upper().totals, clearing.lowerWeight());
    return totals;
  }

  double price() {
    return clearing.price();
  }

  double capital() {
    return firms.meanCapital();
  }

  int evaluations() {
    return clearing.evaluations();
  }

  double total() {
    return firms.total();
  }

  void advance(int nextAggregateState) {
    firms.move(clearing.lower().choices, clearing.lowerWeight());
    firms.move(clearing.upper().choices, 1 - clearing.lowerWeight());
    firms.redraw(economy.states().volatility(state));
  }

  Map<String, Double> crossSection() {
    Map<String, Double> moments = new LinkedHashMap<>();
    moments.put("adjusting capital", totals.adjustingCapital());
    moments.put("adjusting hours", totals.adjustingHours());
    moments.put("mixing weight", clearing.lowerWeight());
    moments.put("top capital node", topMass);
    return moments;
  }

  Matrix distribution() {
    return firms.toMatrix();
  }
}
