package org.nnks.core.oracle;

import java.util.Arrays;
import org.nnks.core.economy.Scale;

/**
 * Nodes at equal distances, on a scale, of one or several variables, and functions given at their
 * product, the last variable fastest. Between nodes a function is its cubic convolution: Keys
 * (1981), IEEE Transactions on Acoustics, Speech, and Signal Processing 29(6); its error is of
 * third order, and a kink disturbs no more than the two nodes on either side. Levels outside count
 * as at the edge. Holds the last place; not thread-safe.
 */
final class TensorGrid {

  /** Nodes of a variable on which a value depends. */
  static final int REACH = 4;

  private final Scale[] scales;
  private final double[] lower;
  private final double[] step;
  private final double[][] levels;
  private final int[] strides;
  private final int size;
  private final double[] place;
  private final int[] first;
  private final double[][] weight;

  /**
   * A grid.
   *
   * @param lower ends of each variable
   * @param upper ends of each variable
   * @param scales on which nodes are at equal distances
   * @param nodes of each variable
   */
  TensorGrid(double[] lower, double[] upper, Scale[] scales, int nodes) {
    int d = lower.length;
    this.scales = scales.clone();
    this.lower = new double[d];
    step = new double[d];
    levels = new double[d][nodes];
    strides = new int[d];
    place = new double[d];
    Arrays.fill(place, Double.NaN);
    first = new int[d];
    weight = new double[d][REACH];
    int product = 1;
    for (int k = d - 1; k >= 0; k--) {
      strides[k] = product;
      product *= nodes;
      this.lower[k] = scales[k].of(lower[k]);
      step[k] = (scales[k].of(upper[k]) - this.lower[k]) / (nodes - 1);
      for (int i = 0; i < nodes; i++) {
        levels[k][i] = scales[k].level(this.lower[k] + i * step[k]);
      }
      levels[k][0] = lower[k];
      levels[k][nodes - 1] = upper[k];
    }
    size = product;
  }

  /** The number of nodes of the product. */
  int size() {
    return size;
  }

  /** The level of a variable at a node of the product. */
  double level(int k, int node) {
    return levels[k][node / strides[k] % levels[k].length];
  }

  /** Moves to a level of a variable. */
  void at(int k, double level) {
    if (level == place[k]) {
      return; // a search asks for the same level at many points in a row
    }
    place[k] = level;
    int last = levels[k].length - 1;
    double clamped = Math.min(Math.max(level, levels[k][0]), levels[k][last]);
    double position = Math.min(Math.max((scales[k].of(clamped) - lower[k]) / step[k], 0), last);
    int cell = Math.min((int) position, last - 1);
    double t = position - cell;
    double before = t * (-1 + t * (2 - t)) / 2;
    double left = (2 + t * t * (3 * t - 5)) / 2;
    double right = t * (1 + t * (4 - 3 * t)) / 2;
    double after = t * t * (t - 1) / 2;
    double[] w = weight[k];
    first[k] = Math.min(Math.max(cell - 1, 0), last + 1 - REACH);
    if (cell == 0) { // the node before the first continues the parabola through the first three
      w[0] = left + 3 * before;
      w[1] = right - 3 * before;
      w[2] = after + before;
      w[3] = 0;
    } else if (cell == last - 1) {
      w[0] = 0;
      w[1] = before + after;
      w[2] = left - 3 * after;
      w[3] = right + 3 * after;
    } else {
      w[0] = before;
      w[1] = left;
      w[2] = right;
      w[3] = after;
    }
  }

  /** A function where the grid was moved to. */
  double value(double[] table) {
    return sum(table, 0, 0);
  }

  private double sum(double[] table, int k, int offset) {
    boolean last = k == first.length - 1;
    int at = offset + first[k] * strides[k];
    double sum = 0;
    for (int j = 0; j < REACH; j++, at += strides[k]) {
      sum += weight[k][j] * (last ? table[at] : sum(table, k + 1, at));
    }
    return sum;
  }

  /** The weights of all nodes where the grid was moved to. */
  double[] weights() {
    double[] all = new double[size];
    Arrays.fill(all, 1);
    for (int node = 0; node < size; node++) {
      for (int k = 0; k < first.length; k++) {
        int j = node / strides[k] % levels[k].length - first[k];
        all[node] *= j >= 0 && j < REACH ? weight[k][j] : 0;
      }
    }
    return all;
  }
}
