package org.nnks.bloom;

import java.util.Arrays;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.sequence.SequenceAgents;
import org.nnks.core.simulate.History;

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
    expect(aggregateState, next);
    double hoursPrice = economy.labourClears() ? prices[1] : economy.calibration().disutility();
    double productivity = economy.states().level(aggregateState);
    choice.solve(prices[0], hoursPrice, productivity, continuation, values, 0, choices);
  }

  /** beta E V by (z, k', n): first over aggregate states, then over z'. */
  private void expect(int aggregateState, double[][] next) {
    Arrays.fill(overAggregates, 0);
    for (int a = 0; a < next.length; a++) {
      double weight = economy.discountFactor() * economy.aggregate().probability(aggregateState, a);
      double[] term = next[a];
      for (int i = 0; i < cells && weight != 0; i++) {
        overAggregates[i] += weight * term[i];
      }
    }
    MarkovChain own = economy.idiosyncratic(economy.states().volatility(aggregateState));
    int block = cells / own.size();
    Arrays.fill(continuation, 0);
    for (int z = 0; z < own.size(); z++) {
      for (int to = 0; to < own.size(); to++) {
        double probability = own.probability(z, to);
        for (int i = 0; i < block && probability != 0; i++) {
          continuation[z * block + i] += probability * overAggregates[to * block + i];
        }
      }
    }
  }

  /** A history; its forecasts are those of the rules it started from, by which nobody decides. */
  @Override
  public History forward(Beliefs beliefs) {
    return new FirmHistory<>(
        economy,
        solution.rules(),
        new BelievingRule(beliefs),
        () -> new GridChoices(economy),
        solution.clearing);
  }

  /** Choices of firms who believe in a path; opened once a period. */
  private final class BelievingRule implements DecisionRule<GridChoices> {

    private final Beliefs beliefs;
    private final double[] values = new double[cells];
    private final Indifference indifference = new Indifference(economy);
    private int period;
    private double productivity;

    BelievingRule(Beliefs beliefs) {
      this.beliefs = beliefs;
    }

    @Override
    public void begin(int aggregateState, double meanCapital) {
      productivity = economy.states().level(aggregateState);
      expect(aggregateState, beliefs.next(period++, new double[] {meanCapital}));
    }

    @Override
    public void decide(double price, GridChoices decisions) {
      decide(price, economy.calibration().disutility(), decisions);
    }

    @Override
    public void decide(double price, double hoursPrice, GridChoices decisions) {
      choice.solve(price, hoursPrice, productivity, continuation, values, 0, decisions);
    }

    @Override
    public double crossing(FirmHistogram firms, Ends<GridChoices> ends) {
      return indifference.crossing(firms, productivity, continuation, ends);
    }
  }
}
