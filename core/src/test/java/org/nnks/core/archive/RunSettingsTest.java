package org.nnks.core.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nnks.core.archive.RunSettings.Method;
import org.nnks.core.archive.RunSettings.Preset;
import org.nnks.core.solve.RuleUpdate;
import org.nnks.core.solve.SolverConfig;

class RunSettingsTest {

  private static SolverConfig loop(Method method, Preset preset) {
    return RunSettings.of(method, preset).solver();
  }

  @Test
  void rulesAreAcceleratedUnlessAPublicationIsFollowed() {
    for (Method method : Method.values()) {
      boolean terry = method == Method.TERRY;
      assertThat(loop(method, Preset.DEFAULT).update())
          .as(method.label())
          .isEqualTo(terry ? RuleUpdate.damped() : RuleUpdate.anderson());
    }
    assertThat(loop(Method.NEURAL, Preset.PAPER).update()).isEqualTo(RuleUpdate.damped());
  }

  @Test
  void networksStopAtTerrysTolerance() {
    for (Preset preset : Preset.values()) {
      SolverConfig loop = loop(Method.NEURAL, preset);
      assertThat(loop.tolerance()).isEqualTo(SolverConfig.TERRY_TOLERANCE);
      assertThat(loop.bellmanLimit()).isEqualTo(RunSettings.PAPER_BELLMAN_LIMIT);
    }
    assertThat(loop(Method.PROJECTION, Preset.DEFAULT).tolerance())
        .isEqualTo(SolverConfig.TOLERANCE);
  }
}
