package org.nnks.core.economy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/**
 * Firms with output A z k^alpha less an operating cost, a share tau of which is taxed and given
 * back to households, and a fixed cost in hours of adjusting capital; utility log C - phi N. Hence
 * p = 1/C and p w = phi. The economy of the documentation, as a declaration.
 *
 * @param tax tau
 * @param operatingCost in goods a period
 * @param aggregate the chain of A
 */
public record TaxedFirms(double tax, double operatingCost, MarkovChain aggregate)
    implements DeclaredEconomy {

  /** An economy with the tax of the documentation. */
  public static TaxedFirms of(double operatingCost) {
    return new TaxedFirms(.1, operatingCost);
  }

  /** An economy with the chain of the documentation. */
  public TaxedFirms(double tax, double operatingCost) {
    this(tax, operatingCost, A_CHAIN);
  }

  static final double ALPHA = .3;
  static final double DELTA = .1;
  static final double PHI = 2;
  static final double MAX_FIXED_COST = .02;
  private static final MarkovChain A_CHAIN = MarkovChain.rouwenhorst(.8, .015, 3);
  private static final MarkovChain Z_CHAIN = MarkovChain.rouwenhorst(.8, .05, 3);
  static final Exogenous A = Exogenous.aggregate("A", A_CHAIN.levels());
  static final Exogenous Z = Exogenous.own("z", Z_CHAIN.levels());
  static final State CAPITAL = State.logarithmic("k", .3, 10, 40);
  static final Control NEXT = CAPITAL.next();
  static final Moment MEAN = Moment.mean("K", CAPITAL, 1.2, 4);
  static final Price P = new Price("p", .4, 2.5, "the goods market");
  static final Branch WAIT = Branch.of("wait");
  static final Branch ADJUST = Branch.of("adjust", NEXT.free());
  static final Total Y = new Total("Y");
  static final Total I = new Total("I");
  static final Total N = new Total("N");

  @Override
  public String name() {
    return "taxed-firms";
  }

  @Override
  public double discountFactor() {
    return .95;
  }

  @Override
  public MarkovChain own() {
    return Z_CHAIN;
  }

  @Override
  public List<Exogenous> exogenous() {
    return List.of(Exogenous.aggregate(A.name(), aggregate.levels()), Z);
  }

  @Override
  public List<State> states() {
    return List.of(CAPITAL);
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
  public Choice choice() {
    return new Choice.UniformCost(ADJUST, Expression.constant(PHI * MAX_FIXED_COST));
  }

  private static Expression output() {
    return A.times(Z).times(CAPITAL.pow(ALPHA));
  }

  private static Expression undepreciated() {
    return CAPITAL.times(1 - DELTA);
  }

  @Override
  public Term payoff(Branch branch) {
    Expression profit = output().minus(operatingCost).times(1 - tax);
    return branch.equals(ADJUST)
        ? P.times(profit.plus(undepreciated()).minus(NEXT))
        : P.times(profit);
  }

  @Override
  public Map<State, Term> next(Branch branch) {
    return Map.of(CAPITAL, branch.equals(ADJUST) ? NEXT : undepreciated());
  }

  @Override
  public Map<Total, Term> contributions(Branch branch) {
    Expression output = output().minus(operatingCost);
    if (!branch.equals(ADJUST)) {
      return Map.of(Y, output);
    }
    Expression hours = ((Choice.UniformCost) choice()).paid().over(PHI);
    return Map.of(Y, output, I, NEXT.minus(undepreciated()), N, hours);
  }

  @Override
  public Map<Price, Term> residuals() {
    return Map.of(P, Expression.constant(1).over(P).minus(Y.minus(I)));
  }

  @Override
  public Map<String, Term> aggregates() {
    Map<String, Term> series = new LinkedHashMap<>();
    series.put("Y", Y);
    series.put("I", I);
    series.put("C", Y.minus(I));
    series.put("N", N);
    series.put("w", Expression.constant(PHI).over(P));
    return series;
  }

  @Override
  public Initial initial() {
    return new Initial(1, 2.3);
  }
}
