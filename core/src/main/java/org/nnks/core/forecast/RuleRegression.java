package org.nnks.core.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;

/** Estimates forecast rules on a history, by least squares in logs within each aggregate state. */
public final class RuleRegression {

  /** Observations of an aggregate state that a line needs beyond one for each slope. */
  static final int SPARE_OBSERVATIONS = 2;

  /**
   * Fewer observations than this for each slope do not identify it well: that of 6 points in the
   * economy of Bloom et al. (2018) still moves by .04 when all other rules have settled.
   */
  public static final int OWN_SLOPE_OBSERVATIONS = 10;

  private final int[] states;
  private final List<Vector> moments;
  private final int from;

  private RuleRegression(int[] states, List<Vector> moments, int from) {
    this.states = states;
    this.moments = moments.stream().map(moment -> moment.map(Math::log)).toList();
    this.from = from;
  }

  /**
   * The rules that fit a history best. A state that is visited fewer than {@value
   * #OWN_SLOPE_OBSERVATIONS} times for each slope takes the slopes of another that is visited more
   * often, and only the intercept from its own observations. If there are none, it takes the whole
   * line.
   *
   * @param states aggregate states, counted from zero
   * @param moments at the same dates
   * @param nextMoments those of the next date
   * @param prices at the same dates
   * @param from the first date used
   * @param aggregateStates the number of aggregate states
   * @param neighbour the state whose slopes serve a rare state; itself if there is none
   * @throws InvalidInputException if neither a state nor its neighbour is visited often enough for
   *     a line, or its moments do not vary there
   */
  public static ForecastRules estimate(
      int[] states,
      List<Vector> moments,
      List<Vector> nextMoments,
      List<Vector> prices,
      int from,
      int aggregateStates,
      IntUnaryOperator neighbour) {
    RuleRegression regression = new RuleRegression(states, moments, from);
    int[] kin = new int[aggregateStates];
    Arrays.setAll(kin, a -> regression.slopeSource(a, neighbour));
    return new ForecastRules(
        nextMoments.stream().map(y -> regression.rule(y, kin)).toList(),
        prices.stream().map(y -> regression.rule(y, kin)).toList());
  }

  /** Fewer observations of an aggregate state than this do not identify its line. */
  public static int minimum(int moments) {
    return moments + SPARE_OBSERVATIONS;
  }

  /** How often a history visits an aggregate state from a date on. */
  public static long visits(int[] states, int from, int aggregateState) {
    return Arrays.stream(states).skip(from).filter(state -> state == aggregateState).count();
  }

  /** The state that gives a state its slopes: its neighbour if it is rare and the other less so. */
  private int slopeSource(int state, IntUnaryOperator neighbour) {
    long own = visits(states, from, state);
    int other = neighbour.applyAsInt(state);
    return own < OWN_SLOPE_OBSERVATIONS * moments.size() && visits(states, from, other) > own
        ? other
        : state;
  }

  /** The rule for one variable, given the state from which each state takes its slopes. */
  private LogLinearRule rule(Vector variable, int[] kin) {
    Vector y = variable.map(Math::log);
    double[][] columns = new double[1 + moments.size()][kin.length];
    for (int a = 0; a < kin.length; a++) {
      double[] line = line(y, kin[a], a);
      boolean wholeLine = kin[a] == a || visits(states, from, a) == 0;
      columns[0][a] = wholeLine ? line[0] : intercept(line, y, a);
      for (int j = 1; j < line.length; j++) {
        columns[j][a] = line[j];
      }
    }
    List<Vector> slopes = new ArrayList<>();
    for (int j = 1; j < columns.length; j++) {
      slopes.add(Vector.of(columns[j]));
    }
    return new LogLinearRule(Vector.of(columns[0]), slopes);
  }

  /** Intercept and slopes of the regression in a state, on behalf of another or itself. */
  private double[] line(Vector y, int state, int beneficiary) {
    int[] dates = dates(state);
    int needed = minimum(moments.size());
    if (dates.length < needed) {
      throw new InvalidInputException(
          ("aggregate state %d is visited %d times from period %d on; its forecast rule needs at"
                  + " least %d: simulate more periods")
              .formatted(beneficiary + 1, dates.length, from + 1, needed));
    }
    double[] line = moments.size() == 1 ? simple(y, dates) : multiple(y, dates);
    if (!Arrays.stream(line).allMatch(Double::isFinite)) {
      throw new InvalidInputException(
          ("%s in aggregate state %d from period %d on, so its forecast rule cannot be estimated:"
                  + " check the calibration and the ends of the grids")
              .formatted(
                  moments.size() == 1
                      ? "mean capital does not vary"
                      : "the moments do not vary on their own",
                  beneficiary + 1,
                  from + 1));
    }
    return line;
  }

  private int[] dates(int state) {
    int[] dates = new int[states.length];
    int count = 0;
    for (int t = from; t < states.length; t++) {
      if (states[t] == state) {
        dates[count++] = t;
      }
    }
    return Arrays.copyOf(dates, count);
  }

  private double[] simple(Vector y, int[] dates) {
    SimpleRegression line = new SimpleRegression();
    for (int t : dates) {
      line.addData(moments.get(0).get(t), y.get(t));
    }
    return new double[] {line.getIntercept(), line.getSlope()};
  }

  private double[] multiple(Vector y, int[] dates) {
    double[] response = new double[dates.length];
    double[][] regressors = new double[dates.length][moments.size()];
    for (int i = 0; i < dates.length; i++) {
      response[i] = y.get(dates[i]);
      for (int j = 0; j < moments.size(); j++) {
        regressors[i][j] = moments.get(j).get(dates[i]);
      }
    }
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
    regression.newSampleData(response, regressors);
    try {
      return regression.estimateRegressionParameters();
    } catch (SingularMatrixException e) {
      return new double[] {Double.NaN};
    }
  }

  /** The intercept with which slopes fit a state's own observations best. */
  private double intercept(double[] line, Vector y, int state) {
    int[] dates = dates(state);
    double sum = 0;
    for (int t : dates) {
      double fitted = 0;
      for (int j = 1; j < line.length; j++) {
        fitted += line[j] * moments.get(j - 1).get(t);
      }
      sum += y.get(t) - fitted;
    }
    return sum / dates.length;
  }
}
