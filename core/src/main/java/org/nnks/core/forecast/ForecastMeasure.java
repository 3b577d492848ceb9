package org.nnks.core.forecast;

import java.util.List;
import java.util.function.UnaryOperator;
import org.nnks.core.numeric.Vector;

/**
 * Measures changes of forecast rules by what they do to forecasts along a history, rather than by
 * coefficients. Intercept and slopes of a state that is visited rarely, or at nearly one point,
 * move a lot together and change no forecast that is made.
 *
 * <p>A change of coefficients is mapped linearly to a vector whose squared length is the mean, over
 * the dates of the history, of the squared changes of the logs of all forecasts.
 */
public final class ForecastMeasure implements UnaryOperator<double[]> {

  private final double[] weight;
  private final double[][] mean;
  private final double[][][] root;

  private ForecastMeasure(int aggregateStates, int moments) {
    weight = new double[aggregateStates];
    mean = new double[aggregateStates][moments];
    root = new double[aggregateStates][moments][moments];
  }

  /** The measure on a history with one moment. */
  public static ForecastMeasure on(int[] states, Vector capital, int from, int aggregateStates) {
    return on(states, List.of(capital), from, aggregateStates);
  }

  /**
   * The measure on a history.
   *
   * @param states aggregate states, counted from zero
   * @param moments at the same dates
   * @param from the first date used
   * @param aggregateStates the number of aggregate states
   */
  public static ForecastMeasure on(
      int[] states, List<Vector> moments, int from, int aggregateStates) {
    int q = moments.size();
    ForecastMeasure measure = new ForecastMeasure(aggregateStates, q);
    int[] visits = new int[aggregateStates];
    double[][][] products = new double[aggregateStates][q][q];
    double[] before = new double[q];
    for (int t = from; t < states.length; t++) {
      int state = states[t];
      visits[state]++;
      for (int i = 0; i < q; i++) {
        before[i] = Math.log(moments.get(i).get(t)) - measure.mean[state][i];
        measure.mean[state][i] += before[i] / visits[state];
        for (int j = 0; j <= i; j++) {
          products[state][i][j] +=
              before[i] * (Math.log(moments.get(j).get(t)) - measure.mean[state][j]);
        }
      }
    }
    for (int state = 0; state < aggregateStates; state++) {
      if (visits[state] > 0) {
        measure.weight[state] = Math.sqrt((double) visits[state] / (states.length - from));
        choleskyRoot(products[state], visits[state], measure.root[state]);
      }
    }
    return measure;
  }

  /** The lower triangular L with L L' the covariance; a moment that follows others gets zero. */
  private static void choleskyRoot(double[][] products, int count, double[][] lower) {
    for (int i = 0; i < lower.length; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = products[i][j] / count;
        for (int k = 0; k < j; k++) {
          rest -= lower[i][k] * lower[j][k];
        }
        lower[i][j] =
            i == j ? Math.sqrt(Math.max(0, rest)) : lower[j][j] > 0 ? rest / lower[j][j] : 0;
      }
    }
  }

  /**
   * Maps a change of coefficients.
   *
   * @param change ordered as by {@link ForecastRules#coefficients()}
   * @return of the same size: changes at mean log moments, and by the roots of their covariance,
   *     each weighted with the root of the state's share of dates
   */
  @Override
  public double[] apply(double[] change) {
    int n = weight.length;
    int q = mean[0].length;
    double[] measured = new double[change.length];
    for (int line = 0; line < change.length; line += (1 + q) * n) {
      for (int state = 0; state < n; state++) {
        double level = change[line + state];
        for (int i = 0; i < q; i++) {
          double slope = change[line + (1 + i) * n + state];
          level += slope * mean[state][i];
          for (int j = 0; j <= i; j++) {
            measured[line + (1 + j) * n + state] += weight[state] * slope * root[state][i][j];
          }
        }
        measured[line + state] = weight[state] * level;
      }
    }
    return measured;
  }
}
