package org.nnks.krusellsmith.conditioned;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.nnks.core.numeric.Vector;

/**
 * The sparse grid of Smolyak on [-1, 1]^d with nested Chebyshev extrema, and the polynomial through
 * values at its points: Judd, Maliar, Maliar and Valero (2014), Smolyak method for solving dynamic
 * economic models, Journal of Economic Dynamics and Control 44. In four dimensions level 2 has 41
 * points and level 3 has 137, where products of 5 and 9 points have 625 and 6,561.
 *
 * <p>Along one dimension set 1 is {0}, set 2 adds the ends, each later set halves the angles; a
 * point belongs to the grid if the numbers of its sets less 1 add up to the level at most. Each new
 * point brings the next Chebyshev polynomial.
 */
public final class SmolyakDesign {

  private final int dimensions;
  private final int level;
  private final List<int[]> members = new ArrayList<>();
  private final double[][] inverse;

  /**
   * The grid of a level.
   *
   * @param dimensions d, at least 1
   * @param level at least 0
   */
  public SmolyakDesign(int dimensions, int level) {
    if (dimensions < 1 || level < 0) {
      throw new IllegalArgumentException(
          "a sparse grid needs at least 1 dimension and level 0 but got %d and %d"
              .formatted(dimensions, level));
    }
    this.dimensions = dimensions;
    this.level = level;
    extend(new int[dimensions], 0, level);
    int n = members.size();
    double[][] basis = new double[n][];
    for (int i = 0; i < n; i++) {
      basis[i] = basis(point(i));
    }
    inverse =
        new LUDecomposition(new Array2DRowRealMatrix(basis, false))
            .getSolver()
            .getInverse()
            .getData();
  }

  private void extend(int[] chosen, int dimension, int left) {
    if (dimension == dimensions) {
      members.add(chosen.clone());
      return;
    }
    for (int set = 0; set <= left; set++) {
      for (int i = firstOf(set); i < firstOf(set + 1); i++) {
        chosen[dimension] = i;
        extend(chosen, dimension + 1, left - set);
      }
    }
  }

  /** The number of points in sets before this one; sets are counted from 0. */
  private static int firstOf(int set) {
    return set < 2 ? set : (1 << (set - 1)) + 1;
  }

  /** The points along one dimension in the order of their sets: 0, -1, 1, then odd multiples. */
  private static double along(int number) {
    if (number < 3) {
      return number == 0 ? 0 : number == 1 ? -1 : 1;
    }
    int set = 32 - Integer.numberOfLeadingZeros(number - 1);
    int odd = 2 * (number - firstOf(set)) + 1;
    return -Math.cos(Math.PI * odd / (1 << set));
  }

  /** The number of dimensions. */
  public int dimensions() {
    return dimensions;
  }

  /** The level. */
  public int level() {
    return level;
  }

  /** The number of points. */
  public int size() {
    return members.size();
  }

  /** A point by its number; point 0 is the centre. */
  public Vector point(int number) {
    double[] point = new double[dimensions];
    for (int d = 0; d < dimensions; d++) {
      point[d] = along(members.get(number)[d]);
    }
    return Vector.ofUnsafe(point);
  }

  /**
   * The weights of the values at all points in the value of the polynomial; they sum to one.
   *
   * @param at a point of [-1, 1]^d
   */
  public double[] weights(Vector at) {
    double[] basis = basis(at);
    double[] weights = new double[basis.length];
    for (int j = 0; j < basis.length; j++) {
      for (int i = 0; i < weights.length; i++) {
        weights[i] += basis[j] * inverse[j][i];
      }
    }
    return weights;
  }

  /** Products of Chebyshev polynomials. */
  private double[] basis(Vector at) {
    double[][] chebyshev = new double[dimensions][Math.max(firstOf(level + 1), 2)];
    for (int d = 0; d < dimensions; d++) {
      double[] along = chebyshev[d];
      along[0] = 1;
      along[1] = at.get(d);
      for (int n = 2; n < along.length; n++) {
        along[n] = 2 * at.get(d) * along[n - 1] - along[n - 2];
      }
    }
    double[] basis = new double[members.size()];
    for (int i = 0; i < basis.length; i++) {
      basis[i] = 1;
      for (int d = 0; d < dimensions; d++) {
        basis[i] *= chebyshev[d][members.get(i)[d]];
      }
    }
    return basis;
  }
}
