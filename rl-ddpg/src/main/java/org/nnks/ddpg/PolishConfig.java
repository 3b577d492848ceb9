package org.nnks.ddpg;

/**
 * How a training ends with least-squares policy iteration.
 *
 * @param snapshots cross-sections drawn from the replay
 * @param members agents taken from each of them
 * @param iterations policy iterations, at most
 * @param tolerance largest change of an action's log odds at which they stop
 */
public record PolishConfig(int snapshots, int members, int iterations, double tolerance) {

  /** Enough states for the features of two layers of 64, and iterations for beta = .98. */
  public static final PolishConfig STANDARD = new PolishConfig(2_000, 1, 30, 1e-6);

  /** Checks signs. */
  public PolishConfig {
    if (snapshots < 1 || members < 1 || iterations < 1 || !(tolerance > 0)) {
      throw new IllegalArgumentException(
          "polishing needs at least 1 snapshot, member and iteration and a positive tolerance but got %d, %d, %d, %s"
              .formatted(snapshots, members, iterations, tolerance));
    }
  }
}
