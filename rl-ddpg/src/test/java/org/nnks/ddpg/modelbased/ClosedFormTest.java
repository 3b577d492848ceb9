package org.nnks.ddpg.modelbased;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Grid;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.GrowthEnvironment;
import org.nnks.ddpg.environments.LinearRegulator;
import org.nnks.krusellsmith.rbc.Rbc;
import org.nnks.krusellsmith.rbc.RbcCalibration;
import org.nnks.krusellsmith.rbc.RbcEulerError;
import org.nnks.krusellsmith.rbc.RbcRule;

/** What gradients with a known model learn where the answer is known. Nothing is polished. */
class ClosedFormTest {

  private static final Device CPU = Device.cpu();

  /** The preset in a third of its time, with an average that follows accordingly. */
  private static final GradientConfig QUICK =
      GradientConfig.GROWTH.withSchedule(new GradientConfig.Schedule(3_000, 300, 2e-3, 1e-5, 1e-2));

  private static ModelBasedGradient trained(
      org.nnks.ddpg.environments.SlopedEnvironment environment) {
    ModelBasedGradient learner = ModelBasedGradient.ofAgents(environment, QUICK, CPU, new Seeds(1));
    while (learner.iteration() < learner.iterations()) {
      learner.iterate();
    }
    return learner;
  }

  /** The project's bar: within 2 %, and no state far off. */
  @Test
  void theRegulatorsGain() {
    LinearRegulator lqr = LinearRegulator.standard();
    try (ModelBasedGradient learner = trained(lqr)) {
      double products = 0;
      double squares = 0;
      for (double x = -0.9; x <= 0.9; x += 0.1) {
        double u = lqr.control(learner.action(new AgentState(x, 0, 0, x, 1)));
        products += u * x;
        squares += x * x;
        assertThat(u).isCloseTo(-lqr.gain() * x, within(0.02));
      }
      assertThat(-products / squares).isCloseTo(lqr.gain(), within(0.02 * lqr.gain()));
    }
  }

  /** The project's bar: within 5e-3, at states beyond those where the economy mostly is. */
  @Test
  void theSavingShareOfBrockAndMirman() {
    Rbc economy = new Rbc(RbcCalibration.brockMirman());
    GrowthEnvironment environment = GrowthEnvironment.of(economy.calibration(), 0.5);
    // Brock and Mirman (1972): the share alpha beta of output is saved.
    double share = economy.calibration().capitalShare() * economy.calibration().discountFactor();
    try (ModelBasedGradient learner = trained(environment)) {
      RbcRule rule = learner.rule(economy, environment);
      for (int state = 0; state < economy.productivity().size(); state += 3) {
        for (double k = 0.7; k <= 1.3; k += 0.05) {
          double capital = k * economy.steadyCapital();
          double saved = 1 - rule.consumption(state, capital) / economy.cash(state, capital);
          assertThat(saved).isCloseTo(share, within(5e-3));
        }
      }
    }
  }

  /** A third of the preset's time; the whole of it is in {@link BarsTest}. */
  @Test
  void theGrowthEconomysEulerEquation() {
    Rbc economy = new Rbc(RbcCalibration.liu2024());
    GrowthEnvironment environment = GrowthEnvironment.of(economy.calibration(), 0.3);
    try (ModelBasedGradient learner = trained(environment)) {
      double steady = economy.steadyCapital();
      RbcEulerError error =
          RbcEulerError.of(
              economy,
              learner.rule(economy, environment),
              Grid.linear(0.8 * steady, 1.2 * steady, 20));
      // Measured 5e-7; the policy that keeps capital, from which it starts, has 1.3e-4.
      assertThat(error.meanSquare()).isLessThan(5e-6);
    }
  }
}
