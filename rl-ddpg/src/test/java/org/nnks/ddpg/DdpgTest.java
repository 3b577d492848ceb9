package org.nnks.ddpg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.Parameters;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.Autoregression;
import org.nnks.ddpg.environments.CrossSection;
import org.nnks.ddpg.environments.Environment;
import org.nnks.ddpg.environments.GrowthEnvironment;
import org.nnks.ddpg.environments.HouseholdEnvironment;
import org.nnks.ddpg.environments.LinearRegulator;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;
import org.nnks.krusellsmith.RbcCalibration;

/** The parts of the algorithm; what it learns is in {@link ClosedFormTest}. */
class DdpgTest {

  private static final Device CPU = Device.cpu();

  private static final HouseholdEnvironment HOUSEHOLDS =
      new HouseholdEnvironment(new KrusellSmith(KrusellSmithCalibration.liu2024()), 12);

  private static final GrowthEnvironment GROWTH =
      GrowthEnvironment.of(RbcCalibration.liu2024(), 0.5);

  private static final DdpgConfig SMALL =
      DdpgConfig.STANDARD
          .withHidden(8, 8)
          .with("economies", 2)
          .with("episode", 5)
          .with("buffer", 2_400L)
          .withBatch(6, 4)
          .withIterations(40);

  private static final DdpgConfig SMALL_PAPER =
      DdpgConfig.TABLE2
          .withHidden(8, 8)
          .with("buffer", 2_400L)
          .with("pretraining", 5)
          .with("trajectories", 3)
          .withBatch(6, 4)
          .withIterations(40);

  private static final List<DdpgConfig> VARIANTS =
      List.of(
          SMALL,
          SMALL.with("summaryOutputs", 4),
          SMALL.with("expectation", DdpgConfig.Expectation.DRAWS).with("trajectories", 3),
          SMALL.with("action", DdpgConfig.ActionKind.CAPPED_SHARE),
          SMALL_PAPER,
          SMALL_PAPER.with("action", DdpgConfig.ActionKind.LEVEL),
          SMALL_PAPER
              .with("twin", true)
              .with("actorDelay", 2)
              .with("smoothing", 0.01)
              .with("scaledRewards", true)
              .with("anchored", true));

  private static Ddpg learner(Environment environment, DdpgConfig config, long seed) {
    return new Ddpg(environment, config, CPU, new Seeds(seed));
  }

  @Test
  void resumingContinuesBitForBit() {
    for (DdpgConfig config : VARIANTS) {
      Map<String, double[]> whole;
      Map<String, double[]> half;
      try (Ddpg ddpg = learner(HOUSEHOLDS, config, 11)) {
        for (int i = 0; i < 10; i++) {
          ddpg.iterate();
        }
        half = ddpg.state();
        for (int i = 0; i < 10; i++) {
          ddpg.iterate();
        }
        whole = ddpg.state();
      }
      try (Ddpg ddpg = learner(HOUSEHOLDS, config, 11)) {
        ddpg.restore(half);
        for (int i = 0; i < 10; i++) {
          ddpg.iterate();
        }
        Map<String, double[]> resumed = ddpg.state();
        assertThat(resumed.keySet()).isEqualTo(whole.keySet());
        resumed.forEach((name, values) -> assertThat(values).as(name).isEqualTo(whole.get(name)));
      }
    }
  }

  @Test
  void theOrderOfAgentsDoesNotMatter() {
    DdpgConfig config = SMALL.with("summaryOutputs", 4);
    try (Ddpg ddpg = learner(HOUSEHOLDS, config, 3)) {
      for (int i = 0; i < 5; i++) {
        ddpg.iterate();
      }
      CrossSection section = HOUSEHOLDS.start(new Seeds(9).stream("section"));
      int n = section.agents();
      double[] capital = new double[n];
      double[] labour = new double[n];
      for (int i = 0; i < n; i++) {
        capital[i] = section.capital((i + 5) % n);
        labour[i] = section.labour((i + 5) % n);
      }
      CrossSection turned = CrossSection.of(section.productivity(), capital, labour);
      double[] one = ddpg.actions(section);
      double[] two = ddpg.actions(turned);
      for (int i = 0; i < n; i++) {
        assertThat(two[i]).isCloseTo(one[(i + 5) % n], within(1e-12));
      }
      // And the summary is used: another cross-section gives other actions to the same agent.
      capital[1] *= 3;
      capital[2] = 0;
      double mean = Arrays.stream(capital).sum();
      for (int i = 1; i < n; i++) {
        capital[i] *= (section.meanCapital() * n - capital[0]) / (mean - capital[0]);
      }
      double other = ddpg.actions(CrossSection.of(section.productivity(), capital, labour))[0];
      assertThat(Math.abs(other - two[0])).isGreaterThan(1e-9);
    }
  }

  @Test
  void theCriticsGradientIsTheDerivativeOfItsLoss() {
    for (DdpgConfig config :
        List.of(
            SMALL.with("summaryOutputs", 2),
            SMALL_PAPER.with("twin", true).with("summaryOutputs", 2))) {
      Inputs inputs = new Inputs(HOUSEHOLDS, 2);
      Replay replay = new Replay(240, 12);
      for (int i = 0; i < 5; i++) {
        replay.add(HOUSEHOLDS.start(new Seeds(i).stream("section")));
      }
      Minibatch batch = Minibatch.sample(replay, config, inputs, new Seeds(1).stream("batch"));
      try (Critic critic = new Critic(HOUSEHOLDS, config, inputs, CPU, new Seeds(4));
          NDManager step = CPU.newManager()) {
        randomise(critic);
        AgentState[] states = batch.states();
        double[] summary = inputs.summaries(critic.phi(), batch.sections());
        double[] rows = inputs.rows(states, summary, i -> i / batch.members());
        double[] units = new double[states.length];
        Arrays.fill(units, 0.1);
        double[] goals = new double[states.length];
        Arrays.setAll(goals, i -> Math.sin(i));
        if (config.critic() == DdpgConfig.CriticKind.ACTION_VALUE) {
          rows = withColumn(rows, inputs.width());
        }
        Critic.Goals all = new Critic.Goals(goals, inputs.directions(states, units), goals);
        double[] gradient = critic.gradients(step, batch, rows, all).values();
        double[] weights = Parameters.values(critic.parameters());
        double h = 1e-6;
        for (int j = 0; j < weights.length; j += 7) {
          double[] moved = weights.clone();
          moved[j] += h;
          Parameters.set(critic.parameters(), moved);
          double up = critic.gradients(step, batch, rows, all).loss();
          moved[j] -= 2 * h;
          Parameters.set(critic.parameters(), moved);
          double down = critic.gradients(step, batch, rows, all).loss();
          assertThat(gradient[j]).isCloseTo((up - down) / (2 * h), within(1e-6));
        }
        assertThat(Arrays.stream(gradient).map(Math::abs).max().orElseThrow()).isGreaterThan(1e-3);
      }
    }
  }

  private static void randomise(Critic critic) {
    double[] weights = Parameters.values(critic.parameters());
    var random = new Seeds(8).stream("weights");
    Arrays.setAll(weights, i -> weights[i] + 0.3 * random.nextGaussian());
    Parameters.set(critic.parameters(), weights);
  }

  private static double[] withColumn(double[] rows, int width) {
    int n = rows.length / width;
    double[] wider = new double[n * (width + 1)];
    for (int i = 0; i < n; i++) {
      System.arraycopy(rows, i * width, wider, i * (width + 1), width);
      wider[i * (width + 1) + width] = 0.1 * (i % 10);
    }
    return wider;
  }

  @Test
  void nothingStaysBehindOnTheDevice() {
    for (DdpgConfig config : VARIANTS) {
      try (Ddpg ddpg = learner(HOUSEHOLDS, config, 5)) {
        for (int i = 0; i < 3; i++) {
          ddpg.iterate();
        }
        int before = ddpg.managedArrays();
        for (int i = 0; i < 20; i++) {
          ddpg.iterate();
        }
        assertThat(ddpg.managedArrays()).isEqualTo(before);
      }
    }
  }

  @Test
  void anExplodingPolicyStopsTheRun() {
    // x' = 1.6 x where the untrained policy does nothing about it.
    LinearRegulator unstable =
        new LinearRegulator(0.95, 1.6, 0.5, 1, 1, Autoregression.of(0, 0, 0.1, 3), 2, 1);
    DdpgConfig idle = SMALL.with("anchored", false).with("actorRate", 1e-12).with("episode", 50);
    try (Ddpg ddpg = learner(unstable, idle, 1)) {
      assertThatThrownBy(() -> ddpg.train(new DdpgListener() {}))
          .isInstanceOf(TrainingDivergedException.class)
          .hasMessageContaining("the policy exploded")
          .hasMessageContaining("lower the learning rates");
    }
  }

  @Test
  void aCriticOffScaleStopsTheRun() {
    try (Ddpg ddpg =
        learner(GROWTH, SMALL_PAPER.with("criticRate", 1e4).with("targetUpdate", 1.0), 1)) {
      assertThatThrownBy(() -> ddpg.train(new DdpgListener() {}))
          .isInstanceOf(TrainingDivergedException.class)
          .hasMessageMatching("(?s).*(off scale|the loss is).*");
    }
  }

  @Test
  void aCheckpointOfOtherNetworksIsRefused() {
    Map<String, double[]> state;
    try (Ddpg ddpg = learner(GROWTH, SMALL, 1)) {
      ddpg.iterate();
      state = ddpg.state();
    }
    try (Ddpg ddpg = learner(GROWTH, SMALL.withHidden(9, 8), 1)) {
      assertThatThrownBy(() -> ddpg.restore(state))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("other networks");
    }
    try (Ddpg ddpg = learner(GROWTH, SMALL, 1)) {
      assertThatThrownBy(() -> ddpg.restore(Map.of()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("does not hold ddpg.progress");
    }
  }

  @Test
  void combinationsThatMeanNothingAreRefused() {
    assertThatThrownBy(() -> DdpgConfig.STANDARD.with("twin", true))
        .hasMessageContaining("structured critic");
    assertThatThrownBy(() -> DdpgConfig.TABLE2.with("slopeWeight", 1.0))
        .hasMessageContaining("slopeWeight");
    assertThatThrownBy(() -> DdpgConfig.STANDARD.with("action", DdpgConfig.ActionKind.LEVEL))
        .hasMessageContaining("anchored");
    assertThatThrownBy(() -> DdpgConfig.TABLE2.with("action", DdpgConfig.ActionKind.CAPPED_SHARE))
        .hasMessageContaining("capped share");
    assertThatThrownBy(() -> new EulerConfig(1, 2, 1, 2, 1, 1, 1, 1, 1))
        .hasMessageContaining("periods of at least burn-in and interval");
    try (Ddpg ddpg = learner(GROWTH, SMALL.with("action", DdpgConfig.ActionKind.CAPPED_SHARE), 1)) {
      assertThatThrownBy(() -> ddpg.polish(PolishConfig.STANDARD))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("CAPPED_SHARE");
      assertThatThrownBy(() -> ddpg.polish(EulerConfig.HOUSEHOLDS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("for households");
    }
    assertThatThrownBy(() -> DdpgConfig.TABLE2.with("targetUpdate", 0.0))
        .hasMessageContaining("targetUpdate");
    assertThatThrownBy(() -> DdpgConfig.TABLE2.withIterations(0))
        .hasMessageContaining("at least 1 iteration");
  }

  @Test
  void pretrainingLearnsToKeepCapital() {
    DdpgConfig config =
        SMALL_PAPER
            .withHidden(32, 32)
            .with("actorRate", 1e-2)
            .with("pretraining", 800)
            .with("economies", 8)
            .with("targetUpdate", 0.05)
            .withBatch(64, 1)
            .withIterations(800);
    try (Ddpg ddpg = learner(GROWTH, config, 2)) {
      ddpg.train(new DdpgListener() {});
      for (double k : new double[] {15, 19, 24}) {
        AgentState state = new AgentState(k, 0, 0, k, 1);
        double action = ddpg.frozenPolicy().applyAsDouble(state);
        assertThat(action / GROWTH.keepingAction(state)).isCloseTo(1, within(0.05));
      }
    }
  }
}
