package org.nnks.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.nnks.core.io.InvalidInputException;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The program of Terry (2017) beside the exact method in the same process and hour. One operation
 * is a whole solve; needs {@code -Dterry.exe=PATH} before the class of JMH, and fails with one
 * sentence without it. What counts are the counters: processor seconds, and their ratio.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(1)
public class TerryBenchmark {

  /** Processor seconds of a run; public fields are what JMH reports. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Cost {

    /** Processor seconds of Terry's program. */
    public double terryProcessorSeconds;

    /** Processor seconds of the exact method, by the same rule from the same start. */
    public double exactProcessorSeconds;

    /** Terry's program relative to the exact method. */
    public double ratio;
  }

  private Path program;
  private double exact;

  /** Solves by the exact method, twice: the second solve finds its code compiled. */
  @Setup(Level.Trial)
  public void solveExactly() {
    program =
        TerryProgram.given()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "this benchmark runs Terry's compiled program: give java -D%s=PATH"
                            .formatted(TerryProgram.PROPERTY)));
    WholeSolves solves = WholeSolves.create();
    solves.asTerryStops(Method.EXACT);
    exact = solves.asTerryStops(Method.EXACT).loop();
  }

  /** The whole program. */
  @Benchmark
  public TerryProgram program(Cost cost) throws IOException, InterruptedException {
    TerryProgram run = TerryProgram.run(program);
    cost.terryProcessorSeconds = run.processorSeconds();
    cost.exactProcessorSeconds = exact;
    cost.ratio = run.processorSeconds() / exact;
    return run;
  }
}
