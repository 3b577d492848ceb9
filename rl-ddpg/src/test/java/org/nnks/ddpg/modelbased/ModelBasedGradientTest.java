package org.nnks.ddpg.modelbased;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.Activation;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.nets.Parameters;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.ddpg.InitialWeights;
import org.nnks.ddpg.environments.GrowthEnvironment;
import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;
import org.nnks.krusellsmith.rbc.RbcCalibration;

/** The parts of the algorithm; what it learns is in {@link ClosedFormTest}. */
class ModelBasedGradientTest {

  private static final Device CPU = Device.cpu();

  private static final KrusellSmith JEDC =
      new KrusellSmith(KrusellSmithCalibration.jedc2010().withHistogramNodes(60));

  private static final KrusellSmith LIU =
      new KrusellSmith(KrusellSmithCalibration.liu2024().withHistogramNodes(60));

  private static final GradientConfig SMALL =
      GradientConfig.HOUSEHOLDS
          .withNetworks(new GradientConfig.Networks(List.of(8, 8), Activation.SILU, 0))
          .withBatches(GradientConfig.Batches.of(3, 4))
          .withSchedule(new GradientConfig.Schedule(40, 3, 1e-3, 1e-5, 1e-2));

  private static final GradientConfig ONE_DRAW =
      SMALL.withTargets(GradientConfig.Targets.oneStep(false, 0, .05));

  private static ModelBasedGradient households(KrusellSmith economy, GradientConfig config) {
    return ModelBasedGradient.ofHouseholds(economy, config, CPU, new Seeds(11));
  }

  /** Each changes one thing. */
  private static final List<GradientConfig> CHANGED =
      List.of(
          SMALL.withTargets(new GradientConfig.Targets(true, 1, .1, 3, 1)),
          SMALL.withTargets(new GradientConfig.Targets(true, 1, .1, 1, 3)),
          SMALL.withBatches(new GradientConfig.Batches(3, 12, 4, 0)),
          SMALL.withBatches(new GradientConfig.Batches(3, 3, 4, .6)));

  private static ModelBasedGradient growth(GradientConfig config) {
    return ModelBasedGradient.ofAgents(
        GrowthEnvironment.of(RbcCalibration.liu2024(), 0.3), config, CPU, new Seeds(11));
  }

  private static void iterate(ModelBasedGradient learner, int times) {
    for (int i = 0; i < times; i++) {
      learner.iterate();
    }
  }

  private interface Maker {
    ModelBasedGradient make();
  }

  @Test
  void resumingContinuesBitForBit() {
    List<Maker> makers =
        new ArrayList<>(
            List.of(
                () -> growth(SMALL),
                () -> households(JEDC, SMALL),
                () -> households(JEDC, ONE_DRAW),
                () -> households(JEDC, SMALL.withSummary(4)),
                () -> households(LIU, SMALL.withSummary(4))));
    CHANGED.forEach(config -> makers.add(() -> growth(config)));
    for (Maker maker : makers) {
      Map<String, double[]> half;
      Map<String, double[]> whole;
      try (ModelBasedGradient learner = maker.make()) {
        iterate(learner, 6);
        half = learner.state();
        iterate(learner, 6);
        whole = learner.state();
      }
      try (ModelBasedGradient learner = maker.make()) {
        learner.restore(half);
        iterate(learner, 6);
        Map<String, double[]> resumed = learner.state();
        assertThat(resumed.keySet()).isEqualTo(whole.keySet());
        resumed.forEach((name, values) -> assertThat(values).as(name).isEqualTo(whole.get(name)));
      }
    }
  }

  @Test
  void everySwitchChangesWhatIsLearned() {
    double[] base = actor(SMALL);
    CHANGED.forEach(config -> assertThat(actor(config)).as(config.toString()).isNotEqualTo(base));
  }

  private static double[] actor(GradientConfig config) {
    try (ModelBasedGradient learner = growth(config)) {
      iterate(learner, 12);
      return learner.state().get("gradient.actor");
    }
  }

  @Test
  void minibatchesGrowGeometrically() {
    GradientConfig growing =
        SMALL.withBatches(new GradientConfig.Batches(32, 512, 1, 0)).withIterations(4_000);
    long[] iterations = {1, 1_001, 2_001, 3_001, 4_000, 9_000};
    assertThat(Arrays.stream(iterations).mapToInt(growing::sections))
        .containsExactly(32, 64, 128, 256, 512, 512);
    assertThat(Arrays.stream(iterations).mapToInt(SMALL::sections)).containsOnly(3);
  }

  @Test
  void householdsAreNotFollowedAlongPaths() {
    for (GradientConfig config : List.of(CHANGED.get(0), CHANGED.get(1), CHANGED.get(3))) {
      assertThatThrownBy(() -> households(JEDC, config)).hasMessageContaining("single periods");
    }
  }

  @Test
  void nothingStaysBehindOnTheDevice() {
    for (GradientConfig config : List.of(SMALL, ONE_DRAW, SMALL.withSummary(4))) {
      try (ModelBasedGradient learner = households(JEDC, config)) {
        iterate(learner, 3);
        learner.movement();
        int before = learner.networks().managedArrays();
        iterate(learner, 10);
        learner.movement();
        learner
            .rule(JEDC)
            .nextCapital(Households.equal(JEDC, 1, 39), new double[2][3], new double[2][3]);
        assertThat(learner.networks().managedArrays()).isEqualTo(before);
      }
    }
  }

  @Test
  void aCheckpointOfOtherNetworksIsRefused() {
    Map<String, double[]> state;
    try (ModelBasedGradient learner = households(JEDC, SMALL)) {
      iterate(learner, 1);
      state = learner.state();
    }
    try (ModelBasedGradient learner = households(JEDC, SMALL.withSummary(2))) {
      assertThatThrownBy(() -> learner.restore(state))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("other networks");
    }
    try (ModelBasedGradient learner = households(JEDC, SMALL)) {
      assertThatThrownBy(() -> learner.restore(Map.of()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("does not hold gradient.iteration");
    }
  }

  @Test
  void theTangentIsTheDerivative() {
    for (Activation activation : List.of(Activation.TANH, Activation.SILU)) {
      NetworkSpec spec = new NetworkSpec(2, List.of(7, 5), 3, activation);
      try (Network network = InitialWeights.draw(spec, 1, CPU, new Seeds(3).stream("weights"));
          NDManager scope = CPU.newManager()) {
        double[] x = {.3, -.7};
        double[] dx = {1.2, -.4};
        double h = 1e-6;
        NDArray one = scope.create(new double[] {1});
        Tangent tangent =
            Tangent.of(
                network.parameters(),
                activation,
                scope.create(x, new Shape(1, 2)),
                scope.create(dx, new Shape(1, 2)),
                one);
        double[] up = at(network, scope, x[0] + h * dx[0], x[1] + h * dx[1]);
        double[] down = at(network, scope, x[0] - h * dx[0], x[1] - h * dx[1]);
        assertThat(tangent.value().toDoubleArray())
            .containsExactly(at(network, scope, x), within(1e-14));
        for (int j = 0; j < 3; j++) {
          assertThat(tangent.slope().toDoubleArray()[j])
              .isCloseTo((up[j] - down[j]) / (2 * h), within(1e-8));
        }
      }
    }
  }

  private static double[] at(Network network, NDManager scope, double... x) {
    return network.forward(scope.create(x, new Shape(1, 2))).toDoubleArray();
  }

  /** Through the summary network, too. */
  @Test
  void theCriticsGradientIsTheDerivativeOfItsLoss() {
    GradientConfig config = SMALL.withSummary(2);
    Histograms model = new Histograms(JEDC, true, new Seeds(2).stream("start"));
    model.advance(points -> new double[points.shift().length], new Seeds(2).stream("advance"));
    Points points = model.sample(3, 4, new Seeds(2).stream("sample"));
    int cells = model.cells().length / Model.CELL_INPUTS;
    try (Summary summary =
            new Summary(config, model.cells(), cells, CPU, new Seeds(4).stream("summary"));
        CriticNetwork critic =
            new CriticNetwork(
                config, model.inputs() + 2, 2, summary, CPU, new Seeds(4).stream("critic"));
        NDManager step = CPU.newManager()) {
      double[] summaries =
          summary.of(summary.network(), points.sections().masses(), points.sections().count());
      double[] rows = ActorCritic.join(points.inputs(), points, summaries);
      double[] directions =
          ActorCritic.join(points.directions(), points, new double[2 * points.sections().count()]);
      double[] goals = new double[points.rows() * 2];
      double[] units = new double[goals.length];
      Arrays.setAll(goals, i -> 30 + Math.sin(i));
      Arrays.setAll(units, i -> .5 + .1 * (i % 3));
      CriticNetwork.Values both = new CriticNetwork.Values(goals, goals);
      CriticNetwork.Loss loss = critic.new Loss(step, points, rows, directions, both, units);
      derivative(critic.network().parameters(), () -> loss.byWeights());
      derivative(summary.network().parameters(), () -> loss.bySummary());
    }
  }

  private static void derivative(NDList parameters, Supplier<Gradients> gradients) {
    double[] gradient = gradients.get().values();
    double[] weights = Parameters.values(parameters);
    double h = 1e-6;
    for (int j = 0; j < weights.length; j += 5) {
      double[] moved = weights.clone();
      moved[j] += h;
      Parameters.set(parameters, moved);
      double up = gradients.get().loss();
      moved[j] -= 2 * h;
      Parameters.set(parameters, moved);
      double down = gradients.get().loss();
      assertThat(gradient[j])
          .isCloseTo((up - down) / (2 * h), within(1e-4 * (1e-2 + Math.abs(gradient[j]))));
    }
    Parameters.set(parameters, weights);
    assertThat(Arrays.stream(gradient).map(Math::abs).max().orElseThrow()).isGreaterThan(1e-3);
  }

  @Test
  void theFirstPolicyKeepsCapitalAndTheSummaryIsSeen() {
    try (ModelBasedGradient learner = households(JEDC, SMALL.withSummary(4))) {
      Households equal = Households.equal(JEDC, 1, 39);
      double[][] capital = new double[2][];
      Arrays.fill(capital, new double[] {20, 60});
      double[][] next = new double[2][2];
      learner.rule(JEDC).nextCapital(equal, capital, next);
      assertThat(next[1][0]).isCloseTo(20, within(0.2));
      assertThat(next[1][1]).isCloseTo(60, within(0.5));
      iterate(learner, 20);
      learner.rule(JEDC).nextCapital(equal, capital, next);
      double among = next[1][0];
      Households unequal = equal.between(0, .5).given(-30).with(equal.between(.5, 1).given(30));
      learner.rule(JEDC).nextCapital(unequal, capital, next);
      assertThat(next[1][0]).isNotEqualTo(among);
      assertThat(learner.summary(JEDC, unequal).size()).isEqualTo(4);
    }
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new GradientConfig.Networks(List.of(4), Activation.RELU, 0))
        .hasMessageContaining("smooth slopes");
    assertThatThrownBy(() -> SMALL.withIterations(0)).hasMessageContaining("at least 1 iteration");
    assertThatThrownBy(
            () ->
                ModelBasedGradient.ofAgents(
                    GrowthEnvironment.of(RbcCalibration.liu2024(), 0.3),
                    SMALL.withSummary(4),
                    CPU,
                    new Seeds(1)))
        .hasMessageContaining("summaryOutputs");
  }
}
