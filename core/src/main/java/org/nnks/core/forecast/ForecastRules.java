package org.nnks.core.forecast;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;

/**
 * What firms believe about the economy: next period's mean capital and today's price, given today's
 * aggregate state and mean capital. Gamma_mu and Gamma_p of Yokomoto (2026).
 *
 * @param capital log K' on log K
 * @param price log p on log K
 */
public record ForecastRules(LogLinearRule capital, LogLinearRule price) {

  /** Fewer observations of an aggregate state than this do not identify its line. */
  public static final int MIN_OBSERVATIONS = 3;

  /**
   * Fewer observations than this do not identify a slope well: that of 6 points in the economy of
   * Bloom et al. (2018) still moves by .04 when all other rules have settled.
   */
  public static final int OWN_SLOPE_OBSERVATIONS = 10;

  /** Checks that both rules have the same aggregate states. */
  public ForecastRules {
    if (capital.intercept().size() != price.intercept().size()) {
      throw new IllegalArgumentException(
          "the rules for capital and the price need the same aggregate states but have %d and %d"
              .formatted(capital.intercept().size(), price.intercept().size()));
    }
  }

  /** The number of aggregate states. */
  public int states() {
    return capital.intercept().size();
  }

  /** K': the forecast of next period's mean capital. */
  public double nextCapital(int aggregateState, double meanCapital) {
    return capital.at(aggregateState, meanCapital);
  }

  /** The forecast of the price. */
  public double price(int aggregateState, double meanCapital) {
    return price.at(aggregateState, meanCapital);
  }

  /**
   * The rules that fit a history best, by least squares in logs within each aggregate state.
   *
   * @param states aggregate states, counted from zero
   * @param capital K at the same dates
   * @param nextCapital K of the next date
   * @param price p at the same dates
   * @param from the first date used
   * @param aggregateStates the number of aggregate states
   * @throws InvalidInputException if a state is visited too rarely for a line, or at one K only
   */
  public static ForecastRules estimate(
      int[] states,
      Vector capital,
      Vector nextCapital,
      Vector price,
      int from,
      int aggregateStates) {
    return estimate(
        states, capital, nextCapital, price, from, aggregateStates, IntUnaryOperator.identity());
  }

  /**
   * As above, where a state that is visited fewer than {@value #OWN_SLOPE_OBSERVATIONS} times takes
   * the slope of another that is visited more often, and only the intercept from its own
   * observations. If there are none, it takes the whole line.
   *
   * @param neighbour the state whose slope serves a rare state; itself if there is none
   * @throws InvalidInputException if neither a state nor its neighbour is visited often enough for
   *     a line, or at more than one K
   */
  public static ForecastRules estimate(
      int[] states,
      Vector capital,
      Vector nextCapital,
      Vector price,
      int from,
      int aggregateStates,
      IntUnaryOperator neighbour) {
    int[] sources = new int[aggregateStates];
    for (int a = 0; a < aggregateStates; a++) {
      sources[a] = slopeSource(states, from, a, neighbour);
      requireLine(
          a,
          from,
          line(states, capital, nextCapital, from, sources[a]),
          line(states, capital, price, from, sources[a]));
    }
    return fit(states, capital, nextCapital, price, from, sources);
  }

  /**
   * Rules that describe a history whose agents follow none, so that every history has some. As
   * {@link #estimate}, but a state for which there is no line takes that of the nearest state, by
   * its number, that has one; where K varies in no state, lines are flat.
   *
   * @param neighbour the state whose slope serves a rare state; itself if there is none
   */
  public static ForecastRules describe(
      int[] states,
      Vector capital,
      Vector nextCapital,
      Vector price,
      int from,
      int aggregateStates,
      IntUnaryOperator neighbour) {
    int[] lines =
        IntStream.range(0, aggregateStates)
            .filter(
                a ->
                    hasLine(line(states, capital, nextCapital, from, a))
                        && hasLine(line(states, capital, price, from, a)))
            .toArray();
    if (lines.length == 0) {
      return flat(nextCapital, price, from, aggregateStates);
    }
    int[] sources = new int[aggregateStates];
    for (int a = 0; a < aggregateStates; a++) {
      int wanted = slopeSource(states, from, a, neighbour);
      sources[a] =
          Arrays.stream(lines)
              .boxed()
              .min(Comparator.comparingInt(known -> Math.abs(known - wanted)))
              .orElseThrow();
    }
    return fit(states, capital, nextCapital, price, from, sources);
  }

  /** The same K' and p in all states: geometric means. */
  private static ForecastRules flat(
      Vector nextCapital, Vector price, int from, int aggregateStates) {
    double[] coefficients = new double[4 * aggregateStates];
    Arrays.fill(coefficients, 0, aggregateStates, meanLog(nextCapital, from));
    Arrays.fill(coefficients, 2 * aggregateStates, 3 * aggregateStates, meanLog(price, from));
    return ofCoefficients(coefficients);
  }

  private static double meanLog(Vector values, int from) {
    return values.slice(from, values.size()).stream().map(Math::log).average().orElseThrow();
  }

  /** Lines with the slopes of the sources; a state that is not its own gives the intercept. */
  private static ForecastRules fit(
      int[] states, Vector capital, Vector nextCapital, Vector price, int from, int[] sources) {
    double[][] coefficients = new double[4][sources.length];
    for (int a = 0; a < sources.length; a++) {
      SimpleRegression capitalLine = line(states, capital, nextCapital, from, sources[a]);
      SimpleRegression priceLine = line(states, capital, price, from, sources[a]);
      boolean wholeLine = sources[a] == a || visits(states, from, a) == 0;
      coefficients[0][a] =
          wholeLine
              ? capitalLine.getIntercept()
              : intercept(capitalLine, states, capital, nextCapital, from, a);
      coefficients[1][a] = capitalLine.getSlope();
      coefficients[2][a] =
          wholeLine
              ? priceLine.getIntercept()
              : intercept(priceLine, states, capital, price, from, a);
      coefficients[3][a] = priceLine.getSlope();
    }
    return new ForecastRules(
        new LogLinearRule(Vector.of(coefficients[0]), Vector.of(coefficients[1])),
        new LogLinearRule(Vector.of(coefficients[2]), Vector.of(coefficients[3])));
  }

  /** How often a history visits an aggregate state from a date on. */
  public static long visits(int[] states, int from, int aggregateState) {
    return Arrays.stream(states).skip(from).filter(state -> state == aggregateState).count();
  }

  /**
   * The state that gives a state its slope: its neighbour if it is rare and the neighbour less so.
   */
  private static int slopeSource(int[] states, int from, int state, IntUnaryOperator neighbour) {
    long own = visits(states, from, state);
    int other = neighbour.applyAsInt(state);
    return own < OWN_SLOPE_OBSERVATIONS && visits(states, from, other) > own ? other : state;
  }

  /** The regression of log y on log K in a state. */
  private static SimpleRegression line(
      int[] states, Vector capital, Vector y, int from, int aggregateState) {
    SimpleRegression line = new SimpleRegression();
    for (int t = from; t < states.length; t++) {
      if (states[t] == aggregateState) {
        line.addData(Math.log(capital.get(t)), Math.log(y.get(t)));
      }
    }
    return line;
  }

  /** The intercept with which a slope fits a state's own observations best. */
  private static double intercept(
      SimpleRegression line, int[] states, Vector capital, Vector y, int from, int aggregateState) {
    double sum = 0;
    int count = 0;
    for (int t = from; t < states.length; t++) {
      if (states[t] == aggregateState) {
        sum += Math.log(y.get(t)) - line.getSlope() * Math.log(capital.get(t));
        count++;
      }
    }
    return sum / count;
  }

  private static boolean hasLine(SimpleRegression line) {
    return line.getN() >= MIN_OBSERVATIONS && Double.isFinite(line.getSlope());
  }

  private static void requireLine(
      int state, int from, SimpleRegression capitalLine, SimpleRegression priceLine) {
    if (capitalLine.getN() < MIN_OBSERVATIONS) {
      throw new InvalidInputException(
          ("aggregate state %d is visited %d times from period %d on; its forecast rule needs at"
                  + " least %d: simulate more periods")
              .formatted(state + 1, capitalLine.getN(), from + 1, MIN_OBSERVATIONS));
    }
    if (!Double.isFinite(capitalLine.getSlope()) || !Double.isFinite(priceLine.getSlope())) {
      throw new InvalidInputException(
          ("mean capital does not vary in aggregate state %d from period %d on, so its forecast rule"
                  + " cannot be estimated: check the calibration and the ends of the capital grid")
              .formatted(state + 1, from + 1));
    }
  }

  /** The largest absolute difference between coefficients: the norm of Algorithm 4, line 5. */
  public double distance(ForecastRules other) {
    double[] mine = coefficients();
    double[] theirs = other.coefficients();
    double largest = 0;
    for (int i = 0; i < mine.length; i++) {
      largest = Math.max(largest, Math.abs(mine[i] - theirs[i]));
    }
    return largest;
  }

  /** All coefficients in the order a_K, b_K, a_p, b_p, each over aggregate states. */
  public double[] coefficients() {
    int n = states();
    double[] all = new double[4 * n];
    for (int a = 0; a < n; a++) {
      all[a] = capital.intercept().get(a);
      all[n + a] = capital.slope().get(a);
      all[2 * n + a] = price.intercept().get(a);
      all[3 * n + a] = price.slope().get(a);
    }
    return all;
  }

  /** The rules with these coefficients, ordered as by {@link #coefficients()}. */
  public static ForecastRules ofCoefficients(double... all) {
    if (all.length == 0 || all.length % 4 != 0) {
      throw new IllegalArgumentException(
          "rules need 4 coefficients for each aggregate state but got " + all.length);
    }
    int n = all.length / 4;
    Vector values = Vector.of(all);
    return new ForecastRules(
        new LogLinearRule(values.slice(0, n), values.slice(n, 2 * n)),
        new LogLinearRule(values.slice(2 * n, 3 * n), values.slice(3 * n, 4 * n)));
  }
}
