package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nnks.bloom.thresholds.ThresholdBellman;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.JumpClearing;

/**
 * Which branch is right, judged once more by a search over all pairs (k', n) that is written from
 * the equations and shares nothing with either solver but the economy's cost functions.
 */
class DiscreteChoicesTest {

  /** Values are about 30; where two branches are closer than this, either may be the best. */
  private static final double ROUNDING = 1e-10;

  private static final Bloom ECONOMY = SmallEconomy.create();
  private static final ForecastRules RULES = FrictionlessSteadyState.coldStart(ECONOMY);

  private static final int CAPITAL = ECONOMY.capital().size();
  private static final int HOURS = ECONOMY.hours().size();

  @Test
  void sharesOfRightBranchesAreThoseOfTheSearchOverAllPairs() {
    try (ExactBellman grid = new ExactBellman(ECONOMY);
        ThresholdBellman networks =
            new ThresholdBellman(
                ECONOMY, true, JumpClearing.Rule.MIXED, Device.cpu(), new Seeds(1))) {
      ExactSolution exact = grid.solve(RULES);
      DecisionRule<FirmDecisions> rule = networks.solve(RULES).rule();
      DiscreteChoices counted = DiscreteChoices.overGrid(ECONOMY, exact, rule);
      FirmDecisions decisions = new FirmDecisions(ECONOMY);
      long points = 0;
      long right = 0;
      long either = 0;
      double lost = 0;
      for (int state = 0; state < ECONOMY.states().size(); state++) {
        for (double mean : ECONOMY.meanCapital().nodes().toArray()) {
          double price = RULES.price(state, mean);
          rule.begin(state, mean);
          rule.decide(price, decisions);
          double[] continuation = exact.continuation(state, RULES.nextCapital(state, mean));
          double productivity = ECONOMY.states().level(state);
          for (int cell = 0; cell < ECONOMY.cells(); cell++) {
            double[] branches = branches(cell, productivity, price, continuation);
            double best = Arrays.stream(branches).max().orElseThrow();
            int k = cell / HOURS % CAPITAL;
            int taken =
                (decisions.nextCapital(cell) == ECONOMY.undepreciated(k) ? 0 : 1)
                    + (decisions.chosenHours(cell) == ECONOMY.unseparated(cell % HOURS) ? 0 : 2);
            points++;
            right += branches[taken] == best ? 1 : 0;
            either += Arrays.stream(branches).filter(v -> v > best - ROUNDING).count() > 1 ? 1 : 0;
            lost = Math.max(lost, best - branches[taken]);
          }
        }
      }
      assertThat(counted.points()).isEqualTo(points);
      assertThat(counted.right()).isLessThan(1);
      assertThat(counted.right() * points).isCloseTo(right, within(either + 1e-6));
      assertThat(either).as("points where two branches are equal").isLessThan(points / 1_000);
      assertThat(counted.lossQuantile(1)).isCloseTo(lost, within(ROUNDING));
    }
  }

  /** The best value of each branch {}, {k}, {n}, {k, n}: equations (44) and (46) to (50). */
  private static double[] branches(
      int cell, double productivity, double price, double[] continuation) {
    int row = cell / HOURS;
    int z = row / CAPITAL;
    int k = row % CAPITAL;
    double wage = ECONOMY.wage(price);
    double[] best = new double[4];
    Arrays.fill(best, Double.NEGATIVE_INFINITY);
    for (int h = 0; h < HOURS; h++) {
      double hours = ECONOMY.hours().get(h);
      double y =
          ECONOMY.output(
              productivity, ECONOMY.idiosyncratic(0).level(z), ECONOMY.capital().get(k), hours);
      double afterHours =
          y - wage * hours - ECONOMY.hoursCost(hours - ECONOMY.unseparated(cell % HOURS), y, wage);
      int changed = hours == ECONOMY.unseparated(cell % HOURS) ? 0 : 2;
      for (int next = 0; next < CAPITAL; next++) {
        double investment = ECONOMY.capital().get(next) - ECONOMY.undepreciated(k);
        double value =
            price * (afterHours - investment - ECONOMY.capitalCost(investment, y))
                + continuation[(z * CAPITAL + next) * HOURS + h];
        int branch = changed + (investment == 0 ? 0 : 1);
        best[branch] = Math.max(best[branch], value);
      }
    }
    return best;
  }
}
