package org.nnks.benchmarks;

import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.ImpulseResponse;
import org.nnks.core.simulate.Period;
import org.nnks.core.simulate.Policies;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.simulate.TfpShock;
import org.nnks.khanthomas.KhanThomas;
import org.nnks.khanthomas.KhanThomasCalibration;
import org.nnks.khanthomas.KhanThomasRules;
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
 * The parts of a Khan-Thomas solve, by method and by size of the histogram. One operation is one
 * period, one history, one solve of the firms' problem, one outer iteration or one impulse
 * response.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class KhanThomasBenchmark {

  /** Periods of a history: as many as Terry (2017) solves. */
  static final int PERIODS = 2_499;

  /** Pairs of economies in the impulse response: a hundredth of Terry's, and scaled in the docs. */
  static final int ECONOMIES = 20;

  /** The method. */
  @Param({"EXACT", "PROJECTION", "NEURAL", "INTERPOLATED"})
  public Method method;

  /** Capital nodes of the histogram relative to Terry's 50. */
  @Param({"1", "5", "20", "80"})
  public int size;

  /** The device of the networks; run with -p device=GPU where there is one. */
  @Param("CPU")
  public Device.Choice device;

  /** The precision of networks; run with -p method=NEURAL -p precision=FLOAT64. */
  @Param("FLOAT32")
  public DataType precision;

  private KhanThomas economy;
  private BellmanSolver solver;
  private ForecastRules rules;
  private Policies policies;
  private int[] shocks;

  /** Opens the method and solves the firms' problem once. */
  @Setup(Level.Trial)
  public void open() {
    economy = new KhanThomas(scaled(size));
    solver = newSolver();
    rules = KhanThomasRules.terry2017Initial();
    policies = solver.solve(rules).policies();
    shocks =
        economy
            .aggregate()
            .simulate(economy.start().aggregateState(), PERIODS, new Seeds(1).stream("aggregate"));
  }

  private BellmanSolver newSolver() {
    return method.open(economy, Device.open(device, Device.DEFAULT_THREADS), precision);
  }

  static KhanThomasCalibration scaled(int size) {
    return KhanThomasCalibration.terry2017()
        .withCapitalNodes(size * KhanThomasCalibration.terry2017().capitalNodes());
  }

  /** Releases the networks. */
  @TearDown(Level.Trial)
  public void close() {
    solver.close();
  }

  /** One period of a history that begins: its buffers, its market. */
  @Benchmark
  public Period period() {
    return policies.begin().step(1, 2);
  }

  /** One history of 2,499 periods. */
  @Benchmark
  public SimulatedPath simulation() {
    return new EconomySimulator().simulate(policies, shocks);
  }

  /** The firms' problem from scratch. */
  @Benchmark
  public int firmsProblem() {
    try (BellmanSolver fresh = newSolver()) {
      return fresh.solve(rules).sweeps();
    }
  }

  /** An outer iteration from a warm start: firms, history, regression. */
  @Benchmark
  public ForecastRules outerIteration() {
    BellmanSolution solution = solver.solve(rules);
    SimulatedPath path = new EconomySimulator().simulate(solution.policies(), shocks);
    return ForecastRules.estimate(
        Arrays.copyOf(shocks, shocks.length),
        path.capital(),
        path.nextCapital(),
        path.price(),
        499,
        economy.aggregate().size());
  }

  /** The impulse response of 20 pairs of economies over 49 periods. */
  @Benchmark
  public ImpulseResponse impulseResponse() {
    TfpShock shock =
        new TfpShock(
            economy.calibration().aggregateSd(),
            ECONOMIES,
            TfpShock.TERRY_HORIZON,
            OptionalInt.empty());
    return ImpulseResponse.of(economy, policies, shock, new Seeds(1), done -> {});
  }
}
