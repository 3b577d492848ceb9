package org.nnks.sbi.sampling;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;

/**
 * Pareto-smoothed importance weights: Vehtari, Simpson, Gelman, Yao and Gabry (2024), Pareto
 * smoothed importance sampling, Journal of Machine Learning Research 25. Draws of a proposal,
 * weighted by target / proposal, stand for draws of the target. The largest weights are replaced by
 * quantiles of a generalised Pareto distribution fitted to them, whose shape k says whether the
 * proposal covers the target's tails.
 *
 * @param weights of the draws, sum 1
 * @param effectiveSize 1 / sum of squares: the number of draws of the target that are as good
 * @param paretoK the shape of the tail; below {@link #RELIABLE} means are reliable, above 1 they do
 *     not exist; minus infinity if all weights are equal
 * @param logMean log of the mean of the ratios as given: the log marginal likelihood, if the ratios
 *     are p(theta) p(x | theta) / q(theta | x) with all constants
 */
public record ImportanceWeights(
    Vector weights, double effectiveSize, double paretoK, double logMean) {

  /** Above it the number of draws needed grows out of bounds: the paper's section 3.2.3. */
  public static final double RELIABLE = 0.7;

  /** A tail of fewer fixes no shape: the paper's recommendation. */
  public static final int FEWEST = 25;

  /**
   * From the logarithms of target / proposal at draws of the proposal.
   *
   * @param logRatios up to a constant; minus infinity where the target is zero
   * @throws InvalidInputException if there are fewer than {@link #FEWEST}, or no draw has a finite
   *     ratio, or one is not a number
   */
  public static ImportanceWeights of(Vector logRatios) {
    int n = logRatios.size();
    if (n < FEWEST) {
      throw new InvalidInputException(
          "importance weights need at least %d draws but got %d".formatted(FEWEST, n));
    }
    double max = logRatios.max();
    if (logRatios.stream().anyMatch(Double::isNaN) || !Double.isFinite(max)) {
      throw new InvalidInputException(
          "importance weights need log ratios that are numbers, or minus infinity but not all of them");
    }
    double[] w = logRatios.stream().map(r -> Math.exp(r - max)).toArray();
    double logMean = max + Math.log(Arrays.stream(w).sum() / n);
    double k = smooth(w);
    double sum = Arrays.stream(w).sum();
    double squares = 0;
    for (int i = 0; i < n; i++) {
      w[i] /= sum;
      squares += w[i] * w[i];
    }
    return new ImportanceWeights(Vector.ofUnsafe(w), 1 / squares, k, logMean);
  }

  /** Whether the tail allows means to be trusted. */
  public boolean reliable() {
    return paretoK < RELIABLE;
  }

  /** Replaces the tail by expected order statistics of its Pareto fit; the shape is returned. */
  private static double smooth(double[] w) {
    int n = w.length;
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(w[a], w[b]));
    // The paper's section 2.3: a fifth, or 3 sqrt(n) of many draws; at least 5 have a shape.
    int tail = (int) Math.ceil(Math.max(5, Math.min(0.2 * n, 3 * Math.sqrt(n))));
    double cutoff = w[order[n - tail - 1]];
    double largest = w[order[n - 1]];
    double[] excess = new double[tail];
    for (int i = 0; i < tail; i++) {
      excess[i] = w[order[n - tail + i]] - cutoff;
    }
    if (!(excess[0] > 0)) {
      // Draws tie at the cutoff: only what exceeds it is a tail.
      excess = Arrays.stream(excess).filter(e -> e > 0).toArray();
      tail = excess.length;
      if (tail < 5) {
        return Double.NEGATIVE_INFINITY;
      }
    }
    double[] fit = generalisedPareto(excess);
    for (int i = 0; i < tail; i++) {
      double p = (i + 0.5) / tail;
      double quantile =
          Math.abs(fit[0]) < 1e-12
              ? -fit[1] * Math.log1p(-p)
              : fit[1] * Math.expm1(-fit[0] * Math.log1p(-p)) / fit[0];
      w[order[n - tail + i]] = Math.min(cutoff + quantile, largest);
    }
    return fit[0];
  }

  /**
   * Shape k and scale of a generalised Pareto distribution: Zhang and Stephens (2009), A new and
   * efficient estimation method for the generalized Pareto distribution, Technometrics 51, with the
   * weak prior on k of Vehtari et al. (2024), appendix C.
   *
   * @param x positive, ascending
   */
  static double[] generalisedPareto(double[] x) {
    int n = x.length;
    int points = 30 + (int) Math.sqrt(n);
    double quartile = x[(int) Math.floor(n / 4.0 + 0.5) - 1];
    double[] theta = new double[points];
    double[] log = new double[points];
    for (int j = 0; j < points; j++) {
      theta[j] = 1 / x[n - 1] + (1 - Math.sqrt(points / (j + 0.5))) / (3 * quartile);
      double k = meanLog(theta[j], x);
      log[j] = n * (Math.log(-theta[j] / k) - k - 1);
    }
    double max = Arrays.stream(log).max().orElseThrow();
    double sum = 0;
    double mean = 0;
    for (int j = 0; j < points; j++) {
      double weight = Math.exp(log[j] - max);
      sum += weight;
      mean += weight * theta[j];
    }
    mean /= sum;
    double k = meanLog(mean, x);
    double prior = 10;
    return new double[] {(n * k + prior * 0.5) / (n + prior), -k / mean};
  }

  private static double meanLog(double theta, double[] x) {
    return Arrays.stream(x).map(v -> Math.log1p(-theta * v)).average().orElseThrow();
  }

  /**
   * Numbers of draws that are, unweighted, nearly draws of the target: systematic resampling, in
   * which draw i appears count times its weight, rounded up or down.
   */
  public int[] resample(int count, RandomGenerator random) {
    int[] chosen = new int[count];
    double start = random.nextDouble();
    double reached = weights.get(0);
    int i = 0;
    for (int k = 0; k < count; k++) {
      while (reached < (k + start) / count && i < weights.size() - 1) {
        reached += weights.get(++i);
      }
      chosen[k] = i;
    }
    return chosen;
  }

  /**
   * Numbers of different draws, taken one after the other by their weights and not put back:
   * Efraimidis and Spirakis (2006), Weighted random sampling with a reservoir, Information
   * Processing Letters 97. Resampling repeats the few draws that weigh most, and chains that begin
   * in these begin in one plane.
   *
   * @param count at most the number of draws
   */
  public int[] distinct(int count, RandomGenerator random) {
    double[] arrivals = weights.stream().map(w -> random.nextExponential() / w).toArray();
    return IntStream.range(0, arrivals.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> arrivals[i]))
        .limit(count)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The weighted mean of values at the draws. */
  public double mean(Vector values) {
    return weights.dot(values);
  }
}
