package org.nnks.sbi.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Data;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.JointModel;
import org.nnks.sbi.LikelihoodPosterior;
import org.nnks.sbi.NeuralLikelihood;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.TrainingHistory;
import org.nnks.sbi.flow.SummarySpec;

/**
 * What no classifier can beat, on tasks whose posterior p has a closed form: with even numbers of
 * draws from p and from the estimate q, the best classifier is right with probability 1/2 + TV(p,
 * q) / 2, where TV = E_p max(0, 1 - q / p). The expectation of C2ST is below it. It prints; it does
 * not judge.
 *
 * <p>System properties: {@code sbi.tasks}, {@code sbi.simulations}, {@code sbi.draws} and {@code
 * sbi.seed}, with the defaults of {@link BenchmarkTest}, whose estimators these are, and those of
 * {@link BenchmarkConfig}. With {@code sbi.likelihood} (false) the estimator is that of {@link
 * LikelihoodBenchmarkTest}, slcp among them: p(theta) q(x | theta), normalised so that E_p q / p =
 * 1, which leaves out what it puts where p has no draws.
 */
@Tag("paper")
class BestClassifierTest {

  private static final int SIMULATIONS = Integer.getInteger("sbi.simulations", 10_000);
  private static final boolean LIKELIHOOD = Boolean.getBoolean("sbi.likelihood");
  private static final int DRAWS = Integer.getInteger("sbi.draws", 10_000);

  @ParameterizedTest
  @EnumSource(BenchmarkTask.class)
  void prints(BenchmarkTask task) {
    boolean closed = task != BenchmarkTask.SLCP || LIKELIHOOD;
    if (!closed || !BenchmarkConfig.chosen(task)) {
      return;
    }
    Seeds seeds = new Seeds(Integer.getInteger("sbi.seed", 1));
    Simulations simulations = Simulations.draw(task.prior(), task, SIMULATIONS, seeds.seed());
    double start = BenchmarkConfig.processorSeconds();
    try (Estimator estimator = estimator(task, simulations, seeds.seed())) {
      estimator
          .histories()
          .forEach(
              h ->
                  print(
                      "%s: %s, decay %s, %d epochs, validation loss %.4f, %.0f s of processor time",
                      task,
                      estimator.name(),
                      h.weightDecay(),
                      h.epochs().size(),
                      h.validationLoss(),
                      BenchmarkConfig.processorSeconds() - start));
      double total = 0;
      double sum = 0;
      List<double[]> observations = task.observations();
      for (int i = 0; i < observations.size(); i++) {
        double[] x = observations.get(i);
        Matrix reference = task.reference(x, DRAWS, seeds.stream("reference", i));
        Vector log = estimator.logDensity().apply(task.data(x), reference);
        double[] gap = new double[DRAWS];
        Arrays.setAll(gap, k -> task.logDensity(x, reference.row(k)) - log.get(k));
        double scale = 0;
        if (estimator.normalise()) {
          double least = Arrays.stream(gap).min().orElseThrow();
          double ratios = Arrays.stream(gap).map(g -> Math.exp(least - g)).average().orElseThrow();
          scale = Math.log(ratios) - least;
        }
        double variation = 0;
        double divergence = 0;
        for (double each : gap) {
          divergence += (each + scale) / DRAWS;
          variation += Math.max(0, 1 - Math.exp(-each - scale)) / DRAWS;
        }
        double best = 0.5 + variation / 2;
        sum += best;
        total += divergence;
        print(
            "  observation %d: best classifier %.3f, divergence %.3f nats",
            i + 1, best, divergence);
      }
      print(
          "%s: best classifier %.3f, divergence %.3f on average",
          task, sum / observations.size(), total / observations.size());
    }
  }

  /** A posterior's log density at each row of theta, up to a constant if it must be normalised. */
  private record Estimator(
      String name,
      List<TrainingHistory> histories,
      BiFunction<Data, Matrix, Vector> logDensity,
      boolean normalise,
      Runnable closing)
      implements AutoCloseable {

    @Override
    public void close() {
      closing.run();
    }
  }

  private static Estimator estimator(BenchmarkTask task, Simulations simulations, long seed) {
    EstimatorConfig config = BenchmarkConfig.of(task);
    if (LIKELIHOOD) {
      NeuralLikelihood likelihood =
          NeuralLikelihood.train(
              task.prior(),
              simulations.items(),
              config.withSummary(SummarySpec.direct()),
              Device.cpu(),
              seed);
      return new Estimator(
          "likelihood",
          likelihood.histories(),
          (x, theta) ->
              new LikelihoodPosterior(task.prior(), likelihood, x.items()).logDensity(theta),
          true,
          likelihood::close);
    }
    if (BenchmarkConfig.JOINT) {
      JointModel joint = JointModel.train(task.prior(), simulations, config, Device.cpu(), seed);
      return new Estimator(
          "joint model", joint.histories(), joint::logPosterior, false, joint::close);
    }
    NeuralPosterior posterior =
        NeuralPosterior.train(task.prior(), simulations, config, Device.cpu(), seed);
    return new Estimator(
        posterior.bijector().toString(),
        posterior.histories(),
        (x, theta) -> posterior.given(x).logDensity(theta),
        false,
        posterior::close);
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
