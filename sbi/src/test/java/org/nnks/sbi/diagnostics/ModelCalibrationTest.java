package org.nnks.sbi.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Data;
import org.nnks.sbi.DataShape;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.ModelComparison;
import org.nnks.sbi.Parameter;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.Simulator;

class ModelCalibrationTest {

  /** Both data are N(theta, 1); theta is 0, or N(0, 1). */
  private static final Simulator SIMULATOR =
      Simulator.of(
          DataShape.vector(2),
          (theta, random) ->
              Data.vector(
                  theta.get(0) + random.nextGaussian(), theta.get(0) + random.nextGaussian()));

  /** An sd that is zero but for its check. */
  private static final double NONE = 1e-9;

  private static Simulations simulations(double sd, long first, int count) {
    Prior prior = Prior.of(Parameter.normal("theta", 0, sd));
    return Simulations.draw(prior, SIMULATOR, first, count, new Seeds(sd > 0.1 ? 1 : 2));
  }

  /** N(x; 0, I) against N(x; 0, I + 11'): log BF = log 3 / 2 - (x1 + x2)^2 / 6. */
  private static double exact(double x1, double x2) {
    double log = 0.5 * Math.log(3) - (x1 + x2) * (x1 + x2) / 6;
    return 1 / (1 + Math.exp(-log));
  }

  @Test
  void probabilitiesOfTwoModelsAreThoseOfTheirMarginalLikelihoods() {
    EstimatorConfig config =
        EstimatorConfig.standard().withEpochs(8).withBatch(500).withWeightDecays(0.3);
    List<Simulations> learned = List.of(simulations(NONE, 0, 10_000), simulations(1, 0, 10_000));
    try (ModelComparison comparison = ModelComparison.train(learned, config, Device.cpu(), 1)) {
      for (double[] x : new double[][] {{0, 0}, {1, 1}, {1, -1}, {2, 1}, {-1.5, -1.5}}) {
        assertThat(comparison.probabilities(Data.vector(x)).get(0))
            .isCloseTo(exact(x[0], x[1]), within(0.05));
      }
      List<Simulations> held =
          List.of(simulations(NONE, 100_000, 1_000), simulations(1, 100_000, 1_000));
      ModelCalibration calibration = ModelCalibration.of(comparison, held);
      assertThat(calibration.calibrated()).isTrue();
      assertThat(calibration.error()).isLessThan(0.05);
      // Data of another second model, with an sd of .5: the probabilities are too sure of them.
      ModelCalibration other =
          ModelCalibration.of(comparison, List.of(held.get(0), simulations(0.5, 100_000, 1_000)));
      assertThat(other.calibrated()).isFalse();
      assertThat(other.accuracy()).isLessThan(calibration.accuracy());
      List<Simulations> third = List.of(held.get(0), held.get(1), held.get(1));
      assertThatThrownBy(() -> ModelCalibration.of(comparison, third))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("2 models were compared but simulations of 3");
    }
  }

  @Test
  void modelsThatCannotBeComparedAreRefused() {
    List<Simulations> unequal = List.of(simulations(1, 0, 100), simulations(1, 0, 200));
    assertThatThrownBy(
            () -> ModelComparison.train(unequal, EstimatorConfig.standard(), Device.cpu(), 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("equally many simulations");
  }
}
