package org.nnks.krusellsmith.conditioned;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.apache.commons.math3.stat.StatUtils;
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

  /** The first so many numbers are of aggregates alone; the others are of the survey. */
  public static final int AGGREGATES = NAMES.indexOf(EconomySeries.MEAN_LABOUR + " slope");

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
   * @throws ArithmeticException if a series does not vary, or a dispersion is not positive
   */
  public static Vector of(Matrix series, double capitalShare) {
    int periods = series.rows();
    double[] output = column(series, EconomySeries.OUTPUT);
    double[] consumption = column(series, EconomySeries.CONSUMPTION);
    double[] capital = column(series, EconomySeries.CAPITAL);
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
    addAutoregression("log Y - alpha log K", x, all);
    addAutoregression("capital relative to productivity", u, all);
    addConsumption(share, u, x, all);
    addAutoregression(EconomySeries.MEAN_LABOUR, column(series, EconomySeries.MEAN_LABOUR), all);
    for (String dispersion :
        List.of(EconomySeries.SD_LABOUR, EconomySeries.SD_CONSUMPTION, EconomySeries.WEALTH_GINI)) {
      addAutoregression(dispersion, logColumn(series, dispersion), all);
    }
    return Vector.ofUnsafe(all.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static double[] column(Matrix series, String name) {
    int column = EconomySeries.names().indexOf(name);
    return IntStream.range(0, series.rows()).mapToDouble(t -> series.get(t, column)).toArray();
  }

  private static double[] logColumn(Matrix series, String name) {
    double[] values = column(series, name);
    for (int t = 0; t < values.length; t++) {
      if (!(values[t] > 0)) {
        throw new ArithmeticException(
            "%s must be positive but is %s in row %d; its logarithm is taken"
                .formatted(name, values[t], t));
      }
      values[t] = Math.log(values[t]);
    }
    return values;
  }

  /** Slope, level, log residual sd and log spread of the regression of y on its past. */
  private static void addAutoregression(String name, double[] y, List<Double> all) {
    int n = y.length - 1;
    double[] before = demeaned(Arrays.copyOf(y, n));
    double[] after = demeaned(Arrays.copyOfRange(y, 1, n + 1));
    double square = dot(before, before);
    double slope = dot(before, after) / square;
    double residual = (dot(after, after) - slope * slope * square) / n;
    if (!(square > 0) || !(residual > 0)) {
      throw new ArithmeticException(
          "%s does not vary, or is an exact function of its past, so it has no autoregression with a residual"
              .formatted(name));
    }
    all.add(slope);
    all.add(StatUtils.mean(y));
    all.add(Math.log(residual) / 2);
    all.add(Math.log(square / n) / 2);
  }

  /** Mean of log C/Y, its slopes in u and x with u^2 held fixed, and the log residual sd. */
  private static void addConsumption(double[] share, double[] u, double[] x, List<Double> all) {
    double[] capital = demeaned(u);
    double[] productivity = demeaned(x);
    double[][] regressors = new double[share.length][];
    for (int t = 0; t < share.length; t++) {
      regressors[t] = new double[] {1, capital[t], productivity[t], capital[t] * capital[t]};
    }
    double[] coefficients = consumptionFunction(regressors, share);
    double squares = 0;
    for (int t = 0; t < share.length; t++) {
      double residual = share[t] - dot(coefficients, regressors[t]);
      squares += residual * residual;
    }
    if (!(squares > 0)) {
      throw new ArithmeticException(
          "log C/Y is an exact function of capital and productivity, so its regression has no residual");
    }
    all.add(StatUtils.mean(share));
    all.add(coefficients[1]);
    all.add(coefficients[2]);
    all.add(Math.log(squares / share.length) / 2);
  }

  private static double[] consumptionFunction(double[][] regressors, double[] share) {
    try {
      return LeastSquares.of(regressors, share).toArray();
    } catch (SingularMatrixException dependent) {
      throw new ArithmeticException(
          "capital and productivity move together exactly, so log C/Y cannot be regressed on both");
    }
  }

  private static double[] demeaned(double[] values) {
    double mean = StatUtils.mean(values);
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
