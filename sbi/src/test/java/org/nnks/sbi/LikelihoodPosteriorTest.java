package org.nnks.sbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.flow.FlowSpec;
import org.nnks.sbi.sampling.ImportanceWeights;
import org.nnks.sbi.sampling.SliceSampler;

class LikelihoodPosteriorTest {

  private static final Device CPU = Device.cpu();

  private static final NormalDistribution NOISE = new NormalDistribution(null, 0, 0.5);

  /** x ~ N(theta, .5^2 I). */
  private static final Likelihood EXACT =
      (data, theta) ->
          Vector.of(
              Arrays.stream(theta.toRows())
                  .mapToDouble(
                      row -> {
                        double log = 0;
                        for (int j = 0; j < row.length; j++) {
                          log += NOISE.logDensity(data.values().get(0, j) - row[j]);
                        }
                        return log;
                      })
                  .toArray());

  private static final EstimatorConfig SMALL =
      EstimatorConfig.standard()
          .withFlow(new FlowSpec(FlowSpec.Kind.AFFINE, 2, List.of(16), 4, 4))
          .withWeightDecays(3.0)
          .withEpochs(5);

  @Test
  void anExactLikelihoodWithABoundGivesTheTruncatedNormal() {
    // Four units at -.1 on average under a uniform prior on [0, 3]: N(-.1, .25^2) above 0; and a
    // normal prior of sd .5 on the other, which makes N(1.2 4/5, .05).
    Prior prior = Prior.of(Parameter.uniform("a", 0, 3), Parameter.normal("b", 0, 0.5));
    List<Data> units =
        List.of(
            Data.vector(0.2, 1),
            Data.vector(-0.4, 1.4),
            Data.vector(0, 1.1),
            Data.vector(-0.2, 1.3));
    LikelihoodPosterior posterior = new LikelihoodPosterior(prior, EXACT, units);
    MarkovDraws draws = posterior.sample(SliceSampler.standard(), new Seeds(1));
    assertThat(draws.converged()).isTrue();
    double size = draws.convergence().get(0).bulkSize();
    NormalDistribution standard = new NormalDistribution(null, 0, 1);
    double hazard = standard.density(0.4) / (1 - standard.cumulativeProbability(0.4));
    Draws.Row a = draws.draws().table().get(0);
    assertThat(a.mean()).isCloseTo(-0.1 + 0.25 * hazard, within(4 * a.sd() / Math.sqrt(size)));
    assertThat(a.sd())
        .isCloseTo(0.25 * Math.sqrt(1 + 0.4 * hazard - hazard * hazard), within(0.01));
    Draws.Row b = draws.draws().table().get(1);
    assertThat(b.mean()).isCloseTo(0.96, within(4 * b.sd() / Math.sqrt(size)));
    assertThat(b.sd()).isCloseTo(Math.sqrt(0.05), within(0.01));
    assertThat(draws.thinned(100).size()).isEqualTo(100);
  }

  @Test
  void weightsOfAnExactLikelihoodCorrectANetwork() {
    // One epoch on 500 simulations is a poor posterior; with weights it is right.
    Prior prior = Prior.of(Parameter.normal("a", 0, 1), Parameter.normal("b", 0, 1));
    Simulator simulator =
        Simulator.of(
            DataShape.vector(2),
            (theta, random) ->
                Data.vector(theta.map(t -> t + 0.5 * random.nextGaussian()).toArray()));
    Simulations simulations = Simulations.draw(prior, simulator, 500, 1);
    Data data = Data.vector(1, -2);
    try (NeuralPosterior network =
        NeuralPosterior.train(prior, simulations, SMALL.withEpochs(1), CPU, 1)) {
      WeightedDraws weighted =
          WeightedDraws.of(
              network.given(data),
              LikelihoodPosterior.of(prior, EXACT, data),
              20_000,
              new Seeds(2).stream("proposal"));
      ImportanceWeights weights = weighted.weights();
      assertThat(weights.reliable()).isTrue();
      double error = 4 / Math.sqrt(weights.effectiveSize());
      double sd = Math.sqrt(0.2);
      assertThat(weights.mean(weighted.draws().column(0))).isCloseTo(0.8, within(error * sd));
      assertThat(weights.mean(weighted.draws().column(1))).isCloseTo(-1.6, within(error * sd));
      assertThat(weights.mean(weighted.draws().column(1).map(v -> (v + 1.6) * (v + 1.6))))
          .isCloseTo(0.2, within(error * 0.2 * Math.sqrt(2)));
      // log p(x): N(0, 1.25 I).
      assertThat(weights.logMean())
          .isCloseTo(-Math.log(2 * Math.PI * 1.25) - 5 / 2.5, within(error));
      Draws.Row resampled = weighted.resampled(5_000, new Seeds(3).stream("r")).table().get(1);
      assertThat(resampled.mean()).isCloseTo(-1.6, within(error * sd + 4 * sd / Math.sqrt(5_000)));
    }
  }

  @Test
  void chainsTakeUpDrawsOfANetworkAsTheLikelihoodAsks() {
    // N(-.1, .25) above 0, by a network that has seen the 500 simulations once; with a prior of sd
    // .5 beside it, which makes N(1.2 / 2, .125).
    Prior prior = Prior.of(Parameter.uniform("a", 0, 3), Parameter.normal("b", 0, 0.5));
    Simulator simulator =
        Simulator.of(
            DataShape.vector(2),
            (theta, random) ->
                Data.vector(theta.map(t -> t + 0.5 * random.nextGaussian()).toArray()));
    Simulations simulations = Simulations.draw(prior, simulator, 500, 1);
    Data data = Data.vector(-0.1, 1.2);
    try (NeuralPosterior network =
        NeuralPosterior.train(prior, simulations, SMALL.withEpochs(1), CPU, 1)) {
      MarkovDraws draws =
          LikelihoodPosterior.of(prior, EXACT, data)
              .sample(new SliceSampler(50, 400, 1, 0), network.given(data), new Seeds(1));
      assertThat(draws.converged()).isTrue();
      assertThat(draws.convergence().get(0).bulkSize()).isGreaterThan(5_000);
      NormalDistribution standard = new NormalDistribution(null, 0, 1);
      double hazard = standard.density(0.2) / (1 - standard.cumulativeProbability(0.2));
      Draws.Row a = draws.draws().table().get(0);
      double error = 4 / Math.sqrt(draws.convergence().get(0).bulkSize());
      assertThat(a.mean()).isCloseTo(-0.1 + 0.5 * hazard, within(error * a.sd()));
      assertThat(a.sd())
          .isCloseTo(0.5 * Math.sqrt(1 + 0.2 * hazard - hazard * hazard), within(error * a.sd()));
      Draws.Row b = draws.draws().table().get(1);
      assertThat(b.mean()).isCloseTo(0.6, within(error * b.sd()));
      assertThat(b.sd()).isCloseTo(Math.sqrt(0.125), within(error * b.sd()));
    }
  }

  @Test
  void likelihoodsOfUnitsMultiply() {
    List<Data> units = HierarchicalNormal.units(0.7, 10, new Seeds(2).stream("units"));
    // sqrt(units / simulations) is .03 posterior sds: the error of the network's centre.
    double off = inPosteriorSds(units, 10_000, 8, 4);
    assertThat(Math.abs(off)).isLessThan(0.15);
  }

  /** The bar: 1,000 units within .05 sds; sqrt(1,000 / 2,000,000) is .022. */
  @Test
  @Tag("paper")
  void thousandUnitsGiveTheClosedForm() {
    List<Data> units = HierarchicalNormal.units(0.7, 1_000, new Seeds(2).stream("units"));
    double off = inPosteriorSds(units, 2_000_000, 8, 1);
    assertThat(Math.abs(off)).isLessThan(0.05);
  }

  /** Trains, samples, and returns (mean - exact mean) / exact sd; checks the sd to 5 %. */
  private static double inPosteriorSds(List<Data> units, int count, int chains, int epochs) {
    long start = System.nanoTime();
    Simulations simulations =
        Simulations.draw(HierarchicalNormal.PRIOR, new HierarchicalNormal(), count, 1);
    EstimatorConfig config = SMALL.withEpochs(epochs).withBatch(Math.max(200, count / 400));
    try (NeuralLikelihood likelihood =
        NeuralLikelihood.train(HierarchicalNormal.PRIOR, simulations, config, CPU, 1)) {
      double trained = (System.nanoTime() - start) * 1e-9;
      LikelihoodPosterior posterior =
          new LikelihoodPosterior(HierarchicalNormal.PRIOR, likelihood, units);
      double mean = HierarchicalNormal.posteriorMean(units);
      double sd = HierarchicalNormal.posteriorSd(units.size());
      RandomGenerator random = new Seeds(4).stream("starts");
      double[] starts = random.doubles(chains, mean - 2 * sd, mean + 2 * sd).toArray();
      MarkovDraws draws =
          posterior.sample(
              new SliceSampler(20, 400, 1, SliceSampler.DOUBLINGS),
              new Draws(List.of("m"), Matrix.of(chains, 1, starts)),
              new Seeds(5));
      Draws.Row row = draws.draws().table().get(0);
      System.out.printf(
          Locale.ROOT,
          "%d units, %d simulations: mean off by %.3f sds, sd ratio %.3f, R-hat %.4f, effective %.0f;"
              + " trained in %.0f s, sampled in %.0f s (%d evaluations)%n",
          units.size(),
          count,
          (row.mean() - mean) / sd,
          row.sd() / sd,
          draws.convergence().get(0).rHat(),
          draws.convergence().get(0).bulkSize(),
          trained,
          (System.nanoTime() - start) * 1e-9 - trained,
          draws.evaluations());
      assertThat(draws.converged()).isTrue();
      assertThat(row.sd()).isCloseTo(sd, within(0.05 * sd));
      return (row.mean() - mean) / sd;
    }
  }

  @Test
  void oneCallSimulatesAndTrainsWithDefaults() {
    Prior prior = HierarchicalNormal.PRIOR;
    Simulator simulator = new HierarchicalNormal();
    Data data = Data.vector(0.1, 0.2, 0.3);
    Matrix theta = Matrix.of(1, 1, 0.4);
    try (NeuralPosterior one = NeuralPosterior.train(prior, simulator, 100, 3);
        NeuralPosterior parts =
            NeuralPosterior.train(
                prior,
                Simulations.draw(prior, simulator, 100, 3),
                EstimatorConfig.standard(),
                CPU,
                3)) {
      assertThat(one.given(data).logDensity(theta)).isEqualTo(parts.given(data).logDensity(theta));
    }
  }

  @Test
  void aPosteriorNeedsData() {
    assertThatThrownBy(() -> new LikelihoodPosterior(HierarchicalNormal.PRIOR, EXACT, List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("at least 1 unit");
  }
}
