package org.nnks.sbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.Records;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.flow.FlowSpec;
import org.nnks.sbi.flow.SummarySpec;

class NeuralPosteriorTest {

  private static final Device CPU = Device.cpu();

  private static final FlowSpec SMALL_AFFINE =
      new FlowSpec(FlowSpec.Kind.AFFINE, 2, List.of(16), 4, 4);

  private static final FlowSpec SMALL_SPLINE =
      new FlowSpec(FlowSpec.Kind.SPLINE, 2, List.of(16), 4, 4);

  private static final EstimatorConfig AFFINE = EstimatorConfig.standard().withFlow(SMALL_AFFINE);

  private static final Prior NORMAL =
      Prior.of(Parameter.normal("a", 1, 2), Parameter.normal("b", -1, 0.5));

  /** x = (a + b, a - b) + noise of sd .5: the posterior is normal. */
  private static final Simulator LINEAR =
      simulator(
          DataShape.vector(2),
          (theta, random) ->
              Data.vector(
                  theta.get(0) + theta.get(1) + 0.5 * random.nextGaussian(),
                  theta.get(0) - theta.get(1) + 0.5 * random.nextGaussian()));

  /** One to eight draws from N(mean, 1) with padding: the posterior is a truncated normal. */
  private static final Simulator SAMPLE =
      simulator(
          new DataShape(8, 1),
          (theta, random) -> {
            double[] x = new double[1 + random.nextInt(8)];
            Arrays.setAll(x, i -> theta.get(0) + random.nextGaussian());
            return Data.of(Matrix.of(x.length, 1, x));
          });

  private static final Prior BOUNDED = Prior.of(Parameter.uniform("mean", -1, 1));

  private interface Draw {
    Data of(Vector theta, RandomGenerator random);
  }

  private static Simulator simulator(DataShape shape, Draw draw) {
    return new Simulator() {
      @Override
      public DataShape shape() {
        return shape;
      }

      @Override
      public Data simulate(Vector theta, RandomGenerator random) {
        return draw.of(theta, random);
      }
    };
  }

  @Test
  void aLinearModelHasItsClosedFormPosterior() {
    Simulations simulations = Simulations.draw(NORMAL, LINEAR, 5_000, 1);
    try (NeuralPosterior estimator = NeuralPosterior.train(NORMAL, simulations, AFFINE, CPU, 1)) {
      Posterior posterior = estimator.given(Data.vector(0.5, 2));
      Draws draws = posterior.sample(20_000, new Seeds(2).stream("draws"));
      // The two data are independent given a and b: a sees x1 + x2, b sees x1 - x2.
      double precisionA = 1 / 4.0 + 2 / 0.25;
      double meanA = (1 / 4.0 + (0.5 + 2) / 0.25) / precisionA;
      double precisionB = 1 / 0.25 + 2 / 0.25;
      double meanB = (-1 / 0.25 + (0.5 - 2) / 0.25) / precisionB;
      double sdA = 1 / Math.sqrt(precisionA);
      double sdB = 1 / Math.sqrt(precisionB);
      Draws.Row a = draws.table().get(0);
      Draws.Row b = draws.table().get(1);
      assertThat(a.mean()).isCloseTo(meanA, within(0.15 * sdA));
      assertThat(b.mean()).isCloseTo(meanB, within(0.15 * sdB));
      assertThat(a.sd()).isCloseTo(sdA, within(0.1 * sdA));
      assertThat(b.sd()).isCloseTo(sdB, within(0.1 * sdB));
      double peak = -Math.log(2 * Math.PI * sdA * sdB);
      assertThat(posterior.logDensity(Vector.of(meanA, meanB))).isCloseTo(peak, within(0.15));
      // The validation loss estimates the mean of -log p(theta | x), the entropy.
      double entropy = 1 - peak;
      assertThat(estimator.histories().get(0).validationLoss()).isCloseTo(entropy, within(0.12));
    }
  }

  @Test
  void aDeepSetLearnsFromSamplesOfAnySizeAndDrawsNeverLeaveThePrior() {
    Simulations simulations = Simulations.draw(BOUNDED, SAMPLE, 4_000, 1);
    EstimatorConfig config =
        EstimatorConfig.standard()
            .withFlow(SMALL_SPLINE)
            .withSummary(
                new SummarySpec(
                    List.of(
                        new SummarySpec.Part(
                            SummarySpec.Kind.DEEP_SET, SummarySpec.ALL, List.of(16), 4, 0))))
            .withWeightDecays(0.3)
            .withEpochs(40)
            .withBatch(100);
    try (NeuralPosterior estimator = NeuralPosterior.train(BOUNDED, simulations, config, CPU, 1)) {
      double[] items = {1.5, 0.2, 0.9, 1.1, 0.8};
      Data data = Data.of(Matrix.of(5, 1, items));
      Posterior posterior = estimator.given(data);
      Draws draws = posterior.sample(10_000, new Seeds(2).stream("draws"));
      assertThat(draws.column("mean").min()).isGreaterThanOrEqualTo(-1);
      assertThat(draws.column("mean").max()).isLessThanOrEqualTo(1);
      // The exact posterior on a grid.
      double mass = 0;
      double mean = 0;
      double square = 0;
      int points = 400;
      double[] grid = new double[points];
      for (int i = 0; i < points; i++) {
        double theta = -1 + (i + 0.5) * 2 / points;
        double weight =
            Math.exp(-Arrays.stream(items).map(x -> (x - theta) * (x - theta)).sum() / 2);
        mass += weight;
        mean += weight * theta;
        square += weight * theta * theta;
        grid[i] = theta;
      }
      mean /= mass;
      double sd = Math.sqrt(square / mass - mean * mean);
      Draws.Row row = draws.table().get(0);
      assertThat(row.mean()).isCloseTo(mean, within(0.2 * sd));
      assertThat(row.sd()).isCloseTo(sd, within(0.15 * sd));
      double density =
          posterior.logDensity(Matrix.of(points, 1, grid)).stream()
              .map(log -> Math.exp(log) * 2 / points)
              .sum();
      assertThat(density).isCloseTo(1, within(0.01));
      assertThat(posterior.logDensity(Vector.of(1.001))).isEqualTo(Double.NEGATIVE_INFINITY);

      // Order and padding do not matter.
      Data shuffled = Data.of(Matrix.of(5, 1, 0.8, 1.1, 1.5, 0.9, 0.2));
      Data padded =
          new Data(
              Matrix.of(8, 1, 1.5, 99, 0.2, 0.9, -99, 1.1, 0.8, Double.NaN),
              Matrix.of(8, 1, 1, 0, 1, 1, 0, 1, 1, 0));
      double at = posterior.logDensity(Vector.of(0.5));
      assertThat(estimator.given(shuffled).logDensity(Vector.of(0.5))).isCloseTo(at, within(1e-9));
      assertThat(estimator.given(padded).logDensity(Vector.of(0.5))).isCloseTo(at, within(1e-9));
    }
  }

  @Test
  void aSeedGivesTheSameBitsAndFilesTheSameDraws(@TempDir Path folder) throws IOException {
    Simulations simulations = Simulations.draw(NORMAL, LINEAR, 300, 1);
    EstimatorConfig config =
        AFFINE.withFlow(SMALL_SPLINE).withMembers(2).withEpochs(4).withBatch(50);
    Data data = Data.vector(0.5, 2);
    Draws draws;
    try (NeuralPosterior first = NeuralPosterior.train(NORMAL, simulations, config, CPU, 7);
        NeuralPosterior second = NeuralPosterior.train(NORMAL, simulations, config, CPU, 7);
        NeuralPosterior other = NeuralPosterior.train(NORMAL, simulations, config, CPU, 8)) {
      draws = first.given(data).sample(100, new Seeds(2).stream("draws"));
      assertThat(second.given(data).sample(100, new Seeds(2).stream("draws"))).isEqualTo(draws);
      assertThat(other.given(data).sample(100, new Seeds(2).stream("draws"))).isNotEqualTo(draws);
      first.write(folder);
    }
    try (NeuralPosterior read = NeuralPosterior.read(folder, CPU)) {
      assertThat(read.given(data).sample(100, new Seeds(2).stream("draws"))).isEqualTo(draws);
    }
    Path settings = folder.resolve("posterior.json");
    Files.writeString(settings, Files.readString(settings).replace("\"bins\": 4", "\"bins\": 5"));
    assertThatThrownBy(() -> NeuralPosterior.read(folder, CPU))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the file belongs to another estimator");
  }

  /** Interrupted after some epochs and started again, training gives the bits of one in a go. */
  @Test
  void anInterruptedTrainingGoesOnWithTheSameBits(@TempDir Path folder) {
    Simulations simulations = Simulations.draw(NORMAL, LINEAR, 400, 1);
    EstimatorConfig config = AFFINE.withFlow(SMALL_SPLINE).withMembers(2).withEpochs(5);
    Data data = Data.vector(0.5, 2);
    Draws whole;
    try (NeuralPosterior estimator = NeuralPosterior.train(NORMAL, simulations, config, CPU, 7)) {
      whole = estimator.given(data).sample(100, new Seeds(2).stream("draws"));
    }
    for (int stop : new int[] {2, 7}) {
      int[] epochs = {0};
      TrainingListener interruption =
          new TrainingListener() {
            @Override
            public void epochFinished(int member, TrainingHistory history) {
              if (++epochs[0] == stop) {
                throw new IllegalStateException("power cut");
              }
            }
          };
      assertThatThrownBy(
              () ->
                  NeuralPosterior.train(
                      NORMAL, simulations, config, CPU, 7, Optional.of(folder), interruption))
          .hasMessage("power cut");
    }
    try (NeuralPosterior resumed =
        NeuralPosterior.train(
            NORMAL, simulations, config, CPU, 7, Optional.of(folder), TrainingListener.NONE)) {
      assertThat(resumed.given(data).sample(100, new Seeds(2).stream("draws"))).isEqualTo(whole);
    }
    assertThatThrownBy(
            () ->
                NeuralPosterior.train(
                    NORMAL,
                    simulations,
                    config,
                    CPU,
                    8,
                    Optional.of(folder),
                    TrainingListener.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("belongs to a training with another configuration");
  }

  /** A correlated prior with its own density: known in closed form, as everything is normal. */
  @Test
  void aPriorOfTheUsersOwnIsRespected(@TempDir Path folder) {
    Prior own =
        Prior.of(Parameter.normal("a", 0, 2), Parameter.normal("b", 0, 2))
            .withJoint(
                new Prior.Joint() {
                  @Override
                  public double logDensity(Vector theta) {
                    double a = theta.get(0);
                    double e = theta.get(1) - a;
                    return -a * a / 2 - e * e / 0.5 - Math.log(2 * Math.PI * 0.5);
                  }

                  @Override
                  public Vector sample(RandomGenerator random) {
                    double a = random.nextGaussian();
                    return Vector.of(a, a + 0.5 * random.nextGaussian());
                  }
                });
    assertThat(own.variance(1)).isCloseTo(1.25, within(0.05));
    Simulator noisy =
        simulator(
            DataShape.vector(1),
            (theta, random) -> Data.vector(theta.get(0) + random.nextGaussian()));
    Simulations simulations = Simulations.draw(own, noisy, 4_000, 1);
    EstimatorConfig config = AFFINE.withEpochs(10).withWeightDecays(3.0);
    try (NeuralPosterior estimator = NeuralPosterior.train(own, simulations, config, CPU, 1)) {
      List<Draws.Row> table =
          estimator.given(Data.vector(1)).sample(20_000, new Seeds(2).stream("draws")).table();
      assertThat(table.get(0).mean()).isCloseTo(0.5, within(0.05));
      assertThat(table.get(1).mean()).isCloseTo(0.5, within(0.05));
      assertThat(table.get(1).sd()).isCloseTo(Math.sqrt(0.75), within(0.05));
      double log = estimator.given(Data.vector(1)).logDensity(Vector.of(0.5, 0.5));
      assertThat(log).isCloseTo(-Math.log(2 * Math.PI * Math.sqrt(0.125)), within(0.08));
      estimator.write(folder);
      assertThatThrownBy(() -> NeuralPosterior.read(folder, CPU))
          .hasMessageContaining("read it with that prior");
      try (NeuralPosterior read = NeuralPosterior.read(folder, own, CPU)) {
        assertThat(read.given(Data.vector(1)).logDensity(Vector.of(0.5, 0.5))).isEqualTo(log);
      }
    }
    Prior outside =
        Prior.of(Parameter.uniform("a", 0, 1))
            .withJoint(
                new Prior.Joint() {
                  @Override
                  public double logDensity(Vector theta) {
                    return 0;
                  }

                  @Override
                  public Vector sample(RandomGenerator random) {
                    return Vector.of(2);
                  }
                });
    assertThatThrownBy(() -> outside.sample(new Seeds(1).stream("prior")))
        .hasMessage("the prior's own sampler drew [a] [2.0] outside of the support [[0.0, 1.0]]");
  }

  /** Whether the level or the persistence of a series drives it: a summary must see its order. */
  @ParameterizedTest
  @EnumSource(
      value = SummarySpec.Kind.class,
      names = {"CONVOLUTION", "RECURRENT"})
  void persistenceIsLearnedFromSeriesOfAnyLength(SummarySpec.Kind summary) {
    Prior prior = Prior.of(Parameter.uniform("rho", -0.9, 0.9));
    Simulator series =
        simulator(
            new DataShape(24, 1),
            (theta, random) -> {
              double[] x = new double[12 + random.nextInt(13)];
              double sd = Math.sqrt(1 - theta.get(0) * theta.get(0));
              x[0] = random.nextGaussian();
              for (int t = 1; t < x.length; t++) {
                x[t] = theta.get(0) * x[t - 1] + sd * random.nextGaussian();
              }
              return Data.of(Matrix.of(x.length, 1, x));
            });
    Simulations simulations = Simulations.draw(prior, series, 3_000, 1);
    EstimatorConfig config =
        AFFINE
            .withSummary(
                new SummarySpec(
                    List.of(new SummarySpec.Part(summary, SummarySpec.ALL, List.of(12), 4, 2))))
            .withWeightDecays(0.3)
            .withEpochs(20)
            .withBatch(50);
    try (NeuralPosterior estimator = NeuralPosterior.train(prior, simulations, config, CPU, 1)) {
      Simulations tests = Simulations.draw(prior, series, 200, 2);
      List<Draws> posteriors = estimator.sample(tests, 200, new Seeds(3).stream("draws"));
      double[] means = posteriors.stream().mapToDouble(d -> d.table().get(0).mean()).toArray();
      double[] truth = new double[tests.size()];
      Arrays.setAll(truth, i -> tests.theta(i).get(0));
      // The lag-one autocorrelation reaches .90 on these tests.
      assertThat(
              new org.apache.commons.math3.stat.correlation.PearsonsCorrelation()
                  .correlation(means, truth))
          .isGreaterThan(0.85);
    }
  }

  /**
   * Whatever the bijector: the first by the map, the second by the mass outside that is divided
   * out. Draws agree with it.
   */
  @ParameterizedTest
  @EnumSource(Bijector.class)
  void theDensityOfBoundedParametersIntegratesToOne(Bijector bijector, @TempDir Path folder) {
    Prior box = Prior.of(Parameter.uniform("a", -1, 1), Parameter.uniform("b", 0, 3));
    Simulator near =
        simulator(
            DataShape.vector(2),
            (theta, random) ->
                Data.vector(
                    theta.get(0) + 0.1 * random.nextGaussian(),
                    theta.get(1) + 0.1 * random.nextGaussian()));
    Simulations simulations = Simulations.draw(box, near, 800, 1);
    EstimatorConfig config =
        EstimatorConfig.standard()
            .withFlow(SMALL_SPLINE)
            .withWeightDecays(3.0)
            .withEpochs(10)
            .withMembers(2)
            .withBijectors(
                bijector == Bijector.PROBIT
                    ? new Bijector[] {bijector}
                    : new Bijector[] {bijector, Bijector.PROBIT});
    try (NeuralPosterior estimator = NeuralPosterior.train(box, simulations, config, CPU, 1)) {
      assertThat(estimator.bijector()).isEqualTo(bijector);
      int points = 150;
      double[] theta = new double[2 * points * points];
      for (int i = 0; i < points * points; i++) {
        theta[2 * i] = -1 + 2 * (i / points + 0.5) / points;
        theta[2 * i + 1] = 3 * (i % points + 0.5) / points;
      }
      Posterior posterior = estimator.given(Data.vector(0.95, 2.9));
      Vector log = posterior.logDensity(Matrix.of(points * points, 2, theta));
      double mass = 0;
      double mean = 0;
      for (int i = 0; i < log.size(); i++) {
        double cell = Math.exp(log.get(i)) * 6 / log.size();
        mass += cell;
        mean += cell * theta[2 * i];
      }
      // Acceptances come from 10,000 draws: two thirds are known to .7 %.
      assertThat(mass).isCloseTo(1, within(bijector == Bijector.PROBIT ? 5e-3 : 2e-2));
      assertThat(posterior.logDensity(Vector.of(1.01, 1))).isEqualTo(Double.NEGATIVE_INFINITY);
      Draws draws = posterior.sample(20_000, new Seeds(2).stream("draws"));
      assertThat(draws.table().get(0).mean()).isCloseTo(mean / mass, within(0.01));
      assertThat(draws.column("a").max()).isLessThanOrEqualTo(1);
      assertThat(draws.column("b").min()).isGreaterThanOrEqualTo(0);
      if (bijector == Bijector.STANDARDISED) {
        assertThat(posterior.acceptance()).isBetween(0.2, 0.95);
        // So far off that next to nothing lies in the support: the fallback answers.
        Posterior far = estimator.given(Data.vector(30, 0));
        assertThat(far.acceptance()).isLessThan(NeuralPosterior.MIN_ACCEPTANCE);
        assertThat(far.sample(500, new Seeds(2).stream("draws")).column("a").max())
            .isLessThanOrEqualTo(1);
        assertThat(far.logDensity(Vector.of(0.9, 2.9))).isFinite();
      }
      estimator.write(folder);
      try (NeuralPosterior read = NeuralPosterior.read(folder, CPU)) {
        assertThat(read.sample(simulations.slice(0, 20), 9, new Seeds(3).stream("draws")))
            .isEqualTo(estimator.sample(simulations.slice(0, 20), 9, new Seeds(3).stream("draws")));
      }
    }
  }

  /** Both are trained, and the one with the smaller loss is kept: here mass ends at the bounds. */
  @Test
  void theBijectorIsChosenByItsLoss() {
    Prior box = Prior.of(Parameter.uniform("a", 0, 1));
    Simulator noise =
        simulator(DataShape.vector(1), (theta, random) -> Data.vector(random.nextGaussian()));
    EstimatorConfig config = AFFINE.withEpochs(3).withWeightDecays(3.0);
    // Nothing is learned, so the posterior is the prior: N(0, 1) after the probit map, and a
    // normal law of the same variance can but lose otherwise.
    Simulations useless = Simulations.draw(box, noise, 1_000, 1);
    try (NeuralPosterior estimator = NeuralPosterior.train(box, useless, config, CPU, 1)) {
      assertThat(estimator.bijector()).isEqualTo(Bijector.PROBIT);
    }
    // A normal posterior that is cut at the bounds.
    Simulator near =
        simulator(
            DataShape.vector(1),
            (theta, random) -> Data.vector(theta.get(0) + 0.1 * random.nextGaussian()));
    Simulations useful = Simulations.draw(box, near, 1_000, 1);
    try (NeuralPosterior estimator = NeuralPosterior.train(box, useful, config, CPU, 1)) {
      assertThat(estimator.bijector()).isEqualTo(Bijector.STANDARDISED);
      assertThat(estimator.given(Data.vector(0.5)).acceptance()).isGreaterThan(0.99);
      assertThat(estimator.given(Data.vector(0)).acceptance()).isBetween(0.3, 0.8);
    }
  }

  /** A series of the level beside a sample of the spread: each part sees its own columns. */
  @Test
  void aSeriesAndASetAreFused(@TempDir Path folder) {
    Prior prior = Prior.of(Parameter.uniform("level", -1, 1), Parameter.uniform("mean", -1, 1));
    Simulator both =
        simulator(
            new DataShape(6, 2),
            (theta, random) -> {
              double[] series = new double[6];
              Arrays.setAll(series, t -> theta.get(0) + 0.2 * random.nextGaussian());
              double[] agents = new double[1 + random.nextInt(4)];
              Arrays.setAll(agents, i -> theta.get(1) + 0.2 * random.nextGaussian());
              return Data.beside(
                  Data.of(Matrix.of(6, 1, series)), Data.of(Matrix.of(agents.length, 1, agents)));
            });
    Simulations simulations = Simulations.draw(prior, both, 600, 1);
    SummarySpec series =
        new SummarySpec(
            List.of(new SummarySpec.Part(SummarySpec.Kind.RECURRENT, 1, List.of(6), 2, 0)));
    SummarySpec set =
        new SummarySpec(
            List.of(new SummarySpec.Part(SummarySpec.Kind.DEEP_SET, 1, List.of(8), 2, 0)));
    EstimatorConfig config =
        AFFINE.withSummary(series.beside(1, set, 1)).withEpochs(30).withWeightDecays(0.3);
    Simulations tests = Simulations.draw(prior, both, 100, 2);
    try (NeuralPosterior estimator =
        NeuralPosterior.train(prior, simulations, config.withBatch(50), CPU, 1)) {
      List<Draws> posteriors = estimator.sample(tests, 100, new Seeds(3).stream("draws"));
      for (int parameter = 0; parameter < 2; parameter++) {
        int j = parameter;
        double error = 0;
        for (int i = 0; i < tests.size(); i++) {
          error += Math.abs(posteriors.get(i).table().get(j).mean() - tests.theta(i).get(j));
        }
        // A guess at 0 is off by .5 on average.
        assertThat(error / tests.size()).as(prior.names().get(j)).isLessThan(0.25);
      }
      estimator.write(folder);
      try (NeuralPosterior read = NeuralPosterior.read(folder, CPU)) {
        assertThat(read.sample(tests, 100, new Seeds(3).stream("draws"))).isEqualTo(posteriors);
      }
    }
    assertThatThrownBy(
            () ->
                NeuralPosterior.train(
                    prior, simulations, config.withSummary(series.beside(1, set, 2)), CPU, 1))
        .hasMessage("the summary covers 3 columns but the data have 2");
  }

  @Test
  void trainingStopsWhenNothingIsLearnedAndKeepsTheBestEpoch() {
    Simulations simulations = Simulations.draw(NORMAL, LINEAR, 150, 1);
    EstimatorConfig restless =
        Records.with(
            EstimatorConfig.standard().withEpochs(200).withWeightDecays(0.0), "patience", 3);
    try (NeuralPosterior estimator = NeuralPosterior.train(NORMAL, simulations, restless, CPU, 1)) {
      TrainingHistory history = estimator.histories().get(0);
      int count = history.epochs().size();
      assertThat(count).isLessThan(200);
      List<Double> losses =
          history.epochs().stream().map(TrainingHistory.Epoch::validationLoss).toList();
      double best = Math.min(history.startLoss(), losses.stream().min(Double::compare).get());
      assertThat(history.validationLoss()).isEqualTo(best);
      assertThat(losses.subList(count - 3, count)).allMatch(loss -> loss >= best);
    }
  }

  /** Adam forgets the size of gradients, but not of those below its epsilon of 1e-8. */
  @Test
  void gradientsAreClipped() {
    Simulations simulations = Simulations.draw(NORMAL, LINEAR, 300, 1);
    EstimatorConfig free = AFFINE.withEpochs(2).withWeightDecays(0.0);
    EstimatorConfig tied = Records.with(free, "maxGradientNorm", 1e-15);
    try (NeuralPosterior moved = NeuralPosterior.train(NORMAL, simulations, free, CPU, 1);
        NeuralPosterior still = NeuralPosterior.train(NORMAL, simulations, tied, CPU, 1)) {
      TrainingHistory history = still.histories().get(0);
      assertThat(history.epochs().get(1).validationLoss())
          .isCloseTo(history.startLoss(), within(1e-4));
      TrainingHistory other = moved.histories().get(0);
      assertThat(Math.abs(other.epochs().get(1).validationLoss() - other.startLoss()))
          .isGreaterThan(1e-3);
    }
  }

  @Test
  void badInputIsRefusedInOneSentence() {
    Simulations few = Simulations.draw(NORMAL, LINEAR, 99, 1);
    assertThatThrownBy(() -> NeuralPosterior.train(NORMAL, few, AFFINE, CPU, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "training needs at least 100 simulations but got 99 (and 0 failed ones); simulate more");
    Prior renamed = Prior.of(Parameter.normal("a", 1, 2), Parameter.normal("c", -1, 0.5));
    assertThatThrownBy(() -> NeuralPosterior.train(renamed, few, AFFINE, CPU, 1))
        .hasMessage("simulations: the parameters are [a, b] but the prior's are [a, c]");
    Prior narrow = Prior.of(Parameter.uniform("a", 0, 1), Parameter.normal("b", -1, 0.5));
    Simulations enough = Simulations.draw(NORMAL, LINEAR, 100, 1);
    assertThatThrownBy(() -> NeuralPosterior.train(narrow, enough, AFFINE, CPU, 1))
        .hasMessageContaining("lies outside of the prior's support");
    try (NeuralPosterior estimator =
        NeuralPosterior.train(NORMAL, enough, AFFINE.withEpochs(1), CPU, 1)) {
      assertThatThrownBy(() -> estimator.given(Data.vector(1, 2, 3)))
          .hasMessage("observed data: expected shape (1, 2), or fewer rows, but was (1, 3)");
      assertThatThrownBy(() -> estimator.given(Data.vector(1, Double.NaN)))
          .hasMessage(
              "observed data: row 0, column 1 is NaN: mask missing values, or mark them by"
                  + " Data.withMissing");
      assertThatThrownBy(() -> estimator.given(Data.withMissing(Matrix.of(1, 2, 1, Double.NaN))))
          .hasMessageContaining("no simulation this was trained on lacks one");
      assertThatThrownBy(() -> enough.requireAnswerable(Data.vector(1, 2, 3)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("observed data: expected shape (1, 2), or fewer rows, but was (1, 3)");
    }
  }

  @Test
  void aTrainingThatExplodesNamesTheBatch() {
    Simulations simulations = Simulations.draw(NORMAL, LINEAR, 200, 1);
    EstimatorConfig wild = AFFINE.withWeightDecays(0.0).withLearningRate(1e30);
    assertThatThrownBy(() -> NeuralPosterior.train(NORMAL, simulations, wild, CPU, 1))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("epoch ")
        .hasMessageContaining("batch ")
        .hasMessageContaining("first at simulations [");
  }
}
