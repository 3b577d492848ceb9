package org.nnks.krusellsmith.projection;

import java.util.List;

/**
 * How {@link HouseholdProjection} solves.
 *
 * @param hidden widths of the drawn hidden layers; the last is the number of features
 * @param rounds histories of the present policy, each followed by iterations on its households
 * @param periods of a history
 * @param burnIn first periods of it, of which none is used
 * @param interval periods from one histogram that is used to the next
 * @param classes of equal mass, for each of which two households of each idiosyncratic state stand
 * @param anywhere households of each idiosyncratic state placed anywhere in a cross-section
 * @param iterations in each round
 * @param tolerance root mean square change of log c in the last iteration at which it has settled
 * @param errorTolerance root mean square Euler error over the households, in log c, up to which
 *     they count as fitted
 */
public record ProjectionConfig(
    List<Integer> hidden,
    int rounds,
    int periods,
    int burnIn,
    int interval,
    int classes,
    int anywhere,
    int iterations,
    double tolerance,
    double errorTolerance) {

  /**
   * For the calibrations of this module. With seven states of z and seven of labour it has 600
   * households for the 151 weights of a head. Tolerances are a hundredth of the project's limit for
   * the mean Euler error, and that limit: most of the households are where few are in a histogram.
   */
  public static final ProjectionConfig STANDARD =
      new ProjectionConfig(List.of(64, 150), 3, 1_000, 200, 40, 3, 24, 40, 1e-5, 1e-3);

  /** Checks signs. */
  public ProjectionConfig {
    hidden = List.copyOf(hidden);
    if (rounds < 1
        || hidden.isEmpty()
        || burnIn < 0
        || interval < 1
        || periods < burnIn + interval
        || classes < 1
        || anywhere < 0
        || iterations < 1
        || !(tolerance > 0)
        || !(errorTolerance > 0)) {
      throw new IllegalArgumentException(
          "a projection needs hidden layers, at least 1 round, interval, class and iteration, no negative burn-in or number of households anywhere, periods of at least burn-in and interval and positive tolerances but got %s, %d, %d, %d, %d, %d, %d, periods %d, %s, %s"
              .formatted(
                  hidden,
                  rounds,
                  interval,
                  classes,
                  iterations,
                  burnIn,
                  anywhere,
                  periods,
                  tolerance,
                  errorTolerance));
    }
  }
}
