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
import org.nnks.sbi.flow.SummarySpec;

class NeuralLikelihoodTest {

  private static final Device CPU = Device.cpu();

  private static final Prior PRIOR =
      Prior.of(Parameter.normal("a", 1, 2), Parameter.normal("b", -1, 0.5));

  /** x = (a + b, a - b) + noise of sd .5. */
  private static final Simulator LINEAR =
      new Simulator() {
        @Override
        public DataShape shape() {
          return DataShape.vector(2);
        }

        @Override
        public Data simulate(Vector theta, RandomGenerator random) {
          return Data.vector(
              theta.get(0) + theta.get(1) + 0.5 * random.nextGaussian(),
              theta.get(0) - theta.get(1) + 0.5 * random.nextGaussian());
        }
      };

  private static final EstimatorConfig SMALL =
      EstimatorConfig.standard()
          .withFlow(new FlowSpec(FlowSpec.Kind.AFFINE, 2, List.of(16), 4, 4))
          .withWeightDecays(3.0)
          .withEpochs(10);

  /** log N(x; m, S) with the marginal's covariance S = A diag(prior) A' + .25 I. */
  private static double logMarginal(double x1, double x2) {
    double s = 4 + 0.25 + 0.25;
    double c = 4 - 0.25;
    double d1 = x1;
    double d2 = x2 - 2;
    double det = s * s - c * c;
    double square = (s * d1 * d1 - 2 * c * d1 * d2 + s * d2 * d2) / det;
    return -Math.log(2 * Math.PI) - Math.log(det) / 2 - square / 2;
  }

  @Test
  void likelihoodAndMarginalOfALinearModelAreExact(@TempDir Path folder) {
    Simulations simulations = Simulations.draw(PRIOR, LINEAR, 5_000, 1);
    try (JointEstimator joint = JointEstimator.train(PRIOR, simulations, SMALL, SMALL, CPU, 1)) {
      Vector log =
          joint.likelihood().logDensity(Data.vector(0.5, 2), Matrix.of(2, 2, 1, -1, 1.5, -0.5));
      double peak = -Math.log(2 * Math.PI * 0.25);
      assertThat(log.get(0)).isCloseTo(peak - 2 * 0.25 * 0.5 / 0.5, within(0.1));
      assertThat(log.get(1)).isCloseTo(peak - 0.5, within(0.1));
      double error = 0;
      Simulations tests = Simulations.draw(PRIOR, LINEAR, 20, 2);
      for (int i = 0; i < tests.size(); i++) {
        Matrix x = tests.data(i).values();
        JointEstimator.LogMarginal marginal =
            joint.logMarginal(tests.data(i), 500, new Seeds(3).stream("draws", i));
        error += Math.abs(marginal.value() - logMarginal(x.get(0, 0), x.get(0, 1))) / 20;
        assertThat(marginal.spread()).isBetween(0.0, 0.6);
      }
      assertThat(error).isLessThan(0.05);

      // A surrogate simulator: its draws have the moments of the model.
      Matrix theta = Matrix.of(4_000, 2, repeat(4_000, 1.5, -0.5));
      Matrix drawn = joint.likelihood().sample(theta, new Seeds(4).stream("surrogate"));
      double mean = 0;
      double square = 0;
      for (int i = 0; i < drawn.rows(); i++) {
        mean += drawn.get(i, 1) / drawn.rows();
        square += drawn.get(i, 1) * drawn.get(i, 1) / drawn.rows();
      }
      assertThat(mean).isCloseTo(2, within(0.05));
      assertThat(Math.sqrt(square - mean * mean)).isCloseTo(0.5, within(0.03));

      joint.likelihood().write(folder);
      try (NeuralLikelihood read = NeuralLikelihood.read(folder, CPU)) {
        assertThat(read.logDensity(Data.vector(0.5, 2), Matrix.of(2, 2, 1, -1, 1.5, -0.5)))
            .isEqualTo(log);
      }
    }
  }

  private static double[] repeat(int n, double a, double b) {
    double[] rows = new double[2 * n];
    for (int i = 0; i < n; i++) {
      rows[2 * i] = a;
      rows[2 * i + 1] = b;
    }
    return rows;
  }

  @Test
  void whatHasNoLikelihoodIsRefused() {
    Simulations simulations = Simulations.draw(PRIOR, LINEAR, 200, 1);
    EstimatorConfig sets = SMALL.withSummary(SummarySpec.deepSet());
    assertThatThrownBy(() -> NeuralLikelihood.train(PRIOR, simulations, sets, CPU, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("its summary must be direct");
    Simulator gaps =
        new Simulator() {
          @Override
          public DataShape shape() {
            return DataShape.vector(2);
          }

          @Override
          public Data simulate(Vector theta, RandomGenerator random) {
            return Data.withMissing(Matrix.of(1, 2, theta.get(0), Double.NaN));
          }
        };
    assertThatThrownBy(
            () ->
                NeuralLikelihood.train(PRIOR, Simulations.draw(PRIOR, gaps, 200, 1), SMALL, CPU, 1))
        .hasMessageContaining("without missing values");
  }
}
