package org.nnks.inventories;

import java.util.List;
import java.util.Map;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.agents.MomentNodes;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.Policies;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.statistics.Figure;

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

  /** Stocks shown, in targets of an order: few firms hold more. */
  private static final double SHOWN = 1.5;

  /** Stocks shown: enough for a smooth line. */
  private static final int POINTS = 101;

  private static final double PERCENT = 100;

  /** Quarters at which errors are measured. */
  private static final int PERIODS = 100;

  @Override
  public Policies policies() {
    return () -> new CohortHistory(this);
  }

  /** V, orders and the distribution at the middle aggregate state and mean moments. */
  @Override
  public List<Figure> figures(SimulatedPath path, int burnIn) {
    int a = economy.aggregate().size() / 2;
    double[] moments =
        path.moments().stream()
            .mapToDouble(series -> series.slice(burnIn, path.periods()).mean())
            .toArray();
    StockProblem problem = new StockProblem(calibration, knots);
    values.continuation(a, rules.nextMoments(a, moments), problem.continuation());
    double[] prices = rules.prices(a, moments);
    problem.prices(prices[0], prices[1]);
    Vector stocks =
        Grid.linear(0, Math.min(SHOWN * still.target(), calibration.stockMax()), POINTS).nodes();
    String where =
        "at the middle A, K = %.4g and S = %.4g, prices as forecast"
            .formatted(moments[0], moments[1]);
    return List.of(
        figure(
            "Value of a stock less that of none %s.".formatted(where),
            "A stock is worth more the larger it is, at a falling rate",
            "V(s) − V(0)",
            new Figure.Line(
                "value", stocks, stocks.map(s -> problem.value(s) - problem.valueOfNothing()))),
        figure(
            "Probability of an order, whose target is %.4g."
                .formatted(problem.keptByOrder() + problem.usedByOrder()),
            "The fewer goods a firm has in stock, the likelier it orders",
            "probability of an order (%)",
            new Figure.Line(
                "orders",
                stocks,
                stocks.map(
                    s ->
                        PERCENT
                            * problem.probability(
                                problem.threshold(s, problem.useValue(s, problem.keptRoot(s))))))),
        distribution(path));
  }

  private Figure distribution(SimulatedPath path) {
    Vector nodes = economy.states().get(0).grid().nodes();
    Vector share = Vector.of(path.meanAgents().toArray()).map(x -> PERCENT * x);
    return new Figure(
        "Distribution of firms over stocks, averaged over the second half of the path.",
        "The share of firms at each node of the stock, and the mean stock",
        "stock s",
        "share of firms (%)",
        false,
        true,
        Figure.distribution(List.of(), nodes, share));
  }

  private static Figure figure(String title, String description, String y, Figure.Line line) {
    return new Figure(title, description, "stock s", y, false, false, List.of(line));
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
        AgentSolution.GAIN,
        new EquationError(
            "Bellman equation between knots, along the path, in largest costs of an order",
            points,
            sum / points,
            largest,
            signed / points));
  }
}
