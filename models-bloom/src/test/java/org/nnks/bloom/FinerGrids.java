package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Networks on a finer histogram decide at the nodes that both have as on their own. */
public final class FinerGrids {

  private static final int CAPITAL_TIMES = 2;
  private static final int HOURS_TIMES = 3;
  private static final double ROUNDING = 1e-9;

  private FinerGrids() {}

  /**
   * Asserts it.
   *
   * @param capitalShare by which k' may differ: where targets of k' are interpolated between nodes
   *     of n, more nodes change them
   */
  public static void assertSameDecisionsAtSharedNodes(
      GridFreeSolution networks, int state, double mean, double price, double capitalShare) {
    Bloom coarse = networks.economy;
    Bloom fine = new Bloom(coarse.calibration().finer(CAPITAL_TIMES, HOURS_TIMES));
    FirmDecisions own = decide(networks.rule(), coarse, state, mean, price);
    FirmDecisions finer = decide(networks.rule(fine), fine, state, mean, price);
    int k = coarse.capital().size();
    int n = coarse.hours().size();
    for (int cell = 0; cell < coarse.cells(); cell++) {
      int row = cell / n / k * fine.capital().size() + CAPITAL_TIMES * (cell / n % k);
      int shared = row * fine.hours().size() + HOURS_TIMES * (cell % n);
      assertThat(finer.nextCapital(shared) / own.nextCapital(cell))
          .isCloseTo(1, within(capitalShare));
      assertThat(finer.chosenHours(shared)).isCloseTo(own.chosenHours(cell), within(ROUNDING));
    }
  }

  private static FirmDecisions decide(
      DecisionRule<FirmDecisions> rule, Bloom firms, int state, double mean, double price) {
    FirmDecisions decisions = new FirmDecisions(firms);
    rule.begin(state, mean);
    rule.decide(price, decisions);
    return decisions;
  }
}
