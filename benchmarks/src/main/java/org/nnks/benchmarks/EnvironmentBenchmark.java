package org.nnks.benchmarks;

import java.util.concurrent.TimeUnit;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.ddpg.Ddpg;
import org.nnks.ddpg.DdpgConfig;
import org.nnks.ddpg.TrainingProgress;
import org.nnks.ddpg.environments.HouseholdEnvironment;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reinforcement learning in the Krusell-Smith economy by number of households. One operation is one
 * iteration of Algorithm 1 of Liu (2024): every economy moves one period, critic and actor take a
 * step each. Household-periods a second are operations a second times households times economies.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 1, time = 5)
@Measurement(iterations = 3, time = 5)
@Fork(1)
public class EnvironmentBenchmark {

  /** Households of an economy; Liu (2024) has 100. */
  @Param({"10", "100", "1000"})
  public int households;

  private Ddpg learner;

  /** Opens a learner, past its pre-training. */
  @Setup(Level.Trial)
  public void open() {
    KrusellSmith economy = new KrusellSmith(KrusellSmithCalibration.liu2024());
    learner =
        new Ddpg(
            new HouseholdEnvironment(economy, households),
            DdpgConfig.TABLE2.withSchedule(
                DdpgConfig.TABLE2.schedule().withStart(1, 0).withBatch(16, 4)),
            Device.cpu(),
            new Seeds(1));
  }

  /** Releases the networks. */
  @TearDown(Level.Trial)
  public void close() {
    learner.close();
  }

  /** One iteration of Algorithm 1. */
  @Benchmark
  public TrainingProgress iteration() {
    return learner.iterate();
  }
}
