package org.nnks.inventories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nnks.core.agents.ForesightPath;
import org.nnks.core.agents.PerfectForesight;
import org.nnks.core.agents.StationaryEquilibrium;
import org.nnks.core.io.CsvTable;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.Records;

/** The economy without aggregate risk, against the reference's README and cohorts. */
class StillInventoriesTest {

  private static final double P = 3.23930908;
  private static final double Q = .41709501;
  private static final double TARGET = 1.70190597;
  private static final double CAPITAL = 1.80360747;
  private static final double STOCK = .58698521;

  /** The reference's nine digits. */
  private static final double DIGITS = 1e-8;

  private static final InventoriesCalibration BASELINE = InventoriesCalibration.khanThomas2007();

  @Test
  void isTheReferencesToEightDigits() {
    StillInventories still = StillInventories.of(BASELINE, BASELINE.meanProductivity());
    assertThat(still.p()).isCloseTo(P, within(DIGITS * P));
    assertThat(still.q()).isCloseTo(Q, within(DIGITS * 2));
    assertThat(still.target()).isCloseTo(TARGET, within(DIGITS * 2));
    assertThat(still.capital()).isCloseTo(CAPITAL, within(DIGITS * 2));
    assertThat(still.stocks().mean()).isCloseTo(STOCK, within(DIGITS));
    CsvTable cohorts = Reference.table("initial_cohorts.csv");
    for (int i = 0; i < still.stocks().count(); i++) {
      assertThat(still.stocks().stock(i)).isCloseTo(cohorts.column("s").get(i), within(1e-6));
      assertThat(still.stocks().mass(i)).isCloseTo(cohorts.column("mass").get(i), within(1e-6));
    }
  }

  /** Higher costs of orders: the reference's other steady state. */
  @Test
  void withHigherCostsOrdersAreLarger() {
    StillInventories still =
        StillInventories.of(
            Records.with(BASELINE, "maxOrderCost", .333), BASELINE.meanProductivity());
    assertThat(still.p()).isCloseTo(3.28153768, within(1e-7));
    assertThat(still.q()).isCloseTo(.41372634, within(1e-8));
    assertThat(still.target()).isCloseTo(1.96415878, within(1e-7));
    assertThat(still.capital()).isCloseTo(1.76541407, within(1e-7));
    assertThat(still.stocks().mean()).isCloseTo(.67088244, within(1e-7));
  }

  /** General value iteration on a grid, a histogram with a lottery: four digits. */
  @Test
  void theDeclarationHasTheSame() {
    StationaryEquilibrium found = StationaryEquilibrium.of(new Inventories(BASELINE), 2);
    assertThat(found.prices()[0] / P).isCloseTo(1, within(5e-5));
    assertThat(found.prices()[1] / Q).isCloseTo(1, within(5e-5));
    assertThat(found.moments()[0] / CAPITAL).isCloseTo(1, within(1e-4));
    assertThat(found.moments()[1] / STOCK).isCloseTo(1, within(1e-4));
  }

  @Test
  void pricesThatDoNotClearAreSaid() {
    InventoriesCalibration narrow = Records.with(BASELINE, "orderPriceMax", .35);
    assertThatThrownBy(() -> StillInventories.of(narrow, 1.0032))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no stationary equilibrium with q in [0.3, 0.35]");
  }

  /** Owners' Euler equation between two quarters of a transition, from what it shows. */
  @Test
  void ownersOfCapitalAreIndifferentAfterAShock() {
    StationaryEquilibrium rest = StationaryEquilibrium.of(new Inventories(BASELINE), 2);
    ForesightPath path = new PerfectForesight(rest, rest.shocks().get(0), 40).shock(.01, .9);
    assertThat(path.converged()).isTrue();
    for (int t = 0; t < 39; t++) {
      double product =
          BASELINE.capitalShare()
              * path.series().get("q").get(t + 1)
              * path.series().get("X").get(t + 1)
              / path.series().get("K").get(t + 1);
      double worth =
          BASELINE.discountFactor()
              * path.series().get("p").get(t + 1)
              * (1 - BASELINE.depreciation() + product);
      assertThat(worth / path.series().get("p").get(t)).isCloseTo(1, within(1e-6));
    }
    assertThat(path.series().get("X").get(0) / rest.series().get("X")).isGreaterThan(1.005);
  }
}
