package org.nnks.sbi.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Data;
import org.nnks.sbi.DataShape;
import org.nnks.sbi.Draws;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.HighestDensityRegion;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Parameter;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.Simulator;
import org.nnks.sbi.flow.FlowSpec;

/** x = a + b + noise: given x, a and b are normal with the correlation -2 / 3. */
class JointChecksTest {

  private static final Seeds SEEDS = new Seeds(3);
  private static final Prior PRIOR =
      Prior.of(Parameter.normal("a", 0, 1), Parameter.normal("b", 0, 1));
  private static final Simulator SUM =
      Simulator.of(
          DataShape.vector(1),
          (theta, random) ->
              Data.vector(theta.get(0) + theta.get(1) + Math.sqrt(0.5) * random.nextGaussian()));

  /** Linear and normal, as the posterior is. */
  private static final EstimatorConfig LINEAR =
      EstimatorConfig.standard()
          .withFlow(new FlowSpec(FlowSpec.Kind.AFFINE, 2, List.of(8), 4, 4))
          .withWeightDecays(3.0)
          .withEpochs(2);

  private static Simulations held;
  private static NeuralPosterior right;
  private static NeuralPosterior wrong;

  @BeforeAll
  static void train() {
    held = Simulations.draw(PRIOR, SUM, 100_000, 400, new Seeds(1));
    right =
        NeuralPosterior.train(
            PRIOR, Simulations.draw(PRIOR, SUM, 5_000, 1), LINEAR, Device.cpu(), 1);
    // Of another model, whose noise has a third of the variance: wrong at all data.
    Simulator other =
        Simulator.of(
            SUM.shape(),
            (theta, random) ->
                Data.vector(theta.get(0) + theta.get(1) + 0.4 * random.nextGaussian()));
    wrong =
        NeuralPosterior.train(
            PRIOR, Simulations.draw(PRIOR, other, 5_000, 1), LINEAR, Device.cpu(), 1);
  }

  @AfterAll
  static void close() {
    right.close();
    wrong.close();
  }

  /** Exact posterior draws, but for their spread and a shift of the first. */
  private static List<Draws> exact(double spread, double bias) {
    RandomGenerator random = SEEDS.stream("exact");
    List<Draws> posteriors = new ArrayList<>();
    for (int i = 0; i < held.size(); i++) {
      // Means x / 2.5, variances 1 - 1 / 2.5 = .6, covariance -.4.
      double mean = held.data(i).values().get(0, 0) / 2.5;
      double[] draws = new double[2 * 199];
      for (int k = 0; k < 199; k++) {
        double z1 = random.nextGaussian();
        double z2 = -2.0 / 3 * z1 + Math.sqrt(5) / 3 * random.nextGaussian();
        draws[2 * k] = mean + bias + spread * Math.sqrt(0.6) * z1;
        draws[2 * k + 1] = mean + spread * Math.sqrt(0.6) * z2;
      }
      posteriors.add(new Draws(PRIOR.names(), Matrix.of(199, 2, draws)));
    }
    return posteriors;
  }

  @Test
  void distancesFromRandomPointsAreCalibratedOfTheRightPosteriorOnly() {
    EcdfBand band = EcdfBand.of(held.size(), 199, 0.95, SEEDS);
    assertThat(tarp(exact(1, 0)).calibrated(0, band)).isTrue();
    assertThat(tarp(exact(0.7, 0)).calibrated(0, band)).isFalse();
    assertThat(tarp(exact(1.4, 0)).calibrated(0, band)).isFalse();
    assertThat(tarp(exact(1, 0.6)).calibrated(0, band)).isFalse();
  }

  private static Calibration tarp(List<Draws> posteriors) {
    return Calibration.ofDistance(posteriors, held, SEEDS.stream("points"));
  }

  @Test
  void ranksOfDensitiesAreUniformOfARightEstimatorOnly() {
    EcdfBand band = EcdfBand.of(held.size(), 199, 0.95, SEEDS);
    Calibration ofRight =
        Calibration.ofDensity(
            right, right.sample(held, 199, SEEDS.stream("d")), held, SEEDS.stream("ties"));
    assertThat(ofRight.calibrated(0, band)).isTrue();
    Calibration ofWrong =
        Calibration.ofDensity(
            wrong, wrong.sample(held, 199, SEEDS.stream("d")), held, SEEDS.stream("ties"));
    assertThat(ofWrong.calibrated(0, band)).isFalse();
    // Overconfident: joint regions hold fewer truths than they say.
    Vector coverage = ofWrong.ecdf(0, band);
    int at90 = 89;
    assertThat(band.points().get(at90)).isCloseTo(0.9, within(1e-9));
    assertThat(coverage.get(at90)).isLessThan(0.85);
  }

  @Test
  void theHighestDensityRegionOfANormalIsAnEllipse() {
    HighestDensityRegion region =
        HighestDensityRegion.of(right.given(Data.vector(1)), 0.9, 5_000, SEEDS.stream("region"));
    // Mahalanobis distance^2 of the boundary: -2 log(1 - .9) = 4.6; along (1, 1) the variance is
    // .6 - .4 = .2 for each coordinate's standardised sum, along (1, -1) it is 1.
    double along = Math.sqrt(4.605 * 0.2 / 2);
    double across = Math.sqrt(4.605 * 1.0 / 2);
    boolean[] inside =
        region.contains(
            Matrix.of(
                4,
                2,
                0.4 + 0.9 * along,
                0.4 + 0.9 * along,
                0.4 + 1.1 * along,
                0.4 + 1.1 * along,
                0.4 + 0.9 * across,
                0.4 - 0.9 * across,
                0.4 + 1.1 * across,
                0.4 - 1.1 * across));
    assertThat(inside).containsExactly(true, false, true, false);
  }

  @Test
  void theLocalTestFindsTheWrongPosteriorAndNotTheRightOne() {
    assertThat(local(right).suspected()).isFalse();
    LocalClassifierTest ofWrong = local(wrong);
    assertThat(ofWrong.suspected()).isTrue();
    assertThat(ofWrong.statistic()).isGreaterThan(ofWrong.critical());
  }

  private static LocalClassifierTest local(NeuralPosterior estimator) {
    Data observed = Data.vector(0.5);
    return LocalClassifierTest.of(
        estimator,
        estimator.sample(held, 101, SEEDS.stream("held")),
        held,
        observed,
        estimator.given(observed).sample(600, SEEDS.stream("given")),
        SEEDS);
  }

  @Test
  void theModeOfANormalIsItsMean() {
    Vector mode = right.given(Data.vector(1)).mode(200, SEEDS.stream("mode"));
    Matrix draws = right.given(Data.vector(1)).sample(20_000, SEEDS.stream("mean")).values();
    double a = new Draws(PRIOR.names(), draws).column("a").mean();
    assertThat(mode.get(0)).isCloseTo(a, within(4 * Math.sqrt(0.6 / 20_000)));
  }
}
