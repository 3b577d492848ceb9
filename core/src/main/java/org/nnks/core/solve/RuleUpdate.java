package org.nnks.core.solve;

/**
 * How the next forecast rules follow from those used and those estimated.
 *
 * @param andersonDepth differences remembered by Anderson acceleration; zero damps instead
 * @param gain share of the estimated change taken when damping
 */
public record RuleUpdate(int andersonDepth, double gain) {

  /** Five differences: with them Khan-Thomas takes 7 to 10 iterations to 1e-6. */
  public static final int ANDERSON_DEPTH = 5;

  /** Terry (2017) takes half of each change. */
  public static final double TERRY_GAIN = 0.5;

  /** Checks the domains. */
  public RuleUpdate {
    if (andersonDepth < 0 || !(gain > 0 && gain <= 1)) {
      throw new IllegalArgumentException(
          "a rule update needs a depth of at least 0 and a gain in (0, 1] but got %d and %s"
              .formatted(andersonDepth, gain));
    }
  }

  /** Anderson acceleration. */
  public static RuleUpdate anderson() {
    return new RuleUpdate(ANDERSON_DEPTH, 1);
  }

  /** Damping by one half, as Terry (2017). */
  public static RuleUpdate damped() {
    return new RuleUpdate(0, TERRY_GAIN);
  }
}
