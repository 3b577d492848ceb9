package org.nnks.bloom;

import java.util.List;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.forecast.ForecastRules;

/** The Bellman error of a value function on the nodes of k and n_-1. */
final class GridError {

  private final Bloom economy;
  private final ForecastRules rules;
  private final GridValue value;

  GridError(Bloom economy, ForecastRules rules, GridValue value) {
    this.economy = economy;
    this.rules = rules;
    this.value = value;
  }

  /**
   * |V' - V| at these mean capitals, where V' is the right-hand side of equation (44), maximised
   * exactly.
   */
  EquationError at(List<Double> meanCapitals, String description) {
    double[] left = new double[economy.cells()];
    long points = 0;
    double absolute = 0;
    double signed = 0;
    double largest = 0;
    for (int state = 0; state < economy.states().size(); state++) {
      Sweep sweep = new Sweep(economy, value, state);
      for (double meanCapital : meanCapitals) {
        value.at(state, meanCapital, left);
        double[] right = sweep.rightHandSide(rules, meanCapital);
        for (int cell = 0; cell < left.length; cell++) {
          double error = right[cell] - left[cell];
          absolute += Math.abs(error);
          signed += error;
          largest = Math.max(largest, Math.abs(error));
        }
        points += left.length;
      }
    }
    return new EquationError(
        description, Math.toIntExact(points), absolute / points, largest, signed / points);
  }
}
