package org.example;

import org.nnks.khanthomas.exact.GridBellman;
import org.nnks.core.run.Seeds;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.khanthomas.KhanThomas;
import org.nnks.khanthomas.KhanThomasCalibration;

/** Mean capital by the largest fixed cost of adjusting it. */
public final class FixedCosts {

  private static final long SEED = 1;

  /** A fifth of the periods: long enough for the histogram to forget that all firms began equal. */
  private static final int BURN_IN_SHARE = 5;

  private FixedCosts() {}

  /**
   * Solves the economy of Khan and Thomas (2008) exactly.
   *
   * @param maxFixedCost upper bound of the fixed cost, in hours
   * @param periods simulated years
   */
  public static Solution solve(double maxFixedCost, int periods) {
    var economy = new KhanThomas(KhanThomasCalibration.terry2017().withMaxFixedCost(maxFixedCost));
    var seeds = new Seeds(SEED);
    var shocks =
        economy
            .aggregate()
            .simulate(economy.start().aggregateState(), periods, seeds.stream("aggregate"));
    var config = SolverConfig.standard().withBurnIn(periods / BURN_IN_SHARE);
    try (var firms = new GridBellman(economy)) {
      return new KrusellSmithSolver(config).solve(economy, firms, shocks, seeds);
    }
  }

  /** Prints capital by fixed cost. */
  public static void main(String[] arguments) {
    for (double cost : new double[] {0.0083, 0.02}) {
      Solution solution = solve(cost, 1_000);
      System.out.printf(
          "largest fixed cost %.4f: mean capital %.3f; %s%n",
          cost, solution.path().capital().mean(), solution.verdict());
    }
  }
}
