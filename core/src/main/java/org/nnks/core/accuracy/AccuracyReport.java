package org.nnks.core.accuracy;

import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.Grid;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.simulate.Simulator;

/**
 * How accurate a solution is, measured where it was not fitted: Bellman errors off the solver's
 * points, and forecasts on shocks that did not estimate the rules.
 *
 * @param bellmanOnGrid Bellman error on the paper's 2,500 points
 * @param bellmanAtRandom Bellman error at 10,000 random points of the ergodic box
 * @param target error of the targets used against the exact maximiser
 * @param samePath dynamic forecasts on the path that estimated the rules
 * @param freshPath dynamic forecasts on fresh shocks
 * @param freshPrice one-period forecasts of p on fresh shocks
 * @param freshCapital one-period forecasts of K' on fresh shocks
 */
public record AccuracyReport(
    BellmanError bellmanOnGrid,
    BellmanError bellmanAtRandom,
    TargetError target,
    DenHaan samePath,
    DenHaan freshPath,
    ForecastFit freshPrice,
    ForecastFit freshCapital) {

  /**
   * The ergodic interval of k, relative to the mean of K: 99.8 % of firms have k between .36 and
   * 2.2 times mean capital in the Khan-Thomas economy.
   */
  static final double ERGODIC_LOWER = 0.36;

  /** See {@link #ERGODIC_LOWER}. */
  static final double ERGODIC_UPPER = 2.2;

  /**
   * Measures a solution.
   *
   * @param simulator for the fresh shocks
   * @param path the history simulated in the last iteration
   * @param burnIn periods discarded at the start
   */
  public static AccuracyReport of(
      Economy economy,
      Simulator simulator,
      BellmanSolution solution,
      SimulatedPath path,
      int burnIn,
      Seeds seeds) {
    int states = economy.aggregate().size();
    int[] shocks =
        economy
            .aggregate()
            .simulate(
                economy.start().aggregateState(), path.periods(), seeds.stream("accuracy-shocks"));
    SimulatedPath fresh = simulator.simulate(solution.policies(economy), shocks);
    double meanCapital = path.capital().slice(burnIn, path.periods()).mean();
    Grid ergodicCapital =
        Grid.linear(
            economy.capital().clamp(ERGODIC_LOWER * meanCapital),
            economy.capital().clamp(ERGODIC_UPPER * meanCapital),
            2);
    Grid ergodicMean =
        Grid.linear(
            path.capital().slice(burnIn, path.periods()).min(),
            path.capital().slice(burnIn, path.periods()).max(),
            2);
    return new AccuracyReport(
        BellmanError.onGrid(economy, solution),
        BellmanError.atRandom(
            economy, solution, ergodicCapital, ergodicMean, seeds.stream("accuracy-points")),
        TargetError.along(economy, solution, path, burnIn),
        DenHaan.of(path, solution.rules(), burnIn - 1),
        DenHaan.of(fresh, solution.rules(), burnIn - 1),
        ForecastFit.ofPrice(fresh, burnIn, states),
        ForecastFit.ofCapital(fresh, burnIn, states));
  }
}
