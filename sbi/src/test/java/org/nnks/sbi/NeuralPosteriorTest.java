package org.nnks.sbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.flow.FlowSpec;

class NeuralPosteriorTest {

  private static final Device CPU = Device.cpu();

  private static final Prior NORMAL =
      Prior.of(Parameter.normal("a", 1, 2), Parameter.normal("b", -1, 0.5));

  /** x = (a + b, a - b) + noise of sd .5: the posterior is normal. */
  private static final Simulator LINEAR =
      new Simulator() {
        @Override
        public DataShape shape() {
          return DataShape.vector(2);
        }

        @Override
        public Data simulate(Vector theta, java.util.random.RandomGenerator random) {
          return Data.vector(
              theta.get(0) + theta.get(1) + 0.5 * random.nextGaussian(),
              theta.get(0) - theta.get(1) + 0.5 * random.nextGaussian());
        }
      };

  @Test
  void aLinearModelHasItsClosedFormPosterior() {
    Simulations simulations = Simulations.draw(NORMAL, LINEAR, 2_000, 1);
    PosteriorConfig config =
        PosteriorConfig.standard()
            .withFlow(new FlowSpec(FlowSpec.Kind.AFFINE, 2, java.util.List.of(16), 8, 4));
    long t0 = System.nanoTime();
    try (NeuralPosterior estimator = NeuralPosterior.train(NORMAL, simulations, config, CPU, 1)) {
      System.err.println(
          (System.nanoTime() - t0) / 1e9
              + " s "
              + estimator.histories().get(0).epochs().size()
              + " epochs "
              + estimator.histories().get(0).validationLoss());
      Draws draws =
          estimator.given(Data.vector(0.5, 2)).sample(10_000, new Seeds(2).stream("draws"));
      // The two data are independent given a and b: a sees x1 + x2, b sees x1 - x2.
      double precisionA = 1 / 4.0 + 2 / 0.25;
      double meanA = (1 / 4.0 + (0.5 + 2) / 0.25) / precisionA;
      double precisionB = 1 / 0.25 + 2 / 0.25;
      double meanB = (-1 / 0.25 + (0.5 - 2) / 0.25) / precisionB;
      Draws.Row a = draws.table().get(0);
      Draws.Row b = draws.table().get(1);
      System.err.println(
          a + " " + b + " " + meanA + " " + meanB + " " + precisionA + " " + precisionB);
      assertThat(a.mean()).isCloseTo(meanA, within(0.15 / Math.sqrt(precisionA)));
      assertThat(b.mean()).isCloseTo(meanB, within(0.15 / Math.sqrt(precisionB)));
      assertThat(a.sd()).isCloseTo(1 / Math.sqrt(precisionA), within(0.1 / Math.sqrt(precisionA)));
      assertThat(b.sd()).isCloseTo(1 / Math.sqrt(precisionB), within(0.1 / Math.sqrt(precisionB)));
    }
    t0 = System.nanoTime();
    try (NeuralPosterior estimator =
        NeuralPosterior.train(NORMAL, simulations, PosteriorConfig.standard(), CPU, 1)) {
      System.err.println(
          "spline "
              + (System.nanoTime() - t0) / 1e9
              + " s "
              + estimator.histories().get(0).epochs().size()
              + " epochs "
              + estimator.histories().get(0).validationLoss());
    }
  }
}
