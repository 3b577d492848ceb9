package org.nnks.core.agents;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Price;
import org.nnks.core.model.Aggregates;
import org.nnks.core.model.Variables;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.History;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.Period;
import org.nnks.core.simulate.QuasiNewtonClearing;

/**
 * One history of a declared economy: a histogram of agents who decide, markets that clear every
 * period, and agents who move on. One price is bracketed, and decisions at the two ends of a
 * bracket too narrow to narrow further are mixed where demand jumps; several prices are found
 * together by a quasi-Newton method.
 */
public final class AgentHistory implements History {

  private final DeclaredEconomy economy;
  private final AgentPolicies policies;
  private final AgentHistogram agents;
  private final CellOutcomes outcomes;
  private final PeriodEquations equations;
  private final JumpClearing<Candidate> bracketing;
  private final QuasiNewtonClearing newton;
  private final Candidate only;
  private double[] moments;
  private int aggregateState;
  private Candidate[] decided;
  private double[] shares;

  /** What agents decide at one candidate. */
  private static final class Candidate {
    private final CellDecisions decisions;
    private final double[] sums;
    private double[] prices;

    Candidate(DeclaredEconomy economy, int cells, int sums) {
      decisions = new CellDecisions(economy.branches(), cells);
      this.sums = new double[sums];
    }
  }

  /** Excess demand in the only market of a period. */
  private final class Market implements JumpClearing.Demand<Candidate> {
    private final AgentPeriod agents;

    Market(AgentPeriod agents) {
      this.agents = agents;
    }

    @Override
    public double at(double price, Candidate candidate) {
      return evaluate(agents, new double[] {price}, candidate)[0];
    }

    @Override
    public double between(double price, Candidate lower, Candidate upper, Candidate candidate) {
      double[] prices = {price};
      agents.decideBetween(prices, lower.decisions, upper.decisions, candidate.decisions);
      return residuals(prices, candidate)[0];
    }
  }

  /**
   * A history that begins as the economy does.
   *
   * @param forecast of prices where residuals contain expectations
   */
  public AgentHistory(DeclaredEconomy economy, PriceForecast forecast, AgentPolicies policies) {
    this.economy = economy;
    this.policies = policies;
    agents = new AgentHistogram(economy);
    outcomes = new CellOutcomes(economy, agents.levels());
    equations = new PeriodEquations(economy, economy.aggregate(), forecast, outcomes.totals());
    List<Price> prices = economy.prices();
    only = candidate();
    bracketing =
        prices.size() == 1
            ? new JumpClearing<>(
                JumpClearing.Rule.MIXED,
                Grid.linear(prices.get(0).lower(), prices.get(0).upper(), 2),
                this::candidate)
            : null;
    newton =
        prices.size() > 1
            ? new QuasiNewtonClearing(
                prices.stream().mapToDouble(Price::lower).toArray(),
                prices.stream().mapToDouble(Price::upper).toArray())
            : null;
    moments = economy.initial().moments().toArray();
  }

  private Candidate candidate() {
    return new Candidate(economy, agents.mass().length, outcomes.totals().size());
  }

  @Override
  public Period step(int period, int a) {
    aggregateState = a;
    AgentPeriod decide = policies.period(a, moments, agents.mass());
    outcomes.state(a, moments);
    equations.state(a, moments);
    double[] prices = clear(period, decide);
    double[] sums = new double[outcomes.totals().size()];
    double edge = 0;
    double entrants = 0;
    for (int k = 0; k < decided.length; k++) {
      outcomes.addUpTheRest(
          decided[k].prices, decided[k].decisions, agents.mass(), decided[k].sums);
      entrants += shares[k] * agents.entrants(decided[k].decisions);
      for (int t = 0; t < sums.length; t++) {
        sums[t] += shares[k] * decided[k].sums[t];
      }
    }
    double[] residuals = equations.evaluate(prices, sums, entrants).clone();
    agents.beginMove();
    for (int k = 0; k < decided.length; k++) {
      outcomes.move(decided[k].decisions, agents.mass());
      edge += shares[k] * agents.edgeMass(outcomes, decided[k].decisions);
      agents.move(shares[k], outcomes, decided[k].decisions);
    }
    Period result =
        new Period(
            Vector.of(prices),
            Vector.of(moments),
            Vector.of(equations.nextMoments()),
            aggregates(),
            Vector.of(decide.prices()),
            Vector.of(decide.nextMoments()),
            Vector.of(residuals),
            newton == null || newton.cleared(),
            bracketing != null
                ? bracketing.evaluations()
                : newton != null ? newton.evaluations() : 1,
            bracketing != null ? bracketing.expansions() : 0,
            edge);
    moments = equations.nextMoments().clone();
    return result;
  }

  /** Finds prices, and leaves what agents decide at them. */
  private double[] clear(int period, AgentPeriod decide) {
    if (bracketing != null) {
      bracketing.clear(period, decide.prices()[0], new Market(decide));
      decided = new Candidate[] {bracketing.lower(), bracketing.upper()};
      shares = new double[] {bracketing.lowerWeight(), 1 - bracketing.lowerWeight()};
      return new double[] {bracketing.price()};
    }
    decided = new Candidate[] {only};
    shares = new double[] {1};
    if (newton == null) {
      evaluate(decide, new double[0], only);
      return new double[0];
    }
    newton.clear(period, decide.prices(), prices -> evaluate(decide, prices, only));
    evaluate(decide, newton.prices(), only);
    return newton.prices().clone();
  }

  private double[] evaluate(AgentPeriod decide, double[] prices, Candidate candidate) {
    decide.decide(new double[][] {prices}, new CellDecisions[] {candidate.decisions});
    return residuals(prices, candidate);
  }

  /** Residuals of what a candidate's agents have decided. */
  private double[] residuals(double[] prices, Candidate candidate) {
    candidate.prices = prices;
    outcomes.addUpToClear(prices, candidate.decisions, agents.mass(), candidate.sums);
    return equations.evaluate(prices, candidate.sums, agents.entrants(candidate.decisions));
  }

  /** The series that business-cycle tables know; zero where the economy has none. */
  private Aggregates aggregates() {
    Map<String, Double> series = equations.series();
    return new Aggregates(
        series.getOrDefault("Y", 0.0),
        series.getOrDefault("I", 0.0),
        series.getOrDefault("C", 0.0),
        series.getOrDefault("N", 0.0),
        series.getOrDefault("w", 0.0),
        equations.nextMoments()[0]);
  }

  /** The share of agents that takes each branch, and further series of the economy. */
  @Override
  public Map<String, Double> crossSection() {
    Map<String, Double> shown = new LinkedHashMap<>();
    List<Branch> branches = economy.branches();
    for (int b = 0; b < branches.size(); b++) {
      double share = 0;
      for (int k = 0; k < decided.length; k++) {
        double[] probability = decided[k].decisions.probability(b);
        for (int cell = 0; cell < probability.length; cell++) {
          share += shares[k] * agents.mass()[cell] * probability[cell];
        }
      }
      shown.put(branches.get(b).name(), share);
    }
    Map<String, Double> series = new TreeMap<>(equations.series()); // whatever map declares them
    series.keySet().removeAll(Arrays.asList("Y", "I", "C", "N", "w"));
    shown.putAll(series);
    return shown;
  }

  @Override
  public Variables variables() {
    return economy.variables();
  }

  @Override
  public void advance(int nextAggregateState) {
    agents.endMove(aggregateState, nextAggregateState);
  }

  @Override
  public Matrix distribution() {
    return agents.toMatrix();
  }
}
