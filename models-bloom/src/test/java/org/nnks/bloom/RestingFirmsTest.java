package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.core.io.InvalidInputException;

/** Firms without aggregate risk. */
class RestingFirmsTest {

  private static final Bloom ECONOMY = new Bloom(BloomCalibration.small());

  @Test
  void goodsAreUsedUpAndCapitalStays() {
    int state = ECONOMY.start().aggregateState();
    RestingFirms rest = RestingFirms.of(ECONOMY, state);
    double consumption = rest.series().get("C");
    assertThat(rest.prices()[0] * consumption).isCloseTo(1, within(1e-7));
    double[] mass = rest.histogram().values().toArray();
    assertThat(Arrays.stream(mass).sum()).isCloseTo(1, within(1e-10));
    // What is invested is what wears out.
    double worn = ECONOMY.calibration().depreciation() * rest.moments()[0];
    assertThat(rest.series().get("I")).isCloseTo(worn, within(1e-7));
    assertThat(rest.series().get("N")).isBetween(.25, .35);
    assertThatThrownBy(() -> rest.periods(rest.shocks().get(0)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("bloom has no transitions");
  }

  /** With volatile firms more is made of as much: output is convex in z. */
  @Test
  @Tag("paper")
  void volatileFirmsAreRicher() {
    int low = ECONOMY.states().index(1, AggregateStates.LOW, AggregateStates.LOW);
    int high = ECONOMY.states().index(1, AggregateStates.HIGH, AggregateStates.HIGH);
    assertThat(RestingFirms.of(ECONOMY, high).series().get("Y"))
        .isGreaterThan(RestingFirms.of(ECONOMY, low).series().get("Y"));
  }
}
