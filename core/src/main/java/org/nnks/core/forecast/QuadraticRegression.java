package org.nnks.core.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.nnks.core.numeric.Vector;

/**
 * Rules that are quadratic in the log of each moment and fit a history, by least squares in logs
 * within each aggregate state: what lines are held against. Stateless.
 */
public final class QuadraticRegression {

  private QuadraticRegression() {}

  /**
   * The rules that fit best. A state that is visited fewer than {@value
   * RuleRegression#OWN_SLOPE_OBSERVATIONS} times for each coefficient of a moment keeps its lines.
   *
   * @param lines of the same history
   * @param states aggregate states, counted from zero
   * @param moments at the same dates
   * @param nextMoments those of the next date
   * @param prices at the same dates
   * @param from the first date used
   */
  public static ForecastRules of(
      ForecastRules lines,
      int[] states,
      List<Vector> moments,
      List<Vector> nextMoments,
      List<Vector> prices,
      int from) {
    List<Vector> logs = moments.stream().map(each -> each.map(Math::log)).toList();
    int[][] dates = new int[lines.states()][];
    Arrays.setAll(
        dates, a -> IntStream.range(from, states.length).filter(t -> states[t] == a).toArray());
    return new ForecastRules(
        bent(lines.moments(), dates, logs, nextMoments), bent(lines.prices(), dates, logs, prices));
  }

  private static List<LogLinearRule> bent(
      List<LogLinearRule> lines, int[][] dates, List<Vector> logs, List<Vector> levels) {
    List<LogLinearRule> rules = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      rules.add(bent(lines.get(i), dates, logs, levels.get(i).map(Math::log)));
    }
    return rules;
  }

  private static LogLinearRule bent(
      LogLinearRule line, int[][] dates, List<Vector> logs, Vector y) {
    int q = logs.size();
    int n = dates.length;
    double[] intercepts = line.intercept().toArray();
    double[][] slopes = new double[q][];
    Arrays.setAll(slopes, j -> line.slopes().get(j).toArray());
    double[][] coefficients = new double[q][n];
    double[][] from = new double[q][n];
    double[][] to = new double[q][n];
    for (int a = 0; a < n; a++) {
      int[] here = dates[a];
      if (here.length < RuleRegression.OWN_SLOPE_OBSERVATIONS * 2 * q) {
        continue;
      }
      double[][] x = new double[here.length][2 * q];
      for (int j = 0; j < q; j++) {
        Vector log = logs.get(j);
        from[j][a] = Arrays.stream(here).mapToDouble(log::get).min().orElseThrow();
        to[j][a] = Arrays.stream(here).mapToDouble(log::get).max().orElseThrow();
        for (int i = 0; i < here.length; i++) {
          double away = log.get(here[i]) - (from[j][a] + to[j][a]) / 2;
          x[i][j] = log.get(here[i]);
          x[i][q + j] = away * away;
        }
      }
      OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
      regression.newSampleData(Arrays.stream(here).mapToDouble(y::get).toArray(), x);
      try {
        double[] found = regression.estimateRegressionParameters();
        intercepts[a] = found[0];
        for (int j = 0; j < q; j++) {
          slopes[j][a] = found[1 + j];
          coefficients[j][a] = found[1 + q + j];
        }
      } catch (SingularMatrixException e) {
        // Moments that do not vary on their own have no curvature to be seen: the lines stay.
      }
    }
    List<Bend> bends = new ArrayList<>();
    for (int j = 0; j < q; j++) {
      bends.add(new Bend(Vector.of(coefficients[j]), Vector.of(from[j]), Vector.of(to[j])));
    }
    return new LogLinearRule(
        Vector.of(intercepts), Arrays.stream(slopes).map(Vector::of).toList(), Optional.of(bends));
  }
}
