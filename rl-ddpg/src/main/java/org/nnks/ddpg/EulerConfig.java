package org.nnks.ddpg;

/**
 * How a training ends with the actor alone, on its Euler equation: {@link EulerPolish}.
 *
 * @param rounds simulations of the polished policy, each followed by iterations on its states
 * @param periods of the economies in a round, without exploration
 * @param interval periods from one cross-section that is used to the next of the same economy
 * @param members households taken from such a cross-section; as many again are placed anywhere
 * @param iterations in each round
 * @param lookahead weight of the change of tomorrow's policy when today's is improved, in [0, 1):
 *     at 0 one iteration is time iteration, at 1 it would be Newton's method for households who
 *     take aggregates as given. In between an iteration looks some 1 / (1 - lookahead) periods
 *     ahead
 * @param tolerance root mean square change of log c in the last iteration at which it has settled
 * @param actorTolerance root mean square Euler error over the states, in log c, up to which the
 *     actor counts as fitted
 */
public record EulerConfig(
    int rounds,
    int periods,
    int interval,
    int members,
    int iterations,
    double lookahead,
    double tolerance,
    double actorTolerance)
    implements Polish {

  /**
   * For households. A lookahead of 1 does not converge: savings of households who take interest
   * rates as given respond so strongly that K overshoots; .95 looks five years ahead. Both
   * tolerances are the project's limit for the mean Euler error; half of the states are where few
   * households are.
   */
  public static final EulerConfig HOUSEHOLDS = new EulerConfig(3, 160, 20, 56, 7, 0.95, 1e-3, 1e-3);

  /** Checks signs. */
  public EulerConfig {
    if (rounds < 1
        || interval < 1
        || periods < interval
        || members < 1
        || iterations < 1
        || !(lookahead >= 0 && lookahead < 1)
        || !(tolerance > 0)
        || !(actorTolerance > 0)) {
      throw new IllegalArgumentException(
          "polishing on the Euler equation needs at least 1 round, interval, member and iteration, periods of at least the interval, 0 <= lookahead < 1 and positive tolerances but got %d, %d, %d, %d, periods %d, lookahead %s, %s, %s"
              .formatted(
                  rounds,
                  interval,
                  members,
                  iterations,
                  periods,
                  lookahead,
                  tolerance,
                  actorTolerance));
    }
  }

  @Override
  public PolishReport apply(Ddpg ddpg, DdpgListener listener) {
    return new EulerPolish(ddpg, this, listener).run();
  }
}
