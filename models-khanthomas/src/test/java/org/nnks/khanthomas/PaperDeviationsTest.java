package org.nnks.khanthomas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.types.DataType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nnks.core.io.Records;
import org.nnks.core.lumpy.BellmanError;
import org.nnks.core.lumpy.LumpySolution;
import org.nnks.core.lumpy.PaperBellman;
import org.nnks.core.lumpy.PaperTraining;
import org.nnks.core.nets.Activation;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.Simulator;
import org.nnks.core.simulate.UnclearedMarketException;
import org.nnks.reference.KhanThomasReference;

/**
 * P1 to P6 of docs/deviations.md: a first solve of the preset {@code paper} with each left out,
 * seed 1, single precision, Terry's starting rules. Training amplifies rounding, which differs
 * between processors: figures hold within {@link #TOLERANCE} percent.
 */
@Tag("paper")
class PaperDeviationsTest {

  /** Passes over the training set. */
  private static final int PASSES = 60;

  private static final double TOLERANCE = 30;

  private static final int BURN_IN = 500;

  private static final KhanThomas ECONOMY = new KhanThomas(KhanThomasCalibration.terry2017());

  private static final PaperTraining ALL = PaperTraining.yokomoto2026().withEpochs(PASSES, 1);

  private static PaperBellman solver(PaperTraining training) {
    return new PaperBellman(ECONOMY, training, Device.cpu(), DataType.FLOAT32, new Seeds(1));
  }

  private static LumpySolution solution(PaperBellman solver) {
    return solver.solve(KhanThomasRules.terry2017Initial());
  }

  private static double meanBellmanError(PaperTraining training) {
    try (PaperBellman solver = solver(training)) {
      return BellmanError.onGrid(solution(solver)).mean();
    }
  }

  /** Of log k*, along the simulated path. */
  private static double meanTargetError(PaperTraining training) {
    try (PaperBellman solver = solver(training)) {
      LumpySolution solution = solution(solver);
      var path = new Simulator().simulate(solution.policies(), KhanThomasReference.load().states());
      return solution.errors(path, BURN_IN, new Seeds(1)).get(LumpySolution.TARGET).mean();
    }
  }

  @Test
  void withAllOfThem() {
    assertThat(meanBellmanError(ALL)).isCloseTo(.00081, withinPercentage(TOLERANCE));
    assertThat(meanTargetError(ALL)).isCloseTo(.010, withinPercentage(TOLERANCE));
  }

  @Test
  void withoutTheBaselineMarketsDoNotClear() {
    doesNotClear(Records.with(ALL, "baseline", false), 1);
  }

  @Test
  void withoutTheProjectionMarketsDoNotClear() {
    doesNotClear(Records.with(ALL, "projected", false), .1);
  }

  private static void doesNotClear(PaperTraining training, double error) {
    try (PaperBellman solver = solver(training)) {
      LumpySolution solution = solution(solver);
      assertThat(BellmanError.onGrid(solution).mean()).isGreaterThan(error);
      Simulator simulator = new Simulator();
      int[] states = KhanThomasReference.load().states();
      assertThatThrownBy(() -> simulator.simulate(solution.policies(), states))
          .isInstanceOf(UnclearedMarketException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"slowMode, .088", "logCapital, .0016"})
  void theBellmanEquationHoldsLessWithout(String deviation, double error) {
    assertThat(meanBellmanError(Records.with(ALL, deviation, false)))
        .isCloseTo(error, withinPercentage(TOLERANCE));
  }

  @Test
  void theBellmanEquationHoldsLessWithoutTheScale() {
    assertThat(meanBellmanError(Records.with(ALL, "outputScale", 1.0)))
        .isCloseTo(.0017, withinPercentage(TOLERANCE));
  }

  @Test
  void theBellmanEquationHoldsLessWithRectifiers() {
    assertThat(meanBellmanError(Records.with(ALL, "activation", Activation.RELU)))
        .isCloseTo(.0011, withinPercentage(TOLERANCE));
  }

  @Test
  void targetsAreWorseWithThePriceItself() {
    assertThat(meanTargetError(Records.with(ALL, "relativePrice", false)))
        .isCloseTo(.049, withinPercentage(TOLERANCE));
  }
}
