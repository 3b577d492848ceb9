package org.nnks.core.agents;

import java.util.Arrays;
import java.util.Optional;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.sequence.SequenceAgents;
import org.nnks.core.simulate.History;

/**
 * Agents of a declared economy along a path: V at the nodes of a grid in every period, and exact
 * maximisation over controls and branches.
 */
public final class SequenceProblem implements SequenceAgents {

  private final DeclaredEconomy economy;
  private final AgentSolution solution;
  private final ActionGrid grid;
  private final Transition transition;
  private final AgentProblem problem;
  private final ValuesAt start;
  private final double[][] continuation;

  /**
   * Agents whose values start from a solution by rules.
   *
   * @param solution of the economy; stays open
   */
  public SequenceProblem(AgentSolution solution) {
    this.solution = solution;
    economy = solution.economy();
    grid = ActionGrid.coarse(economy.states());
    double[][] x = grid.levels();
    transition = new Transition(economy);
    problem = new AgentProblem(economy, grid, x);
    start = new ValuesAt(solution, x);
    continuation = new double[economy.own().size()][grid.size()];
  }

  @Override
  public DeclaredEconomy economy() {
    return economy;
  }

  @Override
  public ForecastRules rules() {
    return solution.rules();
  }

  @Override
  public int size() {
    return economy.own().size() * grid.size();
  }

  @Override
  public void start(int aggregateState, double[] moments, double[] values) {
    System.arraycopy(start.at(aggregateState, moments).toArray(), 0, values, 0, values.length);
  }

  @Override
  public void backward(
      int aggregateState, double[] moments, double[] prices, double[][] next, double[] values) {
    expect(aggregateState, next);
    problem.state(aggregateState, moments);
    problem.prices(prices);
    problem.solve(continuation);
    System.arraycopy(problem.value(), 0, values, 0, values.length);
  }

  /** The discounted expectation of V by own states and nodes of the grid. */
  private void expect(int aggregateState, double[][] next) {
    int own = continuation.length;
    int points = grid.size();
    for (int e = 0; e < own; e++) {
      double[] sum = continuation[e];
      Arrays.fill(sum, 0);
      for (int h = 0; h < transition.states(); h++) {
        double weight = transition.discounted(aggregateState * own + e, h);
        if (weight != 0) {
          double[] values = next[h / own];
          for (int i = 0, from = h % own * points; i < points; i++) {
            sum[i] += weight * values[from + i];
          }
        }
      }
    }
  }

  @Override
  public History forward(Beliefs beliefs) {
    return history(new BelievingPolicies(beliefs, new AgentHistogram(economy).levels()));
  }

  private History history(BelievingPolicies policies) {
    return new AgentHistory(new AgentHistogram(economy), policies::nextPrices, x -> policies);
  }

  /** Losses are shares of the value of all agents. */
  @Override
  public Optional<History> regretful(Beliefs beliefs, double[] losses) {
    double[][] x = new AgentHistogram(economy).levels();
    BelievingPolicies policies = new BelievingPolicies(beliefs, x);
    policies.regret = new Regret(losses, x);
    return Optional.of(history(policies));
  }

  @Override
  public String lossOf() {
    return "value";
  }

  /** What agents lose who decide by the rules, in a period at the prices of the path. */
  private final class Regret {

    private final double[] losses;
    private final AgentPolicies byRules;
    private final CellDecisions theirs;
    private final CellDecisions best;
    private final DecisionValue worth;

    Regret(double[] losses, double[][] x) {
      this.losses = losses;
      byRules = solution.deciding().apply(x);
      int cells = economy.own().size() * x[0].length;
      theirs = new CellDecisions(economy.branches(), cells);
      best = new CellDecisions(economy.branches(), cells);
      worth = new DecisionValue(economy, grid, x);
    }

    void note(
        int period,
        int aggregateState,
        double[] moments,
        double[] prices,
        double[] mass,
        AgentProblem deciding) {
      deciding.prices(prices);
      deciding.solve(continuation);
      deciding.copyTo(best);
      byRules
          .period(aggregateState, moments, mass)
          .decide(new double[][] {prices}, new CellDecisions[] {theirs});
      worth.state(aggregateState, moments);
      double value = worth.sum(prices, best, continuation, mass);
      double once = value - worth.sum(prices, theirs, continuation, mass);
      double factor = economy.discountFactor() * (1 - economy.turnover().exitRate());
      losses[period] = once / (1 - factor) / value;
    }
  }

  /** Agents who decide period by period, given what they believe of the next. */
  private final class BelievingPolicies implements AgentPolicies {

    private final Beliefs beliefs;
    private final AgentProblem deciding;
    private Regret regret;
    private int period = -1;

    BelievingPolicies(Beliefs beliefs, double[][] x) {
      this.beliefs = beliefs;
      deciding = new AgentProblem(economy, grid, x);
    }

    double[] nextPrices(int nextState, double[] nextMoments) {
      return beliefs.nextPrices(period, nextState, nextMoments);
    }

    @Override
    public AgentPeriod period(int aggregateState, double[] moments, double[] mass) {
      deciding.onlyWhere(mass);
      AgentPeriod opened = period(aggregateState, moments);
      if (regret != null) {
        regret.note(period, aggregateState, moments, beliefs.prices(period), mass, deciding);
      }
      return opened;
    }

    @Override
    public AgentPeriod period(int aggregateState, double[] moments) {
      period++;
      expect(aggregateState, beliefs.next(period, moments));
      deciding.state(aggregateState, moments);
      return new MaximisingPeriod(
          beliefs.nextMoments(period, moments), beliefs.prices(period), deciding, continuation);
    }
  }
}
