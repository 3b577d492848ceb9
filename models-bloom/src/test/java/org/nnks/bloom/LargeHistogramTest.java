package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.bloom.thresholds.ThresholdBellman;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.History;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.Period;
import org.nnks.core.simulate.Policies;

/**
 * That thresholds simulate twice as fast as the exact solver, at ten times the histogram. {@code
 * BloomHistograms} has all sizes; times are of the processor, and only their ratio is held.
 */
@Tag("paper")
class LargeHistogramTest {

  private static final int CAPITAL_TIMES = 5;

  private static final int HOURS_TIMES = 2;

  /** Code is compiled, and firms spread from where they start. */
  private static final int WARM_UP = 60;

  private static final int QUARTERS = 40;

  /** So that large grids fit into memory: a price's work does not depend on their number. */
  private static final int MEAN_CAPITAL_NODES = 3;

  @TempDir private static Path folder;

  private record Cost(double processorSeconds, long prices) {}

  @Test
  void thresholdsTakeHalfTheTimeAndHalfThePrices() {
    Bloom original = new Bloom(BloomCalibration.replication());
    Bloom large =
        new Bloom(
            BloomCalibration.replication()
                .withMeanCapitalNodes(MEAN_CAPITAL_NODES)
                .finer(CAPITAL_TIMES, HOURS_TIMES));
    ReferenceRun reference = ReferenceRun.read(original, folder);
    Cost exact;
    try (ExactBellman solver = new ExactBellman(large)) {
      exact = cost(solver.solve(reference.rules()).policies(), reference.states());
    }
    try (ThresholdBellman solver =
        new ThresholdBellman(original, true, JumpClearing.Rule.MIXED, Device.cpu(), new Seeds(1))) {
      Cost thresholds =
          cost(
              solver.solve(reference.rules()).policies(CAPITAL_TIMES, HOURS_TIMES),
              reference.states());
      // Documented: .48 of the time and .56 of the prices. Caches and clocks differ by a third.
      assertThat(thresholds.processorSeconds() / exact.processorSeconds()).isLessThan(.48 * 4 / 3);
      assertThat((double) thresholds.prices() / exact.prices()).isLessThan(.56 * 1.1);
    }
  }

  private static Cost cost(Policies policies, int[] states) {
    History history = policies.begin();
    double start = 0;
    long prices = 0;
    for (int t = 0; t < WARM_UP + QUARTERS; t++) {
      if (t == WARM_UP) {
        start = processorSeconds();
      }
      Period period = history.step(t + 1, states[t]);
      prices += t < WARM_UP ? 0 : period.evaluations();
      history.advance(states[t + 1]);
    }
    return new Cost(processorSeconds() - start, prices);
  }

  private static double processorSeconds() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        * 1e-9;
  }
}
