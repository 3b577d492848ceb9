package org.nnks.krusellsmith.conditioned;

import static org.nnks.core.io.Records.require;

/**
 * A log AR(1) process in deviation from its mean, with normal innovations and no grid: log x' =
 * persistence log x + sd e.
 *
 * @param persistence rho, per quarter; in (0, 1)
 * @param sd sigma, standard deviation of the innovation; positive
 */
public record Ar1(double persistence, double sd) {

  /** Checks the domains. */
  public Ar1 {
    require(persistence > 0 && persistence < 1, "persistence", "in (0, 1)", persistence);
    require(sd > 0 && Double.isFinite(sd), "sd", "positive", sd);
  }

  /** The unconditional standard deviation. */
  public double unconditionalSd() {
    return sd / Math.sqrt(1 - persistence * persistence);
  }

  /** The next value. */
  public double next(double log, double innovation) {
    return persistence * log + sd * innovation;
  }
}
