package org.nnks.core.agents;

import java.util.Arrays;
import java.util.List;
import org.nnks.core.economy.Moment;

/**
 * Chebyshev nodes, ends included, in the log of each moment on an interval, and their product;
 * between nodes a function is the polynomial through all of them. Immutable.
 *
 * <p>Why nodes outside any network: what an agent decides depends on moments smoothly, but less
 * nearly linearly than any one economy suggests. Five nodes on the interval that a simulation
 * visits leave an error of 1e-4 of the cost of adjustment where six on the declared one leave 3 %.
 * Three leave eight times as much.
 */
public final class MomentNodes {

  /** Nodes in each moment, of one or two. */
  private static final int NODES = 5;

  /** Nodes in each of more moments, for there are as many values as nodes of the product. */
  private static final int FEW_NODES = 3;

  /** The most moments with so many nodes in each. */
  private static final int FEW_MOMENTS = 2;

  private final int each;
  private final double[][] levels;
  private final double[][] logs;
  private final int size;

  /**
   * Nodes between these ends.
   *
   * @param lower ends, in the order of the economy's moments; positive
   * @param upper ends
   */
  public MomentNodes(double[] lower, double[] upper) {
    each = lower.length <= FEW_MOMENTS ? NODES : FEW_NODES;
    levels = new double[lower.length][each];
    logs = new double[lower.length][each];
    int product = 1;
    for (int m = 0; m < lower.length; m++) {
      double low = Math.log(lower[m]);
      double high = Math.log(upper[m]);
      for (int i = 0; i < each; i++) {
        double point = -Math.cos(Math.PI * i / (each - 1));
        logs[m][i] = low + (point + 1) / 2 * (high - low);
        levels[m][i] = Math.exp(logs[m][i]);
      }
      levels[m][0] = lower[m];
      levels[m][each - 1] = upper[m];
      product *= each;
    }
    size = product;
  }

  /** Nodes on the intervals that an economy declares. */
  public static MomentNodes declared(List<Moment> moments) {
    return new MomentNodes(
        moments.stream().mapToDouble(Moment::lower).toArray(),
        moments.stream().mapToDouble(Moment::upper).toArray());
  }

  /** The number of nodes of the product. */
  public int size() {
    return size;
  }

  /** The lower end in a moment. */
  public double lower(int moment) {
    return levels[moment][0];
  }

  /** The upper end in a moment. */
  public double upper(int moment) {
    return levels[moment][each - 1];
  }

  /** The moments at a node of the product; the last moment is fastest. */
  public double[] moments(int node) {
    double[] at = new double[levels.length];
    int rest = node;
    for (int m = levels.length - 1; m >= 0; m--) {
      at[m] = levels[m][rest % each];
      rest /= each;
    }
    return at;
  }

  /**
   * The weights of all nodes of the product in the value at given moments; moments beyond an end
   * count as at the end.
   *
   * @param weights receives them; they add up to one
   */
  public void weights(double[] moments, double[] weights) {
    Arrays.fill(weights, 1);
    int stride = size;
    for (int m = 0; m < levels.length; m++) {
      stride /= each;
      double x = Math.min(Math.max(Math.log(moments[m]), logs[m][0]), logs[m][each - 1]);
      for (int i = 0; i < each; i++) {
        double weight = 1;
        for (int k = 0; k < each; k++) {
          if (k != i) {
            weight *= (x - logs[m][k]) / (logs[m][i] - logs[m][k]);
          }
        }
        for (int node = 0; node < size; node++) {
          if (node / stride % each == i) {
            weights[node] *= weight;
          }
        }
      }
    }
  }
}
