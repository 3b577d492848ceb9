package org.nnks.core.economy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/** The economy of {@link TaxedFirms} but for what is declared otherwise. */
interface LikeTaxedFirms extends DeclaredEconomy {

  /** What is not declared otherwise. */
  TaxedFirms FIRMS = TaxedFirms.of(0);

  @Override
  default double discountFactor() {
    return FIRMS.discountFactor();
  }

  @Override
  default MarkovChain aggregate() {
    return FIRMS.aggregate();
  }

  @Override
  default MarkovChain own() {
    return FIRMS.own();
  }

  @Override
  default List<Exogenous> exogenous() {
    return FIRMS.exogenous();
  }

  @Override
  default List<State> states() {
    return FIRMS.states();
  }

  @Override
  default List<Moment> moments() {
    return FIRMS.moments();
  }

  @Override
  default List<Price> prices() {
    return FIRMS.prices();
  }

  @Override
  default List<Branch> branches() {
    return FIRMS.branches();
  }

  @Override
  default Choice choice() {
    return FIRMS.choice();
  }

  @Override
  default Term payoff(Branch branch) {
    return FIRMS.payoff(branch);
  }

  @Override
  default Map<State, Term> next(Branch branch) {
    return FIRMS.next(branch);
  }

  @Override
  default Map<Total, Term> contributions(Branch branch) {
    return FIRMS.contributions(branch);
  }

  /** What households eat, in totals. */
  default Expression consumption() {
    return TaxedFirms.Y.minus(TaxedFirms.I);
  }

  @Override
  default Map<Price, Term> residuals() {
    return Map.of(TaxedFirms.P, Expression.constant(1).over(TaxedFirms.P).minus(consumption()));
  }

  @Override
  default Map<String, Term> aggregates() {
    Map<String, Term> series = new LinkedHashMap<>(FIRMS.aggregates());
    series.put("C", consumption());
    return series;
  }

  @Override
  default Initial initial() {
    return FIRMS.initial();
  }
}
