package org.nnks.krusellsmith.transition;

import java.util.List;
import java.util.Map;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.nnks.core.agents.ForesightPeriods;
import org.nnks.core.agents.ForesightPeriods.Outcome;
import org.nnks.core.agents.RestingEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.model.Variables;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.statistics.LabelledArray;
import org.nnks.core.statistics.LabelledArray.Axis;
import org.nnks.krusellsmith.KrusellSmith;

/**
 * Households in an economy without aggregate risk, as Aiyagari (1994) has them: the rental rate at
 * which firms want the capital that households own in the long run.
 */
public final class RestingHouseholds implements RestingEconomy {

  /** Relative change of what stands for V at which it has settled. */
  private static final double SETTLED = 1e-11;

  /** Mass that may still move in {@link #QUARTERS} quarters when the distribution is stationary. */
  private static final double STATIONARITY = 1e-10;

  /** Quarters between two looks at the distribution. */
  private static final int QUARTERS = 100;

  /** Blocks after which the rest of the way is taken at once: enough for faster changes to end. */
  private static final int LEAP = 5;

  /** Quarters until both must have settled; some thousands are usual. */
  private static final int MAX_PERIODS = 100_000;

  /** Relative accuracy of K. */
  private static final double ACCURACY = 1e-10;

  private static final int MAX_EVALUATIONS = 100;

  /**
   * Halvings of the distance to the K of an economy without any risk, above which K lies: within a
   * millionth of it wealth has no end.
   */
  private static final int HALVINGS = 20;

  private final KrusellSmith economy;
  private final int state;
  private final double[] values;
  private final HouseholdPeriods periods;
  private final double rental;
  private final Outcome outcome;
  private final Matrix mass;

  private RestingHouseholds(KrusellSmith economy, int state) {
    this.economy = economy;
    this.state = state;
    periods = new HouseholdPeriods(economy, state);
    values = periods.endValues();
    rental = economy.rental(state, clearing());
    outcome = settle(rental);
    mass = Matrix.of(economy.states(), economy.capital().size(), periods.mass());
  }

  /**
   * The stationary equilibrium in an aggregate state.
   *
   * @throws InvalidInputException if there is none
   */
  public static RestingHouseholds of(KrusellSmith economy, int aggregateState) {
    return new RestingHouseholds(economy, aggregateState);
  }

  /** K at which as much is wanted as owned. */
  private double clearing() {
    double level = economy.aggregate().level(state);
    double patience = 1 / economy.calibration().discountFactor() - 1;
    double riskless =
        economy.meanLabour(state)
            * economy.capitalPerLabour(level, patience + economy.calibration().depreciation());
    periods.begin(riskless);
    double above = 2 * riskless;
    for (int halved = 1; halved <= HALVINGS; halved++) {
      double nearer = riskless * (1 + Math.pow(2, -halved));
      if (excess(nearer) < 0) {
        return new BrentSolver(ACCURACY, ACCURACY * riskless)
            .solve(MAX_EVALUATIONS, this::excess, nearer, above);
      }
      above = nearer;
    }
    throw new InvalidInputException(
        "%s has no stationary equilibrium in aggregate state %d: households own no more than without risk, or more than twice as much; check the calibration"
            .formatted(economy.name(), state + 1));
  }

  /** The log of what is wanted over what is owned, where firms want K. */
  private double excess(double capital) {
    return settle(economy.rental(state, capital)).residuals()[0];
  }

  /** What households come to at a rental rate for ever, from where they were last. */
  private Outcome settle(double at) {
    double[] prices = {at};
    double level = economy.aggregate().level(state);
    double change = Double.POSITIVE_INFINITY;
    for (int sweep = 0; sweep < MAX_PERIODS && change > SETTLED; sweep++) {
      double[] back = periods.backward(level, null, prices, values);
      change = 0;
      for (int i = 0; i < back.length; i++) {
        change = Math.max(change, Math.abs(back[i] - values[i]) / Math.max(back[i], 1));
      }
      System.arraycopy(back, 0, values, 0, back.length);
    }
    periods.decide(level, null, prices, values);
    double moved = spread();
    if (!(change <= SETTLED && moved <= STATIONARITY)) {
      throw new InvalidInputException(
          "the households of %s do not settle within %d quarters at a rental rate of %.6f; check the calibration"
              .formatted(economy.name(), MAX_PERIODS, at));
    }
    return periods.outcome(level, null, prices, level, prices);
  }

  /**
   * Moves the distribution on until it stands still. Wealth spreads slowly where capital yields
   * nearly as much as households discount the future; what still moves then shrinks by the same
   * share in every block of quarters, and the rest of the way is known.
   *
   * @return the mass that moved in the last block
   */
  private double spread() {
    double[] before = periods.mass();
    double[] last = new double[before.length];
    double[] change = new double[before.length];
    double moved = Double.POSITIVE_INFINITY;
    for (int block = 1; block * QUARTERS <= MAX_PERIODS && moved > STATIONARITY; block++) {
      for (int quarter = 0; quarter < QUARTERS; quarter++) {
        periods.move();
      }
      double[] after = periods.mass();
      moved = 0;
      double along = 0;
      double square = 0;
      for (int i = 0; i < after.length; i++) {
        change[i] = after[i] - before[i];
        moved += Math.abs(change[i]);
        along += change[i] * last[i];
        square += last[i] * last[i];
      }
      double share = along / square;
      if (block % LEAP == 0 && share > 0 && share < 1) {
        for (int i = 0; i < after.length; i++) {
          after[i] += change[i] * share / (1 - share);
        }
        periods.distribute(after);
      }
      System.arraycopy(change, 0, last, 0, change.length);
      before = after;
    }
    return moved;
  }

  @Override
  public KrusellSmith economy() {
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
    return new double[] {rental};
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
    return LabelledArray.of(
        "histogram",
        mass,
        Axis.counted("own_state", economy.states()),
        new Axis("k", economy.capital().nodes()));
  }

  /** Productivity z. */
  @Override
  public List<Exogenous> shocks() {
    return List.of(Exogenous.aggregate("z", economy.aggregate().levels()));
  }

  @Override
  public ForesightPeriods periods(Exogenous variable) {
    HouseholdPeriods later = new HouseholdPeriods(economy, state);
    System.arraycopy(values, 0, later.endValues(), 0, values.length);
    return later;
  }
}
