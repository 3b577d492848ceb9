package org.nnks.ddpg;

/**
 * How a training ends with the actor alone, on its Euler equation: {@link EulerPolish}.
 *
 * @param rounds histories of the polished policy, each followed by iterations on its households
 * @param periods of a history
 * @param burnIn first periods of it, of which none is used
 * @param interval periods from one histogram that is used to the next
 * @param classes of equal mass, for each of which two households of each idiosyncratic state stand
 * @param anywhere households of each idiosyncratic state placed anywhere in a cross-section
 * @param iterations in each round
 * @param tolerance root mean square change of log c in the last iteration at which it has settled
 * @param actorTolerance root mean square Euler error over the households, in log c, up to which the
 *     actor counts as fitted
 */
public record EulerConfig(
    int rounds,
    int periods,
    int burnIn,
    int interval,
    int classes,
    int anywhere,
    int iterations,
    double tolerance,
    double actorTolerance)
    implements Polish {

  /**
   * For households. With seven states of z and seven of labour it has 600 households for the 151
   * weights of a head. Tolerances are a hundredth of the project's limit for the mean Euler error,
   * and that limit: most of the households are where few are in a histogram.
   */
  public static final EulerConfig HOUSEHOLDS =
      new EulerConfig(3, 1_000, 200, 40, 3, 24, 40, 1e-5, 1e-3);

  /** Checks signs. */
  public EulerConfig {
    if (rounds < 1
        || burnIn < 0
        || interval < 1
        || periods < burnIn + interval
        || classes < 1
        || anywhere < 0
        || iterations < 1
        || !(tolerance > 0)
        || !(actorTolerance > 0)) {
      throw new IllegalArgumentException(
          "polishing on the Euler equation needs at least 1 round, interval, class and iteration, no negative burn-in or number of households anywhere, periods of at least burn-in and interval and positive tolerances but got %d, %d, %d, %d, %d, %d, periods %d, %s, %s"
              .formatted(
                  rounds,
                  interval,
                  classes,
                  iterations,
                  burnIn,
                  anywhere,
                  periods,
                  tolerance,
                  actorTolerance));
    }
  }

  @Override
  public PolishReport apply(Ddpg ddpg, DdpgListener listener) {
    return new EulerPolish(ddpg, this, listener).run();
  }
}
