package org.nnks.core.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.ExogenousShock;
import org.nnks.core.economy.TaxedFirms;

/** Transitions of the documented student economy. */
class PerfectForesightTest {

  private static final DeclaredEconomy ECONOMY = TaxedFirms.of(.02);
  private static final Exogenous VARIABLE = ExogenousShock.variables(ECONOMY).get(0);
  private static final int STATE = ECONOMY.aggregate().size() / 2;
  private static final int HORIZON = 120;
  private static final double SIZE = .01;
  private static final double PERSISTENCE = .85;

  private static PerfectForesight foresight;

  @BeforeAll
  static void prepare() {
    foresight = new PerfectForesight(StationaryEquilibrium.of(ECONOMY, STATE), VARIABLE, HORIZON);
  }

  @Test
  void nothingHappensWithoutAShock() {
    ForesightPath path = foresight.shock(0, PERSISTENCE);
    assertThat(path.converged()).isTrue();
    assertThat(path.deviations("Y").max()).isLessThan(1e-5);
    assertThat(path.series().get("Y").last())
        .isCloseTo(foresight.end().series().get("Y"), within(1e-6));
  }

  @Test
  void marketsClearAndGoodsAreUsedAtEveryDate() {
    ForesightPath path = foresight.shock(SIZE, PERSISTENCE);
    assertThat(path.converged()).isTrue();
    for (int t = 0; t < HORIZON; t++) {
      double consumption = path.series().get("C").get(t);
      assertThat(path.series().get("p").get(t) * consumption).isCloseTo(1, within(1e-6));
    }
    assertThat(path.deviations("Y").get(0)).isPositive();
    assertThat(Math.abs(path.deviations("K").get(HORIZON - 2))).isLessThan(1e-3);
    assertThat(path.settled()).isTrue();
    assertThat(foresight.shock(SIZE, .99).settled()).isFalse(); // .3 % are left
  }

  /**
   * The mean of what a rise and a fall do differs from the linear response in the third order only.
   */
  @Test
  void aRiseLessAFallIsTwiceTheLinearResponse() {
    ForesightPath rise = foresight.shock(SIZE, PERSISTENCE);
    ForesightPath fall = foresight.shock(-SIZE, PERSISTENCE);
    ForesightPath linear = foresight.linear(SIZE, PERSISTENCE);
    for (int t = 0; t < 20; t++) {
      double half = (rise.deviations("Y").get(t) - fall.deviations("Y").get(t)) / 2;
      assertThat(half).isCloseTo(linear.deviations("Y").get(t), within(5e-3));
    }
  }

  /** The linear response by one step with the Jacobian, which knows nothing of small shocks. */
  @Test
  void aVanishingShockIsAnsweredLinearly() {
    int dates = 60;
    double size = 1e-3;
    RestingEconomy still = foresight.end();
    double level = VARIABLE.levels().get(STATE);
    double[] mass = still.histogram().values().toArray();
    ForesightPeriods periods = still.periods(VARIABLE);
    double[] levels = new double[dates + 1];
    Arrays.fill(levels, level);
    double[][] prices = new double[dates + 1][];
    Arrays.setAll(prices, t -> still.prices());
    List<ForesightPeriods.Outcome> calm = periods.path(levels, prices, mass, still.moments());
    for (int t = 0; t < dates; t++) {
      levels[t] *= Math.exp(size * Math.pow(PERSISTENCE, t));
    }
    List<ForesightPeriods.Outcome> moved = periods.path(levels, prices, mass, still.moments());
    double[] residuals = new double[dates];
    Arrays.setAll(residuals, t -> moved.get(t).residuals()[0] - calm.get(t).residuals()[0]);
    double[] step =
        new LUDecomposition(StationaryJacobian.of(periods, level, still, mass, dates))
            .getSolver()
            .solve(new ArrayRealVector(residuals))
            .toArray();
    ForesightPath path = new PerfectForesight(still, VARIABLE, dates).shock(size, PERSISTENCE);
    double impact = Math.abs(path.deviations("p").get(0));
    assertThat(impact).isGreaterThan(.01); // percent, of a shock of .1
    for (int t = 0; t < 20; t++) {
      double linear = -100 * step[t] / still.prices()[0];
      assertThat(path.deviations("p").get(t)).isCloseTo(linear, within(.02 * impact));
    }
  }

  @Test
  void aLastingChangeLeadsFromOneStationaryEquilibriumToTheOther() {
    StationaryEquilibrium before = StationaryEquilibrium.of(TaxedFirms.of(.04), STATE);
    ForesightPath path = foresight.from(before);
    assertThat(path.converged()).isTrue();
    assertThat(path.series().get("K").get(0)).isCloseTo(before.moments()[0], within(1e-6));
    assertThat(path.series().get("K").last()).isCloseTo(foresight.end().moments()[0], within(1e-5));
    assertThat(Math.abs(before.moments()[0] - foresight.end().moments()[0])).isGreaterThan(2e-4);
  }

  /** Errors of the stationary Jacobian grow with the horizon unless steps correct them. */
  @Test
  void aLongHorizonChangesNothing() {
    ForesightPath path = foresight.shock(SIZE, PERSISTENCE);
    ForesightPath longer =
        new PerfectForesight(foresight.end(), VARIABLE, 2 * HORIZON).shock(SIZE, PERSISTENCE);
    assertThat(longer.converged()).isTrue();
    for (int t = 0; t < HORIZON / 2; t++) {
      assertThat(longer.deviations("K").get(t))
          .isCloseTo(path.deviations("K").get(t), within(2e-3));
    }
  }

  /** Against all prices moved one by one, which knows nothing of news or stationarity. */
  @Test
  void theJacobianIsThatOfMovingOnePriceAtATime() {
    int dates = 12;
    RestingEconomy still = foresight.end();
    double level = VARIABLE.levels().get(STATE);
    double[] mass = still.histogram().values().toArray();
    ForesightPeriods periods = still.periods(VARIABLE);
    RealMatrix jacobian = StationaryJacobian.of(periods, level, still, mass, dates);
    double[] levels = new double[dates + 1];
    Arrays.fill(levels, level);
    double step = 1e-4 * still.prices()[0];
    for (int moved : new int[] {0, 3, 11}) {
      double[][] prices = new double[dates + 1][];
      Arrays.setAll(prices, t -> still.prices());
      List<ForesightPeriods.Outcome> base = periods.path(levels, prices, mass, still.moments());
      prices[moved][0] += step;
      List<ForesightPeriods.Outcome> path = periods.path(levels, prices, mass, still.moments());
      double scale = Math.abs(jacobian.getEntry(moved, moved));
      for (int t = 0; t < dates; t++) {
        double slope = (path.get(t).residuals()[0] - base.get(t).residuals()[0]) / step;
        assertThat(jacobian.getEntry(t, moved)).isCloseTo(slope, within(2e-3 * scale));
      }
    }
  }
}
