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
import org.nnks.ddpg.environments.CrossSection;
import org.nnks.ddpg.environments.Environment;
import org.nnks.ddpg.environments.GrowthEnvironment;
import org.nnks.ddpg.environments.HouseholdEnvironment;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;
import org.nnks.krusellsmith.rbc.RbcCalibration;

/** The parts of the algorithm; what gradients reach is in {@code BarsTest}. */
class DdpgTest {

  private static final Device CPU = Device.cpu();

  private static final HouseholdEnvironment HOUSEHOLDS =
      new HouseholdEnvironment(new KrusellSmith(KrusellSmithCalibration.liu2024()), 12);

  private static final GrowthEnvironment GROWTH =
      GrowthEnvironment.of(RbcCalibration.liu2024(), 0.5);

  private static final DdpgConfig SMALL =
      DdpgConfig.TABLE2
          .withNetworks(DdpgConfig.TABLE2.networks().withHidden(8, 8))
          .withTargets(DdpgConfig.TABLE2.targets().withTrajectories(3))
          .withSchedule(
              DdpgConfig.TABLE2
                  .schedule()
                  .withIterations(40)
                  .withImitation(5)
                  .withStart(3, 2)
                  .withBatch(6, 4)
                  .withBuffer(2_400));

  private static final List<DdpgConfig> VARIANTS =
      List.of(
          SMALL,
          SMALL.withNetworks(SMALL.networks().withSummaryOutputs(0)),
          SMALL.withTargets(SMALL.targets().withQuadrature()),
          SMALL.withNetworks(SMALL.networks().withAction(DdpgConfig.Action.LEVEL)),
          SMALL
              .withTargets(
                  SMALL.targets().withTwin(true).withSmoothing(0.01).withScaledRewards(true))
              .withSchedule(SMALL.schedule().withActorDelay(2))
              .withNetworks(SMALL.networks().withAnchored(true)));

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
    DdpgConfig config = SMALL;
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
    DdpgConfig two = SMALL.withNetworks(SMALL.networks().withSummaryOutputs(2));
    for (DdpgConfig config : List.of(two, two.withTargets(two.targets().withTwin(true)))) {
      Inputs inputs = new Inputs(HOUSEHOLDS, 2);
      Replay replay = new Replay(240, 12);
      for (int i = 0; i < 5; i++) {
        replay.add(HOUSEHOLDS.start(new Seeds(i).stream("section")));
      }
      Minibatch batch = Minibatch.sample(replay, 6, 4, inputs, new Seeds(1).stream("batch"));
      try (Critic critic = new Critic(HOUSEHOLDS, config, inputs, CPU, new Seeds(4));
          NDManager step = CPU.newManager()) {
        randomise(critic);
        AgentState[] states = batch.states();
        double[] summary = inputs.summaries(critic.phi(), batch.sections());
        double[] rows = inputs.rows(states, summary, i -> i / batch.members());
        double[] goals = new double[states.length];
        Arrays.setAll(goals, i -> Math.sin(i));
        rows = withColumn(rows, inputs.width());
        double[] gradient = critic.gradients(step, batch, rows, goals).values();
        double[] weights = Parameters.values(critic.parameters());
        double h = 1e-6;
        for (int j = 0; j < weights.length; j += 7) {
          double[] moved = weights.clone();
          moved[j] += h;
          Parameters.set(critic.parameters(), moved);
          double up = critic.gradients(step, batch, rows, goals).loss();
          moved[j] -= 2 * h;
          Parameters.set(critic.parameters(), moved);
          double down = critic.gradients(step, batch, rows, goals).loss();
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
  void aCriticOffScaleStopsTheRun() {
    DdpgConfig wild =
        SMALL
            .withTargets(SMALL.targets().withFollow(1))
            .withSchedule(SMALL.schedule().withRates(5e-4, 1e4, 1));
    try (Ddpg ddpg = learner(GROWTH, wild, 1)) {
      assertThatThrownBy(() -> ddpg.train(progress -> {}))
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
    try (Ddpg ddpg = learner(GROWTH, SMALL.withNetworks(SMALL.networks().withHidden(9, 8)), 1)) {
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
    DdpgConfig.Networks levels = DdpgConfig.TABLE2.networks().withAction(DdpgConfig.Action.LEVEL);
    assertThatThrownBy(() -> levels.withAnchored(true)).hasMessageContaining("anchored");
    assertThatThrownBy(() -> DdpgConfig.TABLE2.targets().withFollow(0))
        .hasMessageContaining("follow");
    assertThatThrownBy(() -> DdpgConfig.TABLE2.withIterations(0))
        .hasMessageContaining("at least 1 iteration");
  }

  /** Imitation comes before the first interaction, whose economy then stays where it was. */
  @Test
  void imitationKeepsCapitalBeforeAnythingIsLearned() {
    for (DdpgConfig.Action action : DdpgConfig.Action.values()) {
      DdpgConfig config =
          DdpgConfig.TABLE2
              .withNetworks(DdpgConfig.TABLE2.networks().withHidden(32, 32).withAction(action))
              .withSchedule(DdpgConfig.TABLE2.schedule().withRates(2e-3, 1e-3, 1).withBuffer(900));
      try (Ddpg ddpg = learner(GROWTH, config, 2)) {
        double before = ddpg.iterate().meanCapital();
        assertThat(ddpg.imitationError()).isLessThanOrEqualTo(Ddpg.IMITATED);
        for (double k : new double[] {15, 19, 24}) {
          AgentState state = new AgentState(k, 0, 0, k, 1);
          double share = ddpg.frozenPolicy().applyAsDouble(state);
          assertThat(share / GROWTH.keepingAction(state)).isCloseTo(1, within(0.05));
        }
        double after = before;
        for (int i = 0; i < 50; i++) {
          after = ddpg.iterate().meanCapital();
        }
        assertThat(after / before).isCloseTo(1, within(0.1));
      }
    }
  }

  /** TD3: targets wait for the actor. */
  @Test
  void targetsFollowWithTheDelayedActor() {
    DdpgConfig config =
        SMALL
            .withTargets(SMALL.targets().withFollow(1))
            .withSchedule(SMALL.schedule().withStart(1, 0).withActorDelay(3));
    try (Ddpg ddpg = learner(GROWTH, config, 1)) {
      for (int update = 1; update <= 6; update++) {
        ddpg.iterate();
        Map<String, double[]> state = ddpg.state();
        // The copy is t + (w - t), which is w but for rounding.
        assertThat(apart(state, "ddpg.critic0") < 1e-12).isEqualTo(update % 3 == 0);
        assertThat(apart(state, "ddpg.actor")).isLessThan(1e-12); // it moves in those updates only
      }
    }
  }

  private static double apart(Map<String, double[]> state, String network) {
    double[] weights = state.get(network + ".weights");
    double[] target = state.get(network + ".target");
    double largest = 0;
    for (int i = 0; i < weights.length; i++) {
      largest = Math.max(largest, Math.abs(weights[i] - target[i]));
    }
    return largest;
  }
}
