package org.nnks.sbi.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Data;
import org.nnks.sbi.Draws;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.JointModel;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.TrainingHistory;
import org.nnks.sbi.diagnostics.ClassifierTest;

/**
 * C2ST on sbibm's tasks, at its ten standard observations, beside the published figures of neural
 * posterior estimation. It prints; it does not judge.
 *
 * <p>System properties: {@code sbi.tasks} (names; all), {@code sbi.simulations} (10000), {@code
 * sbi.first} and {@code sbi.observations} (the first and the last of them; 1 and 10), {@code
 * sbi.draws} (10000), {@code sbi.seed} (1), {@code sbi.joint} (false; true is a joint model), and
 * those of {@link BenchmarkConfig}.
 */
@Tag("paper")
class BenchmarkTest {

  private static final int SIMULATIONS = Integer.getInteger("sbi.simulations", 10_000);
  private static final int FIRST = Integer.getInteger("sbi.first", 1);
  private static final int OBSERVATIONS = Integer.getInteger("sbi.observations", 10);
  private static final int DRAWS = Integer.getInteger("sbi.draws", 10_000);
  private static final int FRESH = 500;
  private static final Seeds SEEDS = new Seeds(Integer.getInteger("sbi.seed", 1));
  private static final Device CPU = Device.cpu();

  @ParameterizedTest
  @EnumSource(BenchmarkTask.class)
  void prints(BenchmarkTask task) {
    if (!BenchmarkConfig.chosen(task)) {
      return;
    }
    Simulations simulations = Simulations.draw(task.prior(), task, SIMULATIONS, SEEDS.seed());
    EstimatorConfig config = BenchmarkConfig.of(task);
    double start = BenchmarkConfig.processorSeconds();
    if (BenchmarkConfig.JOINT) {
      try (JointModel model =
          JointModel.train(task.prior(), simulations, config, CPU, SEEDS.seed())) {
        printTraining(task, "joint model", start, model.histories().get(0));
        score(task, (x, random) -> model.posterior(x, DRAWS, random));
      }
      return;
    }
    try (NeuralPosterior estimator =
        NeuralPosterior.train(task.prior(), simulations, config, CPU, SEEDS.seed())) {
      printTraining(task, estimator.bijector().toString(), start, estimator.histories().get(0));
      print("%s: fresh loss %.3f", task, freshLoss(task, estimator));
      score(task, (x, random) -> estimator.given(x).sample(DRAWS, random));
    }
  }

  private static void printTraining(
      BenchmarkTask task, String name, double start, TrainingHistory history) {
    print(
        "%s: %d simulations, %s, trained in %.0f s of processor time, %d epochs, validation loss %.3f",
        task,
        SIMULATIONS,
        name,
        BenchmarkConfig.processorSeconds() - start,
        history.epochs().size(),
        history.validationLoss());
  }

  private static void score(
      BenchmarkTask task, BiFunction<Data, RandomGenerator, Draws> posterior) {
    List<double[]> observations = task.observations();
    List<Double> scores = new ArrayList<>();
    for (int i = FIRST - 1; i < OBSERVATIONS; i++) {
      double[] x = observations.get(i);
      Matrix reference = task.reference(x, DRAWS, SEEDS.stream("reference", i));
      double start = BenchmarkConfig.processorSeconds();
      Matrix sample = posterior.apply(task.data(x), SEEDS.stream("posterior", i)).values();
      double sampled = BenchmarkConfig.processorSeconds() - start;
      scores.add(ClassifierTest.score(reference, sample, CPU, SEEDS));
      print(
          "  observation %d: C2ST %.3f (draws %.0f s, score %.0f s)",
          i + 1,
          scores.get(scores.size() - 1),
          sampled,
          BenchmarkConfig.processorSeconds() - start - sampled);
    }
    print(
        "%s: mean C2ST of these %.3f, published mean of all ten %s",
        task,
        scores.stream().mapToDouble(s -> s).average().orElse(Double.NaN),
        task.published.getOrDefault(SIMULATIONS, Double.NaN));
  }

  /** The mean of -log q(theta | x) on simulations that took no part in training. */
  private static double freshLoss(BenchmarkTask task, NeuralPosterior estimator) {
    Simulations fresh = Simulations.draw(task.prior(), task, SIMULATIONS, FRESH, new Seeds(2));
    return -estimator.logDensity(fresh).stream().average().orElseThrow();
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
