package org.nnks.core.projection;

/**
 * How large the projection is.
 *
 * @param features tanh features F
 * @param samples points at which values are fitted
 * @param lowestSlope of features, in scaled states
 * @param highestSlope of features, in scaled states
 * @param tolerance change of V, as a share of the largest |V|, at which a solve stops
 */
public record ProjectionSize(
    int features, int samples, double lowestSlope, double highestSlope, double tolerance) {

  /** Features by the number of states, from one on. */
  private static final int[] FEATURES = {64, 256, 512, 1024};

  /** Sample points for each feature with one state, and with several. */
  private static final int SAMPLES_ONE = 3;

  private static final int SAMPLES_SEVERAL = 5;

  /**
   * A millionth of a per cent of V: with costs of a thousandth of V, decisions still move by 1e-5
   * of what the cost is.
   */
  public static final double TOLERANCE = 1e-8;

  /** Sweeps before a solve is given up; 40 to 90 are usual, fewer from the last solution. */
  static final int MAX_SWEEPS = 1_000;

  /**
   * The size for an economy with so many states. With N = F^(1/d) features for each state slopes
   * lie between N/16 and N/4 with one state, and between 1 and N/2 with several: a feature bends
   * over a few of the distances between its like.
   */
  public static ProjectionSize of(int states) {
    return withFeatures(states, FEATURES[Math.min(states, FEATURES.length) - 1]);
  }

  /** The size with another number of features. */
  public static ProjectionSize withFeatures(int states, int features) {
    double each = Math.pow(features, 1.0 / states);
    return states == 1
        ? new ProjectionSize(features, SAMPLES_ONE * features, each / 16, each / 4, TOLERANCE)
        : new ProjectionSize(features, SAMPLES_SEVERAL * features, 1, each / 2, TOLERANCE);
  }
}
