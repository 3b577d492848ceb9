package org.nnks.bloom;

import java.util.Arrays;
import org.nnks.core.markov.MarkovChain;

/**
 * Exact choices on the grids: the firms' problem, equation (44) of Yokomoto (2026), is maximised
 * again at every candidate price, given what a quarter leads to.
 */
public abstract class GridRule implements DecisionRule<GridChoices> {

  private final FactoredChoice choice;
  private final Indifference indifference;
  private final double[] values;

  /** beta E V by (z, k', n); set when a quarter opens. */
  public final double[] continuation;

  /** The level of a; set when a quarter opens. */
  public double productivity;

  /** W that firms expect; set when a quarter opens, theta otherwise. */
  public double expectedHoursPrice;

  public GridRule(Bloom economy) {
    choice = new FactoredChoice(economy);
    indifference = new Indifference(economy);
    values = new double[economy.cells()];
    continuation = new double[economy.cells()];
    expectedHoursPrice = economy.calibration().disutility();
  }

  /**
   * Expected values over z'.
   *
   * @param volatility s of the quarter
   * @param discount by which values are multiplied
   * @param next V by (z', k', n)
   * @param expected receives them by (z, k', n)
   */
  public static void overShocks(
      Bloom economy, int volatility, double discount, double[] next, double[] expected) {
    MarkovChain own = economy.idiosyncratic(volatility);
    int block = next.length / own.size();
    Arrays.fill(expected, 0);
    for (int z = 0; z < own.size(); z++) {
      for (int to = 0; to < own.size(); to++) {
        double weight = discount * own.probability(z, to);
        for (int i = 0; i < block && weight != 0; i++) {
          expected[z * block + i] += weight * next[to * block + i];
        }
      }
    }
  }

  @Override
  public final void decide(double price, GridChoices choices) {
    decide(price, expectedHoursPrice, choices);
  }

  @Override
  public final void decide(double price, double hoursPrice, GridChoices choices) {
    decide(price, hoursPrice, values, choices);
  }

  /** The same; values receives V by (z, k, n_-1). */
  public final void decide(double price, double hoursPrice, double[] values, GridChoices choices) {
    choice.solve(price, hoursPrice, productivity, continuation, values, 0, choices);
  }

  @Override
  public final double crossing(FirmHistogram firms, Ends<GridChoices> ends) {
    return indifference.crossing(firms, productivity, continuation, ends);
  }

  /** Where between two prices firms change their minds; see {@link Indifference}. */
  public final void shares(Ends<GridChoices> ends, double[] below) {
    indifference.shares(productivity, continuation, ends, below);
  }
}
