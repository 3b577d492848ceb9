package org.nnks.krusellsmith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Matrix;
import org.nnks.krusellsmith.rbc.LogAutoregression;

class CalibrationTest {

  /** The matrix of Den Haan, Judd and Juillard (2010) as distributed: order bu, be, gu, ge. */
  private static final double[][] JEDC = {
    {.525, .35, .03125, .09375},
    {.038889, .836111, .002083, .122917},
    {.09375, .03125, .291667, .583333},
    {.009115, .115885, .024306, .850694}
  };

  private static final double PRINTED_DIGITS = 5.1e-7;

  @Test
  void jedcTransitionsFollowFromRatesAndDurations() {
    KrusellSmithCalibration jedc = KrusellSmithCalibration.jedc2010();
    MarkovChain aggregate = jedc.productivity().chain();
    for (int a = 0; a < 2; a++) {
      for (int b = 0; b < 2; b++) {
        Matrix employment = jedc.employment().transition(a, b);
        for (int s = 0; s < 2; s++) {
          for (int t = 0; t < 2; t++) {
            assertThat(aggregate.probability(a, b) * employment.get(s, t))
                .isCloseTo(JEDC[2 * a + s][2 * b + t], within(PRINTED_DIGITS));
          }
        }
      }
    }
  }

  @Test
  void rareStatesLeanOnTheNextTowardsTheMiddle() {
    KrusellSmith liu = new KrusellSmith(KrusellSmithCalibration.liu2024());
    int[] neighbours = IntStream.range(0, 7).map(liu::neighbour).toArray();
    assertThat(neighbours).containsExactly(1, 2, 3, 3, 3, 4, 5);
    KrusellSmith jedc = new KrusellSmith(KrusellSmithCalibration.jedc2010());
    assertThat(jedc.neighbour(0)).isZero();
    assertThat(jedc.neighbour(1)).isEqualTo(1);
  }

  @Test
  void jedcLevelsAndTaxes() {
    KrusellSmithCalibration jedc = KrusellSmithCalibration.jedc2010();

    assertThat(jedc.productivity().chain().level(0)).isCloseTo(.99, within(1e-14));
    assertThat(jedc.productivity().chain().level(1)).isCloseTo(1.01, within(1e-14));
    for (int a = 0; a < 2; a++) {
      Employment employment = jedc.employment();
      double benefits = employment.unemployment(a) * employment.income(a).get(0);
      double taxes = employment.tax(a) * employment.hours() * (1 - employment.unemployment(a));
      assertThat(benefits).isCloseTo(taxes, within(1e-15));
    }
    assertThat(jedc.employment().shares(0).dot(jedc.employment().labour()))
        .isCloseTo(1, within(1e-15));
  }

  @Test
  void unemploymentStaysAtItsRate() {
    Employment employment = Employment.jedc2010();
    for (int a = 0; a < 2; a++) {
      for (int b = 0; b < 2; b++) {
        Matrix move = employment.transition(a, b);
        double next =
            employment.shares(a).get(0) * move.get(0, 0)
                + employment.shares(a).get(1) * move.get(1, 0);
        assertThat(next).isCloseTo(employment.unemployment(b), within(1e-15));
      }
    }
  }

  @Test
  void labourHasMeanOneInLevels() {
    MarkovChain labour = KrusellSmithCalibration.liu2024().labour().chain();

    assertThat(KrusellSmithCalibration.liu2024().labour().logMean())
        .isCloseTo(-.01282, within(5e-6));
    // Seven states have the mean of the log-normal law up to its fourth cumulant.
    assertThat(labour.stationary().dot(labour.levels())).isCloseTo(1, within(1e-4));
  }

  @Test
  void impossibleUnemploymentIsExplained() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Employment(.10, .04, 2.5, 1.5, 1.25, 3, .15, 1))
        .withMessage(
            "unemployment cannot move from 0.1 to 0.04 when the unemployed stay so with probability"
                + " 1.000: the employed would lose their jobs with probability -0.06667; change the"
                + " durations, intoBad or intoGood");
  }

  @Test
  void unemploymentNeedsTwoAggregateStates() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                KrusellSmithCalibration.jedc2010()
                    .withProductivity(new LogAutoregression(0, .95, .02, 5)))
        .withMessage(
            "productivity.states must be 2, bad and good, where there is unemployment but is 5: set"
                + " it to 2 or both unemployment rates to 0");
  }

  @Test
  void badValuesAreNamed() {
    KrusellSmithCalibration liu = KrusellSmithCalibration.liu2024();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> liu.withDiscountFactor(1))
        .withMessage("discountFactor must be in (0, 1) but is 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> liu.withMeanCapitalMax(1))
        .withMessage("meanCapitalMax must be above meanCapitalMin and below capitalMax but is 1.0");
  }
}
