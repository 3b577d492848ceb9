package org.nnks.sbi.benchmark;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.nnks.sbi.Bijector;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.flow.FlowSpec;
import org.nnks.sbi.flow.SummarySpec;

/**
 * The estimator that benchmarks train, by system properties: {@code sbi.matching} (false; true is
 * flow matching), {@code sbi.joint} (false; true is a joint model), {@code sbi.members} (1), {@code
 * sbi.epochs} (the defaults), {@code sbi.decays} and {@code sbi.bijectors} (the defaults; separated
 * by commas), {@code sbi.width} (of conditioners and fields; the default), {@code sbi.direct}
 * (false; true gives slcp the raw vector, as the published runs did, instead of a deep set over its
 * four points).
 */
final class BenchmarkConfig {

  static final boolean JOINT = Boolean.getBoolean("sbi.joint");

  private BenchmarkConfig() {}

  static EstimatorConfig of(BenchmarkTask task) {
    EstimatorConfig config =
        (Boolean.getBoolean("sbi.matching") || JOINT
                ? EstimatorConfig.flowMatching()
                : EstimatorConfig.standard())
            .withMembers(Integer.getInteger("sbi.members", EstimatorConfig.MEMBERS));
    config = config.withEpochs(Integer.getInteger("sbi.epochs", config.epochs()));
    String decays = System.getProperty("sbi.decays");
    if (decays != null) {
      config = config.withWeightDecays(list(decays).map(Double::valueOf).toArray(Double[]::new));
    }
    String bijectors = System.getProperty("sbi.bijectors");
    if (bijectors != null) {
      config =
          config.withBijectors(
              list(bijectors.toUpperCase(Locale.ROOT))
                  .map(Bijector::valueOf)
                  .toArray(Bijector[]::new));
    }
    Integer width = Integer.getInteger("sbi.width");
    if (width != null) {
      FlowSpec flow = config.flow();
      config =
          config.withFlow(
              new FlowSpec(
                  flow.kind(),
                  flow.layers(),
                  Collections.nCopies(flow.hidden().size(), width),
                  flow.bins(),
                  flow.bound(),
                  flow.blocks()));
    }
    boolean set = task.shape().items() > 1 && !Boolean.getBoolean("sbi.direct");
    SummarySpec summary =
        Boolean.getBoolean("sbi.attention") ? SummarySpec.attention() : SummarySpec.deepSet();
    return set ? config.withSummary(summary) : config;
  }

  /** Whether a task is one of {@code sbi.tasks} (names; all). */
  static boolean chosen(BenchmarkTask task) {
    String tasks = System.getProperty("sbi.tasks", task.name()).toUpperCase(Locale.ROOT);
    return List.of(tasks.split(",")).contains(task.name());
  }

  private static java.util.stream.Stream<String> list(String commas) {
    return List.of(commas.split(",")).stream();
  }

  /** Of this process so far; unlike wall time it means something on a machine that is shared. */
  static double processorSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() * 1e-3;
  }
}
