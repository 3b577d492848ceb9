package org.nnks.core.agents;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.exception.NoBracketingException;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.ExogenousShock;
import org.nnks.core.economy.Moment;
import org.nnks.core.economy.Price;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.model.Variables;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.QuasiNewtonClearing;
import org.nnks.core.simulate.UnclearedMarketException;
import org.nnks.core.statistics.LabelledArray;

/**
 * The equilibrium of an economy whose aggregate state never changes, by value iteration on a grid:
 * where a solve starts when it has no rules. Moments are those of the stationary distribution, and
 * prices clear its markets.
 */
public final class StationaryEquilibrium implements RestingEconomy {

  /** Relative accuracy of moments and prices: far finer than a starting point needs. */
  static final double ACCURACY = 1e-7;

  /** Evaluations before the search is given up; ten to thirty are usual. */
  static final int MAX_EVALUATIONS = 100;

  private final double[] moments;
  private final double[] prices;
  private final StillEconomy still;
  private final Map<String, Double> series;

  /** The economy at these prices and moments, which are those of the equilibrium. */
  private StationaryEquilibrium(double[] moments, double[] prices, StillEconomy still) {
    this.moments = moments;
    this.prices = prices;
    this.still = still;
    series = still.at(moments, prices).series();
  }

  @Override
  public DeclaredEconomy economy() {
    return still.economy();
  }

  @Override
  public Variables variables() {
    return economy().variables();
  }

  @Override
  public int state() {
    return still.state();
  }

  @Override
  public Map<String, Double> series() {
    return series;
  }

  @Override
  public LabelledArray histogram() {
    AgentHistogram agents = still.agents();
    return new LabelledArray("histogram", agents.axes(), Vector.of(agents.mass()));
  }

  @Override
  public double[] moments() {
    return moments.clone();
  }

  @Override
  public double[] prices() {
    return prices.clone();
  }

  @Override
  public List<Exogenous> shocks() {
    return ExogenousShock.variables(economy());
  }

  /**
   * Periods that end here.
   *
   * @throws InvalidInputException if the economy has no prices, or agents look at moments other
   *     than through prices
   */
  @Override
  public ForesightPeriods periods(Exogenous variable) {
    if (prices.length == 0 || still.dependsOnMoments()) {
      throw new InvalidInputException(
          ("transitions are for economies whose agents see the others through prices that clear"
                  + " markets: %s has no such prices, or its agents look at moments")
              .formatted(economy().name()));
    }
    return new DeclaredPeriods(economy(), state(), variable.name(), still);
  }

  /**
   * The stationary equilibrium in an aggregate state.
   *
   * @throws InvalidInputException if the declaration breaks a rule, or there is none within the
   *     declared intervals
   * @throws org.nnks.core.numeric.DivergedException if agents' values or their distribution do not
   *     settle at prices tried
   */
  public static StationaryEquilibrium of(DeclaredEconomy economy, int aggregateState) {
    economy.check();
    StillEconomy still = new StillEconomy(economy, aggregateState);
    int q = economy.moments().size();
    int n = economy.prices().size();
    double[] start = economy.initial().moments().toArray();
    try {
      if (n == 1 && !still.dependsOnMoments()) {
        Price price = economy.prices().get(0);
        double p =
            root(
                at -> still.at(start, new double[] {at}).residuals()[0],
                price.lower(),
                price.upper());
        return new StationaryEquilibrium(
            still.at(start, new double[] {p}).moments(), new double[] {p}, still);
      }
      if (n == 0 && q == 1) {
        Moment moment = economy.moments().get(0);
        double m =
            root(
                at -> Math.log(still.at(new double[] {at}, new double[0]).moments()[0] / at),
                moment.lower(),
                moment.upper());
        return new StationaryEquilibrium(new double[] {m}, new double[0], still);
      }
      return together(economy, still, start);
    } catch (NoBracketingException | TooManyEvaluationsException | UnclearedMarketException e) {
      throw new InvalidInputException(
          ("no stationary equilibrium in aggregate state %d within the declared intervals (%s);"
                  + " check the calibration, or widen the intervals of prices and moments")
              .formatted(aggregateState + 1, e.getMessage()),
          e);
    }
  }

  private static double root(UnivariateFunction function, double lower, double upper) {
    return new BrentSolver(ACCURACY, ACCURACY * lower)
        .solve(MAX_EVALUATIONS, function, lower, upper);
  }

  /** Moments and prices as one system. */
  private static StationaryEquilibrium together(
      DeclaredEconomy economy, StillEconomy still, double[] start) {
    int q = economy.moments().size();
    int n = economy.prices().size();
    double[] lower = new double[q + n];
    double[] upper = new double[q + n];
    double[] first = new double[q + n];
    for (int j = 0; j < q; j++) {
      lower[j] = economy.moments().get(j).lower();
      upper[j] = economy.moments().get(j).upper();
      first[j] = start[j];
    }
    for (int j = 0; j < n; j++) {
      lower[q + j] = economy.prices().get(j).lower();
      upper[q + j] = economy.prices().get(j).upper();
      first[q + j] = Math.sqrt(lower[q + j] * upper[q + j]);
    }
    QuasiNewtonClearing search = new QuasiNewtonClearing(lower, upper);
    search.clear(
        1,
        first,
        at -> {
          StillEconomy.Outcome outcome =
              still.at(Arrays.copyOf(at, q), Arrays.copyOfRange(at, q, q + n));
          double[] residuals = new double[q + n];
          for (int j = 0; j < q; j++) {
            residuals[j] = Math.log(outcome.moments()[j] / at[j]);
          }
          System.arraycopy(outcome.residuals(), 0, residuals, q, n);
          return residuals;
        });
    double[] found = search.prices();
    return new StationaryEquilibrium(
        Arrays.copyOf(found, q), Arrays.copyOfRange(found, q, q + n), still);
  }

  /**
   * Rules to start from: those declared, or lines through each aggregate state's stationary
   * equilibrium.
   *
   * @throws InvalidInputException if one does not exist, or its moments are outside the intervals
   *     on which decisions are solved
   */
  public static ForecastRules coldStart(DeclaredEconomy economy) {
    return economy.coldStart().orElseGet(() -> throughEach(economy));
  }

  private static ForecastRules throughEach(DeclaredEconomy economy) {
    int states = economy.aggregate().size();
    int q = economy.moments().size();
    int n = economy.prices().size();
    double[][] lines = new double[(q + n) * (1 + q)][states];
    for (int a = 0; a < states; a++) {
      StationaryEquilibrium still = of(economy, a);
      requireInside(economy, still, a);
      for (int y = 0; y < q + n; y++) {
        double level = y < q ? still.moments[y] : still.prices[y - q];
        int slopeOn = y < q ? y : 0;
        double slope = y < q ? MOMENT_SLOPE : y == q ? PRICE_SLOPE : 0;
        lines[y * (1 + q)][a] = Math.log(level) - slope * Math.log(still.moments[slopeOn]);
        lines[y * (1 + q) + 1 + slopeOn][a] = slope;
      }
    }
    return ForecastRules.ofCoefficients(
        q, n, Arrays.stream(lines).flatMapToDouble(Arrays::stream).toArray());
  }

  private static void requireInside(
      DeclaredEconomy economy, StationaryEquilibrium still, int aggregateState) {
    for (int j = 0; j < still.moments.length; j++) {
      Moment moment = economy.moments().get(j);
      if (still.moments[j] < moment.lower() || still.moments[j] > moment.upper()) {
        throw new InvalidInputException(
            ("the stationary equilibrium in aggregate state %d has %s = %.4g, outside [%s, %s] on"
                    + " which decisions are solved: move that interval around it")
                .formatted(
                    aggregateState + 1,
                    moment.name(),
                    still.moments[j],
                    moment.lower(),
                    moment.upper()));
      }
    }
  }

  /**
   * Slope of a moment's log in its own: capital closes about a fifth of its gap a year in annual
   * business-cycle models. The fixed point does not depend on it.
   */
  static final double MOMENT_SLOPE = 0.8;

  /** Slope of the first price in the first moment: 1/C falls by four tenths of capital. */
  static final double PRICE_SLOPE = -0.4;
}
