package org.nnks.sbi.liu2024;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Data;
import org.nnks.sbi.Draws;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.diagnostics.Calibration;
import org.nnks.sbi.diagnostics.EcdfBand;
import org.nnks.sbi.diagnostics.Recovery;
import org.nnks.sbi.flow.FlowSpec;

class ShockProcessesTest {

  private static final ShockProcesses PAIR = ShockProcesses.standard();
  private static final Device CPU = Device.cpu();

  /** Mean absolute errors of posterior means (in exact sds) and relative errors of sds. */
  private record Gap(double mean, double sd) {

    static Gap of(List<Draws> posteriors, Simulations tests) {
      double mean = 0;
      double sd = 0;
      int count = 0;
      for (int i = 0; i < tests.size(); i++) {
        List<Draws.Row> table = posteriors.get(i).table();
        for (int series = 0; series < 2; series++) {
          ExactPosterior exact = PAIR.exact(tests.data(i), series);
          for (int j = 0; j < 3; j++) {
            Draws.Row row = table.get(3 * series + j);
            mean += Math.abs(row.mean() - exact.mean().get(j)) / exact.sd().get(j);
            sd += Math.abs(row.sd() / exact.sd().get(j) - 1);
            count++;
          }
        }
      }
      return new Gap(mean / count, sd / count);
    }
  }

  /** The statistics give the likelihood of the series up to a constant. */
  @Test
  void theGridPosteriorIsThatOfTheSeriesThemselves() {
    Matrix path = PAIR.path(ShockProcesses.truth(), new Seeds(3).stream("path"));
    ExactPosterior exact = PAIR.exact(PAIR.statistics(path), 1);
    int points = 40;
    double mass = 0;
    double mean = 0;
    double max = Double.NEGATIVE_INFINITY;
    for (int pass = 0; pass < 2; pass++) {
      for (int a = 0; a < points; a++) {
        for (int b = 0; b < points; b++) {
          for (int c = 0; c < points; c++) {
            double mu = -0.1 + 0.2 * (a + 0.5) / points;
            double rho = 0.9 + 0.099 * (b + 0.5) / points;
            double sigma = 0.01 + 0.04 * (c + 0.5) / points;
            double log = logLikelihood(path, mu, rho, sigma);
            if (pass == 0) {
              max = Math.max(max, log);
            } else {
              mass += Math.exp(log - max);
              mean += Math.exp(log - max) * rho;
            }
          }
        }
      }
    }
    assertThat(exact.mean().get(1)).isCloseTo(mean / mass, within(0.01 * exact.sd().get(1)));
  }

  private static double logLikelihood(Matrix path, double mu, double rho, double sigma) {
    double start = sigma / Math.sqrt(1 - rho * rho);
    double log = logNormal(path.get(0, 1) - mu, start);
    for (int t = 1; t < path.rows(); t++) {
      log += logNormal(path.get(t, 1) - mu - rho * (path.get(t - 1, 1) - mu), sigma);
    }
    return log;
  }

  private static double logNormal(double x, double sd) {
    return -x * x / (2 * sd * sd) - Math.log(sd);
  }

  @Test
  void thePublishedContractionsAreThoseOfItsTables() {
    double[] facts = {.385, .427, .738, .430, .440, .433};
    for (int j = 0; j < facts.length; j++) {
      assertThat(Published.contraction(j)).isCloseTo(facts[j], within(5e-4));
    }
    assertThat(ShockProcesses.prior().contains(ShockProcesses.truth())).isTrue();
  }

  @Test
  void seriesThatCannotBeUsedAreRefused() {
    assertThatThrownBy(() -> PAIR.statistics(Matrix.of(2, 2, 1, 2, 3, 4)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("observed data: expected 200 periods of [z, l] but got shape (2, 2)");
    assertThatThrownBy(() -> new ShockProcesses(4).statistics(Matrix.of(4, 2, new double[8])))
        .hasMessageContaining("has no innovations");
    assertThatThrownBy(
            () ->
                new ShockProcesses(4).statistics(Matrix.of(4, 2, 1, 2, 0, Double.NaN, 2, 1, 0, 3)))
        .hasMessageContaining("l is NaN in row 1");
  }

  /** A small version of the check below that runs in every build: z alone. */
  @Test
  void oneProcessHasAboutItsExactPosterior() {
    Prior prior = new Prior(ShockProcesses.prior().parameters().subList(0, 3));
    Simulations simulations = Simulations.draw(prior, new Single(), 4_000, 1);
    EstimatorConfig config =
        EstimatorConfig.standard()
            .withFlow(new FlowSpec(FlowSpec.Kind.SPLINE, 2, List.of(32), 6, 4))
            .withWeightDecays(0.3)
            .withEpochs(25);
    try (NeuralPosterior estimator = NeuralPosterior.train(prior, simulations, config, CPU, 1)) {
      Simulations tests = Simulations.draw(prior, new Single(), 20, 2);
      List<Draws> posteriors = estimator.sample(tests, 2_000, new Seeds(3).stream("draws"));
      double mean = 0;
      double sd = 0;
      for (int i = 0; i < tests.size(); i++) {
        ExactPosterior exact = PAIR.exact(tests.data(i), 0);
        for (int j = 0; j < 3; j++) {
          Draws.Row row = posteriors.get(i).table().get(j);
          mean += Math.abs(row.mean() - exact.mean().get(j)) / exact.sd().get(j) / 60;
          sd += Math.abs(row.sd() / exact.sd().get(j) - 1) / 60;
        }
      }
      assertThat(mean).isLessThan(0.2);
      assertThat(sd).isLessThan(0.15);
    }
  }

  /** The process z of the pair. */
  private record Single() implements org.nnks.sbi.Simulator {

    @Override
    public org.nnks.sbi.DataShape shape() {
      return org.nnks.sbi.DataShape.vector(ShockProcesses.STATISTICS);
    }

    @Override
    public Data simulate(Vector theta, java.util.random.RandomGenerator random) {
      double[] both = java.util.Arrays.copyOf(theta.toArray(), 6);
      both[4] = 0.95;
      both[5] = 0.03;
      double[] all = PAIR.simulate(Vector.of(both), random).values().toArray();
      return Data.vector(java.util.Arrays.copyOf(all, ShockProcesses.STATISTICS));
    }
  }

  /** The bar of the project: means within .15 posterior sd, sds within 10 %, over 50 data sets. */
  @Test
  @Tag("paper")
  void thePairHasItsExactPosteriorAndIsCalibrated() {
    Prior prior = ShockProcesses.prior();
    Simulations simulations =
        Simulations.draw(prior, PAIR, Integer.getInteger("sbi.simulations", 20_000), 1);
    EstimatorConfig config =
        EstimatorConfig.standard()
            .withMembers(Integer.getInteger("sbi.members", 1))
            .withEpochs(Integer.getInteger("sbi.epochs", EstimatorConfig.EPOCHS));
    long start = System.nanoTime();
    try (NeuralPosterior estimator = NeuralPosterior.train(prior, simulations, config, CPU, 1)) {
      double trained = (System.nanoTime() - start) * 1e-9;
      Simulations tests = Simulations.draw(prior, PAIR, 50, 2);
      Gap gap = Gap.of(estimator.sample(tests, 10_000, new Seeds(3).stream("draws")), tests);
      start = System.nanoTime();
      estimator.given(tests.data(0)).sample(10_000, new Seeds(4).stream("draws"));
      double amortized = (System.nanoTime() - start) * 1e-9;
      Simulations many = Simulations.draw(prior, PAIR, 500, 5);
      start = System.nanoTime();
      List<Draws> draws = estimator.sample(many, 199, new Seeds(6).stream("draws"));
      double batched = (System.nanoTime() - start) * 1e-9;
      System.out.printf(
          Locale.ROOT,
          "AR(1) pair: trained in %.0f s, mean gap %.3f sd, sd gap %.3f; 10,000 draws in %.2f s,"
              + " 500 x 199 draws in %.1f s%n",
          trained,
          gap.mean(),
          gap.sd(),
          amortized,
          batched);
      EcdfBand band = EcdfBand.of(500, 199, 0.95, new Seeds(7));
      Calibration calibration = Calibration.of(draws, many, new Seeds(7).stream("rank ties"));
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
      for (int j = 0; j < prior.size(); j++) {
        assertThat(calibration.calibrated(j, band)).as(prior.names().get(j)).isTrue();
      }
    }
  }

  /** A series of known first and last values: names stand at their statistics. */
  @Test
  void statisticsHaveNames() {
    ShockProcesses pair = new ShockProcesses(4);
    Matrix path = Matrix.of(4, 2, new double[] {1, 5, 3, 6, 2, 8, 4, 7});
    List<String> names = pair.features();
    Vector statistics = pair.statistics(path).values().row(0);
    assertThat(names).hasSize(pair.shape().features()).doesNotHaveDuplicates();
    assertThat(statistics.get(names.indexOf("first z"))).isEqualTo(1);
    assertThat(statistics.get(names.indexOf("last z"))).isEqualTo(4);
    assertThat(statistics.get(names.indexOf("first l"))).isEqualTo(5);
    assertThat(statistics.get(names.indexOf("last l"))).isEqualTo(7);
    // x(t-1) of z is 1, 3, 2 and x(t) is 3, 2, 4: their means are 2 and 3, their slope -1/2.
    assertThat(statistics.get(names.indexOf("mean of z"))).isCloseTo(2.5, within(1e-15));
    assertThat(statistics.get(names.indexOf("slope of z"))).isCloseTo(-.5, within(1e-15));
  }
}
