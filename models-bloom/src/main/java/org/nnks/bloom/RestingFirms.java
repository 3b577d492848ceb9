package org.nnks.bloom;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.nnks.core.agents.ForesightPeriods;
import org.nnks.core.agents.RestingEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.model.Variables;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.LabelledArray;
import org.nnks.core.statistics.LabelledArray.Axis;

/**
 * Firms whose aggregate productivity and volatility never change: exact choices on the grids, and
 * the price at which goods are used up. Demand jumps where firms are indifferent; at such a price a
 * share of them chooses the one and the rest the other, as in {@link FirmHistory}.
 */
public final class RestingFirms implements RestingEconomy {

  /** Change of V, as a share of the largest, at which value iteration stops. */
  private static final double TOLERANCE = 1e-10;

  /** Mass that may still move in a quarter when the distribution counts as stationary. */
  private static final double STATIONARITY = 1e-11;

  /** Sweeps, and quarters, until both must have settled; some hundreds are usual. */
  private static final int MAX_STEPS = 20_000;

  /**
   * Width of the interval of prices, as a share, at which its ends count as one price: far above
   * what the tolerance of V does to choices between equals.
   */
  private static final double ONE_PRICE = 1e-8;

  /** Accuracy of the share that chooses as at the lower price. */
  private static final double ACCURACY = 1e-9;

  private static final int MAX_EVALUATIONS = 100;

  private final Bloom economy;
  private final int state;
  private final double level;
  private final FactoredChoice choice;
  private final FirmTotals.Counter counter;
  private final double[] values;
  private final double[] continuation;
  private final GridChoices lower;
  private final GridChoices upper;
  private final FirmHistogram firms;
  private final double price;
  private final double share;
  private final FirmTotals totals;

  private RestingFirms(Bloom economy, int state) {
    if (economy.labour().clears()) {
      throw new InvalidInputException(
          "the stationary equilibrium of bloom is known for linear disutility of hours but inverseFrisch is %s: set it to 0"
              .formatted(economy.calibration().inverseFrisch()));
    }
    this.economy = economy;
    this.state = state;
    level = economy.states().level(state);
    choice = new FactoredChoice(economy);
    counter = new FirmTotals.Counter(economy);
    values = new double[economy.cells()];
    continuation = new double[economy.cells()];
    firms = FirmHistogram.start(economy);
    double low = economy.calibration().priceMin();
    double high = economy.calibration().priceMax();
    GridChoices below = new GridChoices(economy);
    GridChoices above = new GridChoices(economy);
    GridChoices tried = new GridChoices(economy);
    if (!(excess(low, below) >= 0 && excess(high, above) < 0)) {
      throw new InvalidInputException(
          "bloom has no stationary equilibrium with p in [%s, %s] in aggregate state %d; widen priceMin and priceMax"
              .formatted(low, high, state + 1));
    }
    while (high - low > ONE_PRICE * low) {
      double middle = (low + high) / 2;
      GridChoices left = tried;
      if (excess(middle, tried) >= 0) {
        low = middle;
        tried = below;
        below = left;
      } else {
        high = middle;
        tried = above;
        above = left;
      }
    }
    lower = below;
    upper = above;
    price = low;
    // At one end alone where demand does not jump: then both count as zero.
    share =
        excess(0) < 0 && excess(1) > 0
            ? new BrentSolver(ACCURACY).solve(MAX_EVALUATIONS, this::excess, 0, 1)
            : 1;
    excess(share);
    totals = totals(share);
  }

  /**
   * The stationary equilibrium in an aggregate state.
   *
   * @throws InvalidInputException if there is none in the interval of prices, or firms do not
   *     settle
   */
  public static RestingFirms of(Bloom economy, int aggregateState) {
    return new RestingFirms(economy, aggregateState);
  }

  /** 1/p - C of firms who always decide as at a price. */
  private double excess(double at, GridChoices choices) {
    decide(at, choices);
    spread(choices, choices, 1);
    return counter.of(firms, choices, level, economy.wage(at)).excessDemand(at);
  }

  /** The same if a share decides as at the lower price. */
  private double excess(double ofLower) {
    spread(lower, upper, ofLower);
    return totals(ofLower).excessDemand(price);
  }

  private FirmTotals totals(double ofLower) {
    double wage = economy.wage(price);
    return FirmTotals.NONE
        .plus(ofLower, counter.of(firms, lower, level, wage))
        .plus(1 - ofLower, counter.of(firms, upper, level, wage));
  }

  /** What firms choose who face a price for ever, by value iteration from the last values. */
  private void decide(double at, GridChoices choices) {
    MarkovChain own = economy.idiosyncratic(economy.states().volatility(state));
    double beta = economy.discountFactor();
    double[] next = new double[values.length];
    for (int sweep = 0; sweep < MAX_STEPS; sweep++) {
      int block = values.length / own.size();
      for (int i = 0; i < values.length; i++) {
        continuation[i] = 0;
        for (int to = 0; to < own.size(); to++) {
          continuation[i] += beta * own.probability(i / block, to) * values[to * block + i % block];
        }
      }
      choice.solve(at, economy.calibration().disutility(), level, continuation, next, 0, choices);
      double mean = 0;
      for (int i = 0; i < next.length; i++) {
        mean += (next[i] - values[i]) / next.length;
      }
      double ahead = mean * beta / (1 - beta); // what all values still have in common is known
      double change = 0;
      double size = 0;
      for (int i = 0; i < next.length; i++) {
        change = Math.max(change, Math.abs(next[i] + ahead - values[i]));
        values[i] = next[i] + ahead;
        size = Math.max(size, Math.abs(values[i]));
      }
      if (change <= TOLERANCE * size) {
        return;
      }
    }
    throw unsettled(at);
  }

  /** Moves firms on until nobody moves any more. */
  private void spread(GridChoices one, GridChoices other, double ofOne) {
    double[] before = firms.toMatrix().toArray();
    for (int quarter = 0; quarter < MAX_STEPS; quarter++) {
      firms.move(one, ofOne);
      firms.move(other, 1 - ofOne);
      firms.redraw(economy.states().volatility(state));
      double moved = 0;
      for (int i = 0; i < before.length; i++) {
        moved += Math.abs(firms.mass(i) - before[i]);
        before[i] = firms.mass(i);
      }
      if (moved <= STATIONARITY) {
        return;
      }
    }
    throw unsettled(price);
  }

  private static InvalidInputException unsettled(double at) {
    return new InvalidInputException(
        "the firms of bloom do not settle within %d quarters at a price of %.6f; check the calibration"
            .formatted(MAX_STEPS, at));
  }

  @Override
  public Bloom economy() {
    return economy;
  }

  @Override
  public Variables variables() {
    return Variables.STANDARD;
  }

  @Override
  public int state() {
    return state;
  }

  @Override
  public double[] prices() {
    return new double[] {price};
  }

  @Override
  public double[] moments() {
    return new double[] {firms.meanCapital()};
  }

  @Override
  public Map<String, Double> series() {
    Map<String, Double> series = new LinkedHashMap<>();
    series.put("Y", totals.output());
    series.put("I", totals.investment());
    series.put("C", totals.consumption());
    series.put("N", totals.hours());
    series.put("w", economy.wage(price));
    series.put(BloomTables.ADJUSTING_CAPITAL, totals.adjustingCapital());
    series.put(BloomTables.ADJUSTING_HOURS, totals.adjustingHours());
    series.put(BloomTables.MIXING_WEIGHT, share);
    return series;
  }

  @Override
  public LabelledArray histogram() {
    return new LabelledArray(
        "histogram",
        List.of(
            Axis.counted("own_state", economy.calibration().idiosyncraticStates()),
            new Axis("k", economy.capital().nodes()),
            new Axis("n_before", economy.hours().nodes())),
        Vector.of(firms.toMatrix().toArray()));
  }

  @Override
  public List<Exogenous> shocks() {
    return List.of(Exogenous.aggregate("a", economy.aggregate().levels()));
  }

  /** Refused: what firms choose on grids does not respond to small changes of prices. */
  @Override
  public ForesightPeriods periods(Exogenous variable) {
    throw new InvalidInputException(
        "bloom has no transitions: its firms choose on grids, so that its markets jump and have no Jacobian at rest; take --method transition of nnks solve, which needs none");
  }
}
