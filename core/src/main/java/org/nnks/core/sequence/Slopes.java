package org.nnks.core.sequence;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.forecast.LogLinearRule;

/**
 * How values, next moments and prices change with the logs of moments, by aggregate state. Next
 * moments and prices follow the rules that a path starts from. Immutable.
 *
 * <p>At the solution little depends on them but what is beyond the last period of a state, or
 * beside the nearest one; on the way there they tell agents of a history that has left the path
 * what that means for the future. Without them a history at given values of the next period drifts
 * away: with less capital than believed, agents invest as if goods will be as cheap as believed.
 */
final class Slopes {

  /** The change of a log to both sides over which slopes of a solution by rules are taken. */
  private static final double STEP = .01;

  /**
   * Standard deviation of logs in a state below which moments stand still, so that a path shows no
   * slope.
   */
  private static final double STILL = 1e-6;

  /** Of logs of next moments, and of prices: by state, moment and rule. */
  private final double[][][] moments;

  private final double[][][] prices;

  /** By state, moment and value. */
  private final double[][][] values;

  private Slopes(double[][][] moments, double[][][] prices, double[][][] values) {
    this.moments = moments;
    this.prices = prices;
    this.values = values;
  }

  /**
   * Those of the solution by rules.
   *
   * @param at logs of the moments around which they are taken, by state
   */
  static Slopes byRules(SequenceAgents agents, double[][] at) {
    double[][][] values = new double[at.length][at[0].length][agents.size()];
    double[] below = new double[agents.size()];
    for (int a = 0; a < at.length; a++) {
      for (int j = 0; j < at[a].length; j++) {
        double[] slope = values[a][j];
        agents.start(a, levels(at[a], j, STEP), slope);
        agents.start(a, levels(at[a], j, -STEP), below);
        for (int i = 0; i < slope.length; i++) {
          slope[i] = (slope[i] - below[i]) / (2 * STEP);
        }
      }
    }
    ForecastRules rules = agents.rules();
    return new Slopes(along(rules.moments(), at), along(rules.prices(), at), values);
  }

  /** The slopes of rules, whatever their form. */
  private static double[][][] along(List<LogLinearRule> rules, double[][] at) {
    double[][][] slopes = new double[at.length][at[0].length][rules.size()];
    for (int a = 0; a < at.length; a++) {
      for (int j = 0; j < at[a].length; j++) {
        for (int i = 0; i < rules.size(); i++) {
          double above = rules.get(i).at(a, levels(at[a], j, STEP));
          double below = rules.get(i).at(a, levels(at[a], j, -STEP));
          slopes[a][j][i] = Math.log(above / below) / (2 * STEP);
        }
      }
    }
    return slopes;
  }

  private static double[] levels(double[] logs, int moved, double step) {
    double[] levels = new double[logs.length];
    Arrays.setAll(levels, j -> Math.exp(logs[j] + (j == moved ? step : 0)));
    return levels;
  }

  /**
   * Those of the least-squares planes through the values of a path's periods.
   *
   * @param byRules what counts in states in which moments stand still
   * @param at means of the logs of moments, by state
   * @param byPeriod values
   * @param from first period that counts
   */
  static Slopes onPath(
      Slopes byRules, PathGuess path, double[][] at, double[][] byPeriod, int from) {
    int q = at[0].length;
    double[][] logs = path.momentLogs();
    double[][][] values = new double[at.length][q][byPeriod[0].length];
    double[][][] products = new double[at.length][q][q];
    int[] visits = new int[at.length];
    double[] away = new double[q];
    for (int t = from; t < logs.length; t++) {
      int a = path.states()[t];
      visits[a]++;
      for (int j = 0; j < q; j++) {
        away[j] = logs[t][j] - at[a][j];
      }
      for (int j = 0; j < q; j++) {
        for (int l = 0; l < q; l++) {
          products[a][j][l] += away[j] * away[l];
        }
        double[] sums = values[a][j];
        for (int i = 0; i < sums.length; i++) {
          sums[i] += away[j] * byPeriod[t][i];
        }
      }
    }
    for (int a = 0; a < at.length; a++) {
      double variance = 0;
      for (int j = 0; j < q; j++) {
        variance = Math.max(variance, products[a][j][j] / Math.max(1, visits[a]));
      }
      if (variance > STILL * STILL) {
        solve(products[a], values[a]);
      } else {
        values[a] = byRules.values[a];
      }
    }
    return new Slopes(byRules.moments, byRules.prices, values);
  }

  /** From sums of products with values to slopes; the smallest ones where several fit. */
  private static void solve(double[][] products, double[][] sums) {
    double[][] inverse =
        new SingularValueDecomposition(new Array2DRowRealMatrix(products))
            .getSolver()
            .getInverse()
            .getData();
    double[] at = new double[sums.length];
    for (int i = 0; i < sums[0].length; i++) {
      for (int j = 0; j < at.length; j++) {
        at[j] = 0;
        for (int l = 0; l < at.length; l++) {
          at[j] += inverse[j][l] * sums[l][i];
        }
      }
      for (int j = 0; j < at.length; j++) {
        sums[j][i] = at[j];
      }
    }
  }

  /** Adds to values what changes of the logs of moments do to them in a state. */
  void add(int state, double[] change, double[] to) {
    for (int j = 0; j < change.length; j++) {
      double[] slope = values[state][j];
      for (int i = 0; i < to.length && change[j] != 0; i++) {
        to[i] += change[j] * slope[i];
      }
    }
  }

  /** What changes of the logs of moments do to the logs of the next moments. */
  double[] persist(int state, double[] change) {
    return along(moments[state], change);
  }

  /** What changes of the logs of moments do to the logs of prices. */
  double[] price(int state, double[] change) {
    return along(prices[state], change);
  }

  private static double[] along(double[][] slopes, double[] change) {
    double[] result = new double[slopes[0].length];
    for (int j = 0; j < change.length; j++) {
      for (int i = 0; i < result.length; i++) {
        result[i] += change[j] * slopes[j][i];
      }
    }
    return result;
  }
}
