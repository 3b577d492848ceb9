package org.nnks.core.markov;

import java.util.Optional;
import org.nnks.core.numeric.Vector;

/**
 * How far a chain is from the autoregression log x' = rho log x + sigma e that it stands for, under
 * its own stationary law.
 *
 * @param persistence rho, what was asked for
 * @param reversion 1 less the chain's autocorrelation of log x
 * @param sdRatio the chain's standard deviation of log x relative to the process's
 */
record DiscretisationError(double persistence, double reversion, double sdRatio) {

  /**
   * The largest error that is not worth a warning, relative to 1 - |rho| and to the standard
   * deviation. Terry's (2017) chain, on which published numbers rest, is 12 % and 6 % off.
   */
  static final double TOLERATED = .2;

  /**
   * A chain that reverts to its mean at less than this share of the rate asked for, or has less
   * than this share of the standard deviation, is frozen: what the process does in a thousand
   * periods takes it a million, and no history shows it.
   */
  static final double FROZEN = 1e-3;

  /**
   * The error of a chain whose log levels lie at equal distances, symmetric about zero; nothing if
   * it has no stationary law of its own.
   *
   * @param widthInSds half the width of its grid in unconditional standard deviations of the
   *     process
   */
  static Optional<DiscretisationError> of(
      MarkovChain chain, double persistence, double widthInSds) {
    return chain.findStationary().map(law -> of(chain, law, persistence, widthInSds));
  }

  private static DiscretisationError of(
      MarkovChain chain, Vector law, double persistence, double widthInSds) {
    int n = chain.size();
    double step = 2 * widthInSds / (n - 1); // positions in sds: levels may all round to 1
    double mean = 0;
    for (int i = 0; i < n; i++) {
      mean += law.get(i) * i;
    }
    double variance = 0;
    double moved = 0;
    for (int i = 0; i < n; i++) {
      variance += law.get(i) * (i - mean) * (i - mean);
      for (int j = 0; j < n; j++) {
        moved += law.get(i) * chain.probability(i, j) * (i - j) * (i - j);
      }
    }
    return new DiscretisationError(persistence, moved / (2 * variance), step * Math.sqrt(variance));
  }

  /** The chain's autocorrelation of log x. */
  double autocorrelation() {
    return 1 - reversion;
  }

  /** Whether the chain hardly ever moves, though the process does. */
  boolean frozen() {
    return !(reversion >= FROZEN * (1 - persistence) && sdRatio >= FROZEN);
  }

  /** Whether autocorrelation and standard deviation are what was asked for, within limits. */
  boolean tolerable() {
    return Math.abs(autocorrelation() - persistence) <= TOLERATED * (1 - Math.abs(persistence))
        && Math.abs(sdRatio - 1) <= TOLERATED;
  }
}
