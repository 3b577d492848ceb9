package org.nnks.sbi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;

/**
 * The density of theta given data that an ensemble behind a bijector has, cut to the support of the
 * prior: q(theta | x) = q(u | x) |det du/dtheta| / A(x), with the acceptance A, the mass inside.
 *
 * @param prior whose support
 * @param bijector between theta and the targets of the ensemble
 * @param ensemble of networks; conditions are scaled
 */
record ParameterDensity(Prior prior, Bijector bijector, Ensemble ensemble) {

  /** The stream behind acceptances is the same each time, so that a density is a function. */
  private static final Seeds SEEDS = new Seeds(0);

  /**
   * The share of draws of each data set that lie in the support; 1 under a bijector that leaks not.
   *
   * @param count of draws
   */
  double[] acceptance(double[] conditions, double[] observed, int count) {
    int sets = conditions.length / ensemble.cells();
    double[] share = new double[sets];
    if (!bijector.leaks(prior)) {
      Arrays.fill(share, 1);
      return share;
    }
    double[] u = ensemble.sample(conditions, observed, count, SEEDS.stream("acceptance"));
    int d = prior.size();
    for (int i = 0; i < u.length / d; i++) {
      if (prior.contains(theta(u, i * d))) {
        share[i / count] += 1.0 / count;
      }
    }
    return share;
  }

  private Vector theta(double[] u, int start) {
    Vector row = Vector.ofUnsafe(Arrays.copyOfRange(u, start, start + prior.size()));
    return bijector.toTheta(prior, row);
  }

  /**
   * Draws of each data set: shape (data sets, count, parameters). Draws outside of the support are
   * rejected and drawn again, so every data set needs an acceptance above zero.
   */
  double[] sample(double[] conditions, double[] observed, int count, RandomGenerator random) {
    int d = prior.size();
    int cells = ensemble.cells();
    int sets = conditions.length / cells;
    double[] result = new double[sets * count * d];
    int[] filled = new int[sets];
    int[] open = IntStream.range(0, sets).toArray();
    int wanted = count;
    while (open.length > 0) {
      double[] u =
          ensemble.sample(
              rows(conditions, cells, open), rows(observed, cells, open), wanted, random);
      List<Integer> left = new ArrayList<>();
      int next = 0;
      for (int i = 0; i < open.length; i++) {
        int set = open[i];
        int before = filled[set];
        for (int k = 0; k < wanted && filled[set] < count; k++) {
          Vector theta = theta(u, (i * wanted + k) * d);
          if (!bijector.leaks(prior) || prior.contains(theta)) {
            int position = (set * count + filled[set]++) * d;
            System.arraycopy(theta.toArray(), 0, result, position, d);
          }
        }
        int missing = count - filled[set];
        if (missing > 0) {
          left.add(set);
          double share = Math.max(filled[set] - before, 1) / (double) wanted;
          next = Math.max(next, (int) Math.min(count, Math.ceil(missing / share)));
        }
      }
      open = left.stream().mapToInt(Integer::intValue).toArray();
      wanted = next;
    }
    return result;
  }

  /**
   * log q(theta | x) of each row of theta; each data set serves equally many rows.
   *
   * @param acceptance of each data set
   */
  double[] logDensity(Matrix theta, double[] conditions, double[] observed, double[] acceptance) {
    int d = prior.size();
    double[] u = new double[theta.rows() * d];
    double[] correction = new double[theta.rows()];
    int share = theta.rows() / acceptance.length;
    for (int i = 0; i < theta.rows(); i++) {
      Vector row = theta.row(i);
      if (prior.contains(row)) {
        Vector seen = bijector.toLearn(prior, row);
        System.arraycopy(seen.toArray(), 0, u, i * d, d);
        correction[i] = bijector.logDeterminant(prior, seen) + Math.log(acceptance[i / share]);
      } else {
        correction[i] = Double.POSITIVE_INFINITY;
      }
    }
    double[] density = ensemble.logDensity(u, conditions, observed);
    for (int i = 0; i < density.length; i++) {
      density[i] -= correction[i];
    }
    return density;
  }

  /** Some rows of a table. */
  static double[] rows(double[] table, int width, int[] rows) {
    double[] result = new double[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(table, rows[i] * width, result, i * width, width);
    }
    return result;
  }
}
