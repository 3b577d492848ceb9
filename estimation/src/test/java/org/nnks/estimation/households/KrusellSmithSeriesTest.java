package org.nnks.estimation.households;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.InputBox;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.krusellsmith.conditioned.ConditionedConsumption;
import org.nnks.krusellsmith.conditioned.DetrendedSolver;
import org.nnks.krusellsmith.conditioned.EconomyData;
import org.nnks.krusellsmith.conditioned.EconomySeries;
import org.nnks.krusellsmith.conditioned.SeriesSummary;
import org.nnks.krusellsmith.conditioned.ShockBox;
import org.nnks.krusellsmith.conditioned.TableShape;
import org.nnks.sbi.Data;
import org.nnks.sbi.Draws;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.diagnostics.Recovery;
import org.nnks.sbi.flow.FlowSpec;

/** The simulator with a policy through nine coarse solutions, over the whole prior. */
class KrusellSmithSeriesTest {

  private static KrusellSmithSeries simulator;

  private static final DetrendedSolver COARSE =
      new DetrendedSolver(new TableShape(30, 4, 4, 4), 3, 200, 400, 200);

  @BeforeAll
  static void solve() {
    ConditionedConsumption policy =
        ConditionedConsumption.solve(
            ShockBox.liu2024(), 1, COARSE, new Seeds(1), (e, s, n, count) -> {});
    simulator = new KrusellSmithSeries(policy, new EconomySeries(200, 100, 100, 50));
  }

  @Test
  void theWholePriorCanBeSimulated() {
    Simulations simulations = Simulations.draw(KrusellSmithSeries.prior(), simulator, 200, 3);
    assertThat(simulations.failures()).isZero();
    assertThat(simulations.shape().features()).isEqualTo(SeriesSummary.names().size());
  }

  @Test
  void aStreamGivesTheSameSeriesAgain() {
    Vector truth = KrusellSmithSeries.truth();
    EconomyData seen = simulator.observe(truth, new Seeds(2).stream("path"));
    assertThat(simulator.observe(truth, new Seeds(2).stream("path"))).isEqualTo(seen);
    assertThat(simulator.observe(truth, new Seeds(3).stream("path"))).isNotEqualTo(seen);
    Data summary = simulator.simulate(truth, new Seeds(2).stream("path"));
    assertThat(simulator.observed(seen)).isEqualTo(summary);
  }

  /** The scaling law in what an estimate sees: mu_z + (1-alpha) mu_l in x, mu_l in labour. */
  @Test
  void meansMoveTheLevelsThatIdentifyThem() {
    Vector truth = KrusellSmithSeries.truth();
    double[] shifted = truth.toArray();
    shifted[0] += .05;
    shifted[3] -= .02;
    double[] base = summary(truth);
    double[] other = summary(Vector.of(shifted));
    List<String> names = SeriesSummary.names();
    for (int i = 0; i < base.length; i++) {
      double shift =
          switch (names.get(i)) {
            case "x first", "x last", "x level" -> .05 - .67 * .02;
            case "mean log l level" -> -.02;
            default -> 0;
          };
      assertThat(other[i]).as(names.get(i)).isCloseTo(base[i] + shift, within(1e-6));
    }
  }

  private static double[] summary(Vector theta) {
    return simulator.simulate(theta, new Seeds(4).stream("path")).values().toArray();
  }

  /** A small estimate learns every parameter; how much is for the replication. */
  @Test
  void aSmallEstimateLearnsEveryParameter() {
    Simulations simulations = Simulations.draw(KrusellSmithSeries.prior(), simulator, 1_100, 5);
    EstimatorConfig config =
        EstimatorConfig.standard()
            .withFlow(new FlowSpec(FlowSpec.Kind.AFFINE, 2, List.of(32), 6, 4))
            .withWeightDecays(3.)
            .withEpochs(15);
    Simulations held = simulations.slice(1_000, 1_100);
    try (NeuralPosterior posterior =
        NeuralPosterior.train(
            KrusellSmithSeries.prior(), simulations.slice(0, 1_000), config, Device.cpu(), 1)) {
      for (Recovery recovery :
          Recovery.of(
              KrusellSmithSeries.prior(),
              posterior.sample(held, 100, new Seeds(6).stream("draws")),
              held)) {
        assertThat(recovery.correlation()).as(recovery.name()).isGreaterThan(.5);
      }
    }
  }

  /**
   * In the middle of the box the policy is the exact solution on the design's shocks, so that there
   * is nothing to interpolate; its law of motion is an estimate there, too.
   */
  @Test
  void theCertificateTellsInterpolationFromTheLawOfMotion() {
    double q = (Math.sqrt(.1 / 1.9) + Math.sqrt(.001 / 1.999)) / 2;
    double persistence = (1 - q * q) / (1 + q * q);
    Prior prior = KrusellSmithSeries.prior();
    EstimatorConfig config =
        EstimatorConfig.standard()
            .withFlow(new FlowSpec(FlowSpec.Kind.AFFINE, 2, List.of(32), 6, 4))
            .withWeightDecays(3.)
            .withEpochs(5);
    Simulations simulations = Simulations.draw(prior, simulator, 400, 5);
    try (NeuralPosterior estimator =
        NeuralPosterior.train(prior, simulations, config, Device.cpu(), 1)) {
      PolicyCertificate middle = certificate(estimator, persistence, 0.03);
      assertThat(middle.converged()).isTrue();
      assertThat(middle.interpolation().max()).isLessThan(1e-3);
      assertThat(middle.total().max()).isBetween(.02, 2.);
      PolicyCertificate corner = certificate(estimator, .91, 0.045);
      assertThat(corner.interpolation().min()).isGreaterThan(1e-3);
      assertThat(corner.policy().mean()).isGreaterThan(middle.policy().mean());
    }
  }

  /** At a theta, in units of .0014, the standard deviation of two draws on its two sides. */
  private static PolicyCertificate certificate(
      NeuralPosterior estimator, double persistence, double sd) {
    double[] around = new double[12];
    for (int j = 0; j < 6; j++) {
      double theta = j % 3 == 0 ? 0 : j % 3 == 1 ? persistence : sd;
      around[j] = theta - .001;
      around[6 + j] = theta + .001;
    }
    return PolicyCertificate.of(
        simulator,
        estimator,
        new Draws(KrusellSmithSeries.prior().names(), Matrix.of(2, 6, around)),
        COARSE,
        new Seeds(1),
        new Seeds(9));
  }

  @Test
  void seriesThatCannotBeUsedAreRefused() {
    assertThatThrownBy(() -> simulator.observed(series(Matrix.of(2, 2, 1, 2, 3, 4))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected 200 periods of [log Y, log C,");
    assertThatThrownBy(() -> new EconomySeries(5, 100, 500, 300))
        .hasMessageContaining("series need at least 10 periods");
    double[] holes =
        simulator.observe(KrusellSmithSeries.truth(), new Seeds(2).stream("p")).series().toArray();
    holes[8] = Double.NaN;
    assertThatThrownBy(() -> simulator.observed(series(Matrix.of(200, 7, holes))))
        .hasMessage("observed data: log C is NaN in row 1; all periods are needed");
    assertThatThrownBy(() -> simulator.observed(with(t -> t == 3, 6, 0)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "observed data: Gini k must be positive but is 0.0 in row 3; its logarithm is taken");
    assertThatThrownBy(() -> simulator.observed(with(t -> true, 3, .25)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("observed data: mean log l does not vary");
  }

  private static EconomyData with(IntPredicate rows, int column, double value) {
    double[] values =
        simulator.observe(KrusellSmithSeries.truth(), new Seeds(2).stream("p")).series().toArray();
    for (int t = 0; t < 200; t++) {
      if (rows.test(t)) {
        values[7 * t + column] = value;
      }
    }
    return series(Matrix.of(200, 7, values));
  }

  private static EconomyData series(Matrix series) {
    return new EconomyData(series, Matrix.of(0, 4));
  }

  @Test
  void aPolicyOfASmallerBoxIsRefused() {
    DetrendedSolver coarse = new DetrendedSolver(new TableShape(20, 3, 3, 3), 3, 100, 200, 100);
    ConditionedConsumption small =
        ConditionedConsumption.solve(
            new ShockBox(new InputBox(.93, .97), new InputBox(.02, .04)),
            0,
            coarse,
            new Seeds(1),
            (e, s, n, count) -> {});
    assertThatThrownBy(() -> new KrusellSmithSeries(small, EconomySeries.liu2024()))
        .hasMessageContaining("the policy must cover the prior");
  }
}
