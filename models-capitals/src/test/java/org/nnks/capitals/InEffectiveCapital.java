package org.nnks.capitals;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.Moment;
import org.nnks.core.economy.Price;
import org.nnks.core.economy.State;
import org.nnks.core.economy.Total;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Vector;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/**
 * {@link Capitals} whose firms forecast by the mean of k_1^eta and the stock R of all other kinds:
 * what {@link RentedKind} knows. No payoff depends on moments, so that only forecasts change. Like
 * kinds without a cost move together, so that their means apart would say nothing more.
 */
record InEffectiveCapital(Capitals economy, double eta) implements DeclaredEconomy {

  private static final Total CAPITAL = new Total("K1");

  private double effective(double capital) {
    return Math.pow(capital, eta);
  }

  @Override
  public List<Moment> moments() {
    Moment mean = economy.moments().get(0);
    List<Moment> others = economy.moments().subList(1, economy.states().size());
    return List.of(
        Moment.mean(
            "M",
            economy.states().get(0).pow(eta),
            effective(mean.lower()),
            effective(mean.upper())),
        Moment.mean(
            "R",
            economy.states().stream()
                .skip(1)
                .map(state -> state.times(1))
                .reduce(Expression::plus)
                .orElseThrow(),
            others.stream().mapToDouble(Moment::lower).sum(),
            others.stream().mapToDouble(Moment::upper).sum()));
  }

  @Override
  public Initial initial() {
    Initial initial = economy.initial();
    Vector means = initial.moments();
    return new Initial(
        initial.aggregateState(),
        Vector.of(effective(means.get(0)), Arrays.stream(means.toArray()).skip(1).sum()),
        initial.distribution());
  }

  @Override
  public Map<Total, Term> contributions(Branch branch) {
    Map<Total, Term> all = new LinkedHashMap<>(economy.contributions(branch));
    all.put(CAPITAL, economy.states().get(0));
    return all;
  }

  @Override
  public Map<String, Term> aggregates() {
    Map<String, Term> all = new LinkedHashMap<>(economy.aggregates());
    all.put("K1", CAPITAL);
    return all;
  }

  @Override
  public String name() {
    return economy.name();
  }

  @Override
  public double discountFactor() {
    return economy.discountFactor();
  }

  @Override
  public MarkovChain aggregate() {
    return economy.aggregate();
  }

  @Override
  public MarkovChain own() {
    return economy.own();
  }

  @Override
  public List<Exogenous> exogenous() {
    return economy.exogenous();
  }

  @Override
  public List<State> states() {
    return economy.states();
  }

  @Override
  public List<Price> prices() {
    return economy.prices();
  }

  @Override
  public List<Branch> branches() {
    return economy.branches();
  }

  @Override
  public Choice choice() {
    return economy.choice();
  }

  @Override
  public Term payoff(Branch branch) {
    return economy.payoff(branch);
  }

  @Override
  public Map<State, Term> next(Branch branch) {
    return economy.next(branch);
  }

  @Override
  public Map<Price, Term> residuals() {
    return economy.residuals();
  }
}
