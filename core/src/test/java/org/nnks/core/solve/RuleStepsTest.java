package org.nnks.core.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnks.core.forecast.ForecastMeasure;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Vector;

class RuleStepsTest {

  private static final double ROUNDING = 1e-9;

  /** One aggregate state at K = 1, where a forecast is its intercept and slopes do not matter. */
  private static final ForecastMeasure MEASURE =
      ForecastMeasure.on(new int[] {0, 0}, Vector.of(1, 1), 0, 1);

  private static ForecastRules rules(double intercept) {
    return ForecastRules.ofCoefficients(intercept, 0, 0, 0);
  }

  private static double intercept(ForecastRules rules) {
    return rules.coefficients()[0];
  }

  private static RuleSteps steps(RuleUpdate update) {
    return new RuleSteps(update, SolverState.initial(rules(0)));
  }

  /**
   * Two nearly equal residuals, 1 at 1 and .999 at 2, send the secant to 1,001, where the residual
   * is a thousand times larger.
   */
  @Test
  void aResidualThatGrowsTenfoldTakesTheStepBack() {
    RuleSteps steps = steps(RuleUpdate.anderson());
    assertThat(intercept(steps.next(rules(1), rules(2), MEASURE))).isEqualTo(2);
    ForecastRules far = steps.next(rules(2), rules(2.999), MEASURE);
    assertThat(intercept(far)).isBetween(1000.9, 1001.1);
    ForecastRules back = steps.next(far, rules(0), MEASURE);
    assertThat(intercept(back))
        .as("half of .999 from the best, 2")
        .isCloseTo(2.4995, within(ROUNDING));
    assertThat(steps.safeguard().orElseThrow().shortenings()).isEqualTo(1);
    // Nothing is remembered of 1 and of the far point: the secant of 2 and 2.4995 alone.
    ForecastRules next = steps.next(back, rules(2.4995 + .4995), MEASURE);
    assertThat(intercept(next)).isCloseTo(2.999, within(ROUNDING));
    assertThat(steps.safeguard().orElseThrow().shortenings()).as("the residual fell").isZero();
  }

  @Test
  void aResidualThatGrowsLessIsLeftToTheAcceleration() {
    RuleSteps steps = steps(RuleUpdate.anderson());
    steps.next(rules(0), rules(1), MEASURE);
    steps.next(rules(1), rules(1 - 9.9), MEASURE);
    assertThat(steps.safeguard().orElseThrow().shortenings()).isZero();
    assertThat(steps.best().map(RuleStepsTest::intercept)).contains(0.0);
  }

  @Test
  void stepsAreHalvedUntilTheyCannotBe() {
    for (RuleUpdate update : List.of(RuleUpdate.anderson(), RuleUpdate.damped())) {
      RuleSteps steps = steps(update);
      assertThat(steps.shortened()).as("nothing has cleared yet").isEmpty();
      steps.next(rules(3), rules(4), MEASURE);
      for (int n = 1; n <= RuleSteps.MAX_SHORTENINGS; n++) {
        assertThat(steps.shortened().map(RuleStepsTest::intercept))
            .contains(3 + update.gain() * Math.pow(.5, n));
      }
      assertThat(steps.shortened()).isEmpty();
    }
  }

  /** Otherwise a map that jumps there would hold the loop at the same rules for ever. */
  @Test
  void aGrownResidualIsAcceptedWhereStepsCannotBeShorter() {
    RuleSteps steps = steps(RuleUpdate.anderson());
    steps.next(rules(3), rules(4), MEASURE);
    ForecastRules next = rules(4);
    for (int n = 1; n <= RuleSteps.MAX_SHORTENINGS; n++) {
      next = steps.next(next, rules(intercept(next) + 50), MEASURE);
      assertThat(intercept(next)).isEqualTo(3 + Math.pow(.5, n));
    }
    steps.next(next, rules(intercept(next) + 50), MEASURE);
    assertThat(steps.best().map(RuleStepsTest::intercept)).contains(intercept(next));
    assertThat(steps.safeguard().orElseThrow().shortenings()).isZero();
  }

  @Test
  void aRestoredObjectTakesTheSameSteps() {
    double[] images = {2, 2.999, 0, 2.6, -100, 2.7, 2.71};
    RuleSteps whole = steps(RuleUpdate.anderson());
    ForecastRules at = rules(1);
    List<SolverState> states = new ArrayList<>();
    List<ForecastRules> visited = new ArrayList<>();
    for (double image : images) {
      at = whole.next(at, rules(image), MEASURE);
      visited.add(at);
      states.add(new SolverState(at, whole.acceleration(), whole.safeguard(), Map.of(), List.of()));
    }
    for (int from = 0; from + 1 < images.length; from++) {
      RuleSteps resumed = new RuleSteps(RuleUpdate.anderson(), states.get(from));
      at = states.get(from).rules();
      for (int i = from + 1; i < images.length; i++) {
        at = resumed.next(at, rules(images[i]), MEASURE);
        assertThat(at).isEqualTo(visited.get(i));
      }
      assertThat(resumed.safeguard()).isEqualTo(whole.safeguard());
    }
  }
}
