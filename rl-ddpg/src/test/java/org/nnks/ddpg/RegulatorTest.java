package org.nnks.ddpg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.Autoregression;
import org.nnks.ddpg.environments.LinearRegulator;

/** Algorithm 1 on linear regulators, whose best control is known. */
class RegulatorTest {

  @Test
  void anExplodingPolicyStopsTheRun() {
    // x' = 1.6 x where the untrained policy does nothing about it.
    LinearRegulator unstable =
        new LinearRegulator(0.95, 1.6, 0.5, 1, 1, Autoregression.of(0, 0, 0.1, 3), 2, 1);
    DdpgConfig idle =
        DdpgConfig.TABLE2
            .withNetworks(DdpgConfig.TABLE2.networks().withHidden(8, 8))
            .withSchedule(
                DdpgConfig.TABLE2
                    .schedule()
                    .withImitation(0)
                    .withStart(3, 2)
                    .withRates(1e-12, 1e-3, 1)
                    .withBatch(6, 4)
                    .withBuffer(2_400))
            .withIterations(100);
    try (Ddpg ddpg = new Ddpg(unstable, idle, Device.cpu(), new Seeds(1))) {
      assertThatThrownBy(() -> ddpg.train(progress -> {}))
          .isInstanceOf(TrainingDivergedException.class)
          .hasMessageContaining("the policy exploded")
          .hasMessageContaining("lower the learning rates");
    }
  }

  /**
   * Algorithm 1 by gradients on the linear regulator: a sign that is wrong in the critic's targets
   * or the actor's ascent leads away from the start.
   */
  @Test
  void gradientsFindTheWayToTheRegulatorsGain() {
    LinearRegulator lqr = LinearRegulator.standard();
    DdpgConfig config =
        new DdpgConfig(
            DdpgConfig.TABLE2.networks().withHidden(32, 32).withSummaryOutputs(0),
            new DdpgConfig.Exploration(64, 10, 0.25, 0.1),
            DdpgConfig.TABLE2.targets().withQuadrature().withScaledRewards(true).withFollow(0.05),
            DdpgConfig.TABLE2
                .schedule()
                .withIterations(600)
                .withImitation(0)
                .withStart(64, 0)
                .withRates(3e-3, 3e-3, 0.1)
                .withBatch(256, 1)
                .withBuffer(1_000_000));
    try (Ddpg ddpg = new Ddpg(lqr, config, Device.cpu(), new Seeds(1))) {
      double untrained = controlError(lqr, ddpg);
      ddpg.train(progress -> {});
      // Measured: .25 of .9 before training.
      assertThat(controlError(lqr, ddpg)).isLessThan(0.45).isLessThan(untrained / 2);
    }
  }

  /** The largest |x - u / -K| over the states on which x starts. */
  private static double controlError(LinearRegulator lqr, Ddpg ddpg) {
    double largest = 0;
    for (double x : new double[] {-0.8, -0.3, 0.2, 0.5, 0.9}) {
      double action = ddpg.frozenPolicy().applyAsDouble(new AgentState(x, 0, 0, x, 1));
      largest = Math.max(largest, Math.abs(-lqr.control(action) / lqr.gain() - x));
    }
    return largest;
  }
}
