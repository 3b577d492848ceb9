package org.nnks.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Processor time of this process, over all threads: what a method costs on a machine that others
 * use, too, where wall time says how busy they are.
 *
 * <p>As a profiler of JMH ({@code -prof org.nnks.benchmarks.ProcessorTime}) it adds the processor
 * time of an operation to every benchmark. Compilation and garbage collection are in it.
 */
public final class ProcessorTime implements InternalProfiler {

  private static final double NANO = 1e-9;

  private static final double MILLIS = 1_000;

  private double start;

  /** Processor time of this process so far, in seconds; NaN where Java does not tell it. */
  static double seconds() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean bean
        ? bean.getProcessCpuTime() * NANO
        : Double.NaN;
  }

  @Override
  public String getDescription() {
    return "processor time of the process, over all threads, per operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    start = seconds();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double perOperation = MILLIS * (seconds() - start) / result.getMetadata().getAllOps();
    return List.of(new ScalarResult("processor", perOperation, "ms/op", AggregationPolicy.AVG));
  }
}
