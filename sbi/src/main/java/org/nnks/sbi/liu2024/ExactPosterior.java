package org.nnks.sbi.liu2024;

import java.util.List;
import org.nnks.core.numeric.Vector;
import org.nnks.sbi.Parameter;

/**
 * The exact posterior of one AR(1) process under uniform priors, by the midpoint rule on a grid of
 * 80 points in each parameter; twice as many move no moment by more than .002 posterior sd.
 *
 * @param mean of mu, rho and sigma
 * @param sd of mu, rho and sigma
 */
public record ExactPosterior(Vector mean, Vector sd) {

  private static final int POINTS = 80;

  /**
   * The posterior given sufficient statistics.
   *
   * @param parameters uniform mu, rho and sigma
   * @param periods of the series
   * @param statistics as {@link ShockProcesses#statistics} orders them
   */
  static ExactPosterior of(List<Parameter> parameters, int periods, Vector statistics) {
    int d = parameters.size();
    int n = periods - 1;
    double first = statistics.get(0);
    double change = (statistics.get(1) - first) / n;
    double before = statistics.get(3) - change / 2;
    double after = statistics.get(3) + change / 2;
    double slope = statistics.get(2);
    double residual = n * Math.exp(2 * statistics.get(4));
    double square = Math.exp(statistics.get(5));
    double[] logs = new double[POINTS * POINTS * POINTS];
    double max = Double.NEGATIVE_INFINITY;
    for (int cell = 0; cell < logs.length; cell++) {
      double mu = value(parameters, 0, cell);
      double rho = value(parameters, 1, cell);
      double variance = value(parameters, 2, cell) * value(parameters, 2, cell);
      // The sum of squared errors by the regression's decomposition, and the stationary start:
      // Hamilton (1994), Time Series Analysis, (5.2.9).
      double level = after - mu - rho * (before - mu);
      double errors = residual + (slope - rho) * (slope - rho) * square + n * level * level;
      double start = (1 - rho * rho) * (first - mu) * (first - mu);
      logs[cell] =
          Math.log(1 - rho * rho) / 2
              - (n + 1) * Math.log(variance) / 2
              - (errors + start) / (2 * variance);
      max = Math.max(max, logs[cell]);
    }
    double mass = 0;
    double[] mean = new double[d];
    double[] squares = new double[d];
    for (int cell = 0; cell < logs.length; cell++) {
      double weight = Math.exp(logs[cell] - max);
      mass += weight;
      for (int j = 0; j < d; j++) {
        double value = value(parameters, j, cell);
        mean[j] += weight * value;
        squares[j] += weight * value * value;
      }
    }
    double[] sd = new double[d];
    for (int j = 0; j < d; j++) {
      mean[j] /= mass;
      sd[j] = Math.sqrt(squares[j] / mass - mean[j] * mean[j]);
    }
    return new ExactPosterior(Vector.of(mean), Vector.of(sd));
  }

  private static double value(List<Parameter> parameters, int parameter, int cell) {
    int index =
        switch (parameter) {
          case 0 -> cell / (POINTS * POINTS);
          case 1 -> cell / POINTS % POINTS;
          default -> cell % POINTS;
        };
    Parameter p = parameters.get(parameter);
    return p.lower() + (p.upper() - p.lower()) * (index + 0.5) / POINTS;
  }
}
