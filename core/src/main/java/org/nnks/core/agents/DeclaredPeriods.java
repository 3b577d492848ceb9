package org.nnks.core.agents;

import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Price;

/** Periods of a declared economy whose future is known. Holds buffers; not thread-safe. */
final class DeclaredPeriods implements ForesightPeriods {

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
  private double[] nextPrices;

  /**
   * Periods that end in a stationary equilibrium.
   *
   * @param variable the aggregate variable that follows a path
   */
  DeclaredPeriods(DeclaredEconomy economy, int state, String variable, StillEconomy end) {
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
            economy.aggregate().resting(),
            (next, moments) -> nextPrices,
            outcomes.totals());
    continuation = new double[economy.own().size()][grid.size()];
    decisions = new CellDecisions(economy.branches(), agents.mass().length);
  }

  @Override
  public double[] endValues() {
    return end.values();
  }

  @Override
  public double[] lowestPrices() {
    return economy.prices().stream().mapToDouble(Price::lower).toArray();
  }

  @Override
  public double[] backward(double level, double[] moments, double[] prices, double[] next) {
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

  @Override
  public void distribute(double[] mass) {
    System.arraycopy(mass, 0, agents.mass(), 0, mass.length);
  }

  @Override
  public double[] mass() {
    return agents.mass().clone();
  }

  @Override
  public void decide(double level, double[] moments, double[] prices, double[] next) {
    StillEconomy.expect(economy, state, next, continuation);
    set(deciding, level, moments, prices);
    deciding.solve(continuation);
    deciding.copyTo(decisions);
  }

  @Override
  public Outcome outcome(
      double level, double[] moments, double[] prices, double nextLevel, double[] next) {
    nextPrices = next;
    equations.setNext(variable, nextLevel);
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

  @Override
  public void move() {
    outcomes.move(decisions);
    agents.beginMove();
    agents.move(1, outcomes, decisions);
    agents.endMove(state, state);
  }
}
