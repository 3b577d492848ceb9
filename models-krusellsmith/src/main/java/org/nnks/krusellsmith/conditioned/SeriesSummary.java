package org.nnks.krusellsmith.conditioned;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * A few numbers that say what {@link EconomySeries} tell of the shock processes:
 *
 * <ul>
 *   <li>of x = log Y - alpha log K, which is log z plus a constant: the sufficient statistics of an
 *       AR(1);
 *   <li>of capital relative to productivity, u = log K - x/(1-alpha): mean, spread and persistence;
 *   <li>the consumption function: log C/Y regressed on u, x and u^2, which shows how persistent
 *       households think that productivity is;
 *   <li>of each moment of the survey: mean, spread and persistence.
 * </ul>
 */
public final class SeriesSummary {

  private static final List<String> NAMES = orderedNames();

  private SeriesSummary() {}

  private static List<String> orderedNames() {
    List<String> names = new ArrayList<>();
    for (String what :
        List.of("first", "last", "slope", "level", "log residual sd", "log spread")) {
      names.add("x " + what);
    }
    for (String what : List.of("slope", "level", "log residual sd", "log spread")) {
      names.add("u " + what);
    }
    for (String what : List.of("mean", "on u", "on x", "log residual sd")) {
      names.add("C/Y " + what);
    }
    for (String series :
        List.of(
            EconomySeries.MEAN_LABOUR,
            EconomySeries.SD_LABOUR,
            EconomySeries.SD_CONSUMPTION,
            EconomySeries.WEALTH_GINI)) {
      for (String what : List.of("slope", "level", "log residual sd", "log spread")) {
        names.add(series + " " + what);
      }
    }
    return Collections.unmodifiableList(names);
  }

  /** The names of the numbers. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The numbers, in the order of {@link #names}.
   *
   * @param series shape (periods, names of {@link EconomySeries})
   * @param capitalShare alpha
   * @throws ArithmeticException if a series does not vary
   */
  public static Vector of(Matrix series, double capitalShare) {
    int periods = series.rows();
    double[] output = column(series, 0, x -> x);
    double[] consumption = column(series, 1, x -> x);
    double[] capital = column(series, 2, x -> x);
    double[] x = new double[periods];
    double[] u = new double[periods];
    double[] share = new double[periods];
    for (int t = 0; t < periods; t++) {
      x[t] = output[t] - capitalShare * capital[t];
      u[t] = capital[t] - x[t] / (1 - capitalShare);
      share[t] = consumption[t] - output[t];
    }
    List<Double> all = new ArrayList<>();
    all.add(x[0]);
    all.add(x[periods - 1]);
    addAutoregression(x, all);
    addAutoregression(u, all);
    addConsumption(share, u, x, all);
    addAutoregression(column(series, 3, v -> v), all);
    addAutoregression(column(series, 4, Math::log), all);
    addAutoregression(column(series, 5, Math::log), all);
    addAutoregression(column(series, 6, Math::log), all);
    return Vector.ofUnsafe(all.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static double[] column(Matrix series, int column, DoubleUnaryOperator of) {
    return IntStream.range(0, series.rows())
        .mapToDouble(t -> of.applyAsDouble(series.get(t, column)))
        .toArray();
  }

  /** Slope, level, log residual sd and log spread of the regression of y on its past. */
  private static void addAutoregression(double[] y, List<Double> all) {
    int n = y.length - 1;
    double[] before = demeaned(Arrays.copyOf(y, n));
    double[] after = demeaned(Arrays.copyOfRange(y, 1, n + 1));
    double square = dot(before, before);
    double slope = dot(before, after) / square;
    double residual = (dot(after, after) - slope * slope * square) / n;
    if (!(square > 0) || !(residual > 0)) {
      throw new ArithmeticException("a series does not vary, so it has no autoregression");
    }
    all.add(slope);
    all.add(HouseholdPanel.mean(y));
    all.add(Math.log(residual) / 2);
    all.add(Math.log(square / n) / 2);
  }

  /** Mean of log C/Y, its slopes in u and x with u^2 held fixed, and the log residual sd. */
  private static void addConsumption(double[] share, double[] u, double[] x, List<Double> all) {
    double[] deviation = demeaned(u);
    double[] curvature = demeaned(Arrays.stream(deviation).map(d -> d * d).toArray());
    double[][] regressors = {deviation, demeaned(x), curvature};
    double[] y = demeaned(share);
    double[][] normal = new double[regressors.length][regressors.length + 1];
    for (int i = 0; i < regressors.length; i++) {
      for (int j = 0; j < regressors.length; j++) {
        normal[i][j] = dot(regressors[i], regressors[j]);
      }
      normal[i][regressors.length] = dot(regressors[i], y);
    }
    double[] slopes = LinearSystem.solve(normal);
    double squares = 0;
    for (int t = 0; t < y.length; t++) {
      double residual = y[t];
      for (int i = 0; i < slopes.length; i++) {
        residual -= slopes[i] * regressors[i][t];
      }
      squares += residual * residual;
    }
    all.add(HouseholdPanel.mean(share));
    all.add(slopes[0]);
    all.add(slopes[1]);
    all.add(Math.log(squares / y.length) / 2);
  }

  private static double[] demeaned(double[] values) {
    double mean = HouseholdPanel.mean(values);
    return Arrays.stream(values).map(v -> v - mean).toArray();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
