package org.nnks.core.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;

/** Forecast rules that fit a history, by least squares in logs within each aggregate state. */
public final class RuleRegression {

  /** Observations of an aggregate state that a line needs beyond one for each slope. */
  static final int SPARE_OBSERVATIONS = 2;

  /**
   * Fewer observations than this for each slope do not identify it well: that of 6 points in the
   * economy of Bloom et al. (2018) still moves by .04 when all other rules have settled.
   */
  public static final int OWN_SLOPE_OBSERVATIONS = 10;

  /**
   * Moments whose logs are a line in each other up to this share of them do not vary on their own.
   */
  private static final double COLLINEAR = 1e-10;

  private final int[] states;
  private final List<Vector> moments;
  private final List<Vector> nextMoments;
  private final List<Vector> prices;
  private final int from;

  /**
   * The regression on a history.
   *
   * @param states aggregate states, counted from zero
   * @param moments at the same dates
   * @param nextMoments those of the next date
   * @param prices at the same dates
   * @param from the first date used
   */
  public RuleRegression(
      int[] states, List<Vector> moments, List<Vector> nextMoments, List<Vector> prices, int from) {
    this.states = states;
    this.moments = logs(moments);
    this.nextMoments = logs(nextMoments);
    this.prices = logs(prices);
    this.from = from;
  }

  private static List<Vector> logs(List<Vector> series) {
    return series.stream().map(each -> each.map(Math::log)).toList();
  }

  /**
   * The rules that fit best. A state that is visited fewer than {@value #OWN_SLOPE_OBSERVATIONS}
   * times for each slope takes the slopes of another that is visited more often, and only the
   * intercept from its own observations. If there are none, it takes the whole line.
   *
   * @param aggregateStates the number of aggregate states
   * @param neighbour the state whose slopes serve a rare state; itself if there is none
   * @throws InvalidInputException if neither a state nor its neighbour is visited often enough for
   *     a line, or its moments do not vary there
   */
  public ForecastRules estimate(int aggregateStates, IntUnaryOperator neighbour) {
    int[] sources = new int[aggregateStates];
    for (int a = 0; a < aggregateStates; a++) {
      sources[a] = slopeSource(a, neighbour);
      requireLine(sources[a], a);
    }
    return rules(sources);
  }

  /**
   * Rules that describe a history whose agents follow none, so that every history has some. As
   * {@link #estimate}, but a state for which there is no line takes that of the nearest state, by
   * its number, that has one; where moments vary in no state, lines are flat.
   */
  public ForecastRules describe(int aggregateStates, IntUnaryOperator neighbour) {
    int[] known = IntStream.range(0, aggregateStates).filter(this::hasLines).toArray();
    if (known.length == 0) {
      return new ForecastRules(
          nextMoments.stream().map(y -> flat(y, aggregateStates)).toList(),
          prices.stream().map(y -> flat(y, aggregateStates)).toList());
    }
    int[] sources = new int[aggregateStates];
    for (int a = 0; a < aggregateStates; a++) {
      int wanted = slopeSource(a, neighbour);
      sources[a] =
          Arrays.stream(known)
              .boxed()
              .min(Comparator.comparingInt(state -> Math.abs(state - wanted)))
              .orElseThrow();
    }
    return rules(sources);
  }

  /** The same forecast in all states: the geometric mean. */
  private LogLinearRule flat(Vector y, int aggregateStates) {
    double[] mean = new double[aggregateStates];
    Arrays.fill(mean, y.slice(from, y.size()).mean());
    Vector zero = Vector.of(new double[aggregateStates]);
    return new LogLinearRule(Vector.of(mean), moments.stream().map(moment -> zero).toList());
  }

  private ForecastRules rules(int[] sources) {
    return new ForecastRules(
        nextMoments.stream().map(y -> rule(y, sources)).toList(),
        prices.stream().map(y -> rule(y, sources)).toList());
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
  private LogLinearRule rule(Vector y, int[] sources) {
    double[][] columns = new double[1 + moments.size()][sources.length];
    for (int a = 0; a < sources.length; a++) {
      double[] line = line(y, sources[a]);
      boolean wholeLine = sources[a] == a || visits(states, from, a) == 0;
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

  private boolean hasLines(int state) {
    return dates(state).length >= minimum(moments.size()) && varies(state);
  }

  private boolean varies(int state) {
    return Stream.concat(nextMoments.stream(), prices.stream())
        .allMatch(y -> Arrays.stream(line(y, state)).allMatch(Double::isFinite));
  }

  /** Makes sure that a state has lines, on behalf of another or itself. */
  private void requireLine(int state, int beneficiary) {
    int visits = dates(state).length;
    int needed = minimum(moments.size());
    if (visits < needed) {
      throw new InvalidInputException(
          ("aggregate state %d is visited %d times from period %d on; its forecast rule needs at"
                  + " least %d: simulate more periods")
              .formatted(beneficiary + 1, visits, from + 1, needed));
    }
    if (!varies(state)) {
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
  }

  /** Intercept and slopes of the regression in a state; not numbers if moments do not vary. */
  private double[] line(Vector y, int state) {
    int[] dates = dates(state);
    return moments.size() == 1 ? simple(y, dates) : multiple(y, dates);
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
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression(COLLINEAR);
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
