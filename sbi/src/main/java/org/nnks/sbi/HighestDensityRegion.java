package org.nnks.sbi;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * The joint highest-density region of a posterior: where its density exceeds a threshold, so that
 * of all regions of its content it is the smallest. Its estimator must stay open.
 *
 * @param posterior whose
 * @param level the content
 * @param logThreshold the log density on its boundary
 */
public record HighestDensityRegion(Posterior posterior, double level, double logThreshold) {

  /**
   * The region of a content.
   *
   * @param level strictly between 0 and 1
   * @param draws of the posterior; the threshold is a quantile of their densities
   */
  public static HighestDensityRegion of(
      Posterior posterior, double level, int draws, RandomGenerator random) {
    if (!(level > 0 && level < 1) || draws < 1) {
      throw new IllegalArgumentException(
          "level must lie strictly between 0 and 1, and draws be at least 1, but are %s and %d"
              .formatted(level, draws));
    }
    double[] sorted = posterior.logDensity(posterior.sample(draws, random).values()).toArray();
    Arrays.sort(sorted);
    return new HighestDensityRegion(posterior, level, sorted[(int) ((1 - level) * draws)]);
  }

  /** Whether each row of theta lies in the region. */
  public boolean[] contains(Matrix theta) {
    Vector log = posterior.logDensity(theta);
    boolean[] inside = new boolean[theta.rows()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = log.get(i) >= logThreshold;
    }
    return inside;
  }
}
