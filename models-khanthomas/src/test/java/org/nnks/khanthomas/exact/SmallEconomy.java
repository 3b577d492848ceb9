package org.nnks.khanthomas.exact;

import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/** An economy of nine exogenous states for tests of solvers of the firms' problem alone. */
final class SmallEconomy implements LumpyInvestment {

  private static final MarkovChain CHAIN =
      new MarkovChain(
          Vector.of(0.95, 1, 1.05),
          Matrix.ofRows(new double[][] {{0.7, 0.25, 0.05}, {0.2, 0.6, 0.2}, {0.05, 0.25, 0.7}}));

  /** Rules that move prices so little that targets stay inside the grid. */
  static ForecastRules rules() {
    return ForecastRules.ofCoefficients(
        0.05, 0.08, 0.11, 0.8, 0.8, 0.8, 0.985, 0.98, 0.975, -0.1, -0.1, -0.1);
  }

  @Override
  public String name() {
    return "small";
  }

  @Override
  public double discountFactor() {
    return 0.95;
  }

  @Override
  public MarkovChain aggregate() {
    return CHAIN;
  }

  @Override
  public MarkovChain idiosyncratic() {
    return CHAIN;
  }

  @Override
  public Grid capital() {
    return Grid.logarithmic(0.1, 8, 20);
  }

  @Override
  public Grid meanCapital() {
    return Grid.linear(1.25, 2, 2);
  }

  @Override
  public double undepreciated(double capital) {
    return 0.92 * capital;
  }

  @Override
  public double profit(double idiosyncratic, double capital, double aggregate, double price) {
    return 0.25 * price * idiosyncratic * aggregate * Math.pow(capital, 0.6);
  }

  @Override
  public FixedCost fixedCost() {
    return new FixedCost(0.01, 2.4);
  }

  @Override
  public PriceBracket priceBracket() {
    return new PriceBracket(1, 4);
  }

  @Override
  public Start start() {
    return new Start(1, 1.55);
  }

  @Override
  public Market market(int aggregateState, Histogram firms) {
    throw new UnsupportedOperationException("this economy is not simulated");
  }
}
