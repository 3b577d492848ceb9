package org.nnks.core.archive;

import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.Continuation;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.SimulatedPath;

/**
 * The value function, the policy function and the distribution where plots and tables show them:
 * {@code slices.json}. Exogenous states are ordered A * (number of z) + z.
 *
 * @param meanCapital K at which V and k* are taken: its mean after the burn-in
 * @param aggregate levels of A
 * @param idiosyncratic levels of z
 * @param capital the nodes k of the histogram
 * @param logPriceGap log deviations of p from its forecast
 * @param value V(z,k;A,K): (exogenous states, capital nodes)
 * @param target k*(z;A,K,p): (exogenous states, prices)
 * @param distribution firms after the last period: (idiosyncratic states, capital nodes)
 */
public record Slices(
    double meanCapital,
    Vector aggregate,
    Vector idiosyncratic,
    Vector capital,
    Vector logPriceGap,
    Matrix value,
    Matrix target,
    Matrix distribution) {

  /**
   * Half-width of the prices shown, in logs: a little more than the realised deviations of the
   * price from its forecast, which stay within .5 %.
   */
  static final double PRICE_WINDOW = 0.008;

  /** Prices shown: enough for a smooth line. */
  static final int PRICES = 33;

  /** The slices of a solution. */
  public static Slices of(
      Economy economy, BellmanSolution solution, SimulatedPath path, int burnIn) {
    double meanCapital =
        economy.meanCapital().clamp(path.capital().slice(burnIn, path.periods()).mean());
    double[] nodes = economy.capital().nodes().toArray();
    double[] means = new double[nodes.length];
    java.util.Arrays.fill(means, meanCapital);
    Vector gaps = Grid.linear(-PRICE_WINDOW, PRICE_WINDOW, PRICES).nodes();
    return new Slices(
        meanCapital,
        economy.aggregate().levels(),
        economy.idiosyncratic().levels(),
        economy.capital().nodes(),
        gaps,
        Matrix.ofRows(solution.value().values(nodes, means)),
        targets(economy, solution, meanCapital, gaps),
        path.finalFirms());
  }

  private static Matrix targets(
      Economy economy, BellmanSolution solution, double meanCapital, Vector gaps) {
    int shocks = economy.idiosyncratic().size();
    double[][] result = new double[economy.aggregate().size() * shocks][gaps.size()];
    Continuation continuation = solution.value().newContinuation();
    double[][] one = new double[1][shocks];
    for (int a = 0; a < economy.aggregate().size(); a++) {
      double next = economy.meanCapital().clamp(solution.rules().nextCapital(a, meanCapital));
      solution.value().continuation(a, next, continuation);
      for (int j = 0; j < gaps.size(); j++) {
        double[] price = {solution.rules().price(a, meanCapital) * Math.exp(gaps.get(j))};
        solution.policy().targets(a, meanCapital, continuation, price, 1, one);
        for (int z = 0; z < shocks; z++) {
          result[a * shocks + z][j] = economy.capital().clamp(one[0][z]);
        }
      }
    }
    return Matrix.ofRows(result);
  }
}
