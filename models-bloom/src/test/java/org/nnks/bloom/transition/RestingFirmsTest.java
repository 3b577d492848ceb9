package org.nnks.bloom.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.bloom.AggregateStates;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.BloomCalibration;
import org.nnks.core.agents.ForesightPath;
import org.nnks.core.agents.PerfectForesight;
import org.nnks.core.io.Records;

/** Firms without aggregate risk: at rest, and on their way there. */
class RestingFirmsTest {

  private static final BloomCalibration CALIBRATION = BloomCalibration.small();
  private static final Bloom ECONOMY = new Bloom(CALIBRATION);
  private static final int STATE = ECONOMY.start().aggregateState();
  private static final int HORIZON = 60;
  private static final double PERSISTENCE = .8;

  /** Of a rise of productivity by .6 %, a standard deviation. */
  private static final double SIZE = .006;

  private static RestingFirms rest;
  private static PerfectForesight foresight;

  @BeforeAll
  static void prepare() {
    rest = RestingFirms.of(ECONOMY, STATE);
    foresight = new PerfectForesight(rest, rest.shocks().get(0), HORIZON);
  }

  @Test
  void goodsAreUsedUpAndCapitalStays() {
    double consumption = rest.series().get("C");
    assertThat(rest.prices()[0] * consumption).isCloseTo(1, within(1e-7));
    double[] mass = rest.histogram().values().toArray();
    assertThat(Arrays.stream(mass).sum()).isCloseTo(1, within(1e-10));
    // What is invested is what wears out.
    double worn = CALIBRATION.depreciation() * rest.moments()[0];
    assertThat(rest.series().get("I")).isCloseTo(worn, within(1e-7));
    assertThat(rest.series().get("N")).isBetween(.25, .35);
  }

  /** Where all firms see one price, by bisection to the jump and a mixture of its two sides. */
  @Test
  void pricesThatAreSpreadChangeRestByHalfAPercent() {
    assertThat(rest.prices()[0] / 1.69471022).isCloseTo(1, within(5e-3));
    assertThat(rest.moments()[0] / 2.803394).isCloseTo(1, within(5e-3));
  }

  @Test
  void marketsClearAtEveryDateAndFirmsAreConserved() {
    ForesightPath path = foresight.shock(SIZE, PERSISTENCE);
    assertThat(path.converged()).isTrue();
    assertThat(path.settled()).isTrue();
    double kept = 1 - CALIBRATION.depreciation();
    for (int t = 0; t < HORIZON; t++) {
      double consumption = path.series().get("C").get(t);
      assertThat(path.series().get("p").get(t) * consumption).isCloseTo(1, within(1e-5));
      if (t > 0) {
        double before = path.series().get("K").get(t - 1);
        double invested = path.series().get("I").get(t - 1);
        assertThat(path.series().get("K").get(t) - kept * before).isCloseTo(invested, within(1e-9));
      }
    }
    assertThat(path.deviations("Y").get(0)).isGreaterThan(100 * SIZE);
  }

  @Test
  void aVanishingShockIsAnsweredLinearly() {
    ForesightPath linear = foresight.linear(SIZE, PERSISTENCE);
    ForesightPath small = foresight.shock(SIZE / 20, PERSISTENCE);
    double impact = Math.abs(linear.deviations("p").get(0));
    for (int t = 0; t < 20; t++) {
      assertThat(20 * small.deviations("p").get(t))
          .isCloseTo(linear.deviations("p").get(t), within(.1 * impact));
    }
  }

  @Test
  void aLastingChangeLeadsToTheOtherRest() {
    BloomCalibration lazier =
        Records.with(CALIBRATION, "disutility", 1.02 * CALIBRATION.disutility());
    RestingFirms before = RestingFirms.of(new Bloom(lazier), STATE);
    ForesightPath path = foresight.from(before);
    assertThat(path.converged()).isTrue();
    assertThat(path.series().get("K").get(0)).isCloseTo(before.moments()[0], within(1e-9));
    double end = rest.moments()[0];
    assertThat(path.series().get("K").last() / end).isCloseTo(1, within(1e-3));
    assertThat(Math.abs(before.moments()[0] / end - 1)).isGreaterThan(2e-3);
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
