package org.nnks.khanthomas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nnks.core.statistics.ComparisonTable.Row;

/** The printed tables against themselves: ratios against standard deviations. */
class PaperTablesTest {

  /** Four printed decimals of a ratio of two numbers with four decimals. */
  private static final double ROUNDING = 2e-4;

  /** NN-KS prints means over runs of ratios, not ratios of means. */
  private static final double RUNS = 1e-3;

  @Test
  void ratiosFollowFromStandardDeviations() {
    for (int variable = 1; variable <= 3; variable++) {
      Row output = PaperTables.YOKOMOTO_3.get(0);
      Row sd = PaperTables.YOKOMOTO_3.get(variable);
      Row ratio = PaperTables.YOKOMOTO_3.get(3 + variable);
      assertThat(Math.abs(sd.cells().get(0) / output.cells().get(0) - ratio.cells().get(0)))
          .isLessThan(ROUNDING);
      assertThat(Math.abs(sd.cells().get(1) / output.cells().get(1) - ratio.cells().get(1)))
          .isLessThan(RUNS);
    }
  }

  @Test
  void terrysInvestmentSharesSumToOne() {
    double inaction = PaperTables.TERRY_3.get(2).cells().get(0);
    double positive = PaperTables.TERRY_3.get(5).cells().get(0);
    double negative = PaperTables.TERRY_3.get(6).cells().get(0);
    assertThat(inaction + positive + negative).isBetween(.9999, 1.0001);
  }

  @Test
  void yokomotosRoundedColumnIsTerrys() {
    for (int a = 0; a < 5; a++) {
      double printed = PaperTables.YOKOMOTO_9.get(a).cells().get(0);
      assertThat(Math.abs(printed - PaperTables.TERRY_4_CONSUMPTION.get(2 + a))).isLessThan(.0051);
      double capital = PaperTables.YOKOMOTO_9.get(10 + a).cells().get(0);
      assertThat(Math.abs(capital - PaperTables.TERRY_4_CAPITAL.get(2 + a))).isLessThan(.0051);
    }
  }
}
