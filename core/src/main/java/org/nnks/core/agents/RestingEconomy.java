package org.nnks.core.agents;

import java.util.List;
import java.util.Map;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.model.Economy;
import org.nnks.core.model.Variables;
import org.nnks.core.statistics.LabelledArray;

/**
 * A stationary equilibrium: the aggregate state never changes, and agents' own states do. Where
 * transitions begin and end.
 */
public interface RestingEconomy {

  /** The economy. */
  Economy economy();

  /** The names of {@link #prices} and {@link #moments}. */
  Variables variables();

  /** The aggregate state in which it stays, counted from zero. */
  int state();

  /** Prices that clear its markets. */
  double[] prices();

  /** Moments of its agents. */
  double[] moments();

  /** The series that it shows, such as Y, by name. */
  Map<String, Double> series();

  /** The stationary distribution of agents. */
  LabelledArray histogram();

  /** Aggregate variables that move in the economy with risk, to which there can be shocks. */
  List<Exogenous> shocks();

  /**
   * Periods that end here.
   *
   * @param variable the aggregate variable that follows a path
   * @throws InvalidInputException if no transitions of this economy can be found
   */
  ForesightPeriods periods(Exogenous variable);
}
