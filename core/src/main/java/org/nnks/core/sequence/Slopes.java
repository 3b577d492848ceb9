package org.nnks.core.sequence;

import java.util.Arrays;
import java.util.List;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.forecast.LogLinearRule;

/**
 * How values, next moments and prices change with the logs of moments, by aggregate state: those of
 * the solution by rules that a path starts from. Immutable.
 *
 * <p>At the solution little depends on them but what is beyond the last period of a state, or
 * beside the nearest one; on the way there they tell agents of a history that has left the path
 * what that means for the future. Without them a history at given values of the next period drifts
 * away: with less capital than believed, agents invest as if goods will be as cheap as believed.
 * Regressions on the path itself would not do: where moments say little of a distribution, as in
 * Bloom et al. (2018), periods with more capital differ in more than capital.
 */
final class Slopes {

  /** The change of a log to both sides over which slopes of values are taken. */
  private static final double STEP = .01;

  private final List<LogLinearRule> moments;
  private final List<LogLinearRule> prices;

  /** By state, moment and value. */
  private final double[][][] values;

  /**
   * Slopes.
   *
   * @param at logs of the moments around which they are taken, by state
   */
  Slopes(SequenceAgents agents, double[][] at) {
    ForecastRules rules = agents.rules();
    moments = rules.moments();
    prices = rules.prices();
    values = new double[at.length][at[0].length][agents.size()];
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
  }

  private static double[] levels(double[] logs, int moved, double step) {
    double[] levels = new double[logs.length];
    Arrays.setAll(levels, j -> Math.exp(logs[j] + (j == moved ? step : 0)));
    return levels;
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
    return along(moments, state, change);
  }

  /** What changes of the logs of moments do to the logs of prices. */
  double[] price(int state, double[] change) {
    return along(prices, state, change);
  }

  private static double[] along(List<LogLinearRule> rules, int state, double[] change) {
    double[] result = new double[rules.size()];
    for (int i = 0; i < result.length; i++) {
      for (int j = 0; j < change.length; j++) {
        result[i] += rules.get(i).slopes().get(j).get(state) * change[j];
      }
    }
    return result;
  }
}
