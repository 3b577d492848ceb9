package org.nnks.ddpg;

/**
 * How a training ends with least-squares policy iteration: {@link LeastSquaresPolish}.
 *
 * @param snapshots cross-sections drawn from the replay
 * @param members agents taken from each of them
 * @param slopeWeight weight of the squared error in dV/dk beside that in V when a policy is
 *     evaluated. At 0 policy iteration is exact and converges quadratically; a little of it makes
 *     slopes reliable where features cannot follow V, as near a borrowing limit, and slows it down
 * @param iterations policy iterations, at most
 * @param tolerance root mean square change of log c over the states at which they stop
 * @param actorTolerance root mean square distance, in log c, of the actor from the greedy actions
 *     up to which it counts as fitted; an error of log c is an Euler error of that size
 */
public record PolishConfig(
    int snapshots,
    int members,
    double slopeWeight,
    int iterations,
    double tolerance,
    double actorTolerance)
    implements Polish {

  /**
   * For economies of one agent: enough states for 128 features. The actor may be off by the limit
   * for their mean Euler error, 1e-4.
   */
  public static final PolishConfig STANDARD = new PolishConfig(1_500, 1, 0, 15, 1e-7, 1e-4);

  /** The same for critics Q(s, a): an input more, and twice as many states. */
  public static final PolishConfig ACTION_VALUES = new PolishConfig(3_000, 1, 0, 15, 1e-5, 1e-3);

  /** Checks signs. */
  public PolishConfig {
    if (snapshots < 1
        || members < 1
        || iterations < 1
        || !(tolerance > 0)
        || !(actorTolerance > 0)
        || !(slopeWeight >= 0)) {
      throw new IllegalArgumentException(
          "polishing needs at least 1 snapshot, member and iteration, positive tolerances and a slopeWeight of at least 0 but got %d, %d, %d, %s, %s, %s"
              .formatted(snapshots, members, iterations, tolerance, actorTolerance, slopeWeight));
    }
  }

  @Override
  public PolishReport apply(Ddpg ddpg, DdpgListener listener) {
    return new LeastSquaresPolish(ddpg, this, listener).run();
  }
}
