package org.nnks.core.agents;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.Expectation;
import org.nnks.core.economy.Moment;
import org.nnks.core.economy.Price;
import org.nnks.core.economy.State;
import org.nnks.core.economy.Turnover;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Program;
import org.nnks.core.symbolic.Term;

/**
 * The equations of a period as a whole, given what agents' decisions add up to: next period's
 * moments, expectations over the next aggregate state, residuals of prices, and the series that are
 * shown. Holds buffers; not thread-safe.
 */
final class PeriodEquations {

  private final DeclaredEconomy economy;
  private final MarkovChain chain;
  private final PriceForecast forecast;
  private final List<String> totals;
  private final Program moments;
  private final Program expectations;
  private final Program residuals;
  private final Program series;
  private final List<Program> programs;
  private final List<String> seriesNames;
  private final Map<String, Double> known = new HashMap<>();
  private final String[] priceNames;
  private final String[] momentNames;
  private final String[] nextMomentNames;
  private final double[] entrantMeans;
  private final double[] nextMoments;
  private final double[] residual;
  private int aggregateState;

  /**
   * Equations.
   *
   * @param chain of aggregate states in expectations
   * @param forecast of prices in expectations
   * @param totals names of what is added up, as {@link CellOutcomes#totals}
   */
  PeriodEquations(
      DeclaredEconomy economy, MarkovChain chain, PriceForecast forecast, List<String> totals) {
    this.economy = economy;
    this.chain = chain;
    this.forecast = forecast;
    this.totals = totals;
    moments =
        program(
            economy.moments().stream()
                .map(moment -> moment.kind() == Moment.Kind.MEAN ? moment.next() : moment.law())
                .toList());
    expectations = program(economy.expectations().stream().map(Expectation::term).toList());
    Map<Price, Term> equations = economy.residuals();
    residuals = program(economy.prices().stream().map(equations::get).toList());
    Map<String, Term> shown = economy.aggregates();
    seriesNames = List.copyOf(shown.keySet());
    series = program(List.copyOf(shown.values()));
    programs = List.of(moments, expectations, residuals, series);
    priceNames = economy.prices().stream().map(Price::name).toArray(String[]::new);
    momentNames = economy.moments().stream().map(Moment::name).toArray(String[]::new);
    nextMomentNames =
        economy.moments().stream().map(moment -> moment.next().name()).toArray(String[]::new);
    nextMoments = new double[economy.moments().size()];
    residual = new double[economy.prices().size()];
    entrantMeans = entrantMeans();
  }

  private static Program program(List<? extends Term> terms) {
    return new Program(0, Map.of(), terms);
  }

  /** What an entrant adds to each mean. */
  private double[] entrantMeans() {
    double[] means = new double[economy.moments().size()];
    Turnover turnover = economy.turnover();
    if (!turnover.entry()) {
      return means;
    }
    Map<String, Expression> entrant = new HashMap<>();
    List<State> states = economy.states();
    for (int s = 0; s < states.size(); s++) {
      entrant.put(states.get(s).name(), Expression.constant(turnover.states().get(s)));
    }
    for (int j = 0; j < means.length; j++) {
      Moment moment = economy.moments().get(j);
      if (moment.kind() == Moment.Kind.MEAN) {
        means[j] = moment.law().expression().substitute(entrant).number();
      }
    }
    return means;
  }

  /** Gives a symbol that is the same for all agents its value. */
  void set(String symbol, double level) {
    for (Program program : programs) {
      program.set(symbol, level);
    }
  }

  /** Gives an aggregate variable a level in the next period that is not its chain's. */
  void setNext(String symbol, double level) {
    known.put(symbol, level);
  }

  /** Sets the aggregate state and moments. */
  void state(int a, double[] today) {
    aggregateState = a;
    for (Exogenous variable : economy.exogenous()) {
      if (!variable.own()) {
        set(variable.name(), variable.levels().get(a));
      }
    }
    for (int j = 0; j < today.length; j++) {
      set(momentNames[j], today[j]);
    }
  }

  /**
   * Evaluates residuals.
   *
   * @param sums of what decisions add up to
   * @param entrants the mass of those who enter before the next period
   * @return residuals in the order of prices; valid until the next call
   */
  double[] evaluate(double[] prices, double[] sums, double entrants) {
    for (int j = 0; j < prices.length; j++) {
      set(priceNames[j], prices[j]);
    }
    for (int t = 0; t < sums.length; t++) {
      set(totals.get(t), sums[t]);
    }
    for (int j = 0; j < nextMoments.length; j++) {
      nextMoments[j] = moments.evaluate(j)[0] + entrants * entrantMeans[j];
    }
    for (int j = 0; j < nextMoments.length; j++) {
      residuals.set(nextMomentNames[j], nextMoments[j]);
      series.set(nextMomentNames[j], nextMoments[j]);
      expectations.set(nextMomentNames[j], nextMoments[j]);
    }
    expect();
    for (int j = 0; j < residual.length; j++) {
      residual[j] = residuals.evaluate(j)[0];
    }
    return residual;
  }

  private void expect() {
    List<Expectation> named = economy.expectations();
    if (named.isEmpty()) {
      return;
    }
    double[] sums = new double[named.size()];
    for (int next = 0; next < chain.size(); next++) {
      double probability = chain.probability(aggregateState, next);
      if (probability == 0) {
        continue;
      }
      for (Exogenous variable : economy.exogenous()) {
        if (!variable.own()) {
          Double level = known.get(variable.name());
          expectations.set(
              variable.next().name(), level == null ? variable.levels().get(next) : level);
        }
      }
      double[] prices = forecast.prices(next, nextMoments);
      for (int j = 0; j < prices.length; j++) {
        expectations.set(economy.prices().get(j).next().name(), prices[j]);
      }
      for (int i = 0; i < sums.length; i++) {
        sums[i] += probability * expectations.evaluate(i)[0];
      }
    }
    for (int i = 0; i < sums.length; i++) {
      residuals.set(named.get(i).name(), sums[i]);
      series.set(named.get(i).name(), sums[i]);
    }
  }

  /** Next period's moments, as last evaluated. */
  double[] nextMoments() {
    return nextMoments;
  }

  /** The shown series by name, as last evaluated. */
  Map<String, Double> series() {
    Map<String, Double> shown = new LinkedHashMap<>();
    for (int i = 0; i < seriesNames.size(); i++) {
      shown.put(seriesNames.get(i), series.evaluate(i)[0]);
    }
    return shown;
  }
}
