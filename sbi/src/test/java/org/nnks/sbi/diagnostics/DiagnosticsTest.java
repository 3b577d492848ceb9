package org.nnks.sbi.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Data;
import org.nnks.sbi.DataShape;
import org.nnks.sbi.Draws;
import org.nnks.sbi.Parameter;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;

class DiagnosticsTest {

  private static final Seeds SEEDS = new Seeds(3);
  private static final Prior PRIOR = Prior.of(Parameter.normal("mean", 0, 1));

  /** theta ~ N(0, 1), x ~ N(theta, 1): the posterior is N(x / 2, 1 / 2). */
  private record Experiment(Simulations truth, List<Draws> posteriors) {

    static Experiment with(double bias, double spread) {
      RandomGenerator random = SEEDS.stream("experiment");
      int n = 500;
      double[][] theta = new double[n][1];
      List<Data> data = new ArrayList<>();
      List<Draws> posteriors = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        theta[i][0] = random.nextGaussian();
        double x = theta[i][0] + random.nextGaussian();
        data.add(Data.vector(x));
        double[] draws = new double[199];
        Arrays.setAll(draws, d -> x / 2 + bias + spread * Math.sqrt(0.5) * random.nextGaussian());
        posteriors.add(new Draws(List.of("mean"), Matrix.of(199, 1, draws)));
      }
      return new Experiment(
          Simulations.of(List.of("mean"), DataShape.vector(1), Matrix.ofRows(theta), data),
          posteriors);
    }

    Calibration calibration() {
      return Calibration.of(posteriors, truth, SEEDS.stream("rank ties"));
    }

    Recovery recovery() {
      return Recovery.of(PRIOR, posteriors, truth).get(0);
    }
  }

  @Test
  void theRightPosteriorIsCalibratedAndWrongOnesAreNot() {
    EcdfBand band = EcdfBand.of(500, 199, 0.95, SEEDS);
    Calibration right = Experiment.with(0, 1).calibration();
    assertThat(right.calibrated(0, band)).isTrue();
    assertThat(right.coverage(0, 0.9)).isCloseTo(0.9, within(0.04));
    assertThat(Experiment.with(0.3, 1).calibration().calibrated(0, band)).isFalse();
    Calibration narrow = Experiment.with(0, 0.7).calibration();
    assertThat(narrow.calibrated(0, band)).isFalse();
    assertThat(narrow.coverage(0, 0.9)).isLessThan(0.8);
    assertThat(Experiment.with(0, 1.4).calibration().calibrated(0, band)).isFalse();
  }

  @Test
  void theBandHoldsUniformRanksAsOftenAsItSays() {
    int size = 200;
    int draws = 99;
    EcdfBand band = EcdfBand.of(size, draws, 0.9, SEEDS);
    RandomGenerator random = SEEDS.stream("ranks");
    int inside = 0;
    int trials = 2_000;
    for (int t = 0; t < trials; t++) {
      double[] ranks = random.ints(size, 0, draws + 1).asDoubleStream().toArray();
      inside +=
          new Calibration(List.of("a"), draws, Matrix.of(size, 1, ranks)).calibrated(0, band)
              ? 1
              : 0;
    }
    assertThat(inside / (double) trials).isCloseTo(0.9, within(0.03));
  }

  /** Truths and draws on few points, as on the bounds of a prior: the right posterior has ties. */
  @Test
  void tiesAreBrokenAtRandom() {
    RandomGenerator random = SEEDS.stream("ties");
    int n = 500;
    double[] theta = new double[n];
    List<Data> data = new ArrayList<>();
    List<Draws> posteriors = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      theta[i] = random.nextInt(3);
      data.add(Data.vector(i));
      double[] draws = random.ints(199, 0, 3).asDoubleStream().toArray();
      posteriors.add(new Draws(List.of("mean"), Matrix.of(199, 1, draws)));
    }
    Simulations truth =
        Simulations.of(List.of("mean"), DataShape.vector(1), Matrix.of(n, 1, theta), data);
    Calibration calibration = Calibration.of(posteriors, truth, SEEDS.stream("rank ties"));
    assertThat(calibration.calibrated(0, EcdfBand.of(n, 199, 0.95, SEEDS))).isTrue();
    assertThat(calibration.coverage(0, 0.5)).isCloseTo(0.5, within(0.06));
  }

  /** One rank lies in any band of one rank. */
  @Test
  void aBandOfFewDataSetsIsRefused() {
    assertThat(EcdfBand.of(EcdfBand.FEWEST, 199, 0.95, SEEDS).points().size()).isEqualTo(49);
    assertThatThrownBy(() -> EcdfBand.of(EcdfBand.FEWEST - 1, 199, 0.95, SEEDS))
        .hasMessage(
            "a band needs the ranks of at least 50 data sets, among at least 1 draw each, but got 49"
                + " and 199");
    assertThatThrownBy(() -> EcdfBand.of(500, 0, 0.95, SEEDS)).hasMessageContaining("500 and 0");
  }

  /** Sorted simulations: one half is not compared with the other. */
  @Test
  void theOrderOfSimulationsDoesNotMakeThemUnlike() {
    double[] sorted = new double[400];
    Arrays.setAll(sorted, i -> i / 399.0);
    Matrix simulated = Matrix.of(400, 1, sorted);
    for (double at : new double[] {0.3, 0.7}) {
      assertThat(
              Misspecification.of(simulated, Matrix.of(1, 1, at), SEEDS.stream("sorted")).pValue())
          .isGreaterThan(0.5);
    }
  }

  /** A statistic that varies by rounding does not make rounding of the data a discrepancy. */
  @Test
  void roundingIsNoDiscrepancy() {
    RandomGenerator random = SEEDS.stream("rounding");
    double[] simulated = new double[400];
    Arrays.setAll(
        simulated,
        i -> i % 2 == 0 ? random.nextGaussian() : random.nextBoolean() ? 0.1 : Math.nextUp(0.1));
    Matrix reference = Matrix.of(200, 2, simulated);
    Matrix own = Matrix.of(1, 2, 0.2, 0.1 * (1 + 1e-14));
    assertThat(Misspecification.of(reference, own, SEEDS.stream("b")).pValue()).isGreaterThan(0.5);
  }

  @Test
  void recoveryHasItsTheoreticalValues() {
    Recovery recovery = Experiment.with(0, 1).recovery();
    assertThat(recovery.correlation()).isCloseTo(Math.sqrt(0.5), within(0.06));
    assertThat(recovery.nrmse()).isCloseTo(Math.sqrt(0.5), within(0.06));
    assertThat(recovery.meanZ()).isCloseTo(0, within(0.12));
    assertThat(recovery.sdZ()).isCloseTo(1, within(0.1));
    assertThat(recovery.contraction()).isCloseTo(0.5, within(0.03));
    assertThat(Experiment.with(0, 0.5).recovery().sdZ()).isCloseTo(2, within(0.2));
  }

  /** All draws of all posteriors on one bound: a finding, in numbers that a file can hold. */
  @Test
  void posteriorsThatCollapsedAreFinite() {
    Simulations truth = Experiment.with(0, 1).truth();
    double[] zeros = new double[199];
    List<Draws> collapsed =
        IntStream.range(0, truth.size())
            .mapToObj(i -> new Draws(List.of("mean"), Matrix.of(199, 1, zeros)))
            .toList();
    Recovery recovery = Recovery.of(PRIOR, collapsed, truth).get(0);
    assertThat(recovery.correlation()).isZero();
    assertThat(recovery.sdZ()).isFinite().isGreaterThan(1e5);
    assertThat(recovery.meanZ()).isFinite();
    assertThat(recovery.contraction()).isEqualTo(1);
  }

  @Test
  void dataUnlikeTheSimulationsAreNoticed() {
    RandomGenerator random = SEEDS.stream("summaries");
    double[] simulated = new double[2_000];
    Arrays.setAll(simulated, i -> random.nextGaussian());
    Matrix reference = Matrix.of(1_000, 2, simulated);
    Misspecification far =
        Misspecification.of(reference, Matrix.of(1, 2, 4, -4), SEEDS.stream("bootstrap"));
    assertThat(far.suspected()).isTrue();
    assertThat(far.discrepancy()).isGreaterThan(far.critical());
    int suspected = 0;
    for (int i = 0; i < 100; i++) {
      Matrix own = Matrix.of(1, 2, random.nextGaussian(), random.nextGaussian());
      suspected +=
          Misspecification.of(reference, own, SEEDS.stream("bootstrap", i)).suspected() ? 1 : 0;
    }
    // 5 of 100 on average; more than 13 happen in one of a thousand.
    assertThat(suspected).isLessThan(14);
    // Many data sets from a slightly wrong model show what one does not.
    double[] shifted = new double[200];
    Arrays.setAll(shifted, i -> 0.4 + random.nextGaussian());
    assertThat(
            Misspecification.of(reference, Matrix.of(100, 2, shifted), SEEDS.stream("bootstrap"))
                .suspected())
        .isTrue();
    assertThatThrownBy(
            () ->
                Misspecification.of(
                    Matrix.of(1, 2, 0, 0), Matrix.of(1, 2, 0, 0), SEEDS.stream("bootstrap")))
        .hasMessageContaining("at least 50 simulations");
  }

  @Test
  void predictionsAreComparedWithTheData() {
    org.nnks.sbi.Simulator noise =
        new org.nnks.sbi.Simulator() {
          @Override
          public DataShape shape() {
            return new DataShape(50, 1);
          }

          @Override
          public Data simulate(Vector theta, RandomGenerator random) {
            if (theta.get(0) > 0.9) {
              throw new ArithmeticException("no equilibrium");
            }
            double[] x = new double[50];
            Arrays.setAll(x, i -> theta.get(0) + random.nextGaussian());
            x[7] = theta.get(0) < 0 ? Double.NaN : x[7];
            return Data.of(Matrix.of(50, 1, x));
          }
        };
    double[] theta = new double[300];
    Arrays.setAll(theta, i -> i < 20 ? 1 : i < 30 ? -1 : 0.1);
    Draws draws = new Draws(List.of("mean"), Matrix.of(300, 1, theta));
    double[] x = new double[50];
    RandomGenerator random = SEEDS.stream("observed");
    Arrays.setAll(x, i -> 0.1 + 3 * random.nextGaussian());
    PredictiveCheck check =
        PredictiveCheck.of(draws, noise, Data.of(Matrix.of(50, 1, x)), 300, SEEDS);
    assertThat(check.failures()).as("10 of them not finite").isEqualTo(30);
    assertThat(check.draws()).isEqualTo(300);
    assertThat(check.statistics())
        .extracting(PredictiveCheck.Statistic::name)
        .containsExactly("mean of column 1", "sd of column 1");
    PredictiveCheck own =
        PredictiveCheck.of(
            draws,
            noise,
            Data.of(Matrix.of(50, 1, x)),
            java.util.Map.of("first", d -> d.values().toArray()[0]),
            300,
            SEEDS);
    assertThat(own.statistics().get(0).name()).isEqualTo("first");
    assertThat(own.statistics().get(0).observed()).isEqualTo(x[0]);
    assertThat(own.statistics().get(0).sd()).isCloseTo(1, within(0.15));
    assertThat(check.statistics().get(0).mean()).isCloseTo(0.1, within(0.05));
    assertThat(check.statistics().get(1).mean()).isCloseTo(1, within(0.05));
    assertThat(check.statistics().get(1).pValue()).isZero();
    PredictiveCheck none =
        PredictiveCheck.of(draws, noise, Data.of(Matrix.of(50, 1, x)), 30, SEEDS);
    assertThat(none).isEqualTo(new PredictiveCheck(List.of(), 30, 30));
  }

  /** Between N(0, 1) and N(shift, 1) no classifier is better than Phi(shift / 2). */
  @Test
  void theClassifierReachesTheBestAccuracy() {
    RandomGenerator random = SEEDS.stream("samples");
    int n = 1_000;
    Matrix reference = sample(n, 0, random);
    Device cpu = Device.cpu();
    assertThat(ClassifierTest.score(reference, sample(n, 0, random), cpu, SEEDS))
        .isCloseTo(0.5, within(0.04));
    assertThat(ClassifierTest.score(reference, sample(n, 1, random), cpu, SEEDS))
        .isCloseTo(0.6915, within(0.04));
    assertThatThrownBy(() -> ClassifierTest.score(reference, sample(n - 1, 1, random), cpu, SEEDS))
        .hasMessage("C2ST compares samples of one shape but got (1000, 2) and (999, 2)");
  }

  private static Matrix sample(int n, double shift, RandomGenerator random) {
    double[] values = new double[2 * n];
    for (int i = 0; i < n; i++) {
      values[2 * i] = 5 + 3 * (shift + random.nextGaussian());
      values[2 * i + 1] = random.nextGaussian();
    }
    return Matrix.of(n, 2, values);
  }

  @Test
  void intervalsHoldTheirShare() {
    RandomGenerator random = SEEDS.stream("exponential");
    double[] values = random.doubles(20_000).map(u -> -Math.log(1 - u)).toArray();
    Draws draws = new Draws(List.of("e"), Matrix.of(values.length, 1, values));
    Draws.Interval central = draws.credibleInterval("e", 0.9);
    assertThat(central.lower()).isCloseTo(-Math.log(0.95), within(0.01));
    assertThat(central.upper()).isCloseTo(-Math.log(0.05), within(0.1));
    Draws.Interval shortest = draws.shortestInterval("e", 0.9);
    assertThat(shortest.lower()).isCloseTo(0, within(0.01));
    assertThat(shortest.upper()).isCloseTo(-Math.log(0.1), within(0.1));
    assertThat(draws.table().get(0).median()).isCloseTo(Math.log(2), within(0.02));
    assertThat(draws.column("e")).isEqualTo(Vector.of(values));
    assertThatThrownBy(() -> draws.column("f")).hasMessageContaining("nearest valid parameter");
  }
}
