package org.example;

import java.util.List;
import java.util.Map;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Choice.UniformCost;
import org.nnks.core.economy.Control;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.Moment;
import org.nnks.core.economy.Price;
import org.nnks.core.economy.State;
import org.nnks.core.economy.Total;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/**
 * Does a tax on revenue, given back to households, make investment lumpier? Firms produce A z
 * k^alpha with capital alone, pay the share tau of it, and need workers only to adjust their
 * capital. Households have utility log C - phi N, so that p = 1/C and p w = phi.
 *
 * @param calibration its parameters
 */
public record RevenueTax(RevenueTaxCalibration calibration) implements DeclaredEconomy {

  private static final int STATES = 3;
  private static final State K = State.logarithmic("k", .3, 10, 40);
  private static final Control NEXT = K.next();
  private static final Moment MEAN = Moment.mean("K", K, 1.2, 4);
  private static final Price P = new Price("p", .4, 2.5, "the goods market");
  private static final Branch WAIT = Branch.of("wait");
  private static final Branch ADJUST = Branch.of("adjust", NEXT.free());
  private static final Total Y = new Total("Y");
  private static final Total I = new Total("I");
  private static final Total N = new Total("N");

  @Override
  public String name() {
    return "revenue-tax";
  }

  @Override
  public double discountFactor() {
    return calibration.discountFactor();
  }

  @Override
  public MarkovChain aggregate() {
    return MarkovChain.rouwenhorst(calibration.persistence(), calibration.aggregateSd(), STATES);
  }

  @Override
  public MarkovChain own() {
    return MarkovChain.rouwenhorst(calibration.persistence(), calibration.ownSd(), STATES);
  }

  private Exogenous aggregateProductivity() {
    return Exogenous.aggregate("A", aggregate().levels());
  }

  private Exogenous productivity() {
    return Exogenous.own("z", own().levels());
  }

  @Override
  public List<Exogenous> exogenous() {
    return List.of(aggregateProductivity(), productivity());
  }

  @Override
  public List<State> states() {
    return List.of(K);
  }

  @Override
  public List<Moment> moments() {
    return List.of(MEAN);
  }

  @Override
  public List<Price> prices() {
    return List.of(P);
  }

  @Override
  public List<Branch> branches() {
    return List.of(WAIT, ADJUST);
  }

  @Override
  public UniformCost choice() {
    return new UniformCost(ADJUST, phi().times(calibration.maxFixedCost()));
  }

  private Expression phi() {
    return Expression.constant(calibration.disutility());
  }

  private Expression output() {
    return aggregateProductivity().times(productivity()).times(K.pow(calibration.capitalShare()));
  }

  private Expression kept() {
    return K.times(1 - calibration.depreciation());
  }

  @Override
  public Term payoff(Branch branch) {
    Expression profit = output().times(1 - calibration.tax());
    return P.times(branch.equals(ADJUST) ? profit.plus(kept()).minus(NEXT) : profit);
  }

  @Override
  public Map<State, Term> next(Branch branch) {
    return Map.of(K, branch.equals(ADJUST) ? NEXT : kept());
  }

  @Override
  public Map<Total, Term> contributions(Branch branch) {
    return branch.equals(ADJUST)
        ? Map.of(Y, output(), I, NEXT.minus(kept()), N, choice().paid().over(phi()))
        : Map.of(Y, output());
  }

  @Override
  public Map<Price, Term> residuals() {
    return Map.of(P, Expression.constant(1).over(P).minus(Y.minus(I)));
  }

  @Override
  public Map<String, Term> aggregates() {
    return Map.of("Y", Y, "I", I, "C", Y.minus(I), "N", N, "w", phi().over(P));
  }

  @Override
  public Initial initial() {
    return new Initial(STATES / 2, 2.3);
  }
}
