package org.nnks.core.neural;

import java.util.List;
import org.nnks.core.numeric.Matrix;

/**
 * What agents believe: next period's moments and this period's prices, log-linear in this period's
 * moments within each aggregate state.
 *
 * @param moments for each moment a matrix of coefficients: (aggregate states, 1 + moments), the
 *     constant first
 * @param prices the same for each price
 */
public record Forecasts(List<Matrix> moments, List<Matrix> prices) {

  /** Checks shapes. */
  public Forecasts {
    moments = List.copyOf(moments);
    prices = List.copyOf(prices);
    int states = moments.get(0).rows();
    for (List<Matrix> rules : List.of(moments, prices)) {
      for (Matrix rule : rules) {
        if (rule.rows() != states || rule.columns() != 1 + moments.size()) {
          throw new IllegalArgumentException(
              "a forecast of %d moments in %d states needs a matrix (%d, %d) but got (%d, %d)"
                  .formatted(
                      moments.size(),
                      states,
                      states,
                      1 + moments.size(),
                      rule.rows(),
                      rule.columns()));
        }
      }
    }
  }

  /** Next period's moments. */
  public double[] nextMoments(int aggregateState, double[] moments) {
    return at(this.moments, aggregateState, moments);
  }

  /** This period's prices. */
  public double[] prices(int aggregateState, double[] moments) {
    return at(prices, aggregateState, moments);
  }

  private static double[] at(List<Matrix> rules, int aggregateState, double[] moments) {
    double[] forecast = new double[rules.size()];
    for (int v = 0; v < forecast.length; v++) {
      double log = rules.get(v).get(aggregateState, 0);
      for (int j = 0; j < moments.length; j++) {
        log += rules.get(v).get(aggregateState, 1 + j) * Math.log(moments[j]);
      }
      forecast[v] = Math.exp(log);
    }
    return forecast;
  }
}
