package org.nnks.sbi.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Data;
import org.nnks.sbi.Draws;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.Likelihood;
import org.nnks.sbi.LikelihoodPosterior;
import org.nnks.sbi.MarkovDraws;
import org.nnks.sbi.NeuralLikelihood;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.WeightedDraws;
import org.nnks.sbi.diagnostics.ClassifierTest;
import org.nnks.sbi.flow.SummarySpec;
import org.nnks.sbi.sampling.ImportanceWeights;
import org.nnks.sbi.sampling.SliceSampler;

/**
 * Neural likelihoods with Markov chains on sbibm's tasks, at the standard observations. Of slcp,
 * the likelihood of one of its four points is learned, and theirs are multiplied.
 *
 * <p>System properties: {@code sbi.tasks} (names; all), {@code sbi.simulations} (10000), {@code
 * sbi.observations} (the last; 10), {@code sbi.scores} (how many of them get a C2ST; all), {@code
 * sbi.proposed} (draws that are weighted for each; 50000), and those of {@link BenchmarkConfig} but
 * for the summary.
 */
@Tag("paper")
class LikelihoodBenchmarkTest {

  private static final int SIMULATIONS = Integer.getInteger("sbi.simulations", 10_000);
  private static final int OBSERVATIONS = Integer.getInteger("sbi.observations", 10);
  private static final int SCORES = Integer.getInteger("sbi.scores", OBSERVATIONS);
  private static final int PROPOSED = Integer.getInteger("sbi.proposed", 50_000);
  private static final int DRAWS = 10_000;
  private static final Device CPU = Device.cpu();
  private static final Seeds SEEDS = new Seeds(1);

  /** Chains are offered draws of the amortised posterior of the same simulations. */
  @ParameterizedTest
  @EnumSource(BenchmarkTask.class)
  void chainsConverge(BenchmarkTask task) {
    if (!chosen(task)) {
      return;
    }
    try (NeuralPosterior amortised = posterior(task);
        NeuralLikelihood likelihood = likelihood(task).inSinglePrecision(CPU)) {
      List<Double> scores = new ArrayList<>();
      List<Integer> apart = new ArrayList<>();
      for (int i = 0; i < OBSERVATIONS; i++) {
        Data data = task.data(task.observations().get(i));
        LikelihoodPosterior posterior =
            new LikelihoodPosterior(task.prior(), likelihood, data.items());
        double start = BenchmarkConfig.processorSeconds();
        MarkovDraws draws =
            posterior.sample(SliceSampler.standard(), amortised.given(data), new Seeds(i));
        double sampled = BenchmarkConfig.processorSeconds() - start;
        printChains(i, draws, sampled, score(task, i, draws.thinned(DRAWS), scores));
        if (!draws.converged()) {
          apart.add(i + 1);
        }
      }
      printMean(task, scores);
      assertThat(apart).as("observations whose chains disagree").isEmpty();
    }
  }

  /** The same chains by the exact likelihoods, which leave out what networks get wrong. */
  @ParameterizedTest
  @EnumSource(BenchmarkTask.class)
  void chainsOfExactLikelihoodsConverge(BenchmarkTask task) {
    if (!chosen(task)) {
      return;
    }
    List<Integer> apart = new ArrayList<>();
    print("%s, exact", task);
    for (int i = 0; i < OBSERVATIONS; i++) {
      double[] x = task.observations().get(i);
      Likelihood exact =
          (data, theta) ->
              Vector.of(
                  IntStream.range(0, theta.rows())
                      .mapToObj(theta::row)
                      .mapToDouble(t -> task.logDensity(x, t) - task.prior().logDensity(t))
                      .toArray());
      double start = BenchmarkConfig.processorSeconds();
      MarkovDraws draws =
          LikelihoodPosterior.of(task.prior(), exact, task.data(x))
              .sample(SliceSampler.standard(), new Seeds(i));
      double sampled = BenchmarkConfig.processorSeconds() - start;
      printChains(i, draws, sampled, score(task, i, draws.thinned(DRAWS), new ArrayList<>()));
      if (!draws.converged()) {
        apart.add(i + 1);
      }
    }
    assertThat(apart).as("observations whose chains disagree").isEmpty();
  }

  private static void printChains(int i, MarkovDraws draws, double seconds, double score) {
    print(
        "  observation %d: R-hat %.4f, effective %.0f, %d evaluations, %.0f s; C2ST %.3f",
        i + 1,
        draws.convergence().stream().mapToDouble(c -> c.rHat()).max().orElseThrow(),
        draws.convergence().stream().mapToDouble(c -> c.bulkSize()).min().orElseThrow(),
        draws.evaluations(),
        seconds,
        score);
  }

  /**
   * The same posteriors without chains: draws of the amortised posterior of the same simulations,
   * weighted by the likelihood and drawn again. It prints; it does not judge.
   */
  @ParameterizedTest
  @EnumSource(BenchmarkTask.class)
  void weightedDraws(BenchmarkTask task) {
    if (!chosen(task)) {
      return;
    }
    try (NeuralPosterior proposal = posterior(task);
        NeuralLikelihood likelihood = likelihood(task)) {
      List<Double> scores = new ArrayList<>();
      for (int i = 0; i < OBSERVATIONS; i++) {
        Data data = task.data(task.observations().get(i));
        double start = BenchmarkConfig.processorSeconds();
        WeightedDraws weighted =
            WeightedDraws.of(
                proposal.given(data),
                new LikelihoodPosterior(task.prior(), likelihood, data.items()),
                PROPOSED,
                new Seeds(i).stream("proposal"));
        Draws draws = weighted.resampled(DRAWS, new Seeds(i).stream("resampled"));
        double sampled = BenchmarkConfig.processorSeconds() - start;
        print(
            "  observation %d: effective %.0f of %d, Pareto k %.2f, %.0f s; C2ST %.3f",
            i + 1,
            weighted.weights().effectiveSize(),
            PROPOSED,
            weighted.weights().paretoK(),
            sampled,
            score(task, i, draws, scores));
      }
      printMean(task, scores);
    }
  }

  private static boolean chosen(BenchmarkTask task) {
    String tasks = System.getProperty("sbi.tasks", task.name()).toUpperCase(Locale.ROOT);
    return List.of(tasks.split(",")).contains(task.name());
  }

  private static NeuralPosterior posterior(BenchmarkTask task) {
    double start = BenchmarkConfig.processorSeconds();
    Simulations simulations = Simulations.draw(task.prior(), task, SIMULATIONS, 1);
    NeuralPosterior posterior =
        NeuralPosterior.train(task.prior(), simulations, BenchmarkConfig.of(task), CPU, 1);
    print(
        "%s: posterior trained in %.0f s of processor time",
        task, BenchmarkConfig.processorSeconds() - start);
    return posterior;
  }

  private static NeuralLikelihood likelihood(BenchmarkTask task) {
    double start = BenchmarkConfig.processorSeconds();
    Simulations items = Simulations.draw(task.prior(), task, SIMULATIONS, 1).items();
    EstimatorConfig config = BenchmarkConfig.of(task).withSummary(SummarySpec.direct());
    NeuralLikelihood likelihood = NeuralLikelihood.train(task.prior(), items, config, CPU, 1);
    print(
        "%s: %d simulations, %d items, trained in %.0f s of processor time, %d epochs, validation loss %.3f",
        task,
        SIMULATIONS,
        items.size(),
        BenchmarkConfig.processorSeconds() - start,
        likelihood.histories().get(0).epochs().size(),
        likelihood.histories().get(0).validationLoss());
    return likelihood;
  }

  /** C2ST against the exact posterior, which joins the others; NaN if it is not asked for. */
  private static double score(BenchmarkTask task, int i, Draws draws, List<Double> scores) {
    if (i >= SCORES) {
      return Double.NaN;
    }
    Matrix reference =
        task.reference(task.observations().get(i), DRAWS, SEEDS.stream("reference", i));
    scores.add(ClassifierTest.score(reference, draws.values(), CPU, SEEDS));
    return scores.get(scores.size() - 1);
  }

  private static void printMean(BenchmarkTask task, List<Double> scores) {
    double mean = scores.stream().mapToDouble(s -> s).average().orElse(Double.NaN);
    print("%s: mean C2ST of these %.3f", task, mean);
  }

  /**
   * Weighted by the exact likelihood, draws of NPE have the exact moments of gaussian_linear within
   * Monte Carlo error: of 10 means and 10 variances at each observation, standardised errors are
   * those of a normal distribution.
   */
  @Test
  void exactWeightsMakeGaussianLinearExact() {
    BenchmarkTask task = BenchmarkTask.GAUSSIAN_LINEAR;
    Simulations simulations = Simulations.draw(task.prior(), task, SIMULATIONS, 1);
    Likelihood exact =
        (data, theta) ->
            Vector.of(
                Arrays.stream(theta.toRows())
                    .mapToDouble(
                        row -> {
                          double log = -5 * Math.log(2 * Math.PI * 0.1);
                          for (int j = 0; j < row.length; j++) {
                            log -= Math.pow(data.values().get(0, j) - row[j], 2) / 0.2;
                          }
                          return log;
                        })
                    .toArray());
    EstimatorConfig config = EstimatorConfig.standard().withWeightDecays(3.0).withEpochs(10);
    try (NeuralPosterior network =
        NeuralPosterior.train(task.prior(), simulations, config, CPU, 1)) {
      double squares = 0;
      double before = 0;
      int count = 0;
      for (int i = 0; i < OBSERVATIONS; i++) {
        double[] x = task.observations().get(i);
        WeightedDraws weighted =
            WeightedDraws.of(
                network.given(task.data(x)),
                LikelihoodPosterior.of(task.prior(), exact, task.data(x)),
                2 * DRAWS,
                new Seeds(i).stream("proposal"));
        ImportanceWeights weights = weighted.weights();
        for (int j = 0; j < task.dimension; j++) {
          double mean = x[j] / 2;
          Vector error = weighted.draws().column(j).map(t -> t - mean);
          // The variance of a weighted mean: sum of w^2 (t - mean)^2.
          double variance = 0;
          for (int k = 0; k < error.size(); k++) {
            variance += Math.pow(weights.weights().get(k) * error.get(k), 2);
          }
          squares += Math.pow(weights.mean(error), 2) / variance;
          before += Math.pow(error.mean(), 2) / (0.05 / error.size());
          count++;
          double spread = weights.mean(error.map(e -> e * e));
          assertThat(Math.abs(spread / 0.05 - 1))
              .isLessThan(5 * Math.sqrt(2 / weights.effectiveSize()));
        }
        print(
            "  observation %d: effective %.0f of %d, Pareto k %.2f",
            i + 1, weights.effectiveSize(), 2 * DRAWS, weights.paretoK());
        assertThat(weights.reliable()).isTrue();
      }
      print(
          "gaussian_linear: root mean square of (mean - exact) / standard error %.2f, without weights %.2f",
          Math.sqrt(squares / count), Math.sqrt(before / count));
      assertThat(Math.sqrt(squares / count)).isBetween(0.8, 1.2);
    }
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
