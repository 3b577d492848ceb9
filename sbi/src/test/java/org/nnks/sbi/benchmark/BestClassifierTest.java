package org.nnks.sbi.benchmark;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Simulations;

/**
 * What no classifier can beat, on tasks whose posterior p has a closed form: with even numbers of
 * draws from p and from the estimate q, the best classifier is right with probability 1/2 + TV(p,
 * q) / 2, where TV = E_p max(0, 1 - q / p). The expectation of C2ST is below it. It prints; it does
 * not judge.
 *
 * <p>System properties: {@code sbi.tasks}, {@code sbi.simulations}, {@code sbi.draws} and {@code
 * sbi.seed}, with the defaults of {@link BenchmarkTest}, whose estimators these are, and those of
 * {@link BenchmarkConfig}.
 */
@Tag("paper")
class BestClassifierTest {

  private static final int SIMULATIONS = Integer.getInteger("sbi.simulations", 10_000);
  private static final int DRAWS = Integer.getInteger("sbi.draws", 10_000);

  @ParameterizedTest
  @EnumSource(value = BenchmarkTask.class, mode = EnumSource.Mode.EXCLUDE, names = "SLCP")
  void prints(BenchmarkTask task) {
    String tasks = System.getProperty("sbi.tasks", task.name()).toUpperCase(Locale.ROOT);
    if (!List.of(tasks.split(",")).contains(task.name())) {
      return;
    }
    Seeds seeds = new Seeds(Integer.getInteger("sbi.seed", 1));
    Simulations simulations = Simulations.draw(task.prior(), task, SIMULATIONS, seeds.seed());
    EstimatorConfig config = BenchmarkConfig.of(task);
    double start = BenchmarkConfig.processorSeconds();
    try (NeuralPosterior estimator =
        NeuralPosterior.train(task.prior(), simulations, config, Device.cpu(), seeds.seed())) {
      estimator
          .histories()
          .forEach(
              h ->
                  print(
                      "%s: %s, decay %s, %d epochs, validation loss %.4f, %.0f s of processor time",
                      task,
                      estimator.bijector(),
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
        Vector log = estimator.given(task.data(x)).logDensity(reference);
        double variation = 0;
        double divergence = 0;
        for (int k = 0; k < DRAWS; k++) {
          double gap = task.logDensity(x, reference.row(k)) - log.get(k);
          divergence += gap / DRAWS;
          variation += Math.max(0, 1 - Math.exp(-gap)) / DRAWS;
        }
        double best = 0.5 + variation / 2;
        sum += best;
        total += divergence;
        print(
            "  observation %d: best classifier %.3f, divergence %.3f nats, acceptance %.3f",
            i + 1, best, divergence, estimator.given(task.data(x)).acceptance());
      }
      print(
          "%s: best classifier %.3f, divergence %.3f on average",
          task, sum / observations.size(), total / observations.size());
    }
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
