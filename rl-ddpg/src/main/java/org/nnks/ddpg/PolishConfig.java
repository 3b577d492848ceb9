package org.nnks.ddpg;

/**
 * How a training ends with least-squares policy iteration.
 *
 * @param snapshots cross-sections drawn from the replay
 * @param members agents taken from each of them
 * @param slopeWeight weight of the squared error in dV/dk beside that in V when a policy is
 *     evaluated. At 0 policy iteration is exact and converges quadratically; a little of it makes
 *     slopes reliable where features cannot follow V, as near a borrowing limit, and slows it down
 * @param iterations policy iterations, at most
 * @param tolerance root mean square change of log c over the states at which they stop
 */
public record PolishConfig(int snapshots, int members, double slopeWeight, int iterations, double tolerance) {

  /** For economies of one agent: enough states for 128 features. */
  public static final PolishConfig STANDARD = new PolishConfig(1_500, 1, 0, 15, 1e-7);

  /** For households. */
  public static final PolishConfig HOUSEHOLDS = new PolishConfig(60, 60, 0.01, 6, 1e-4);

  /** Checks signs. */
  public PolishConfig {
    if (snapshots < 1
        || members < 1
        || iterations < 1
        || !(tolerance > 0)
        || !(slopeWeight >= 0)) {
      throw new IllegalArgumentException(
          "polishing needs at least 1 snapshot, member and iteration, a positive tolerance and a slopeWeight of at least 0 but got %d, %d, %d, %s, %s"
              .formatted(snapshots, members, iterations, tolerance, slopeWeight));
    }
  }
}
