package org.nnks.core.economy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/**
 * Firms with capital and labour that both take a period to come: they wait, hire, or hire and
 * invest, for a fixed cost in goods and with taste shocks. Households have utility log C - phi N^(1
 * + 1 / psi) / (1 + 1 / psi). Goods and labour have a price each, and agents look at two moments.
 */
record FirmsWithLabour() implements DeclaredEconomy {

  private static final double PHI = 3.2;
  private static final double FRISCH = 2;
  private static final double DELTA = .1;
  private static final double QUITS = .1;
  private static final double HIRING = .002;
  private static final double INVESTING = .004;
  private static final MarkovChain A_CHAIN = MarkovChain.rouwenhorst(.8, .01, 2);
  private static final MarkovChain Z_CHAIN = MarkovChain.rouwenhorst(.7, .05, 2);
  private static final Exogenous A = Exogenous.aggregate("A", A_CHAIN.levels());
  private static final Exogenous Z = Exogenous.own("z", Z_CHAIN.levels());
  private static final State K = State.logarithmic("k", .2, 2.2, 18);
  private static final State L = State.logarithmic("l", .1, .8, 14);
  private static final Control NEXT_K = K.next();
  private static final Control NEXT_L = L.next();
  private static final Branch WAIT = Branch.of("wait");
  private static final Branch HIRE = Branch.of("hire", NEXT_L.free());
  private static final Branch INVEST = Branch.of("invest", NEXT_K.free(), NEXT_L.free());
  private static final Price P = new Price("p", 1, 5, "the goods market");

  /** All that supply, phi sqrt(N) / p, can be while p is cleared, and more. */
  private static final Price W = new Price("w", .2, 4, "the labour market");

  private static final Total Y = new Total("Y");
  private static final Total I = new Total("I");
  private static final Total N = new Total("N");
  private static final Total SPENT = new Total("spent");

  @Override
  public String name() {
    return "firms-with-labour";
  }

  @Override
  public double discountFactor() {
    return .95;
  }

  @Override
  public MarkovChain aggregate() {
    return A_CHAIN;
  }

  @Override
  public MarkovChain own() {
    return Z_CHAIN;
  }

  @Override
  public List<Exogenous> exogenous() {
    return List.of(A, Z);
  }

  @Override
  public List<State> states() {
    return List.of(K, L);
  }

  @Override
  public List<Moment> moments() {
    return List.of(Moment.mean("K", K, .6, 1.4), Moment.mean("L", L, .22, .5));
  }

  @Override
  public List<Price> prices() {
    return List.of(P, W);
  }

  @Override
  public List<Branch> branches() {
    return List.of(WAIT, HIRE, INVEST);
  }

  @Override
  public Choice choice() {
    return new Choice.TasteShocks(.02);
  }

  private static Expression output() {
    return A.times(Z).times(K.pow(.25)).times(L.pow(.5));
  }

  private static Expression kept() {
    return K.times(1 - DELTA);
  }

  private static Expression investment() {
    return NEXT_K.minus(kept());
  }

  private static Expression spent(Branch branch) {
    return Expression.constant(branch.equals(WAIT) ? 0 : branch.equals(HIRE) ? HIRING : INVESTING);
  }

  @Override
  public Term payoff(Branch branch) {
    Expression profit = output().minus(W.times(L)).minus(spent(branch));
    return P.times(branch.equals(INVEST) ? profit.minus(investment()) : profit);
  }

  @Override
  public Map<State, Term> next(Branch branch) {
    return Map.of(
        K,
        branch.equals(INVEST) ? NEXT_K : kept(),
        L,
        branch.equals(WAIT) ? L.times(1 - QUITS) : NEXT_L);
  }

  @Override
  public Map<Total, Term> contributions(Branch branch) {
    Map<Total, Term> totals = new LinkedHashMap<>(Map.of(Y, output(), N, L));
    totals.put(SPENT, spent(branch));
    if (branch.equals(INVEST)) {
      totals.put(I, investment());
    }
    return totals;
  }

  private static Expression consumption() {
    return Y.minus(I).minus(SPENT);
  }

  /** Consumption, and the labour that households supply at p w. */
  @Override
  public Map<Price, Term> residuals() {
    return Map.of(
        P,
        Expression.constant(1).over(P).minus(consumption()),
        W,
        N.minus(P.times(W).over(Expression.constant(PHI)).pow(FRISCH)));
  }

  @Override
  public Map<String, Term> aggregates() {
    Map<String, Term> series = new LinkedHashMap<>();
    series.put("Y", Y);
    series.put("I", I);
    series.put("C", consumption());
    series.put("N", N);
    return series;
  }

  @Override
  public Initial initial() {
    return new Initial(0, .92, .33);
  }
}
