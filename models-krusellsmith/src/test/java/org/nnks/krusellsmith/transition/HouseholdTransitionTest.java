package org.nnks.krusellsmith.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.core.agents.ForesightPath;
import org.nnks.core.agents.PerfectForesight;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.forecast.LogLinearRule;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.Records;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.krusellsmith.GridHouseholds;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;
import org.nnks.krusellsmith.rbc.LogAutoregression;

/** Households without aggregate risk: at rest, and on their way there. */
class HouseholdTransitionTest {

  private static final int HORIZON = 150;
  private static final double SIZE = .01;
  private static final double PERSISTENCE = .8;

  private static final KrusellSmithCalibration LIU =
      KrusellSmithCalibration.liu2024()
          .withLabour(KrusellSmithCalibration.liu2024().labour().withStates(3))
          .withHistogramNodes(400);

  /** The middle one of seven. */
  private static final int STATE = 3;

  private static PerfectForesight foresight;

  private static RestingHouseholds rest(KrusellSmithCalibration calibration) {
    return RestingHouseholds.of(new KrusellSmith(calibration), STATE);
  }

  private static PerfectForesight into(RestingHouseholds rest) {
    return new PerfectForesight(rest, rest.shocks().get(0), HORIZON);
  }

  @BeforeAll
  static void prepare() {
    foresight = into(rest(LIU));
  }

  /** Another solver and a simulation of agents who are told that K stays where it is. */
  @Test
  void restIsWhereASimulationEnds() {
    KrusellSmith economy = new KrusellSmith(LIU.withProductivity(LogAutoregression.constant(0)));
    RestingHouseholds rest = RestingHouseholds.of(economy, 0);
    double capital = rest.moments()[0];
    assertThat(capital).isGreaterThan(1.005 * economy.steadyCapital()); // precaution
    double[] mass = rest.histogram().values().toArray();
    assertThat(Arrays.stream(mass).sum()).isCloseTo(1, within(1e-9));
    assertThat(Arrays.stream(mass).min().orElseThrow()).isGreaterThan(-1e-12); // leaps overshoot
    ForecastRules rules = new ForecastRules(flat(capital), flat(rest.prices()[0]));
    try (GridHouseholds households =
        new GridHouseholds(
            economy, GridHouseholds.CAPITAL_NODES, GridHouseholds.MEAN_CAPITAL_NODES)) {
      SimulatedPath path =
          new EconomySimulator().simulate(households.solve(rules).policies(), new int[3_000]);
      assertThat(path.capital().last() / capital).isCloseTo(1, within(5e-4));
      assertThat(path.output().last() / rest.series().get("Y")).isCloseTo(1, within(5e-4));
    }
  }

  private static LogLinearRule flat(double level) {
    return new LogLinearRule(Vector.of(Math.log(level)), Vector.of(0));
  }

  /** With hardly any risk: the saddle path of one household, found by shooting. */
  @Test
  @Tag("paper") // so little risk that wealth spreads for thousands of quarters
  void aShockMovesHouseholdsAsItMovesOne() {
    KrusellSmithCalibration nearlyOne =
        Records.with(
            LIU.withLabour(LogAutoregression.ofMean(1, .5, .02, 3)).withHistogramNodes(300),
            "capitalMax",
            60.0);
    ForesightPath path = into(rest(nearlyOne)).shock(SIZE, PERSISTENCE);
    assertThat(path.converged()).isTrue();
    assertThat(path.settled()).isTrue();
    double[] one = saddlePath();
    for (int t = 1; t <= 20; t++) {
      assertThat(path.deviations("K").get(t)).isCloseTo(100 * one[t], within(.005));
    }
  }

  /** Deviations of log K of a household that owns everything, from where it rests. */
  private static double[] saddlePath() {
    double alpha = LIU.capitalShare();
    double kept = 1 - LIU.depreciation();
    double beta = LIU.discountFactor();
    double rest = Math.pow(alpha / (1 / beta - kept), 1 / (1 - alpha));
    double low = 0;
    double high = 3;
    double[] path = new double[HORIZON];
    for (int halving = 0; halving < 200; halving++) {
      double consumption = (low + high) / 2;
      boolean tooHigh = false;
      double capital = rest;
      for (int t = 1; t < HORIZON; t++) {
        double z = Math.exp(SIZE * Math.pow(PERSISTENCE, t - 1));
        double next = z * Math.pow(capital, alpha) + kept * capital - consumption;
        tooHigh = next < .9 * rest;
        if (tooHigh || next > 1.1 * rest) {
          break;
        }
        path[t] = Math.log(next / rest);
        double zNext = Math.exp(SIZE * Math.pow(PERSISTENCE, t));
        consumption *= beta * (kept + alpha * zNext * Math.pow(next, alpha - 1));
        capital = next;
      }
      double tried = (low + high) / 2;
      low = tooHigh ? low : tried;
      high = tooHigh ? tried : high;
    }
    return path;
  }

  @Test
  void goodsAreUsedAndSmallShocksAreLinear() {
    ForesightPath path = foresight.shock(SIZE, PERSISTENCE);
    for (int t = 0; t < HORIZON; t++) {
      double used = path.series().get("C").get(t) + path.series().get("I").get(t);
      assertThat(used / path.series().get("Y").get(t)).isCloseTo(1, within(1e-6));
    }
    ForesightPath small = foresight.shock(SIZE / 100, PERSISTENCE);
    ForesightPath linear = foresight.linear(SIZE, PERSISTENCE);
    for (int t = 1; t < 20; t++) {
      double scaled = 100 * small.deviations("K").get(t);
      assertThat(scaled).isCloseTo(linear.deviations("K").get(t), within(2e-3));
    }
  }

  @Test
  void aLastingChangeLeadsToTheOtherRest() {
    RestingHouseholds before = rest(LIU.withDepreciation(.027));
    ForesightPath path = foresight.from(before);
    assertThat(path.converged()).isTrue();
    assertThat(path.series().get("K").get(0)).isCloseTo(before.moments()[0], within(1e-4));
    double end = foresight.end().moments()[0];
    assertThat(path.series().get("K").last() / end).isCloseTo(1, within(1e-3));
    assertThat(before.moments()[0] / end).isLessThan(.97);
  }

  @Test
  void householdsWithoutRiskHaveNoRest() {
    assertThatThrownBy(() -> rest(LIU.withLabour(LogAutoregression.constant(0))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("check the calibration");
    List<Exogenous> shocks = foresight.end().shocks();
    assertThat(shocks).extracting(Exogenous::name).containsExactly("z");
  }
}
