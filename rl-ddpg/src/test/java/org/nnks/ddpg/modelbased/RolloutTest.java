package org.nnks.ddpg.modelbased;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nnks.core.nets.Activation;
import org.nnks.core.nets.Parameters;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.GrowthEnvironment;
import org.nnks.ddpg.environments.LinearRegulator;
import org.nnks.ddpg.environments.SlopedEnvironment;
import org.nnks.krusellsmith.rbc.RbcCalibration;

/** Returns along paths, and their slopes, beside a loop that lives them and finite differences. */
class RolloutTest {

  private static final Device CPU = Device.cpu();

  private static final int PERIODS = 4;

  /** What a path ends with, is worth this times the log of capital. */
  private static final double WORTH = 40;

  private static final double STEP = 1e-6;

  private static final GradientConfig CONFIG =
      GradientConfig.GROWTH.withNetworks(
          new GradientConfig.Networks(List.of(6, 5), Activation.SILU, 0));

  private static final GrowthEnvironment GROWTH =
      GrowthEnvironment.of(RbcCalibration.liu2024(), 0.3);

  private static final AgentState[] START = {state(17, -.01), state(24, .02), state(14, 0)};

  private ActorNetwork actor;

  private static AgentState state(double capital, double z) {
    return AgentPoints.state(capital, z);
  }

  /** An actor who responds to capital. */
  @BeforeEach
  void open() {
    actor = new ActorNetwork(CONFIG, 2, 1, CPU, new Seeds(7).stream("actor"));
    RandomGenerator random = new Seeds(7).stream("weights");
    double[] weights = Parameters.values(actor.network().parameters());
    Arrays.setAll(weights, i -> .5 * random.nextGaussian());
    Parameters.set(actor.network().parameters(), weights);
  }

  @AfterEach
  void close() {
    actor.close();
  }

  private static RandomGenerator shocks() {
    return new Seeds(3).stream("shocks");
  }

  private Rollout rollout(AgentState... states) {
    return Rollout.of(
        new AgentPoints(GROWTH, states),
        PERIODS,
        actor,
        (points, outcomes) ->
            new CriticNetwork.Values(
                Arrays.stream(outcomes.next()).map(k -> WORTH * Math.log(k)).toArray(),
                Arrays.stream(outcomes.next()).map(k -> WORTH / k).toArray()),
        GROWTH.discountFactor(),
        shocks());
  }

  private double action(AgentState state) {
    AgentPoints one = new AgentPoints(GROWTH, state);
    return actor.actions(actor.network(), one, one.inputs())[0];
  }

  /** What agents get who live on the same shocks, moved in capital before their first action. */
  private double[] lived(double moved) {
    RandomGenerator random = shocks();
    AgentState[] now = START.clone();
    double[] returns = new double[now.length];
    for (int t = 0; t < PERIODS; t++) {
      for (int i = 0; i < now.length; i++) {
        double a = action(now[i]);
        AgentState here = t > 0 ? now[i] : state(now[i].capital() + moved, now[i].productivity());
        double cash = GROWTH.cash(here);
        returns[i] += Math.pow(GROWTH.discountFactor(), t) * Math.log(a * cash);
        double next = (1 - a) * cash;
        if (t == PERIODS - 1) {
          returns[i] += Math.pow(GROWTH.discountFactor(), PERIODS) * WORTH * Math.log(next);
        } else {
          double z = GROWTH.productivity().draw(here.productivity(), 0, 0, random);
          now[i] = state(next, z);
        }
      }
    }
    return returns;
  }

  @Test
  void theReturnIsThatOfAPathThatIsLived() {
    CriticNetwork.Values returns = rollout(START).returns();
    assertThat(returns.value()).containsExactly(lived(0), within(1e-10));
    double[] up = lived(STEP);
    double[] down = lived(-STEP);
    for (int i = 0; i < START.length; i++) {
      assertThat(returns.slope()[i]).isCloseTo((up[i] - down[i]) / (2 * STEP), within(1e-6));
    }
  }

  /** The policy gradient through all periods, by all weights. */
  @Test
  void theActorClimbsTheMeanReturn() {
    Rollout paths = rollout(START);
    try (NDManager step = CPU.newManager()) {
      double[] descent =
          actor.descent(step, paths.inputs(), paths.actionSlopes(), paths.importance()).values();
      double[] weights = Parameters.values(actor.network().parameters());
      for (int j = 0; j < weights.length; j++) {
        double up = meanReturn(weights, j, STEP);
        double down = meanReturn(weights, j, -STEP);
        // The descent is a mean over all periods, too.
        assertThat(-PERIODS * descent[j]).isCloseTo((up - down) / (2 * STEP), within(1e-6));
      }
      assertThat(Arrays.stream(descent).map(Math::abs).max().orElseThrow()).isGreaterThan(1e-2);
    }
  }

  private double meanReturn(double[] weights, int moved, double by) {
    double[] changed = weights.clone();
    changed[moved] += by;
    Parameters.set(actor.network().parameters(), changed);
    return Arrays.stream(lived(0)).average().orElseThrow();
  }

  @Test
  void theShiftsSlopeIsItsDerivative() {
    // In the last but one state no action keeps capital: it is at its bound.
    List<SlopedEnvironment> environments = List.of(GROWTH, GROWTH, LinearRegulator.standard());
    double[] capital = {15, 1e5, .3};
    for (int e = 0; e < capital.length; e++) {
      SlopedEnvironment environment = environments.get(e);
      double k = capital[e];
      double slope = new AgentPoints(environment, state(k, 0)).shiftSlope()[0];
      double up = new AgentPoints(environment, state(k + STEP, 0)).shift()[0];
      double down = new AgentPoints(environment, state(k - STEP, 0)).shift()[0];
      assertThat(slope).isCloseTo((up - down) / (2 * STEP), within(1e-7));
    }
  }
}
