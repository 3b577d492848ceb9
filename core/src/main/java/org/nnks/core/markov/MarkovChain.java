package org.nnks.core.markov;

import static org.nnks.core.io.Records.require;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * A Markov chain on finitely many levels; states are counted from zero.
 *
 * <p>One step of the chain is one period of the model. Levels are what the model multiplies with,
 * such as productivity itself, not its logarithm.
 *
 * @param levels the value of each state, finite; size n
 * @param transition the probability of moving from the row's state to the column's, n x n;
 *     non-negative, and every row sums to 1 within {@link #ROW_SUM_TOLERANCE}
 */
public record MarkovChain(Vector levels, Matrix transition) {

  /**
   * How far from 1 a row of a transition matrix may sum. Wide enough for matrices printed with ten
   * digits, and narrow enough that 10,000 periods of a histogram keep their mass to 1e-5.
   */
  public static final double ROW_SUM_TOLERANCE = 1e-9;

  /** The fewest states that a discretised process needs: with one there is no variance to match. */
  private static final int MIN_DISCRETISED_STATES = 2;

  private static final NormalDistribution STANDARD_NORMAL = new NormalDistribution(null, 0, 1);

  /** Checks the shapes, the levels and the probabilities. */
  public MarkovChain {
    int n = levels.size();
    if (n == 0) {
      throw new IllegalArgumentException("a Markov chain needs at least 1 state but got none");
    }
    if (transition.rows() != n || transition.columns() != n) {
      throw new IllegalArgumentException(
          "transition: expected shape (%d, %d), one row and column per level, but was (%d, %d)"
              .formatted(n, n, transition.rows(), transition.columns()));
    }
    for (int i = 0; i < n; i++) {
      require(Double.isFinite(levels.get(i)), "level " + i, "finite", levels.get(i));
      double sum = 0;
      for (int j = 0; j < n; j++) {
        double probability = transition.get(i, j);
        if (!(probability >= 0)) {
          throw new IllegalArgumentException(
              "transition (%d, %d): a probability must not be negative but is %s"
                  .formatted(i, j, probability));
        }
        sum += probability;
      }
      if (!(Math.abs(sum - 1) <= ROW_SUM_TOLERANCE)) {
        throw new IllegalArgumentException(
            "transition row %d must sum to 1 within %s but sums to %s"
                .formatted(i, ROW_SUM_TOLERANCE, sum));
      }
    }
  }

  /**
   * Tauchen's (1986) discretisation of log x' = persistence log x + innovationSd e, e standard
   * normal, as in Terry's (2017) code, with the normal distribution in double precision.
   *
   * <p>The log levels lie at equal distances d on [-widthInSds s, widthInSds s], where s is the
   * unconditional standard deviation. Column j of row i is the probability that the process,
   * started at level i, lands within d/2 of level j; the first and last columns take the whole
   * tails. Rows are renormalised, and the returned levels are the exponentials of the log levels.
   *
   * @param persistence the autocorrelation of log x, in (-1, 1)
   * @param innovationSd the standard deviation of the innovation of log x, positive
   * @param states the number of states, at least 2
   * @param widthInSds half the width of the grid in unconditional standard deviations, positive
   * @throws IllegalArgumentException if an argument lies outside its range, or the chain is frozen:
   *     it reverts to its mean at less than a thousandth of the rate asked for, or has less than a
   *     thousandth of the standard deviation
   */
  public static MarkovChain tauchen(
      double persistence, double innovationSd, int states, double widthInSds) {
    checkProcess(persistence, innovationSd, states);
    require(widthInSds > 0 && Double.isFinite(widthInSds), "widthInSds", "positive", widthInSds);
    double[] x = evenLogLevels(widthInSds * unconditionalSd(persistence, innovationSd), states);
    MarkovChain chain =
        new MarkovChain(
            Vector.of(x).map(Math::exp), Matrix.ofRows(tauchenRows(x, persistence, innovationSd)));
    if (DiscretisationError.of(chain, persistence, widthInSds)
        .map(DiscretisationError::frozen)
        .orElse(true)) {
      throw new IllegalArgumentException(
          ("Tauchen's chain of %d states within %s standard deviations hardly ever moves at"
                  + " persistence %s: take more states, a narrower grid, or Rouwenhorst's method")
              .formatted(states, widthInSds, persistence));
    }
    return chain;
  }

  /**
   * This chain's levels with the transition that {@link #tauchen} would give them if the process
   * had another innovation: volatility that moves while the grid stays. The log levels must lie at
   * equal distances.
   *
   * @param persistence the autocorrelation of log x, in (-1, 1)
   * @param innovationSd the standard deviation of the innovation of log x, positive
   * @throws IllegalArgumentException if an argument lies outside its range
   */
  public MarkovChain withInnovation(double persistence, double innovationSd) {
    checkProcess(persistence, innovationSd, size());
    double[] x = levels.map(Math::log).toArray();
    return new MarkovChain(levels, Matrix.ofRows(tauchenRows(x, persistence, innovationSd)));
  }

  private static double[][] tauchenRows(double[] x, double persistence, double innovationSd) {
    int states = x.length;
    double halfStep = (x[states - 1] - x[0]) / (states - 1) / 2;
    double[][] rows = new double[states][states];
    for (int i = 0; i < states; i++) {
      double mean = persistence * x[i];
      double sum = 0;
      for (int j = 0; j < states; j++) {
        double lower = j == 0 ? Double.NEGATIVE_INFINITY : x[j] - halfStep;
        double upper = j == states - 1 ? Double.POSITIVE_INFINITY : x[j] + halfStep;
        rows[i][j] = normalMass((lower - mean) / innovationSd, (upper - mean) / innovationSd);
        sum += rows[i][j];
      }
      for (int j = 0; j < states; j++) {
        rows[i][j] /= sum;
      }
    }
    return rows;
  }

  /**
   * Rouwenhorst's (1995) discretisation of log x' = persistence log x + innovationSd e.
   *
   * <p>The chain of log levels has exactly the mean, the standard deviation and the autocorrelation
   * of the process, whatever the number of states, and its stationary law is binomial. The returned
   * levels are the exponentials of the log levels.
   *
   * @param persistence the autocorrelation of log x, in (-1, 1)
   * @param innovationSd the standard deviation of the innovation of log x, positive
   * @param states the number of states, at least 2
   * @throws IllegalArgumentException if an argument lies outside its range
   */
  public static MarkovChain rouwenhorst(double persistence, double innovationSd, int states) {
    checkProcess(persistence, innovationSd, states);
    double stay = (1 + persistence) / 2;
    double[][] rows = {{stay, 1 - stay}, {1 - stay, stay}};
    for (int n = MIN_DISCRETISED_STATES + 1; n <= states; n++) {
      rows = withOneMoreState(rows, stay);
    }
    double halfWidth = Math.sqrt(states - 1) * unconditionalSd(persistence, innovationSd);
    Vector levels = Vector.of(evenLogLevels(halfWidth, states)).map(Math::exp);
    return new MarkovChain(levels, Matrix.ofRows(rows));
  }

  /** The number of states. */
  public int size() {
    return levels.size();
  }

  /** The level of a state. */
  public double level(int state) {
    return levels.get(state);
  }

  /** The probability of moving from one state to another in one period. */
  public double probability(int from, int to) {
    return transition.get(from, to);
  }

  /** This chain on other levels: same size, same transition probabilities. */
  public MarkovChain withLevels(Vector levels) {
    return new MarkovChain(levels, transition);
  }

  /** The chain with these levels that stays where it is for ever. */
  public MarkovChain resting() {
    double[] identity = new double[size() * size()];
    for (int a = 0; a < size(); a++) {
      identity[a * size() + a] = 1;
    }
    return new MarkovChain(levels, Matrix.of(size(), size(), identity));
  }

  /**
   * The stationary law: the probabilities that one step of the chain leaves unchanged; size n, sums
   * to 1. States that the chain leaves for ever have probability zero; all others are relatively as
   * precise as the transition, however rarely the chain comes to them.
   *
   * @throws IllegalStateException if there is no such law: see {@link #findStationary}
   */
  public Vector stationary() {
    return findStationary()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the chain of %d states has more than one stationary law, or leaves some states too rarely for one in double precision"
                        .formatted(size())));
  }

  /**
   * The stationary law; nothing if there are several, because the states fall into groups that the
   * chain cannot move between, or if the chain leaves some states so rarely that the law is beyond
   * double precision.
   */
  public Optional<Vector> findStationary() {
    return StationaryLaw.of(transition);
  }

  /**
   * One history of states. Each period after the first draws one uniform number u and moves to the
   * first state whose cumulative probability exceeds u.
   *
   * @param start the state of the first period, counted from zero
   * @param periods the number of periods, at least 1
   * @param random where the numbers come from; used periods - 1 times
   * @return the states, counted from zero; length {@code periods}
   * @throws IllegalArgumentException if {@code start} is no state or {@code periods} is not
   *     positive
   */
  public int[] simulate(int start, int periods, RandomGenerator random) {
    require(start >= 0 && start < size(), "start", "a state from 0 to " + (size() - 1), start);
    require(periods >= 1, "periods", "at least 1", periods);
    double[][] cumulative = cumulativeRows();
    int[] states = new int[periods];
    states[0] = start;
    for (int t = 1; t < periods; t++) {
      double[] row = cumulative[states[t - 1]];
      double u = random.nextDouble();
      int next = 0;
      while (u >= row[next]) {
        next++;
      }
      states[t] = next;
    }
    return states;
  }

  /** Cumulative rows, with 1 from the last possible state on, so that no u in [0, 1) falls out. */
  private double[][] cumulativeRows() {
    double[][] rows = transition.toRows();
    for (double[] row : rows) {
      int lastPossible = 0;
      double sum = 0;
      for (int j = 0; j < row.length; j++) {
        if (row[j] > 0) {
          lastPossible = j;
        }
        sum += row[j];
        row[j] = sum;
      }
      for (int j = lastPossible; j < row.length; j++) {
        row[j] = 1;
      }
    }
    return rows;
  }

  private static void checkProcess(double persistence, double innovationSd, int states) {
    if (!(Math.abs(persistence) < 1)) {
      throw new IllegalArgumentException(
          "persistence must lie in (-1, 1) for a stationary process but is " + persistence);
    }
    require(
        innovationSd > 0 && Double.isFinite(innovationSd),
        "innovationSd",
        "positive",
        innovationSd);
    require(
        states >= MIN_DISCRETISED_STATES, "states", "at least " + MIN_DISCRETISED_STATES, states);
  }

  private static double unconditionalSd(double persistence, double innovationSd) {
    return innovationSd / Math.sqrt(1 - persistence * persistence);
  }

  /** Points at equal distances, exactly symmetric about zero. */
  private static double[] evenLogLevels(double halfWidth, int states) {
    double[] x = new double[states];
    for (int i = 0; i < states; i++) {
      x[i] = halfWidth * (2 * i - (states - 1)) / (states - 1);
    }
    return x;
  }

  /** The standard normal probability of an interval, taken in the tail where it is precise. */
  private static double normalMass(double lower, double upper) {
    if (lower > 0) {
      return normalMass(-upper, -lower);
    }
    return STANDARD_NORMAL.cumulativeProbability(upper)
        - STANDARD_NORMAL.cumulativeProbability(lower);
  }

  /** One step of Rouwenhorst's recursion: four shifted copies, inner rows counted twice. */
  private static double[][] withOneMoreState(double[][] smaller, double stay) {
    int n = smaller.length;
    double[][] rows = new double[n + 1][n + 1];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        rows[i][j] += stay * smaller[i][j];
        rows[i][j + 1] += (1 - stay) * smaller[i][j];
        rows[i + 1][j] += (1 - stay) * smaller[i][j];
        rows[i + 1][j + 1] += stay * smaller[i][j];
      }
    }
    for (int i = 1; i < n; i++) {
      for (int j = 0; j <= n; j++) {
        rows[i][j] /= 2;
      }
    }
    return rows;
  }
}
