package org.nnks.sbi.sampling;

import java.util.Arrays;
import java.util.function.DoublePredicate;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Whether Markov chains of one quantity agree: Vehtari, Gelman, Simpson, Carpenter and Bürkner
 * (2021), Rank-normalization, folding, and localization: an improved R-hat, Bayesian Analysis 16.
 * Each chain is split in two, so that a trend shows as a difference between halves.
 *
 * @param rHat the larger of the split R-hats of normalised ranks and of folded ones (which show
 *     different spreads); 1 if chains agree; below {@link #AGREED} they may be used; NaN of chains
 *     that never move, as are the sizes
 * @param bulkSize effective sample size of normalised ranks: the number of independent draws that
 *     would know the centre as well
 * @param tailSize the smaller one of the effective sample sizes of the shares below the 5 % and
 *     above the 95 % quantile
 */
public record Convergence(double rHat, double bulkSize, double tailSize) {

  /** Vehtari et al. (2021), section 4. */
  public static final double AGREED = 1.01;

  /** A half must have a variance and two lags. */
  private static final int FEWEST = 8;

  private static final double TAIL = 0.05;

  /** Blom's offset, as in the paper, equation (14). */
  private static final double OFFSET = 3.0 / 8;

  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  /**
   * Of chains of one length.
   *
   * @param chains shape (chains, draws), at least 8 draws each; not changed
   */
  public static Convergence of(double[][] chains) {
    int length = chains[0].length;
    if (length < FEWEST) {
      throw new IllegalArgumentException(
          "convergence needs at least %d draws of each chain but got %d".formatted(FEWEST, length));
    }
    int half = length / 2;
    double[][] split = new double[2 * chains.length][];
    for (int c = 0; c < chains.length; c++) {
      split[2 * c] = Arrays.copyOfRange(chains[c], 0, half);
      split[2 * c + 1] = Arrays.copyOfRange(chains[c], length - half, length);
    }
    double[] sorted = Arrays.stream(split).flatMapToDouble(Arrays::stream).sorted().toArray();
    double median = sorted[sorted.length / 2];
    double[][] folded = new double[split.length][];
    Arrays.setAll(
        folded, c -> Arrays.stream(split[c]).map(value -> Math.abs(value - median)).toArray());
    double[][] ranked = normalRanks(split);
    double low = sorted[(int) (TAIL * sorted.length)];
    double high = sorted[(int) ((1 - TAIL) * sorted.length)];
    return new Convergence(
        Math.max(potentialReduction(ranked), potentialReduction(normalRanks(folded))),
        effectiveSize(ranked),
        Math.min(
            effectiveSize(indicator(split, v -> v <= low)),
            effectiveSize(indicator(split, v -> v >= high))));
  }

  private static double[][] indicator(double[][] chains, DoublePredicate of) {
    double[][] shares = new double[chains.length][];
    Arrays.setAll(shares, c -> Arrays.stream(chains[c]).map(v -> of.test(v) ? 1 : 0).toArray());
    return shares;
  }

  /** Phi^-1 of the ranks among all chains; ties share their mean rank. */
  private static double[][] normalRanks(double[][] chains) {
    int n = chains[0].length;
    int total = chains.length * n;
    Integer[] order = new Integer[total];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(chains[a / n][a % n], chains[b / n][b % n]));
    double[][] result = new double[chains.length][n];
    for (int start = 0, end; start < total; start = end) {
      double value = chains[order[start] / n][order[start] % n];
      end = start;
      while (end < total && chains[order[end] / n][order[end] % n] == value) {
        end++;
      }
      double rank = (start + 1 + end) / 2.0;
      double normal =
          NORMAL.inverseCumulativeProbability((rank - OFFSET) / (total + 1 - 2 * OFFSET));
      for (int i = start; i < end; i++) {
        result[order[i] / n][order[i] % n] = normal;
      }
    }
    return result;
  }

  /** Gelman and Rubin's R-hat, equations (1) to (4) of the paper. */
  private static double potentialReduction(double[][] chains) {
    double within = within(chains);
    double between = variance(Arrays.stream(chains).mapToDouble(Convergence::mean).toArray());
    int n = chains[0].length;
    double pooled = within * (n - 1) / n + between;
    return Math.sqrt(pooled / within);
  }

  /**
   * Equations (10) to (13): autocorrelations of all chains together, summed by Geyer's initial
   * monotone sequence of pairs.
   */
  private static double effectiveSize(double[][] chains) {
    int n = chains[0].length;
    double total = (double) n * chains.length;
    double[] means = Arrays.stream(chains).mapToDouble(Convergence::mean).toArray();
    double within = within(chains);
    double pooled = within * (n - 1) / n + variance(means);
    if (!(pooled > 0)) {
      return Double.NaN;
    }
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int lag = 0; lag + 1 < n; lag += 2) {
      double pair = 0;
      for (int t = lag; t <= lag + 1; t++) {
        pair += 1 - (within - meanAutocovariance(chains, means, t)) / pooled;
      }
      if (lag > 0 && pair <= 0) {
        break;
      }
      least = Math.min(least, pair);
      sum += least;
    }
    // Antithetic chains: no more than log10 of the draws per draw, as Stan bounds it.
    return total / Math.max(2 * sum - 1, 1 / Math.log10(total));
  }

  /** With denominator n - 1 at lag 0, so that the first autocorrelation is 1 for equal means. */
  private static double meanAutocovariance(double[][] chains, double[] means, int lag) {
    double sum = 0;
    int n = chains[0].length;
    for (int c = 0; c < chains.length; c++) {
      for (int i = lag; i < n; i++) {
        sum += (chains[c][i] - means[c]) * (chains[c][i - lag] - means[c]);
      }
    }
    return sum / chains.length / (n - 1);
  }

  private static double within(double[][] chains) {
    return Arrays.stream(chains).mapToDouble(Convergence::variance).average().orElseThrow();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return squares / Math.max(values.length - 1, 1);
  }
}
