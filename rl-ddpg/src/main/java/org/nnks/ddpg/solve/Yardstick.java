package org.nnks.ddpg.solve;

import java.util.Arrays;
import org.nnks.core.numeric.Grid;
import org.nnks.core.run.Seeds;
import org.nnks.krusellsmith.HouseholdEulerError;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.rbc.Rbc;
import org.nnks.krusellsmith.rbc.RbcEulerError;
import org.nnks.krusellsmith.rbc.RbcRule;

/**
 * Reads how good rules of a kind are, in a second or less: for curves, not for reports.
 *
 * @param <R> the type of rules
 */
interface Yardstick<R> {

  /** The reading of a rule. */
  Reading read(R rule);

  /** What {@link Reading#log10Error} is, for the axis of a plot. */
  String error();

  /** Aggregate shocks of the histories: the same for every seed, so that curves can be compared. */
  Seeds SHOCKS = new Seeds(1);

  /** Of households, on a coarse histogram: the mean of log10 |c implied / c - 1|. */
  record OfHouseholds(KrusellSmith economy) implements Yardstick<HouseholdRule> {

    private static final int NODES = 120;
    private static final int BURN_IN = 100;
    private static final int PERIODS = 400;
    private static final int INTERVAL = 60;

    static OfHouseholds of(KrusellSmith judged) {
      return new OfHouseholds(new KrusellSmith(judged.calibration().withHistogramNodes(NODES)));
    }

    @Override
    public Reading read(HouseholdRule rule) {
      int[] states =
          economy
              .aggregate()
              .simulate(economy.start().aggregateState(), PERIODS, SHOCKS.stream("aggregate"));
      double[][] capital = new double[economy.states()][];
      Arrays.fill(capital, economy.capital().nodes().toArray());
      double[][] next = new double[capital.length][economy.capital().size()];
      HouseholdEulerError error = new HouseholdEulerError(economy);
      Households households = Households.start(economy, states[0]);
      double sum = 0;
      for (int t = 0; t + 1 < PERIODS; t++) {
        if (t >= BURN_IN) {
          sum += households.meanCapital();
        }
        if (t >= BURN_IN && t % INTERVAL == 0) {
          error.add(rule, households);
        }
        rule.nextCapital(households, capital, next);
        households.advance(next, states[t + 1]);
      }
      return new Reading(error.meanLog10(), sum / (PERIODS - 1 - BURN_IN));
    }

    @Override
    public String error() {
      return "mean log10 Euler error";
    }
  }

  /** Of the representative agent: log10 of Liu's (2024) mean squared error, k within 20 %. */
  record OfGrowth(Rbc economy) implements Yardstick<RbcRule> {

    private static final double WIDTH = 0.2;
    private static final int POINTS = 81;
    private static final int PERIODS = 1_000;

    @Override
    public Reading read(RbcRule rule) {
      double steady = economy.steadyCapital();
      Grid grid = Grid.linear((1 - WIDTH) * steady, (1 + WIDTH) * steady, POINTS);
      int[] states =
          economy
              .aggregate()
              .simulate(economy.start().aggregateState(), PERIODS, SHOCKS.stream("aggregate"));
      double k = steady;
      double sum = 0;
      for (int state : states) {
        sum += k;
        k = economy.cash(state, k) - rule.consumption(state, k);
      }
      double error = RbcEulerError.of(economy, rule, grid).meanSquare();
      return new Reading(Math.log10(error), sum / PERIODS);
    }

    @Override
    public String error() {
      return "log10 of the mean squared Euler error in 1/c, k within 20 %";
    }
  }
}
