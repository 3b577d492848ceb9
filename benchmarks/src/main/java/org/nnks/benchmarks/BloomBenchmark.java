package org.nnks.benchmarks;

import java.util.concurrent.TimeUnit;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.ExactBellman;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
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
 * The parts of a solve of Bloom et al. (2018) by the factored exact method, by the size of the
 * histogram; {@link BloomHistograms} has the other methods and the whole of Yokomoto (2026) Table
 * 6. One operation is one history or one solve of the firms' problem from nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@Fork(value = 1, jvmArgs = "-Xmx4g")
public class BloomBenchmark {

  /** Periods of a history: Yokomoto (2026) Table 6 times 1,000. */
  static final int PERIODS = 1_000;

  /** Histogram relative to the paper's 16,835 points. */
  @Param({"1", "5", "10"})
  public int size;

  private Bloom economy;
  private ExactBellman solver;
  private ForecastRules rules;
  private BellmanSolution solution;
  private int[] shocks;

  /** Solves the firms' problem once. */
  @Setup(Level.Trial)
  public void open() {
    economy = BloomHistograms.economy(size);
    solver = new ExactBellman(economy);
    rules = solver.coldStart();
    solution = solver.solve(rules);
    shocks =
        economy
            .aggregate()
            .simulate(economy.start().aggregateState(), PERIODS, new Seeds(1).stream("aggregate"));
  }

  /** Releases the solver. */
  @TearDown(Level.Trial)
  public void close() {
    solver.close();
  }

  /** One history of 1,000 quarters, markets cleared by mixtures. */
  @Benchmark
  public SimulatedPath simulation() {
    return new EconomySimulator().simulate(solution.policies(), shocks);
  }

  /** The firms' problem from scratch. */
  @Benchmark
  public int firmsProblem() {
    try (ExactBellman fresh = new ExactBellman(economy)) {
      return fresh.solve(rules).sweeps();
    }
  }
}
