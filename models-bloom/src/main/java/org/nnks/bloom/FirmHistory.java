package org.nnks.bloom;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.model.Aggregates;
import org.nnks.core.model.Variables;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.History;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.JumpMarkets;
import org.nnks.core.simulate.JumpMarkets.Share;
import org.nnks.core.simulate.Period;

/**
 * One history of the economy, whether firms choose on the grids or off them: every quarter they
 * decide at every candidate price, the goods market clears, with the labour market unless
 * disutility is linear, and the histogram moves on.
 *
 * @param <D> where decisions are written
 */
public final class FirmHistory<D extends FirmChoices> implements History {

  /** The markets of the quarter; the household supplies N such that chi N^kappa = W. */
  private final class Markets
      implements JumpMarkets.Markets<Candidate<D>>, JumpClearing.Demand<Candidate<D>> {

    private double hoursPrice = economy.calibration().disutility();

    @Override
    public JumpClearing.Demand<Candidate<D>> first(double... second) {
      hoursPrice = second.length == 0 ? hoursPrice : second[0];
      return this;
    }

    @Override
    public double second(double[] prices, List<Share<Candidate<D>>> mixture) {
      return mixed(mixture).hours() - economy.labour().hours(prices[1]);
    }

    @Override
    public double at(double price, Candidate<D> candidate) {
      rule.decide(price, hoursPrice, candidate.decisions);
      candidate.totals =
          counter.of(firms, candidate.decisions, economy.states().level(state), hoursPrice / price);
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
              hoursPrice,
              lowerPrice,
              lower.decisions,
              lowerExcess,
              upperPrice,
              upper.decisions,
              upperExcess));
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
  private final JumpMarkets<Candidate<D>> clearing;
  private final FirmTotals.Counter counter;
  private final Markets markets;
  private int state;
  private FirmTotals totals;
  private double topMass;

  /**
   * A history that starts as the economy does.
   *
   * @param buffer makes a buffer for decisions at one candidate price
   */
  public FirmHistory(
      Bloom economy,
      ForecastRules rules,
      DecisionRule<D> rule,
      Supplier<D> buffer,
      JumpClearing.Rule clearingRule) {
    this.economy = economy;
    this.rules = rules;
    this.rule = rule;
    BloomCalibration calibration = economy.calibration();
    int nodes = calibration.priceNodes();
    List<Grid> prices = new ArrayList<>();
    prices.add(Grid.linear(calibration.priceMin(), calibration.priceMax(), nodes));
    if (economy.labour().clears()) {
      prices.add(
          Grid.linear(economy.labour().lowestPrice(), economy.labour().highestPrice(), nodes));
    }
    firms = FirmHistogram.start(economy);
    clearing =
        new JumpMarkets<>(
            clearingRule,
            economy.labour().variables().prices(),
            prices,
            () -> new Candidate<>(buffer.get()));
    counter = new FirmTotals.Counter(economy);
    markets = new Markets();
  }

  @Override
  public Period step(int period, int aggregateState) {
    state = aggregateState;
    double capital = firms.meanCapital();
    double capitalForecast = rules.nextCapital(state, capital);
    double[] forecasts = rules.prices(state, capital);
    rule.begin(state, capital, firms);
    clearing.clear(period, forecasts, markets);
    double[] prices = clearing.prices();
    totals = mixed(clearing.mixture());
    topMass = firms.topMass();
    double excessDemand = totals.excessDemand(prices[0]);
    LabourSupply labour = economy.labour();
    double hoursPrice = labour.priceAmong(prices);
    return new Period(
        Vector.of(prices),
        Vector.of(capital),
        Vector.of(totals.nextCapital()),
        new Aggregates(
            totals.output(),
            totals.investment(),
            totals.consumption(),
            totals.hours(),
            hoursPrice / prices[0],
            totals.nextCapital()),
        Vector.of(forecasts),
        Vector.of(capitalForecast),
        labour.clears()
            ? Vector.of(excessDemand, hoursPrice - labour.price(totals.hours()))
            : Vector.of(excessDemand),
        clearing.cleared(),
        clearing.evaluations(),
        clearing.expansions(),
        topMass);
  }

  /** The firms of the quarter. */
  public FirmHistogram firms() {
    return firms;
  }

  private FirmTotals mixed(List<Share<Candidate<D>>> mixture) {
    FirmTotals sum = FirmTotals.NONE;
    for (Share<Candidate<D>> share : mixture) {
      sum = sum.plus(share.weight(), share.decisions().totals);
    }
    return sum;
  }

  /** Whose decisions cleared the markets of the quarter just stepped. */
  public List<Share<D>> mixture() {
    return clearing.mixture().stream()
        .map(share -> new Share<>(share.weight(), share.decisions().decisions, share.prices()))
        .toList();
  }

  @Override
  public Variables variables() {
    return economy.labour().variables();
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
    for (Share<Candidate<D>> share : clearing.mixture()) {
      share.decisions().decisions.move(firms, share.weight());
    }
    firms.redraw(economy.states().volatility(state));
  }

  @Override
  public Matrix distribution() {
    return firms.toMatrix();
  }
}
