package org.nnks.inventories;

import java.util.Map;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.agents.MomentNodes;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.Policies;
import org.nnks.core.simulate.SimulatedPath;

/**
 * The exact solution of firms' problem given forecast rules. Valid until its solver's next.
 *
 * @param calibration parameters
 * @param economy declared
 * @param rules it was solved with
 * @param knots of stocks
 * @param nodes of moments
 * @param values V - V(0)
 * @param still the economy without aggregate risk, in which histories start
 * @param sweeps of value iteration
 * @param change of the last, in V
 * @param converged whether that is within the solver's tolerance
 */
record InventoriesSolution(
    InventoriesCalibration calibration,
    Inventories economy,
    ForecastRules rules,
    StockKnots knots,
    MomentNodes nodes,
    StockValues values,
    StillInventories still,
    int sweeps,
    double change,
    boolean converged)
    implements BellmanSolution {

  /** Every so many knots an error is measured between two. */
  private static final int STRIDE = 5;

  @Override
  public Policies policies() {
    return () -> new CohortHistory(this);
  }

  /**
   * What a firm does not know between knots and nodes: V - V(0) worked out there, less what the
   * table has, in units of the largest cost of an order; along the path, at its prices as forecast.
   */
  @Override
  public Map<String, EquationError> errors(SimulatedPath path, int burnIn, Seeds seeds) {
    StockProblem problem = new StockProblem(calibration, knots);
    StockFunction table = new StockFunction(knots);
    double[] weights = new double[nodes.size()];
    double unit = calibration.disutility() * calibration.maxOrderCost();
    double sum = 0;
    double signed = 0;
    double largest = 0;
    int points = 0;
    int every = Math.max(1, (path.periods() - burnIn) / PERIODS);
    double highest = knots.rootOf(still.target());
    for (int t = burnIn; t < path.periods(); t += every) {
      int a = path.states().get(t);
      double[] moments = path.moments(t);
      values.continuation(a, rules.nextMoments(a, moments), problem.continuation());
      double[] prices = rules.prices(a, moments);
      problem.prices(prices[0], prices[1]);
      nodes.weights(moments, weights);
      table.fill(0);
      for (int j = 0; j < weights.length; j++) {
        table.add(weights[j], values.at(a, j));
      }
      for (int i = 0; knots.root(i + 1) < highest; i += STRIDE) {
        double root = (knots.root(i) + knots.root(i + 1)) / 2;
        double right = problem.value(knots.stock(root)) - problem.valueOfNothing();
        double error = (right - table.at(root)) / unit;
        sum += Math.abs(error);
        signed += error;
        largest = Math.max(largest, Math.abs(error));
        points++;
      }
    }
    return Map.of(
        AgentSolution.BELLMAN,
        new EquationError(
            "Bellman equation between knots, along the path, in largest costs of an order",
            points,
            sum / points,
            largest,
            signed / points));
  }

  /** Quarters at which errors are measured. */
  private static final int PERIODS = 100;
}
