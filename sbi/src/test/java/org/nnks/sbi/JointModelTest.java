package org.nnks.sbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.flow.FlowSpec;

/** A normal joint law, of which every conditional is known: a, b ~ N(0, 1), x = a + b + noise. */
class JointModelTest {

  private static final Device CPU = Device.cpu();
  private static final double NOISE = 0.5;

  private static final Prior PRIOR =
      Prior.of(Parameter.normal("a", 0, 1), Parameter.normal("b", 0, 1));

  private static final Simulator SUM =
      Simulator.of(
          DataShape.vector(1),
          (theta, random) ->
              Data.vector(theta.get(0) + theta.get(1) + NOISE * random.nextGaussian()));

  private static EstimatorConfig small(int epochs) {
    return EstimatorConfig.flowMatching()
        .withFlow(new FlowSpec(FlowSpec.Kind.MATCHING, 2, List.of(32), 4, 4))
        .withEpochs(epochs)
        .withLearningRate(1e-2);
  }

  @Test
  void masksGiveEachConditional(@TempDir Path folder) {
    Simulations simulations = Simulations.draw(PRIOR, SUM, 4_000, 1);
    try (JointModel model = JointModel.train(PRIOR, simulations, small(60), CPU, 1)) {
      double nan = Double.NaN;
      double variance = 2 + NOISE * NOISE;
      // Of a given x; of a given x and b; of x given a; and of x alone.
      check(model, Vector.of(nan, nan, 1.5), 0, 1.5 / variance, Math.sqrt(1 - 1 / variance));
      double other = 1 + NOISE * NOISE;
      check(model, Vector.of(nan, -0.5, 1), 0, 1.5 / other, Math.sqrt(1 - 1 / other));
      check(model, Vector.of(0.8, nan, nan), 2, 0.8, Math.sqrt(1 + NOISE * NOISE));
      check(model, Vector.of(nan, nan, nan), 2, 0, Math.sqrt(variance));
      check(model, Vector.of(0.5, 0.5, nan), 2, 1, NOISE);

      // Of many data sets in one batch, each given its own x.
      Simulations some = simulations.slice(0, 5);
      List<Draws> batch = model.posteriors(some, 1_000, new Seeds(3).stream("draws"));
      for (int i = 0; i < some.size(); i++) {
        double x = some.data(i).values().get(0, 0);
        double sd = Math.sqrt(1 - 1 / variance);
        assertThat(batch.get(i).column("a").mean()).isCloseTo(x / variance, within(0.25 * sd));
      }

      Matrix theta = Matrix.of(2, 2, 0.4, 0.6, -0.2, 0.9);
      Vector likelihood = model.logLikelihood(Data.vector(1), theta);
      Vector posterior = model.logPosterior(Data.vector(1), theta);
      for (int i = 0; i < 2; i++) {
        double z = (1 - theta.get(i, 0) - theta.get(i, 1)) / NOISE;
        double exact = -z * z / 2 - Math.log(NOISE * Math.sqrt(2 * Math.PI));
        assertThat(likelihood.get(i)).isCloseTo(exact, within(0.05));
        // By Bayes' rule, with the marginal N(0, 2.25) of x.
        double marginal = -0.5 / variance - 0.5 * Math.log(2 * Math.PI * variance);
        double bayes = exact + PRIOR.logDensity(theta.row(i)) - marginal;
        assertThat(posterior.get(i)).isCloseTo(bayes, within(0.1));
      }
      assertThatThrownBy(() -> model.sample(Vector.of(1, 2), 1, new Seeds(1).stream("draws")))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("expected 2 parameters and 1 data");
      model.write(folder);
      try (JointModel read = JointModel.read(folder, CPU)) {
        assertThat(read.logLikelihood(Data.vector(1), theta)).isEqualTo(likelihood);
      }
    }
  }

  private static void check(JointModel model, Vector known, int column, double mean, double sd) {
    int count = 1_000;
    Matrix draws = model.sample(known, count, new Seeds(2).stream("draws"));
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double value = draws.get(i, column);
      sum += value;
      squares += value * value;
      for (int j = 0; j < known.size(); j++) {
        assertThat(Double.isNaN(known.get(j)) || draws.get(i, j) == known.get(j)).isTrue();
      }
    }
    double found = sum / count;
    assertThat(found).as("mean given %s", known).isCloseTo(mean, within(0.25 * sd));
    assertThat(Math.sqrt(squares / count - found * found))
        .as("sd given %s", known)
        .isCloseTo(sd, within(0.15 * sd));
  }

  @Test
  void boundsHoldAndDensitiesIntegrateToOne() {
    Prior box = Prior.of(Parameter.uniform("a", -1, 1));
    Simulator near =
        Simulator.of(
            DataShape.vector(1),
            (theta, random) -> Data.vector(theta.get(0) + 0.3 * random.nextGaussian()));
    Simulations simulations = Simulations.draw(box, near, 500, 1);
    try (JointModel model = JointModel.train(box, simulations, small(10), CPU, 1)) {
      Data data = Data.vector(0.9);
      Draws draws = model.posterior(data, 2_000, new Seeds(2).stream("draws"));
      assertThat(draws.column("a").max()).isLessThanOrEqualTo(1);
      int points = 400;
      double[] theta = new double[points];
      for (int i = 0; i < points; i++) {
        theta[i] = -1 + (i + 0.5) * 2 / points;
      }
      double mass =
          model.logPosterior(data, Matrix.of(points, 1, theta)).stream()
              .map(log -> Math.exp(log) * 2 / points)
              .sum();
      // The mass inside, about a half, comes from 2,000 draws.
      assertThat(mass).isCloseTo(1, within(0.08));
      // Of which half are rejected, all sets get as many as asked for.
      Simulations edge = simulations.slice(0, 4);
      assertThat(model.posteriors(edge, 300, new Seeds(4).stream("draws")))
          .hasSize(4)
          .allSatisfy(
              set -> {
                assertThat(set.size()).isEqualTo(300);
                assertThat(set.column("a").max()).isLessThanOrEqualTo(1);
              });
      assertThat(model.logPosterior(data, Matrix.of(1, 1, 1.01)).get(0))
          .isEqualTo(Double.NEGATIVE_INFINITY);
      // No mass inside is no density, and not an infinite one.
      assertThatThrownBy(() -> model.logPosterior(Data.vector(1e4), Matrix.of(1, 1, 0.5)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("0 lie in the prior's support");
    }
  }

  @Test
  void aJointPriorIsRefused() {
    Prior joint =
        PRIOR.withJoint(
            new Prior.Joint() {
              @Override
              public double logDensity(Vector theta) {
                return PRIOR.logDensity(theta);
              }

              @Override
              public Vector sample(RandomGenerator random) {
                return PRIOR.sample(random);
              }
            });
    Simulations simulations = Simulations.draw(joint, SUM, 100, 1);
    assertThatThrownBy(() -> JointModel.train(joint, simulations, small(1), CPU, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("independent parameters");
  }
}
