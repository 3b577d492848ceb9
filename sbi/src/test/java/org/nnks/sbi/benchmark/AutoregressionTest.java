package org.nnks.sbi.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Data;
import org.nnks.sbi.DataShape;
import org.nnks.sbi.Draws;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Parameter;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.Simulator;
import org.nnks.sbi.diagnostics.Calibration;
import org.nnks.sbi.diagnostics.EcdfBand;
import org.nnks.sbi.diagnostics.Recovery;
import org.nnks.sbi.flow.FlowSpec;

/**
 * The processes of Liu (2024), Table 3, observed directly for 200 periods: z_t = mu (1 - rho) + rho
 * z_(t-1) + sigma e_t, stationary at the start. The likelihood is exact, and so is the posterior on
 * a grid. Data are sufficient statistics, so nothing is lost by summarising.
 */
class AutoregressionTest {

  private static final int PERIODS = 200;
  private static final int STATISTICS = 6;
  private static final Device CPU = Device.cpu();

  /** One or more independent processes with the priors of Table 3. */
  private record Processes(int count) implements Simulator {

    Prior prior() {
      List<Parameter> parameters = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        parameters.add(Parameter.uniform("mu" + i, -0.1, 0.1));
        parameters.add(Parameter.uniform("rho" + i, 0.9, 0.999));
        parameters.add(Parameter.uniform("sigma" + i, 0.01, 0.05));
      }
      return new Prior(parameters);
    }

    @Override
    public DataShape shape() {
      return DataShape.vector(STATISTICS * count);
    }

    @Override
    public Data simulate(Vector theta, RandomGenerator random) {
      double[] all = new double[STATISTICS * count];
      for (int i = 0; i < count; i++) {
        double mu = theta.get(3 * i);
        double rho = theta.get(3 * i + 1);
        double sigma = theta.get(3 * i + 2);
        double[] z = new double[PERIODS];
        z[0] = mu + sigma / Math.sqrt(1 - rho * rho) * random.nextGaussian();
        for (int t = 1; t < PERIODS; t++) {
          z[t] = mu + rho * (z[t - 1] - mu) + sigma * random.nextGaussian();
        }
        System.arraycopy(statistics(z), 0, all, STATISTICS * i, STATISTICS);
      }
      return Data.vector(all);
    }
  }

  /** First and last value; regression of z_t on z_(t-1): slope, level, log residual sd; spread. */
  private static double[] statistics(double[] z) {
    int n = z.length - 1;
    double before = 0;
    double after = 0;
    for (int t = 1; t <= n; t++) {
      before += z[t - 1] / n;
      after += z[t] / n;
    }
    double cross = 0;
    double square = 0;
    double total = 0;
    for (int t = 1; t <= n; t++) {
      cross += (z[t - 1] - before) * (z[t] - after);
      square += (z[t - 1] - before) * (z[t - 1] - before);
      total += (z[t] - after) * (z[t] - after);
    }
    double slope = cross / square;
    return new double[] {
      z[0],
      z[n],
      slope,
      (before + after) / 2,
      Math.log((total - slope * cross) / n) / 2,
      Math.log(square)
    };
  }

  /** Means and sds of the exact posterior of one process, by the midpoint rule on a grid. */
  private static double[][] exact(double[] statistics) {
    int points = 80;
    int n = PERIODS - 1;
    double first = statistics[0];
    double change = (statistics[1] - first) / n;
    double before = statistics[3] - change / 2;
    double after = statistics[3] + change / 2;
    double slope = statistics[2];
    double square = Math.exp(statistics[5]);
    double residual = n * Math.exp(2 * statistics[4]);
    double[] logs = new double[points * points * points];
    double max = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < logs.length; c++) {
      double[] theta = theta(c, points);
      double rho = theta[1];
      double variance = theta[2] * theta[2];
      double level = after - theta[0] - rho * (before - theta[0]);
      double errors = residual + (slope - rho) * (slope - rho) * square + n * level * level;
      double start = (1 - rho * rho) * (first - theta[0]) * (first - theta[0]);
      logs[c] =
          Math.log(1 - rho * rho) / 2
              - (n + 1) * Math.log(variance) / 2
              - (errors + start) / (2 * variance);
      max = Math.max(max, logs[c]);
    }
    double mass = 0;
    double[] mean = new double[3];
    double[] square2 = new double[3];
    for (int c = 0; c < logs.length; c++) {
      double weight = Math.exp(logs[c] - max);
      double[] theta = theta(c, points);
      mass += weight;
      for (int j = 0; j < 3; j++) {
        mean[j] += weight * theta[j];
        square2[j] += weight * theta[j] * theta[j];
      }
    }
    double[] sd = new double[3];
    for (int j = 0; j < 3; j++) {
      mean[j] /= mass;
      sd[j] = Math.sqrt(square2[j] / mass - mean[j] * mean[j]);
    }
    return new double[][] {mean, sd};
  }

  private static double[] theta(int cell, int points) {
    return new double[] {
      -0.1 + 0.2 * (cell / (points * points) + 0.5) / points,
      0.9 + 0.099 * (cell / points % points + 0.5) / points,
      0.01 + 0.04 * (cell % points + 0.5) / points
    };
  }

  /** Mean absolute errors of posterior means (in exact sds) and relative errors of sds. */
  private record Gap(double mean, double sd) {}

  private static Gap gap(List<Draws> posteriors, Simulations tests) {
    double mean = 0;
    double sd = 0;
    int count = 0;
    for (int i = 0; i < tests.size(); i++) {
      double[] all = tests.data(i).values().toArray();
      for (int p = 0; p < all.length / STATISTICS; p++) {
        double[][] exact =
            exact(java.util.Arrays.copyOfRange(all, p * STATISTICS, (p + 1) * STATISTICS));
        for (int j = 0; j < 3; j++) {
          Draws.Row row = posteriors.get(i).table().get(3 * p + j);
          mean += Math.abs(row.mean() - exact[0][j]) / exact[1][j];
          sd += Math.abs(row.sd() / exact[1][j] - 1);
          count++;
        }
      }
    }
    return new Gap(mean / count, sd / count);
  }

  /** A small version of the check below that runs in every build. */
  @Test
  void oneProcessHasAboutItsExactPosterior() {
    Processes process = new Processes(1);
    Prior prior = process.prior();
    Simulations simulations = Simulations.draw(prior, process, 4_000, 1);
    EstimatorConfig config =
        EstimatorConfig.standard()
            .withFlow(new FlowSpec(FlowSpec.Kind.SPLINE, 2, List.of(32), 6, 4))
            .withEpochs(40)
            .withBatch(100);
    try (NeuralPosterior estimator = NeuralPosterior.train(prior, simulations, config, CPU, 1)) {
      Simulations tests = Simulations.draw(prior, process, 20, 2);
      List<Draws> posteriors = estimator.sample(tests, 2_000, new Seeds(3).stream("draws"));
      Gap gap = gap(posteriors, tests);
      assertThat(gap.mean()).isLessThan(0.2);
      assertThat(gap.sd()).isLessThan(0.15);
    }
  }

  /** The bar of the project: means within .15 posterior sd, sds within 10 %, over 50 data sets. */
  @Test
  @Tag("paper")
  void thePairHasItsExactPosteriorAndIsCalibrated() {
    Processes pair = new Processes(2);
    Prior prior = pair.prior();
    Simulations simulations =
        Simulations.draw(prior, pair, Integer.getInteger("sbi.simulations", 20_000), 1);
    EstimatorConfig config =
        EstimatorConfig.standard()
            .withFlow(new FlowSpec(FlowSpec.Kind.SPLINE, 4, List.of(50, 50), 8, 4));
    long start = System.nanoTime();
    try (NeuralPosterior estimator = NeuralPosterior.train(prior, simulations, config, CPU, 1)) {
      double trained = (System.nanoTime() - start) * 1e-9;
      Simulations tests = Simulations.draw(prior, pair, 50, 2);
      Gap gap = gap(estimator.sample(tests, 10_000, new Seeds(3).stream("draws")), tests);
      start = System.nanoTime();
      estimator.given(tests.data(0)).sample(10_000, new Seeds(4).stream("draws"));
      double amortized = (System.nanoTime() - start) * 1e-9;
      Simulations many = Simulations.draw(prior, pair, 500, 5);
      start = System.nanoTime();
      List<Draws> draws = estimator.sample(many, 199, new Seeds(6).stream("draws"));
      double batched = (System.nanoTime() - start) * 1e-9;
      System.out.printf(
          Locale.ROOT,
          "AR(1) pair: trained in %.0f s (%d epochs), mean gap %.3f sd, sd gap %.3f; 10,000 draws in"
              + " %.2f s, 500 x 199 draws in %.1f s%n",
          trained,
          estimator.histories().get(0).epochs().size(),
          gap.mean(),
          gap.sd(),
          amortized,
          batched);
      EcdfBand band = EcdfBand.of(500, 199, 0.95, new Seeds(7));
      Calibration calibration = Calibration.of(draws, many);
      List<Recovery> recovery = Recovery.of(prior, draws, many);
      for (int j = 0; j < prior.size(); j++) {
        System.out.printf(
            Locale.ROOT,
            "  %s: in the band %s, 90 %% coverage %.3f, contraction %.3f, sd of z %.2f%n",
            prior.names().get(j),
            calibration.calibrated(j, band),
            calibration.coverage(j, 0.9),
            recovery.get(j).contraction(),
            recovery.get(j).sdZ());
      }
      assertThat(gap.mean()).isLessThan(0.15);
      assertThat(gap.sd()).isLessThan(0.1);
      assertThat(amortized).isLessThan(1);
    }
  }
}
