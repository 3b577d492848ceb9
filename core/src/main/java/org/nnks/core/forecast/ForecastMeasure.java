package org.nnks.core.forecast;

import java.util.function.UnaryOperator;
import org.nnks.core.numeric.Vector;

/**
 * Measures changes of forecast rules by what they do to forecasts along a history, rather than by
 * coefficients. Intercept and slope of a state that is visited rarely, or at nearly one K, move a
 * lot together and change no forecast that is made.
 *
 * <p>A change of coefficients is mapped linearly to a vector whose squared length is the mean, over
 * the dates of the history, of the squared changes of log K' and of log p.
 */
public final class ForecastMeasure implements UnaryOperator<double[]> {

  private final double[] weight;
  private final double[] mean;
  private final double[] deviation;

  private ForecastMeasure(int aggregateStates) {
    weight = new double[aggregateStates];
    mean = new double[aggregateStates];
    deviation = new double[aggregateStates];
  }

  /**
   * The measure on a history.
   *
   * @param states aggregate states, counted from zero
   * @param capital K at the same dates
   * @param from the first date used
   * @param aggregateStates the number of aggregate states
   */
  public static ForecastMeasure on(int[] states, Vector capital, int from, int aggregateStates) {
    ForecastMeasure measure = new ForecastMeasure(aggregateStates);
    int[] visits = new int[aggregateStates];
    double[] squares = new double[aggregateStates];
    for (int t = from; t < states.length; t++) {
      int state = states[t];
      double distance = Math.log(capital.get(t)) - measure.mean[state];
      visits[state]++;
      measure.mean[state] += distance / visits[state];
      squares[state] += distance * (Math.log(capital.get(t)) - measure.mean[state]);
    }
    for (int state = 0; state < aggregateStates; state++) {
      if (visits[state] > 0) {
        measure.weight[state] = Math.sqrt((double) visits[state] / (states.length - from));
        measure.deviation[state] = Math.sqrt(squares[state] / visits[state]);
      }
    }
    return measure;
  }

  /**
   * Maps a change of coefficients.
   *
   * @param change ordered as by {@link ForecastRules#coefficients()}
   * @return of the same size: changes at mean log K, and by a standard deviation of log K, each
   *     weighted with the root of the state's share of dates
   */
  @Override
  public double[] apply(double[] change) {
    int n = weight.length;
    double[] measured = new double[change.length];
    for (int line = 0; line < change.length; line += 2 * n) {
      for (int state = 0; state < n; state++) {
        double intercept = change[line + state];
        double slope = change[line + n + state];
        measured[line + state] = weight[state] * (intercept + slope * mean[state]);
        measured[line + n + state] = weight[state] * slope * deviation[state];
      }
    }
    return measured;
  }
}
