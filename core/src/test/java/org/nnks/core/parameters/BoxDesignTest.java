package org.nnks.core.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;

/** Boxes of parameters and the points in them. */
class BoxDesignTest {

  /** A calibration. */
  record Firms(double discountFactor, double maxFixedCost, double idiosyncraticSpread) {}

  private static final Firms STANDARD = new Firms(.95, .02, .1);

  private static final ParameterBox BOX =
      new ParameterBox(
          List.of(
              new ParameterInterval("maxFixedCost", .01, .1),
              new ParameterInterval("idiosyncraticSpread", -.1, .3)));

  @Test
  void interpolationIsExactForPolynomialsInTheLogOfPositiveParameters() {
    BoxDesign design = new BoxDesign(BOX, 4);
    ToDoubleFunction<Vector> cubic =
        theta -> 2 + Math.pow(Math.log(theta.get(0)), 3) * (1 - Math.pow(theta.get(1), 3));
    for (int draw = 0; draw < 50; draw++) {
      Vector theta = BOX.draw(new Seeds(1).stream("theta", draw));
      double[] weights = design.weights(theta);
      double sum = 0;
      for (int i = 0; i < design.size(); i++) {
        sum += weights[i] * cubic.applyAsDouble(design.point(i));
      }
      assertThat(sum).isCloseTo(cubic.applyAsDouble(theta), within(1e-11));
      assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-13));
    }
  }

  @Test
  void atAPointOfTheDesignNothingIsInterpolated() {
    BoxDesign design = new BoxDesign(BOX, 5);
    for (int i = 0; i < design.size(); i++) {
      double[] unit = new double[design.size()];
      unit[i] = 1;
      assertThat(design.weights(design.point(i))).containsExactly(unit);
    }
    assertThat(design.point(0)).isEqualTo(Vector.of(.01, -.1));
    assertThat(design.point(24)).isEqualTo(Vector.of(.1, .3));
  }

  @Test
  void theWalkVisitsEveryPointOnceAndNeverJumps() {
    BoxDesign design =
        new BoxDesign(
            new ParameterBox(
                List.of(
                    new ParameterInterval("a", 0, 1),
                    new ParameterInterval("b", 0, 1),
                    new ParameterInterval("c", 0, 1))),
            4);
    int[] walk = design.walk();
    assertThat(Arrays.stream(walk).distinct().count()).isEqualTo(64);
    for (int step = 1; step < walk.length; step++) {
      int distance = 0;
      for (int unit : new int[] {16, 4, 1}) {
        distance += Math.abs(walk[step] / unit % 4 - walk[step - 1] / unit % 4);
      }
      assertThat(distance).as("step %d", step).isEqualTo(1);
    }
  }

  @Test
  void badBoxesAndThetaAreRefusedInOneSentence() {
    refused("lower end below its upper end", () -> new ParameterInterval("a", 1, 1));
    refused("but is [2.0, 1.0]", () -> new ParameterInterval("a", 2, 1));
    refused("at least one interval", () -> new ParameterBox(List.of()));
    ParameterInterval twice = new ParameterInterval("a", 0, 1);
    refused("the parameter a has two intervals", () -> new ParameterBox(List.of(twice, twice)));
    refused("at least 2 nodes", () -> new BoxDesign(BOX, 1));
    refused("more than 10000 solves", () -> new BoxDesign(BOX, 101));
    refused(
        "maxFixedCost = 0.2 is outside the interval [0.01, 0.1]",
        () -> BOX.theta(Map.of("maxFixedCost", .2, "idiosyncraticSpread", .1)));
    refused("idiosyncraticSpread has no value", () -> BOX.theta(Map.of("maxFixedCost", .05)));
    refused(
        "the nearest valid parameter is 'maxFixedCost'",
        () -> BOX.theta(Map.of("maxFixedCosts", .05)));
    refused(
        "unknown key 'idiosyncraticSpreed'",
        () ->
            new ParameterBox(List.of(new ParameterInterval("idiosyncraticSpreed", 0, 1)))
                .calibrate(STANDARD, Vector.of(.1)));
  }

  private static void refused(String sentence, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void aCalibrationTakesThetaByName() {
    Firms calibration = BOX.calibrate(STANDARD, Vector.of(.05, .2));
    assertThat(calibration.maxFixedCost()).isEqualTo(.05);
    assertThat(calibration.idiosyncraticSpread()).isEqualTo(.2);
    assertThat(calibration.discountFactor()).isEqualTo(STANDARD.discountFactor());
  }
}
