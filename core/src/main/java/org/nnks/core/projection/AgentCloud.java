package org.nnks.core.projection;

import java.util.List;
import org.nnks.core.economy.State;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * Where agents are: mean and the root of the covariance of their scaled states. Immutable.
 *
 * @param mean by states
 * @param root lower triangular, root root' being the covariance: (states, states) row by row
 */
record AgentCloud(Vector mean, Vector root) {

  /** A mean that moves by more than this share of a standard deviation is another cloud. */
  private static final double MOVED = 0.25;

  /**
   * The cloud of a distribution.
   *
   * @param distribution mass by own states and points of the states' grids, the last state fastest
   */
  static AgentCloud of(List<State> states, Matrix distribution) {
    int d = states.size();
    double[] mean = new double[d];
    double[][] product = new double[d][d];
    double total = 0;
    double[] x = new double[d];
    for (int i = 0; i < distribution.columns(); i++) {
      double mass = 0;
      for (int e = 0; e < distribution.rows(); e++) {
        mass += distribution.get(e, i);
      }
      if (mass == 0) {
        continue;
      }
      int rest = i;
      for (int s = d - 1; s >= 0; s--) {
        int size = states.get(s).grid().size();
        x[s] = states.get(s).scaled(states.get(s).grid().get(rest % size));
        rest /= size;
      }
      total += mass;
      for (int s = 0; s < d; s++) {
        mean[s] += mass * x[s];
        for (int r = 0; r <= s; r++) {
          product[s][r] += mass * x[s] * x[r];
        }
      }
    }
    double[] root = new double[d * d];
    for (int s = 0; s < d; s++) {
      mean[s] /= total;
    }
    for (int s = 0; s < d; s++) {
      for (int r = 0; r <= s; r++) {
        double rest = product[s][r] / total - mean[s] * mean[r];
        for (int k = 0; k < r; k++) {
          rest -= root[s * d + k] * root[r * d + k];
        }
        root[s * d + r] =
            s == r
                ? Math.sqrt(Math.max(0, rest))
                : root[r * d + r] > 0 ? rest / root[r * d + r] : 0;
      }
    }
    return new AgentCloud(Vector.of(mean), Vector.of(root));
  }

  /** A state at standard normal deviations. */
  double at(int s, double[] deviation) {
    int d = mean.size();
    double level = mean.get(s);
    for (int r = 0; r <= s; r++) {
      level += root.get(s * d + r) * deviation[r];
    }
    return level;
  }

  /** Whether another cloud is elsewhere, or of another size. */
  boolean differs(AgentCloud other) {
    int d = mean.size();
    for (int s = 0; s < d; s++) {
      double size = 0;
      double otherSize = 0;
      for (int r = 0; r <= s; r++) {
        size += root.get(s * d + r) * root.get(s * d + r);
        otherSize += other.root.get(s * d + r) * other.root.get(s * d + r);
      }
      double allowed = MOVED * Math.sqrt(size);
      if (Math.abs(mean.get(s) - other.mean.get(s)) > allowed
          || Math.abs(Math.sqrt(size) - Math.sqrt(otherSize)) > allowed) {
        return true;
      }
    }
    return false;
  }
}
