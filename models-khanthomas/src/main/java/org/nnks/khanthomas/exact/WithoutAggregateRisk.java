package org.nnks.khanthomas.exact;

import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * An economy whose aggregate productivity stays in one state for ever.
 *
 * @param base the economy with aggregate risk
 * @param state the aggregate state it stays in
 */
record WithoutAggregateRisk(LumpyInvestment base, int state) implements LumpyInvestment {

  @Override
  public String name() {
    return base.name();
  }

  @Override
  public double discountFactor() {
    return base.discountFactor();
  }

  @Override
  public MarkovChain aggregate() {
    return new MarkovChain(Vector.of(base.aggregate().level(state)), Matrix.of(1, 1, 1));
  }

  @Override
  public MarkovChain idiosyncratic() {
    return base.idiosyncratic(state);
  }

  @Override
  public Grid capital() {
    return base.capital();
  }

  @Override
  public Grid meanCapital() {
    return base.meanCapital();
  }

  @Override
  public double undepreciated(double capital) {
    return base.undepreciated(capital);
  }

  @Override
  public double freeAdjustment() {
    return base.freeAdjustment();
  }

  @Override
  public double unpaid(double capital, double target) {
    return base.unpaid(capital, target);
  }

  @Override
  public double profit(double idiosyncratic, double capital, double aggregate, double price) {
    return base.profit(idiosyncratic, capital, aggregate, price);
  }

  @Override
  public FixedCost fixedCost() {
    return base.fixedCost();
  }

  @Override
  public PriceBracket priceBracket() {
    return base.priceBracket();
  }

  @Override
  public Start start() {
    return new Start(0, base.start().meanCapital());
  }

  @Override
  public Market market(int aggregateState, Histogram firms) {
    return base.market(state, firms);
  }
}
