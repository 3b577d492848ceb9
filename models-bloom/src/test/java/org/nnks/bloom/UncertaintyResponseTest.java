package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.ImpulseResponse;

/** What README and docs/impulse-responses.md say of an uncertainty shock on impact. */
@Tag("paper")
class UncertaintyResponseTest {

  private static final Bloom ECONOMY = new Bloom(BloomCalibration.replication());

  @TempDir private static Path folder;

  /**
   * At the rules of the reference run, which are not quite those of the documented run: the same
   * pairs of economies, so that luck is the same, and half a standard error between the rules.
   */
  @Test
  void outputFallsByTwoPointSevenPercentOnImpact() {
    try (ExactBellman grid = new ExactBellman(ECONOMY)) {
      ExactSolution exact = grid.solve(ReferenceRun.read(ECONOMY, folder).rules());
      ImpulseResponse response =
          ImpulseResponse.of(
              ECONOMY,
              exact.policies(),
              new UncertaintyShock(ECONOMY.states(), 0, UncertaintyShock.ECONOMIES, 0),
              new Seeds(1),
              done -> {});
      assertThat(response.response("A").mean().get(0)).isZero();
      assertThat(response.response("Y").mean().get(0)).isCloseTo(-2.73, within(.05));
      assertThat(response.response("I").mean().get(0)).isCloseTo(-16.2, within(.3));
      assertThat(response.response("N").mean().get(0)).isCloseTo(-5.35, within(.1));
      assertThat(response.response("C").mean().get(0)).isCloseTo(.86, within(.05));
    }
  }
}
