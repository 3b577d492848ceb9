package org.nnks.krusellsmith.rbc;

import static org.nnks.core.io.Records.require;

import org.nnks.core.io.Records;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * A log-normal first-order autoregression and the chain that stands for it:
 *
 * <pre>
 *   log x' = (1 - persistence) logMean + persistence log x + sd e,   e standard normal.
 * </pre>
 *
 * @param logMean mean of log x
 * @param persistence rho, per quarter; in (-1, 1)
 * @param sd sigma, standard deviation of the innovation to log x; zero for a constant
 * @param states points of the Rouwenhorst chain; 1 for a constant, else at least 2
 */
public record LogAutoregression(double logMean, double persistence, double sd, int states) {

  /** Checks every domain, and that a constant has one state and nothing else has. */
  public LogAutoregression {
    require(Double.isFinite(logMean), "logMean", "finite", logMean);
    require(persistence > -1 && persistence < 1, "persistence", "in (-1, 1)", persistence);
    require(sd >= 0 && Double.isFinite(sd), "sd", "zero or positive", sd);
    require(
        sd == 0 ? states == 1 : states >= 2,
        "states",
        sd == 0 ? "1 where sd is 0" : "at least 2 where sd is positive",
        states);
  }

  /** The constant x = exp(logMean). */
  public static LogAutoregression constant(double logMean) {
    return new LogAutoregression(logMean, 0, 0, 1);
  }

  /**
   * The process whose chain moves between two levels that last equally long.
   *
   * @param low the lower level, positive
   * @param high the higher level
   * @param stay the probability of staying at a level for another period
   */
  public static LogAutoregression twoLevels(double low, double high, double stay) {
    double persistence = 2 * stay - 1;
    double halfWidth = (Math.log(high) - Math.log(low)) / 2;
    return new LogAutoregression(
        (Math.log(low) + Math.log(high)) / 2,
        persistence,
        halfWidth * Math.sqrt(1 - persistence * persistence),
        2);
  }

  /** The process with mean E x = {@code mean} in levels. */
  public static LogAutoregression ofMean(double mean, double persistence, double sd, int states) {
    return new LogAutoregression(
        Math.log(mean) - sd * sd / (2 * (1 - persistence * persistence)), persistence, sd, states);
  }

  /**
   * The chain in levels: Rouwenhorst (1995), which has exactly the mean, standard deviation and
   * autocorrelation of log x.
   */
  public MarkovChain chain() {
    if (states == 1) {
      return new MarkovChain(Vector.of(Math.exp(logMean)), Matrix.of(1, 1, 1));
    }
    MarkovChain chain = MarkovChain.rouwenhorst(persistence, sd, states);
    return chain.withLevels(chain.levels().map(x -> Math.exp(logMean + Math.log(x))));
  }

  /** The unconditional standard deviation of log x. */
  public double unconditionalSd() {
    return sd / Math.sqrt(1 - persistence * persistence);
  }

  /** This process with another {@code logMean}. */
  public LogAutoregression withLogMean(double logMean) {
    return Records.with(this, "logMean", logMean);
  }

  /** This process with another {@code persistence}. */
  public LogAutoregression withPersistence(double persistence) {
    return Records.with(this, "persistence", persistence);
  }

  /** This process with another {@code sd}. */
  public LogAutoregression withSd(double sd) {
    return Records.with(this, "sd", sd);
  }

  /** This process with another number of {@code states}. */
  public LogAutoregression withStates(int states) {
    return Records.with(this, "states", states);
  }
}
