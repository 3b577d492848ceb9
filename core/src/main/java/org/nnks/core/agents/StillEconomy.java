package org.nnks.core.agents;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Moment;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.DivergedException;
import org.nnks.core.symbolic.Term;

/**
 * An economy that stays in one aggregate state, with given moments and prices for ever: what agents
 * decide, by value iteration at the nodes of a grid, and what their stationary distribution adds up
 * to. Starts each evaluation from the values of the last; not thread-safe.
 */
final class StillEconomy {

  /** Change of V, as a share of the largest |V|, at which value iteration stops. */
  private static final double TOLERANCE = 1e-9;

  /**
   * Change at which it may also stop when it no longer falls: choices that jump between two equally
   * good levels keep values moving by a little for ever.
   */
  private static final double STALLED = 1e-6;

  /** Sweeps without a smaller change than before after which it no longer falls. */
  private static final int PATIENCE = 50;

  /** Sweeps before value iteration is given up. */
  private static final int MAX_SWEEPS = 20_000;

  /** Mass that may still move in a period when the distribution counts as stationary. */
  private static final double STATIONARITY = 1e-10;

  /** Periods until it must be stationary; a few hundred are usual. */
  private static final int MAX_PERIODS = 20_000;

  private final DeclaredEconomy economy;
  private final int aggregateState;
  private final ActionGrid grid;
  private final AgentProblem problem;
  private final AgentProblem decisions;
  private final AgentHistogram agents;
  private final CellOutcomes outcomes;
  private final double[] values;
  private final double[][] continuation;

  /**
   * What an economy that stands still comes to.
   *
   * @param moments that follow from the distribution, or from their own law
   * @param residuals of prices
   * @param series that are shown, by name
   */
  record Outcome(double[] moments, double[] residuals, Map<String, Double> series) {}

  StillEconomy(DeclaredEconomy economy, int aggregateState) {
    this.economy = economy;
    this.aggregateState = aggregateState;
    grid = ActionGrid.coarse(economy.states());
    problem = new AgentProblem(economy, grid, grid.levels());
    agents = new AgentHistogram(economy);
    decisions = new AgentProblem(economy, grid, agents.levels());
    outcomes = new CellOutcomes(economy, agents.levels());
    values = new double[economy.own().size() * grid.size()];
    continuation = new double[economy.own().size()][grid.size()];
  }

  /** Whether agents look at moments other than through prices. */
  boolean dependsOnMoments() {
    List<String> moments = economy.moments().stream().map(Moment::name).toList();
    return agentsEquations().anyMatch(term -> term.expression().dependsOn(moments::contains));
  }

  /** All that agents' decisions follow from. */
  private Stream<Term> agentsEquations() {
    Stream<Term> cost =
        economy.choice() instanceof Choice.UniformCost uniform
            ? Stream.of(uniform.upper())
            : Stream.empty();
    return Stream.concat(cost, economy.branches().stream().flatMap(this::equations));
  }

  private Stream<Term> equations(Branch branch) {
    Stream<Term> bounds =
        branch.ranges().stream()
            .flatMap(range -> Stream.concat(range.lower().stream(), range.upper().stream()));
    Stream<Term> next = branch.leaves() ? Stream.empty() : economy.next(branch).values().stream();
    return Stream.of(Stream.of(economy.payoff(branch)), next, bounds).flatMap(Function.identity());
  }

  /** What the economy comes to with these moments and prices for ever. */
  Outcome at(double[] moments, double[] prices) {
    problem.state(aggregateState, moments);
    problem.prices(prices);
    iterate(moments, prices);
    decisions.state(aggregateState, moments);
    decisions.prices(prices);
    decisions.solve(continuation);
    CellDecisions decided = new CellDecisions(economy.branches(), agents.mass().length);
    decisions.copyTo(decided);
    outcomes.state(aggregateState, moments);
    outcomes.move(decided);
    settle(decided, prices);
    PeriodEquations equations =
        new PeriodEquations(
            economy, economy.aggregate().resting(), (state, next) -> prices, outcomes.totals());
    equations.state(aggregateState, moments);
    double[] sums = new double[outcomes.totals().size()];
    outcomes.addUp(prices, decided, agents.mass(), sums);
    double[] residuals = equations.evaluate(prices, sums, agents.entrants(decided)).clone();
    return new Outcome(equations.nextMoments().clone(), residuals, equations.series());
  }

  /** The economy. */
  DeclaredEconomy economy() {
    return economy;
  }

  /** The aggregate state in which it stays. */
  int state() {
    return aggregateState;
  }

  /** The nodes of values. */
  ActionGrid grid() {
    return grid;
  }

  /** V by own states and nodes in one row, at the moments and prices last asked for. */
  double[] values() {
    return values;
  }

  /** The stationary distribution at the moments and prices last asked for. */
  AgentHistogram agents() {
    return agents;
  }

  /**
   * The discounted expectation of V where the aggregate state stays.
   *
   * @param values V by own states and nodes in one row
   * @param continuation receives it, by own states and nodes
   */
  static void expect(
      DeclaredEconomy economy, int aggregateState, double[] values, double[][] continuation) {
    int points = continuation[0].length;
    double factor = economy.discountFactor() * (1 - economy.turnover().exitRate());
    MarkovChain own = economy.own(aggregateState, aggregateState);
    for (int e = 0; e < continuation.length; e++) {
      Arrays.fill(continuation[e], 0);
      for (int next = 0; next < continuation.length; next++) {
        double weight = factor * own.probability(e, next);
        for (int i = 0; i < points; i++) {
          continuation[e][i] += weight * values[next * points + i];
        }
      }
    }
  }

  private void iterate(double[] moments, double[] prices) {
    double factor = economy.discountFactor() * (1 - economy.turnover().exitRate());
    double best = Double.POSITIVE_INFINITY;
    int stalled = 0;
    for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
      expect(economy, aggregateState, values, continuation);
      problem.solve(continuation);
      double change = 0;
      double mean = 0;
      double size = 1;
      double[] solved = problem.value();
      for (int i = 0; i < values.length; i++) {
        mean += (solved[i] - values[i]) / values.length;
      }
      // What all values still have in common is known: the slow part of value iteration.
      double ahead = mean * factor / (1 - factor);
      for (int i = 0; i < values.length; i++) {
        double value = solved[i] + ahead;
        change = Math.max(change, Math.abs(value - values[i]));
        size = Math.max(size, Math.abs(value));
        values[i] = value;
      }
      if (!Double.isFinite(change)) {
        break;
      }
      stalled = change < best ? 0 : stalled + 1;
      best = Math.min(best, change);
      if (change <= TOLERANCE * size || stalled >= PATIENCE && best <= STALLED * size) {
        return;
      }
    }
    throw new DivergedException(
        ("the agents' problem does not settle when the aggregate state stays %d, moments %s and"
                + " prices %s; check the payoff and the calibration, or start from --rules")
            .formatted(aggregateState + 1, Arrays.toString(moments), Arrays.toString(prices)));
  }

  /** Moves the distribution on until no mass moves any more. */
  private void settle(CellDecisions decided, double[] prices) {
    double[] before = agents.mass().clone();
    for (int t = 0; t < MAX_PERIODS; t++) {
      agents.beginMove();
      agents.move(1, outcomes, decided);
      agents.endMove(aggregateState, aggregateState);
      double moved = 0;
      for (int cell = 0; cell < before.length; cell++) {
        moved += Math.abs(agents.mass()[cell] - before[cell]);
        before[cell] = agents.mass()[cell];
      }
      if (moved <= STATIONARITY) {
        return;
      }
    }
    throw new DivergedException(
        "the distribution of agents does not settle within %d periods at prices %s; check the calibration"
            .formatted(MAX_PERIODS, Arrays.toString(prices)));
  }
}
