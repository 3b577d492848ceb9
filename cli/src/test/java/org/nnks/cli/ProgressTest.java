package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.nnks.cli.progress.InterruptNotice;
import org.nnks.cli.progress.Progress;
import org.nnks.core.solve.Iteration;
import org.nnks.ddpg.TrainingProgress;

class ProgressTest {

  private final StringWriter text = new StringWriter();

  private Progress progress(Progress.Style style) {
    return new Progress(new PrintWriter(text), style);
  }

  private static Iteration iteration(int number, double change) {
    return new Iteration(number, change, change / 100, 70, 1e-9, 9e-8, 0, 20_000, .2, .8);
  }

  @Test
  void plainOutputIsOneLineForEachIteration() {
    Progress progress = progress(Progress.Style.PLAIN);
    progress.stepStarted(1, "firms");
    progress.stepStarted(1, "simulation");
    progress.iterationFinished(iteration(1, 1e-2), 1e-6);
    progress.iterationFinished(iteration(2, 1e-4), 1e-6);
    assertThat(text.toString().lines())
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line).contains("rule change", "of forecasts", "largest residual 9e-08"));
    assertThat(text.toString()).doesNotContain("\r").contains("; about 0 s left");
  }

  @Test
  void aTerminalSeesOneLineRewritten() {
    Progress progress = progress(Progress.Style.TERMINAL);
    progress.part("steady states");
    progress.stepStarted(1, "firms");
    progress.iterationFinished(iteration(1, 1e-2), 1e-6);
    progress.done();
    assertThat(text.toString()).doesNotContain("\n").startsWith("\rsteady states ...");
    assertThat(text.toString().split("\r"))
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
  }

  @Test
  void aTrainingSaysWhereItStandsTenTimes() {
    Progress progress = progress(Progress.Style.PLAIN);
    for (int i = 1; i <= 200; i++) {
      progress.iteration(new TrainingProgress(i, 200, 1e-3, 1e-2, 20));
    }
    assertThat(text.toString().lines())
        .hasSize(10)
        .last()
        .asString()
        .contains("iteration 200 of 200");
  }

  @Test
  void anInterruptionPromisesOnlyWhatWasKept() {
    assertThat(InterruptNotice.text(true, "nnks x")).contains("is kept: continue with", "nnks x");
    assertThat(InterruptNotice.text(false, "nnks x")).contains("no checkpoint", "nnks x");
  }

  @Test
  void quietIsQuiet() {
    Progress progress = progress(Progress.Style.QUIET);
    progress.part("steady states");
    progress.iterationFinished(iteration(1, 1e-2), 1e-6);
    progress.done();
    assertThat(text.toString()).isEmpty();
  }
}
