package org.nnks.krusellsmith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.numeric.Grid;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.krusellsmith.rbc.LogAutoregression;

class WelfareGapTest {

  private static final int BURN_IN = 300;

  /** Prices that never move, and three states of labour or one. */
  private static KrusellSmith calm(int labourStates) {
    KrusellSmithCalibration liu = KrusellSmithCalibration.liu2024();
    return new KrusellSmith(
        liu.withProductivity(LogAutoregression.constant(0))
            .withLabour(
                labourStates == 1
                    ? LogAutoregression.constant(0)
                    : liu.labour().withStates(labourStates))
            .withHistogramNodes(400));
  }

  private static HouseholdRule scaled(HouseholdRule rule, double factor) {
    return (households, capital, next) -> {
      rule.nextCapital(households, capital, next);
      for (double[] row : next) {
        for (int i = 0; i < row.length; i++) {
          row[i] *= factor;
        }
      }
    };
  }

  @Test
  void aRuleLosesNothingToItself() {
    KrusellSmith economy = new KrusellSmith(KrusellSmithCalibration.jedc2010());
    int[] states = economy.aggregate().simulate(1, 2_800, new Seeds(1).stream("test"));
    try (GridHouseholds grid = new GridHouseholds(economy, 60, 5)) {
      HouseholdRule rule = grid.solve(grid.coldStart()).rule();
      WelfareGap gap = WelfareGap.of(economy, rule, rule, states, BURN_IN);

      assertThat(gap.mean()).isZero();
      assertThat(gap.largest()).isZero();
      assertThat(gap.standardError()).isZero();
      assertThat(gap.periods()).isEqualTo(2_800 - BURN_IN - WelfareGap.settling(economy));
    }
  }

  /**
   * Without risk it is best to keep capital at the steady state. One who eats down to the capital k
   * at once, and keeps that, has c = R k0 + w - k and then c = (R - 1) k + w for good.
   */
  @Test
  void eatingCapitalAtOnceCostsWhatTheClosedFormSays() {
    KrusellSmith economy = calm(1);
    HouseholdRule keep =
        (households, capital, next) -> {
          for (int s = 0; s < capital.length; s++) {
            System.arraycopy(capital[s], 0, next[s], 0, capital[s].length);
          }
        };
    int node = economy.capital().cell(economy.steadyCapital() / 2);
    double left = economy.capital().get(node);
    HouseholdRule eat =
        (households, capital, next) -> {
          for (double[] row : next) {
            java.util.Arrays.fill(row, left);
          }
        };
    WelfareGap gap = WelfareGap.of(economy, eat, keep, new int[1_600], BURN_IN);

    Households start = Households.start(economy, 0);
    double mean = start.meanCapital();
    double beta = economy.discountFactor();
    double gross = economy.grossReturn(0, mean);
    double income = economy.wage(0, mean) * economy.income(0, 0);
    double after = Math.log((gross - 1) * left + income);
    double lost = 0;
    for (int i = 0; i < economy.capital().size(); i++) {
      double k = economy.capital().get(i);
      if (start.mass(0, i) == 0) {
        continue;
      }
      double best = Math.log((gross - 1) * k + income);
      double feast = Math.log(gross * k + income - left);
      lost += start.mass(0, i) * (best - (1 - beta) * feast - beta * after);
    }
    assertThat(gross).isCloseTo(1 / beta, within(1e-10));
    assertThat(gap.mean()).isCloseTo(Math.expm1(lost), within(1e-12)).isPositive();
    assertThat(gap.standardError()).isLessThan(1e-12); // nothing happens
  }

  /** Many households one by one, on the same luck with either rule, off the nodes. */
  @Test
  void savingTooLittleCostsWhatASimulationOfHouseholdsSays() {
    KrusellSmith economy = calm(3);
    int burnIn = 1_500;
    int[] states = new int[burnIn + 1_300];
    HouseholdRule best;
    try (GridHouseholds grid = new GridHouseholds(economy, 100, 8)) {
      best = grid.solve(grid.coldStart()).rule();
    }
    HouseholdRule worse = scaled(best, .98);
    WelfareGap gap = WelfareGap.of(economy, worse, best, states, burnIn);

    Households all = Households.start(economy, 0);
    HouseholdDecisions own = new HouseholdDecisions(economy, best);
    for (int t = 0; t < burnIn; t++) {
      own.decide(all);
      all.advance(own.nextCapital(), 0);
    }
    double simulated = simulate(economy, all, best, worse);

    assertThat(gap.mean()).isGreaterThan(1e-3);
    assertThat(gap.mean()).isCloseTo(simulated, within(.03 * gap.mean()));
    // Those who have more to lose by eating their capital lose more.
    assertThat(gap.thirds().get(2)).isGreaterThan(gap.thirds().get(0));
  }

  private static double simulate(
      KrusellSmith economy, Households all, HouseholdRule best, HouseholdRule worse) {
    int people = 20_000;
    int periods = 400;
    int nodes = economy.capital().size();
    double beta = economy.discountFactor();
    Decisions kept = new Decisions(economy, all, best);
    Decisions changed = new Decisions(economy, all, worse);
    RandomGenerator random = new Seeds(5).stream("people");
    double lost = 0;
    for (int person = 0; person < people; person++) {
      int cell = cell(all, economy, random.nextDouble());
      int s = cell / nodes;
      double k = economy.capital().get(cell % nodes);
      double other = k;
      double weight = (1 - beta) / people;
      for (int t = 0; t < periods; t++) {
        double next = kept.nextCapital(s, k);
        double otherNext = changed.nextCapital(s, other);
        lost +=
            weight * (Math.log(kept.cash(s, k) - next) - Math.log(kept.cash(s, other) - otherNext));
        k = next;
        other = otherNext;
        weight *= beta;
        double v = random.nextDouble();
        int to = 0;
        while (to < economy.states() - 1 && v >= economy.transition(0, 0).get(s, to)) {
          v -= economy.transition(0, 0).get(s, to);
          to++;
        }
        s = to;
      }
    }
    return Math.expm1(lost);
  }

  /** The cell of the histogram in which a share of households live in cells before it. */
  private static int cell(Households all, KrusellSmith economy, double share) {
    int nodes = economy.capital().size();
    double below = 0;
    int cell = -1;
    while (below <= share && cell + 1 < economy.states() * nodes) {
      cell++;
      below += all.mass(cell / nodes, cell % nodes);
    }
    return cell;
  }

  /** A rule at prices that do not move, between nodes. */
  private static final class Decisions {
    private final KrusellSmith economy;
    private final double mean;
    private final double[][] next;

    Decisions(KrusellSmith economy, Households all, HouseholdRule rule) {
      this.economy = economy;
      mean = all.meanCapital();
      HouseholdDecisions decisions = new HouseholdDecisions(economy, rule);
      decisions.decide(all);
      next = decisions.nextCapital();
    }

    double nextCapital(int s, double k) {
      Grid grid = economy.capital();
      int cell = grid.cell(k);
      double weight = grid.weight(cell, k);
      return (1 - weight) * next[s][cell] + weight * next[s][cell + 1];
    }

    double cash(int s, double k) {
      return economy.grossReturn(0, mean) * k + economy.wage(0, mean) * economy.income(0, s);
    }
  }

  /** Two histories differ by no more than their standard errors say. */
  @Test
  void theStandardErrorIsThatOfOneHistory() {
    KrusellSmith economy =
        new KrusellSmith(KrusellSmithCalibration.jedc2010().withHistogramNodes(100));
    try (GridHouseholds grid = new GridHouseholds(economy, 60, 5)) {
      HouseholdRule best = grid.solve(grid.coldStart()).rule();
      double[] gaps = new double[8];
      double[] errors = new double[gaps.length];
      for (int i = 0; i < gaps.length; i++) {
        int[] states =
            economy
                .aggregate()
                .simulate(
                    1,
                    BURN_IN + WelfareGap.settling(economy) + WelfareGap.enough(economy),
                    new Seeds(i).stream("test"));
        WelfareGap gap = WelfareGap.of(economy, scaled(best, .999), best, states, BURN_IN);
        gaps[i] = gap.mean();
        errors[i] = gap.standardError();
      }
      double spread = Math.sqrt(StatUtils.variance(gaps));
      double error = StatUtils.mean(errors);
      assertThat(spread).isBetween(.5 * error, 1.7 * error);
    }
  }

  @Test
  void decisionsAreComparedByWelfareWhereThePathIsLongEnough() {
    KrusellSmith economy = new KrusellSmith(KrusellSmithCalibration.jedc2010());
    try (GridHouseholds grid = new GridHouseholds(economy, 60, 5)) {
      HouseholdSolution best = grid.solve(grid.coldStart());
      HouseholdSolution worse =
          new HouseholdSolution(economy, scaled(best.rule(), .99), best.rules(), 0, 0, true);
      int[] states = economy.aggregate().simulate(1, 2_800, new Seeds(1).stream("test"));
      SimulatedPath path = new EconomySimulator().simulate(worse.policies(), states);
      EquationError loss = worse.gaps(best, path, BURN_IN).get(HouseholdSolution.WELFARE_LOSS);

      assertThat(loss.bias())
          .isEqualTo(WelfareGap.of(economy, worse.rule(), best.rule(), states, BURN_IN).mean())
          .isPositive();
      assertThat(worse.gaps(best, path, 2_000)).doesNotContainKey(HouseholdSolution.WELFARE_LOSS);
    }
  }

  @Test
  void aShortHistoryIsRefused() {
    KrusellSmith economy = calm(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WelfareGap.of(economy, null, null, new int[400], BURN_IN))
        .withMessage(
            "a welfare gap at a discount factor of 0.98 needs at least 1528 periods, 528 of them to"
                + " forget the start, but got 400");
  }
}
