package org.nnks.bloom.transition;

import java.util.List;
import java.util.Map;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.FirmHistogram;
import org.nnks.core.agents.ForesightPeriods;
import org.nnks.core.agents.ForesightPeriods.Outcome;
import org.nnks.core.agents.RestingEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.model.Variables;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.LabelledArray;
import org.nnks.core.statistics.LabelledArray.Axis;

/**
 * Firms whose aggregate productivity and volatility never change: exact choices on the grids, and
 * the price at which goods are used up. Demand would jump where firms are indifferent; it does not
 * where every firm sees a price a little away from the market's, of {@link FirmPeriods}.
 */
public final class RestingFirms implements RestingEconomy {

  /** Change of V, as a share of the largest, at which value iteration stops. */
  private static final double TOLERANCE = 1e-10;

  /** Mass that may still move in a quarter when the distribution counts as stationary. */
  private static final double STATIONARITY = 1e-11;

  /** Sweeps, and quarters, until both must have settled; some hundreds are usual. */
  private static final int MAX_STEPS = 20_000;

  /** Accuracy of the price. */
  private static final double ACCURACY = 1e-9;

  private static final int MAX_EVALUATIONS = 100;

  private final Bloom economy;
  private final int state;
  private final double level;
  private final FirmPeriods periods;
  private final double[] values;
  private final double price;
  private final Outcome outcome;
  private final Matrix mass;

  private RestingFirms(Bloom economy, int state) {
    if (economy.labour().clears()) {
      throw new InvalidInputException(
          "the stationary equilibrium of bloom is known for linear disutility of hours but inverseFrisch is %s: set it to 0"
              .formatted(economy.calibration().inverseFrisch()));
    }
    this.economy = economy;
    this.state = state;
    level = economy.states().level(state);
    periods = new FirmPeriods(economy, state);
    values = periods.endValues();
    double low = economy.calibration().priceMin();
    double high = economy.calibration().priceMax();
    if (!(excess(low) >= 0 && excess(high) < 0)) {
      throw new InvalidInputException(
          "bloom has no stationary equilibrium with p in [%s, %s] in aggregate state %d; widen priceMin and priceMax"
              .formatted(low, high, state + 1));
    }
    price = new BrentSolver(ACCURACY, ACCURACY).solve(MAX_EVALUATIONS, this::excess, low, high);
    outcome = settle(price);
    mass = periods.firms().toMatrix();
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

  private double excess(double at) {
    return settle(at).residuals()[0];
  }

  /** What firms come to who face a price for ever. */
  private Outcome settle(double at) {
    double[] prices = {at};
    value(at);
    periods.decide(level, null, prices, values);
    spread();
    return periods.outcome(level, null, prices, level, prices);
  }

  /** What firms are worth who face a price for ever, by value iteration from the last values. */
  private void value(double at) {
    double beta = economy.discountFactor();
    double[] prices = {at};
    for (int sweep = 0; sweep < MAX_STEPS; sweep++) {
      double[] next = periods.backward(level, null, prices, values);
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
    throw unsettled();
  }

  /** Moves firms on until nobody moves any more. */
  private void spread() {
    FirmHistogram firms = periods.firms();
    double[] before = periods.mass();
    for (int quarter = 0; quarter < MAX_STEPS; quarter++) {
      periods.move();
      double moved = 0;
      for (int i = 0; i < before.length; i++) {
        moved += Math.abs(firms.mass(i) - before[i]);
        before[i] = firms.mass(i);
      }
      if (moved <= STATIONARITY) {
        return;
      }
    }
    throw unsettled();
  }

  private static InvalidInputException unsettled() {
    return new InvalidInputException(
        "the firms of bloom do not settle within %d quarters; check the calibration"
            .formatted(MAX_STEPS));
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
    return outcome.moments().clone();
  }

  @Override
  public Map<String, Double> series() {
    return outcome.series();
  }

  @Override
  public LabelledArray histogram() {
    return new LabelledArray(
        "histogram",
        List.of(
            Axis.counted("own_state", economy.calibration().idiosyncraticStates()),
            new Axis("k", economy.capital().nodes()),
            new Axis("n_before", economy.hours().nodes())),
        Vector.of(mass.toArray()));
  }

  @Override
  public List<Exogenous> shocks() {
    return List.of(Exogenous.aggregate("a", economy.aggregate().levels()));
  }

  @Override
  public ForesightPeriods periods(Exogenous variable) {
    FirmPeriods later = new FirmPeriods(economy, state);
    System.arraycopy(values, 0, later.endValues(), 0, values.length);
    return later;
  }
}
