package org.nnks.core.economy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/**
 * Two states, three branches, two prices, two moments: workshops with capital k and workers n make
 * A z k^.25 n^.5; each year they invest, hire (or fire), or do neither, with extreme-value taste
 * shocks. Installation takes goods and training hours. Households have utility log C - phi N^(1 +
 * nu) / (1 + nu): goods clear at p = 1/C, hours at w p = phi N^nu.
 */
record Workshops() implements DeclaredEconomy {

  private static final double LEFT = .9;
  private static final double INSTALLATION = .3;
  private static final double TRAINING = .5;
  private static final double PHI = .55;
  private static final double NU = .5;
  private static final double TASTES = .02;
  private static final MarkovChain A_CHAIN = MarkovChain.rouwenhorst(.7, .01, 2);
  private static final MarkovChain Z_CHAIN = MarkovChain.rouwenhorst(.6, .05, 2);
  private static final Exogenous A = Exogenous.aggregate("A", A_CHAIN.levels());
  private static final Exogenous Z = Exogenous.own("z", Z_CHAIN.levels());
  private static final State K = State.logarithmic("k", .5, 9, 10);
  private static final State N = State.logarithmic("n", .3, 4, 9);
  private static final Price P = new Price("p", .6, 1.7, "the goods market");
  private static final Price W = new Price("w", .3, 1, "the labour market");
  private static final Branch WAIT = Branch.of("wait");
  private static final Branch INVEST = Branch.of("invest", K.next().free());
  private static final Branch HIRE = Branch.of("hire", N.next().free());
  private static final Total OUTPUT = new Total("Y");
  private static final Total INVESTMENT = new Total("I");
  private static final Total HOURS = new Total("N");

  @Override
  public String name() {
    return "workshops";
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
    return List.of(K, N);
  }

  @Override
  public List<Moment> moments() {
    return List.of(Moment.mean("K", K, 1.2, 3), Moment.mean("L", N, .7, 1.4));
  }

  @Override
  public List<Price> prices() {
    return List.of(P, W);
  }

  @Override
  public List<Branch> branches() {
    return List.of(WAIT, INVEST, HIRE);
  }

  @Override
  public Choice choice() {
    return new Choice.TasteShocks(TASTES);
  }

  private static Expression output() {
    return A.times(Z).times(K.pow(.25)).times(N.pow(.5));
  }

  /** What new capital takes, in goods: itself, and its installation. */
  private static Expression investment() {
    Expression change = K.next().minus(K.times(LEFT));
    return change.plus(change.times(change).over(K).times(INSTALLATION));
  }

  private static Expression hours(Branch branch) {
    Expression change = N.next().minus(N.times(LEFT));
    return branch.equals(HIRE)
        ? N.plus(change.times(change).over(N).times(TRAINING))
        : N.expression();
  }

  @Override
  public Term payoff(Branch branch) {
    Expression profit = output().minus(W.times(hours(branch)));
    return P.times(branch.equals(INVEST) ? profit.minus(investment()) : profit);
  }

  @Override
  public Map<State, Term> next(Branch branch) {
    return Map.of(
        K, branch.equals(INVEST) ? K.next() : K.times(LEFT),
        N, branch.equals(HIRE) ? N.next() : N.times(LEFT));
  }

  @Override
  public Map<Total, Term> contributions(Branch branch) {
    return branch.equals(INVEST)
        ? Map.of(OUTPUT, output(), HOURS, hours(branch), INVESTMENT, investment())
        : Map.of(OUTPUT, output(), HOURS, hours(branch));
  }

  @Override
  public Map<Price, Term> residuals() {
    return Map.of(
        P, Expression.constant(1).over(P).minus(OUTPUT.minus(INVESTMENT)),
        W, W.times(P).minus(HOURS.pow(NU).times(PHI)));
  }

  @Override
  public Map<String, Term> aggregates() {
    Map<String, Term> series = new LinkedHashMap<>();
    series.put("Y", OUTPUT);
    series.put("I", INVESTMENT);
    series.put("C", OUTPUT.minus(INVESTMENT));
    series.put("N", HOURS);
    series.put("w", W);
    return series;
  }

  @Override
  public Initial initial() {
    return new Initial(0, 1.9, 1);
  }
}
