package org.nnks.core.economy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.forecast.LogLinearRule;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.symbolic.Term;

/**
 * An economy whose agents look at one moment more: the mean squared distance of their first state
 * from where it is on average, as a share of that. Nothing else is changed; whether rules gain by
 * it is what it is for.
 */
public final class SecondMoment implements DeclaredEconomy {

  /** The name of the moment. */
  public static final String NAME = "V";

  /** How far the moment may move from where it is on average, as a factor. */
  private static final double RANGE = 1.5;

  private final DeclaredEconomy economy;
  private final ForecastRules rules;
  private final double average;
  private final Moment moment;

  /**
   * The economy with the moment.
   *
   * @param agents mass by own state and nodes of the states, the last state fastest, averaged over
   *     a path
   * @param rules of the economy as it is, from which a solve starts
   */
  public SecondMoment(DeclaredEconomy economy, Matrix agents, ForecastRules rules) {
    this.economy = economy;
    this.rules = rules;
    State state = economy.states().get(0);
    int nodes = state.grid().size();
    int others = agents.columns() / nodes;
    double mean = 0;
    for (int e = 0; e < agents.rows(); e++) {
      for (int i = 0; i < agents.columns(); i++) {
        mean += agents.get(e, i) * state.grid().get(i / others);
      }
    }
    double sum = 0;
    for (int e = 0; e < agents.rows(); e++) {
      for (int i = 0; i < agents.columns(); i++) {
        double away = state.grid().get(i / others) / mean - 1;
        sum += agents.get(e, i) * away * away;
      }
    }
    average = sum;
    moment =
        Moment.mean(
            NAME,
            state.expression().times(1 / mean).minus(1).pow(2),
            average / RANGE,
            average * RANGE);
  }

  @Override
  public List<Moment> moments() {
    return Stream.concat(economy.moments().stream(), Stream.of(moment)).toList();
  }

  /** The moment is near its average where a history starts, whatever it is there. */
  @Override
  public Initial initial() {
    Initial initial = economy.initial();
    return new Initial(
        initial.aggregateState(), extended(initial.moments(), average), initial.distribution());
  }

  private static Vector extended(Vector vector, double last) {
    double[] all = new double[vector.size() + 1];
    System.arraycopy(vector.toArray(), 0, all, 0, vector.size());
    all[vector.size()] = last;
    return Vector.of(all);
  }

  /** The rules of the economy as it is; the moment stays at its average, and moves nothing. */
  @Override
  public Optional<ForecastRules> coldStart() {
    Vector none = Vector.of(new double[rules.states()]);
    List<LogLinearRule> moments = new ArrayList<>();
    rules.moments().forEach(rule -> moments.add(extended(rule, none)));
    List<Vector> still = moments().stream().map(each -> none).toList();
    moments.add(new LogLinearRule(none.map(zero -> Math.log(average)), still));
    return Optional.of(
        new ForecastRules(
            moments, rules.prices().stream().map(rule -> extended(rule, none)).toList()));
  }

  private static LogLinearRule extended(LogLinearRule rule, Vector slope) {
    return new LogLinearRule(
        rule.intercept(), Stream.concat(rule.slopes().stream(), Stream.of(slope)).toList());
  }

  @Override
  public List<String> cyclical() {
    return economy.cyclical();
  }

  @Override
  public String name() {
    return economy.name();
  }

  @Override
  public String label(String variable) {
    return economy.label(variable);
  }

  @Override
  public List<String> warnings() {
    return economy.warnings();
  }

  @Override
  public String stateName(int aggregateState) {
    return economy.stateName(aggregateState);
  }

  @Override
  public int periodsPerYear() {
    return economy.periodsPerYear();
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
  public int neighbour(int aggregateState) {
    return economy.neighbour(aggregateState);
  }

  @Override
  public MarkovChain own() {
    return economy.own();
  }

  @Override
  public MarkovChain own(int aggregateState, int nextAggregateState) {
    return economy.own(aggregateState, nextAggregateState);
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
  public Turnover turnover() {
    return economy.turnover();
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
  public Map<Total, Term> contributions(Branch branch) {
    return economy.contributions(branch);
  }

  @Override
  public List<Expectation> expectations() {
    return economy.expectations();
  }

  @Override
  public Map<Price, Term> residuals() {
    return economy.residuals();
  }

  @Override
  public Map<String, Term> aggregates() {
    return economy.aggregates();
  }
}
