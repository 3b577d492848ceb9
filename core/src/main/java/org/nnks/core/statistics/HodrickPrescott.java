package org.nnks.core.statistics;

import org.nnks.core.numeric.Vector;

/**
 * The two-sided Hodrick-Prescott filter over the full sample.
 *
 * <p>The trend minimises the sum of squared deviations from the series plus lambda times the sum of
 * squared second differences of the trend; the cycle is the series less the trend. With D for
 * second differences the first-order conditions are (I + lambda D'D) trend = series. The cycle is
 * computed first, as lambda D'(I + lambda D D')^-1 D series: a symmetric pentadiagonal system,
 * solved by one LDL' pass in time and memory proportional to the number of observations, in which
 * no large lambda drowns the series. The trend of a large lambda is the least-squares line.
 *
 * <p>Source: R. Hodrick and E. Prescott (1997), "Postwar U.S. business cycles: an empirical
 * investigation", Journal of Money, Credit and Banking 29.
 */
public final class HodrickPrescott {

  /** The smoothing of annual series in Khan and Thomas (2008) and Terry (2017). */
  public static final double ANNUAL_LAMBDA = 100;

  /** The usual smoothing of quarterly series, as in Bloom et al. (2018). */
  public static final double QUARTERLY_LAMBDA = 1600;

  /** A shorter series has no second difference, so it is its own trend. */
  private static final int SHORTEST_FILTERED = 3;

  private HodrickPrescott() {}

  /**
   * The usual smoothing of a frequency.
   *
   * @param periodsPerYear one for annual series, four for quarterly ones
   * @throws IllegalArgumentException for other frequencies, on which the literature does not agree
   */
  public static double lambda(int periodsPerYear) {
    return switch (periodsPerYear) {
      case 1 -> ANNUAL_LAMBDA;
      case 4 -> QUARTERLY_LAMBDA;
      default ->
          throw new IllegalArgumentException(
              "periodsPerYear must be 1 or 4 for a usual smoothing but is " + periodsPerYear);
    };
  }

  /**
   * The cycle: the series less its trend.
   *
   * @param series usually logs of levels; finite
   * @param lambda the weight on the trend's roughness, not negative
   * @return a vector of the size of {@code series}
   * @throws IllegalArgumentException if an observation is not finite or {@code lambda} is negative
   */
  public static Vector cycle(Vector series, double lambda) {
    check(series, lambda);
    int n = series.size();
    if (n < SHORTEST_FILTERED) {
      return series.map(x -> 0);
    }
    // (I/lambda + D D') x = D y or (I + lambda D D') x = D y, whichever has the smaller numbers.
    double identity = 1 / Math.max(lambda, 1);
    double weight = Math.min(lambda, 1);
    double[] x = solve(identity, weight, secondDifferences(series));
    double[] cycle = new double[n];
    for (int i = 0; i < x.length; i++) {
      cycle[i] += weight * x[i];
      cycle[i + 1] -= 2 * weight * x[i];
      cycle[i + 2] += weight * x[i];
    }
    return Vector.ofUnsafe(cycle);
  }

  /**
   * The trend: the solution of (I + lambda D'D) trend = series, where D takes second differences.
   *
   * @param series usually logs of levels; finite
   * @param lambda the weight on the trend's roughness, not negative
   * @return a vector of the size of {@code series}
   * @throws IllegalArgumentException if an observation is not finite or {@code lambda} is negative
   */
  public static Vector trend(Vector series, double lambda) {
    double[] trend = series.toArray();
    Vector cycle = cycle(series, lambda);
    for (int t = 0; t < trend.length; t++) {
      trend[t] -= cycle.get(t);
    }
    return Vector.ofUnsafe(trend);
  }

  private static double[] secondDifferences(Vector series) {
    double[] differences = new double[series.size() - 2];
    for (int i = 0; i < differences.length; i++) {
      differences[i] =
          (series.get(i) - series.get(i + 1)) - (series.get(i + 1) - series.get(i + 2));
    }
    return differences;
  }

  /**
   * Solves (identity I + weight D D') x = right in place. D D' has 6 on its diagonal, and -4 and 1
   * beside it.
   */
  private static double[] solve(double identity, double weight, double[] right) {
    int n = right.length;
    double[] diagonal = new double[n];
    double[] first = new double[n];
    double[] second = new double[n];
    double[] x = right;
    // In place: diagonal becomes D, first and second become the two subdiagonals of L.
    for (int i = 0; i < n; i++) {
      diagonal[i] = identity + 6 * weight;
      first[i] = -4 * weight;
      second[i] = weight;
      if (i >= 1) {
        diagonal[i] -= diagonal[i - 1] * first[i - 1] * first[i - 1];
        first[i] -= diagonal[i - 1] * first[i - 1] * second[i - 1];
        x[i] -= first[i - 1] * x[i - 1];
      }
      if (i >= 2) {
        diagonal[i] -= diagonal[i - 2] * second[i - 2] * second[i - 2];
        x[i] -= second[i - 2] * x[i - 2];
      }
      first[i] /= diagonal[i];
      second[i] /= diagonal[i];
    }
    for (int i = n - 1; i >= 0; i--) {
      x[i] /= diagonal[i];
      if (i + 1 < n) {
        x[i] -= first[i] * x[i + 1];
      }
      if (i + 2 < n) {
        x[i] -= second[i] * x[i + 2];
      }
    }
    return x;
  }

  private static void check(Vector series, double lambda) {
    if (!(lambda >= 0 && Double.isFinite(lambda))) {
      throw new IllegalArgumentException("lambda must be finite and not negative but is " + lambda);
    }
    for (int t = 0; t < series.size(); t++) {
      if (!Double.isFinite(series.get(t))) {
        throw new IllegalArgumentException(
            "observation %d must be finite but is %s".formatted(t, series.get(t)));
      }
    }
  }
}
