package org.nnks.core.agents;

import java.util.Arrays;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.DeclaredEconomy;

/**
 * What decisions are worth, whoever made them: payoffs, less costs that are drawn, and given values
 * of where they lead. The maximum over decisions is V. Holds buffers; not thread-safe.
 */
final class DecisionValue {

  private final DeclaredEconomy economy;
  private final CellOutcomes outcomes;
  private final Stencil stencil;
  private final double[] payoff;
  private final int points;
  private final int states;

  /**
   * The worth of decisions of agents at given points.
   *
   * @param grid where values will be given
   * @param x levels of each state at the points: (states, points)
   */
  DecisionValue(DeclaredEconomy economy, ActionGrid grid, double[][] x) {
    this.economy = economy;
    outcomes = new CellOutcomes(economy, x);
    points = x[0].length;
    states = x.length;
    int[] all = new int[states];
    Arrays.setAll(all, s -> s);
    stencil = new Stencil(grid, all);
    payoff = new double[economy.own().size() * points];
  }

  /** Sets the aggregate state and moments. */
  void state(int aggregateState, double[] moments) {
    outcomes.state(aggregateState, moments);
  }

  /**
   * The sum over agents of what their decisions are worth.
   *
   * @param continuation discounted expected values by own states, at the nodes of the grid
   * @param mass of agents by cells
   */
  double sum(double[] prices, CellDecisions decisions, double[][] continuation, double[] mass) {
    outcomes.prices(prices);
    outcomes.move(decisions, mass);
    double sum = 0;
    for (int b = 0; b < economy.branches().size(); b++) {
      outcomes.payoff(b, decisions, mass, payoff);
      boolean pays =
          economy.choice() instanceof Choice.UniformCost cost
              && cost.payer().equals(economy.branches().get(b));
      double[] probability = decisions.probability(b);
      for (int cell = 0; cell < mass.length; cell++) {
        double weight = mass[cell] * probability[cell];
        if (weight != 0) {
          double value = payoff[cell] - (pays ? decisions.paid()[cell] : 0);
          if (economy.choice() instanceof Choice.TasteShocks shocks) {
            value -= shocks.scale() * Math.log(probability[cell]);
          }
          if (!economy.branches().get(b).leaves()) {
            for (int s = 0; s < states; s++) {
              stencil.at(s, outcomes.destination(b, s)[cell]);
            }
            value += stencil.value(continuation[cell / points]);
          }
          sum += weight * value;
        }
      }
    }
    return sum;
  }
}
