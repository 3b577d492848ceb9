package org.nnks.bloom.transition;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.DecisionRule;
import org.nnks.bloom.ExactSolution;
import org.nnks.bloom.FactoredChoice;
import org.nnks.bloom.FirmHistogram;
import org.nnks.bloom.FirmHistory;
import org.nnks.bloom.FirmTotals;
import org.nnks.bloom.GridChoices;
import org.nnks.bloom.GridRule;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.model.Variables;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.sequence.SequenceAgents;
import org.nnks.core.simulate.History;
import org.nnks.core.simulate.Period;
import org.nnks.core.simulate.SimulatedPath;

/**
 * Firms along a path: the exact choice on the grids quarter by quarter. V is in units of p, by (z,
 * k, n_-1).
 */
public final class FirmSequence implements SequenceAgents {

  private final ExactSolution solution;
  private final Bloom economy;
  private final FactoredChoice choice;
  private final GridChoices choices;
  private final int cells;
  private final double[] overAggregates;
  private final double[] continuation;

  /**
   * Firms whose values start from a solution by rules.
   *
   * @param solution of the economy; stays open
   */
  public FirmSequence(ExactSolution solution) {
    this.solution = solution;
    economy = solution.economy;
    choice = new FactoredChoice(economy);
    choices = new GridChoices(economy);
    cells = economy.cells();
    overAggregates = new double[cells];
    continuation = new double[cells];
  }

  @Override
  public Bloom economy() {
    return economy;
  }

  @Override
  public ForecastRules rules() {
    return solution.rules();
  }

  /** K says little of a distribution whose spread has just been shocked. */
  @Override
  public boolean momentsSuffice() {
    return false;
  }

  /** Capital is chosen on a grid. */
  @Override
  public boolean choicesJump() {
    return true;
  }

  /** The hours that firms have hired, of which next quarter finds the same share in all states. */
  @Override
  public List<Vector> alsoMatters(SimulatedPath path) {
    return List.of(path.hours());
  }

  @Override
  public int size() {
    return cells;
  }

  @Override
  public void start(int aggregateState, double[] moments, double[] values) {
    System.arraycopy(solution.values(aggregateState, moments[0]), 0, values, 0, cells);
  }

  @Override
  public void backward(
      int aggregateState, double[] moments, double[] prices, double[][] next, double[] values) {
    expect(aggregateState, next, continuation);
    double hoursPrice = economy.labour().priceAmong(prices);
    double productivity = economy.states().level(aggregateState);
    choice.solve(prices[0], hoursPrice, productivity, continuation, values, 0, choices);
  }

  /** beta E V by (z, k', n): first over aggregate states, then over z'. */
  private void expect(int aggregateState, double[][] next, double[] expected) {
    Arrays.fill(overAggregates, 0);
    for (int a = 0; a < next.length; a++) {
      double weight = economy.discountFactor() * economy.aggregate().probability(aggregateState, a);
      double[] term = next[a];
      for (int i = 0; i < cells && weight != 0; i++) {
        overAggregates[i] += weight * term[i];
      }
    }
    int volatility = economy.states().volatility(aggregateState);
    GridRule.overShocks(economy, volatility, 1, overAggregates, expected);
  }

  /** A history; its forecasts are those of the rules it started from, by which nobody decides. */
  @Override
  public History forward(Beliefs beliefs) {
    return history(new BelievingRule(beliefs));
  }

  private FirmHistory<GridChoices> history(BelievingRule rule) {
    return new FirmHistory<>(
        economy, solution.rules(), rule, () -> new GridChoices(economy), solution.clearing);
  }

  /** Losses are shares of the value of all firms. */
  @Override
  public Optional<History> regretful(Beliefs beliefs, double[] losses) {
    return Optional.of(new Regret(beliefs, losses));
  }

  @Override
  public String lossOf() {
    return "value";
  }

  /** Choices of firms who believe in a path; opened once a period. */
  private final class BelievingRule extends GridRule {

    private final Beliefs beliefs;
    private int period;

    BelievingRule(Beliefs beliefs) {
      super(economy);
      this.beliefs = beliefs;
    }

    @Override
    public void begin(int aggregateState, double meanCapital) {
      productivity = economy.states().level(aggregateState);
      expect(aggregateState, beliefs.next(period++, new double[] {meanCapital}), continuation);
    }
  }

  /** A history in which it is noted what firms lose who decide by the rules. */
  private final class Regret implements History {

    private final Beliefs beliefs;
    private final double[] losses;
    private final BelievingRule rule;
    private final FirmHistory<GridChoices> history;
    private final DecisionRule<GridChoices> byRules = solution.rule();
    private final GridChoices theirs = new GridChoices(economy);
    private final GridChoices best = new GridChoices(economy);
    private final FirmTotals.Counter counter = new FirmTotals.Counter(economy);
    private int period;

    Regret(Beliefs beliefs, double[] losses) {
      this.beliefs = beliefs;
      this.losses = losses;
      rule = new BelievingRule(beliefs);
      history = history(rule);
    }

    @Override
    public Period step(int number, int aggregateState) {
      Period stepped = history.step(number, aggregateState);
      double[] prices = beliefs.prices(period);
      double hoursPrice = economy.labour().priceAmong(prices);
      double level = economy.states().level(aggregateState);
      rule.decide(prices[0], hoursPrice, best);
      byRules.begin(aggregateState, history.firms().meanCapital());
      byRules.decide(prices[0], hoursPrice, theirs);
      double value = worth(best, level, prices[0], hoursPrice);
      double once = value - worth(theirs, level, prices[0], hoursPrice);
      losses[period++] = once / (1 - economy.discountFactor()) / value;
      return stepped;
    }

    /** What all firms are worth, in units of p: profits, and beta E V where they go. */
    private double worth(GridChoices choices, double level, double price, double hoursPrice) {
      FirmHistogram firms = history.firms();
      FirmTotals totals = counter.of(firms, choices, level, hoursPrice / price);
      double worth = price * totals.consumption() - hoursPrice * totals.hours();
      int hoursNodes = economy.hours().size();
      int block = economy.capital().size() * hoursNodes;
      for (int cell = 0; cell < cells; cell++) {
        int to = cell - cell % block + choices.capital(cell) * hoursNodes + choices.hours(cell);
        worth += firms.mass(cell) * rule.continuation[to];
      }
      return worth;
    }

    @Override
    public Variables variables() {
      return history.variables();
    }

    @Override
    public Map<String, Double> crossSection() {
      return history.crossSection();
    }

    @Override
    public void advance(int nextAggregateState) {
      history.advance(nextAggregateState);
    }

    @Override
    public Matrix distribution() {
      return history.distribution();
    }
  }
}
