package org.nnks.core.agents;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nnks.core.economy.DeclaredEconomy;

/**
 * Periods of an economy whose future is known: the aggregate chain stays in one state, one
 * aggregate variable follows a given path, and prices are whatever is asked. Holds buffers; not
 * thread-safe.
 */
final class ForesightPeriods {

  private final DeclaredEconomy economy;
  private final int state;
  private final String variable;
  private final StillEconomy end;
  private final AgentProblem problem;
  private final AgentProblem deciding;
  private final AgentHistogram agents;
  private final CellOutcomes outcomes;
  private final PeriodEquations equations;
  private final double[][] continuation;
  private final CellDecisions decisions;

  /** What a period comes to. */
  record Outcome(
      double[] residuals, double[] moments, double[] nextMoments, Map<String, Double> series) {}

  /**
   * Periods that end in a stationary equilibrium.
   *
   * @param variable the aggregate variable that follows a path
   */
  ForesightPeriods(DeclaredEconomy economy, int state, String variable, StillEconomy end) {
    this.economy = economy;
    this.state = state;
    this.variable = variable;
    this.end = end;
    ActionGrid grid = end.grid();
    problem = new AgentProblem(economy, grid, grid.levels());
    agents = new AgentHistogram(economy);
    deciding = new AgentProblem(economy, grid, agents.levels());
    outcomes = new CellOutcomes(economy, agents.levels());
    equations =
        new PeriodEquations(
            economy,
            StillEconomy.forEver(economy.aggregate()),
            (next, moments) -> {
              throw new IllegalStateException("prices that agents only expect");
            },
            outcomes.totals());
    continuation = new double[economy.own().size()][grid.size()];
    decisions = new CellDecisions(economy.branches(), agents.mass().length);
  }

  /** V of the stationary equilibrium, by own states and nodes in one row; not to be changed. */
  double[] endValues() {
    return end.values();
  }

  /** One step of the Bellman equation; agents look at moments through prices only. */
  double[] backward(double level, double[] moments, double[] prices, double[] next) {
    StillEconomy.expect(economy, state, next, continuation);
    set(problem, level, moments, prices);
    problem.solve(continuation);
    return problem.value().clone();
  }

  private void set(AgentProblem agents, double level, double[] moments, double[] prices) {
    agents.state(state, moments);
    agents.set(variable, level);
    agents.prices(prices);
  }

  /** Sets the distribution of agents. */
  void distribute(double[] mass) {
    System.arraycopy(mass, 0, agents.mass(), 0, mass.length);
  }

  /** The distribution of agents. */
  double[] mass() {
    return agents.mass().clone();
  }

  /** Agents decide, given V of the next period. */
  void decide(double level, double[] moments, double[] prices, double[] next) {
    StillEconomy.expect(economy, state, next, continuation);
    set(deciding, level, moments, prices);
    deciding.solve(continuation);
    deciding.copyTo(decisions);
  }

  /** What agents who have decided add up to. */
  Outcome outcome(double level, double[] moments, double[] prices) {
    outcomes.state(state, moments);
    outcomes.set(variable, level);
    equations.state(state, moments);
    equations.set(variable, level);
    double[] sums = new double[outcomes.totals().size()];
    outcomes.addUp(prices, decisions, agents.mass(), sums);
    double[] residuals = equations.evaluate(prices, sums, agents.entrants(decisions)).clone();
    return new Outcome(
        residuals, moments.clone(), equations.nextMoments().clone(), equations.series());
  }

  /** Agents who have decided move on. */
  void move() {
    outcomes.move(decisions);
    agents.beginMove();
    agents.move(1, outcomes, decisions);
    agents.endMove(state, state);
  }

  /**
   * A path at given prices: backward from the end, then forward.
   *
   * @param levels of the variable by period
   * @param prices by period
   * @param mass of agents in the first period
   * @param first moments of the first period
   */
  List<Outcome> path(double[] levels, double[][] prices, double[] mass, double[] first) {
    double[][] values = new double[levels.length + 1][];
    values[levels.length] = endValues();
    for (int t = levels.length - 1; t > 0; t--) {
      values[t] = backward(levels[t], first, prices[t], values[t + 1]);
    }
    distribute(mass);
    List<Outcome> path = new ArrayList<>();
    double[] moments = first;
    for (int t = 0; t < levels.length; t++) {
      decide(levels[t], moments, prices[t], values[t + 1]);
      Outcome outcome = outcome(levels[t], moments, prices[t]);
      path.add(outcome);
      move();
      moments = outcome.nextMoments();
    }
    return path;
  }
}
