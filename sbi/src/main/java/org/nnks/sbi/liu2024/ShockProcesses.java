package org.nnks.sbi.liu2024;

import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.sbi.Data;
import org.nnks.sbi.DataShape;
import org.nnks.sbi.Parameter;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulator;

/**
 * The log AR(1) processes of productivity z and labour l of Liu (2024), section 4.3, observed
 * directly: x_t = mu + rho (x_(t-1) - mu) + sigma e_t with e_t ~ N(0, 1), stationary at the start.
 * One period is one of the model.
 *
 * <p>The simulator returns the sufficient statistics of the two series, {@link #statistics}:
 * nothing that the series tell about the parameters is lost.
 *
 * @param periods of the series; the paper does not say how many. 200 give the posterior sds of mu
 *     and rho that it reports
 */
public record ShockProcesses(int periods) implements Simulator {

  /** Fisher's information of 200 periods gives the sds of mu and rho in Liu's Table 5. */
  public static final int PERIODS = 200;

  /** Statistics of a series, as {@link #statistics} computes them. */
  private static final List<String> NAMES =
      List.of(
          "first %s",
          "last %s",
          "slope of %s",
          "mean of %s",
          "log sd of residuals of %s",
          "log sum of squares of %s");

  /** Their number. */
  static final int STATISTICS = NAMES.size();

  /** Parameters of a series: mu, rho, sigma. */
  static final int PARAMETERS = 3;

  private static final List<String> SERIES = List.of("z", "l");

  /** Checks that a regression exists. */
  public ShockProcesses {
    if (periods < 4) {
      throw new IllegalArgumentException("the series need at least 4 periods but have " + periods);
    }
  }

  /** Series as long as the paper's seem to be. */
  public static ShockProcesses standard() {
    return new ShockProcesses(PERIODS);
  }

  /** The names of the series: columns of the observed data. */
  public static List<String> series() {
    return SERIES;
  }

  /** The prior of Liu (2024), Table 3. */
  public static Prior prior() {
    return Prior.of(
        Parameter.uniform("mu_z", -0.1, 0.1),
        Parameter.uniform("rho_z", 0.9, 0.999),
        Parameter.uniform("sigma_z", 0.01, 0.05),
        Parameter.uniform("mu_l", -0.1, 0.1),
        Parameter.uniform("rho_l", 0.9, 0.999),
        Parameter.uniform("sigma_l", 0.01, 0.05));
  }

  /** The true values of Liu (2024), Table 4. */
  public static Vector truth() {
    return Vector.of(0, 0.95, 0.03, 0, 0.95, 0.03);
  }

  @Override
  public DataShape shape() {
    return DataShape.vector(STATISTICS * SERIES.size());
  }

  @Override
  public List<String> features() {
    return SERIES.stream()
        .flatMap(x -> NAMES.stream().map(statistic -> statistic.formatted(x)))
        .toList();
  }

  @Override
  public Data simulate(Vector theta, RandomGenerator random) {
    return statistics(path(theta, random));
  }

  /** Simulated series: shape (periods, 2), z and l. */
  public Matrix path(Vector theta, RandomGenerator random) {
    double[] values = new double[periods * SERIES.size()];
    for (int i = 0; i < SERIES.size(); i++) {
      double mu = theta.get(PARAMETERS * i);
      double rho = theta.get(PARAMETERS * i + 1);
      double sigma = theta.get(PARAMETERS * i + 2);
      double x = mu + sigma / Math.sqrt(1 - rho * rho) * random.nextGaussian();
      for (int t = 0; t < periods; t++) {
        values[t * SERIES.size() + i] = x;
        x = mu + rho * (x - mu) + sigma * random.nextGaussian();
      }
    }
    return Matrix.of(periods, SERIES.size(), values);
  }

  /**
   * The sufficient statistics of observed series: of each the first and last value, and of the
   * regression of x_t on x_(t-1) the slope, the level, the log residual sd and the log sum of
   * squares.
   *
   * @param path shape (periods, 2)
   * @throws InvalidInputException if the shape is another, a value is missing or a series is
   *     constant
   */
  public Data statistics(Matrix path) {
    if (path.rows() != periods || path.columns() != SERIES.size()) {
      throw new InvalidInputException(
          "observed data: expected %d periods of %s but got shape (%d, %d)"
              .formatted(periods, SERIES, path.rows(), path.columns()));
    }
    double[] all = new double[STATISTICS * SERIES.size()];
    for (int i = 0; i < SERIES.size(); i++) {
      double[] x = new double[periods];
      for (int t = 0; t < periods; t++) {
        x[t] = path.get(t, i);
        if (!Double.isFinite(x[t])) {
          throw new InvalidInputException(
              "observed data: %s is %s in row %d; the exact statistics need all periods"
                  .formatted(SERIES.get(i), x[t], t));
        }
      }
      statistics(SERIES.get(i), x, all, STATISTICS * i);
    }
    return Data.vector(all);
  }

  private static void statistics(String name, double[] x, double[] all, int position) {
    int n = x.length - 1;
    double before = 0;
    double after = 0;
    for (int t = 1; t <= n; t++) {
      before += x[t - 1] / n;
      after += x[t] / n;
    }
    double cross = 0;
    double square = 0;
    double total = 0;
    for (int t = 1; t <= n; t++) {
      cross += (x[t - 1] - before) * (x[t] - after);
      square += (x[t - 1] - before) * (x[t - 1] - before);
      total += (x[t] - after) * (x[t] - after);
    }
    double slope = cross / square;
    double residual = (total - slope * cross) / n;
    if (!(square > 0) || !(residual > 0)) {
      throw new InvalidInputException(
          "observed data: %s has no innovations: it is constant or exactly linear in its past"
              .formatted(name));
    }
    all[position] = x[0];
    all[position + 1] = x[n];
    all[position + 2] = slope;
    all[position + 3] = (before + after) / 2;
    all[position + 4] = Math.log(residual) / 2;
    all[position + 5] = Math.log(square);
  }

  /** The exact posterior of one series, z (0) or l (1), given its statistics. */
  public ExactPosterior exact(Data statistics, int series) {
    double[] own = new double[STATISTICS];
    for (int i = 0; i < STATISTICS; i++) {
      own[i] = statistics.values().get(0, STATISTICS * series + i);
    }
    List<Parameter> parameters =
        prior().parameters().subList(PARAMETERS * series, PARAMETERS * (series + 1));
    return ExactPosterior.of(parameters, periods, Vector.of(own));
  }
}
