package org.nnks.sbi.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.PosteriorConfig;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.diagnostics.ClassifierTest;
import org.nnks.sbi.flow.FlowSpec;
import org.nnks.sbi.flow.SummarySpec;

/**
 * C2ST on sbibm's tasks beside the published figures. System properties: sbi.simulations,
 * sbi.members, sbi.observations, sbi.draws, sbi.deepset, sbi.seed.
 */
@Tag("paper")
class BenchmarkTest {

  private static final int SIMULATIONS = Integer.getInteger("sbi.simulations", 10_000);
  private static final int OBSERVATIONS = Integer.getInteger("sbi.observations", 10);
  private static final int DRAWS = Integer.getInteger("sbi.draws", 10_000);
  private static final Device CPU = Device.cpu();

  @ParameterizedTest
  @EnumSource(BenchmarkTask.class)
  void measures(BenchmarkTask task) {
    if (!System.getProperty("sbi.tasks", task.name())
        .toUpperCase(Locale.ROOT)
        .contains(task.name())) {
      return;
    }
    Seeds seeds = new Seeds(Integer.getInteger("sbi.seed", 1));
    Simulations simulations = Simulations.draw(task.prior(), task, SIMULATIONS, seeds.seed());
    PosteriorConfig config =
        PosteriorConfig.standard()
            .withMembers(Integer.getInteger("sbi.members", PosteriorConfig.MEMBERS))
            .withBatch(Integer.getInteger("sbi.batch", PosteriorConfig.BATCH))
            .withLearningRate(
                Double.parseDouble(
                    System.getProperty("sbi.rate", "" + PosteriorConfig.LEARNING_RATE)));
    int width = Integer.getInteger("sbi.width", 50);
    config =
        config.withFlow(
            new FlowSpec(
                FlowSpec.Kind.valueOf(System.getProperty("sbi.kind", "SPLINE")),
                Integer.getInteger("sbi.layers", FlowSpec.LAYERS),
                List.of(width, width),
                FlowSpec.BINS,
                FlowSpec.BOUND));
    if (Boolean.getBoolean("sbi.deepset")) {
      config = config.withSummary(SummarySpec.deepSet());
    }
    long start = System.nanoTime();
    try (NeuralPosterior estimator =
        NeuralPosterior.train(task.prior(), simulations, config, CPU, seeds.seed())) {
      double seconds = (System.nanoTime() - start) * 1e-9;
      System.out.printf(
          Locale.ROOT,
          "%s: %d simulations, trained in %.0f s, %d epochs, train %.3f validation %.3f%n",
          task,
          SIMULATIONS,
          seconds,
          estimator.histories().get(0).epochs().size(),
          estimator
              .histories()
              .get(0)
              .epochs()
              .get(estimator.histories().get(0).best())
              .trainingLoss(),
          estimator.histories().get(0).validationLoss());
      Simulations fresh = Simulations.draw(task.prior(), task, 500, seeds.seed() + 1_000_000);
      double held = 0;
      for (int i = 0; i < fresh.size(); i++) {
        held -= estimator.given(fresh.data(i)).logDensity(fresh.theta(i)) / fresh.size();
      }
      System.out.printf(Locale.ROOT, "  loss on 500 fresh simulations %.3f%n", held);
      List<Double> scores = new ArrayList<>();
      List<double[]> observations = task.observations();
      for (int i = 0; i < OBSERVATIONS; i++) {
        double[] x = observations.get(i);
        Matrix reference = task.reference(x, DRAWS, seeds.stream("reference", i));
        Matrix sample =
            estimator.given(task.data(x)).sample(DRAWS, seeds.stream("posterior", i)).values();
        start = System.nanoTime();
        scores.add(ClassifierTest.score(reference, sample, CPU, seeds));
        System.out.printf(
            Locale.ROOT,
            "  observation %d: C2ST %.3f (%.0f s)%n",
            i + 1,
            scores.get(i),
            (System.nanoTime() - start) * 1e-9);
      }
      System.out.printf(
          Locale.ROOT,
          "%s: mean C2ST %.3f, published %.3f%n",
          task,
          scores.stream().mapToDouble(s -> s).average().orElse(Double.NaN),
          task.published);
    }
  }
}
