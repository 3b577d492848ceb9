package org.nnks.krusellsmith.conditioned;

/**
 * Classical measurement error in logarithms: every aggregate of every period, and every quantity of
 * every household that is asked, is seen times exp(sd e), with e normal and independent of all
 * else. It is part of an experiment: without it aggregates show decision rules exactly, as no data
 * do.
 *
 * @param aggregates sd of the error of log aggregates
 * @param households sd of the error of the log of what a household says
 */
public record MeasurementError(double aggregates, double households) {

  /** Everything is seen as it is. */
  public static final MeasurementError NONE = new MeasurementError(0, 0);

  /** Checks the domains. */
  public MeasurementError {
    if (!(aggregates >= 0 && households >= 0)
        || !Double.isFinite(aggregates)
        || !Double.isFinite(households)) {
      throw new IllegalArgumentException(
          "standard deviations of measurement errors must be at least 0 but are %s of aggregates and %s of households"
              .formatted(aggregates, households));
    }
  }
}
