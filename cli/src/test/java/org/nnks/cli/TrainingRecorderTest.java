package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.cli.solve.TrainingRecorder;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.solve.SolverState;
import org.nnks.ddpg.DdpgListener;
import org.nnks.ddpg.modelbased.GradientConfig;
import org.nnks.ddpg.solve.Learning;
import org.nnks.ddpg.solve.LearningSolver;
import org.nnks.krusellsmith.rbc.Rbc;
import org.nnks.krusellsmith.rbc.RbcCalibration;
import org.nnks.krusellsmith.rbc.RbcRule;

/** A training that is stopped in its middle. */
class TrainingRecorderTest {

  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @TempDir Path folder;

  private static LearningSolver<RbcRule> solver(DdpgListener listener) {
    return Learning.modelBased(
        new Rbc(RbcCalibration.liu2024Simulated()),
        GradientConfig.GROWTH.withIterations(40),
        listener,
        Device.cpu(),
        new Seeds(3));
  }

  @Test
  void itGoesOnFromItsLastCheckpointBitForBit() {
    Map<String, double[]> whole;
    try (LearningSolver<RbcRule> solver = solver(progress -> {})) {
      solver.solve(solver.coldStart());
      whole = solver.state();
    }
    RunFolder run = new RunFolder(folder);
    TrainingRecorder recorder = new TrainingRecorder(run, 0);
    DdpgListener stopping =
        progress -> {
          recorder.iteration(progress);
          if (progress.iteration() == 25) {
            throw new Stopped();
          }
        };
    try (LearningSolver<RbcRule> solver = solver(stopping)) {
      recorder.watch(solver, solver.coldStart());
      assertThatThrownBy(() -> solver.solve(solver.coldStart())).isInstanceOf(Stopped.class);
    }
    SolverState kept = run.checkpoint().readLast().orElseThrow();
    assertThat(kept.history()).isEmpty();
    assertThat(kept.bellman().get("gradient.iteration")).containsExactly(25);
    try (LearningSolver<RbcRule> solver = solver(progress -> {})) {
      solver.restore(kept.bellman());
      assertThat(solver.solve(kept.rules()).sweeps()).isEqualTo(15);
      Map<String, double[]> resumed = solver.state();
      assertThat(resumed.keySet()).isEqualTo(whole.keySet());
      resumed.forEach(
          (name, values) -> {
            if (!name.startsWith("solver.")) { // which hold processor seconds
              assertThat(values).as(name).isEqualTo(whole.get(name));
            }
          });
      assertThat(solver.curve().points())
          .extracting(point -> point.iteration())
          .containsExactly(0L, 40L);
      assertThat(solver.curve().table().column("mean_capital").get(1)).isBetween(15., 25.);
    }
  }
}
