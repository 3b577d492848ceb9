package org.nnks.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Vector;

class ForecastMeasureTest {

  private static final int[] STATES = {2, 0, 1, 1, 0, 1, 0};
  private static final Vector CAPITAL = Vector.of(9, 1, 1.1, 1.4, 1.3, 1.2, 1.7);
  private static final int FROM = 1;

  private final ForecastMeasure measure = ForecastMeasure.on(STATES, CAPITAL, FROM, 3);

  /** The definition, date by date. */
  @Test
  void theLengthIsTheRootMeanSquareOfForecastChanges() {
    double[] used = {.1, .2, .3, .8, .7, .9, 1, .9, .8, -.4, -.5, -.6};
    double[] other = {.12, .19, 8, .79, .72, -3, .98, .93, 4, -.41, -.48, 5};
    ForecastRules before = ForecastRules.ofCoefficients(used);
    ForecastRules after = ForecastRules.ofCoefficients(other);
    double[] change = new double[used.length];
    for (int i = 0; i < change.length; i++) {
      change[i] = other[i] - used[i];
    }
    double squares = 0;
    for (int t = FROM; t < STATES.length; t++) {
      double k = CAPITAL.get(t);
      squares +=
          Math.pow(Math.log(after.nextCapital(STATES[t], k) / before.nextCapital(STATES[t], k)), 2)
              + Math.pow(Math.log(after.price(STATES[t], k) / before.price(STATES[t], k)), 2);
    }
    double length = 0;
    for (double component : measure.apply(change)) {
      length += component * component;
    }
    assertThat(length).isCloseTo(squares / (STATES.length - FROM), within(1e-15));
  }

  @Test
  void statesThatAreNotVisitedDoNotCount() {
    double[] change = new double[12];
    change[2] = 1;
    change[11] = 1;
    assertThat(measure.apply(change)).containsOnly(0);
  }
}
