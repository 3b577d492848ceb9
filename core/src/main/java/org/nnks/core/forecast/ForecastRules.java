package org.nnks.core.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.model.Variables;
import org.nnks.core.numeric.Vector;

/**
 * What agents believe about the economy: next period's moments and today's prices, given today's
 * aggregate state and moments. Gamma_mu and Gamma_p of Yokomoto (2026), for any number of each.
 *
 * @param moments log m' on log m, for each moment; the first is mean capital K where there is one
 * @param prices log P on log m, for each price
 */
public record ForecastRules(List<LogLinearRule> moments, List<LogLinearRule> prices) {

  /** Checks that all rules have the same aggregate states and moments. */
  public ForecastRules {
    moments = List.copyOf(moments);
    prices = List.copyOf(prices);
    if (moments.isEmpty()) {
      throw new IllegalArgumentException("forecast rules need one moment or more but got none");
    }
    int states = moments.get(0).intercept().size();
    int count = moments.size();
    Stream.concat(moments.stream(), prices.stream())
        .forEach(
            rule -> {
              if (rule.intercept().size() != states) {
                throw new IllegalArgumentException(
                    "all rules need the same aggregate states but have %d and %d"
                        .formatted(states, rule.intercept().size()));
              }
              if (rule.slopes().size() != count) {
                throw new IllegalArgumentException(
                    "every rule needs a slope for each of %d moments but one has %d"
                        .formatted(count, rule.slopes().size()));
              }
            });
  }

  /** The rules of an economy with one moment and one price: log K' on log K, log p on log K. */
  public ForecastRules(LogLinearRule capital, LogLinearRule price) {
    this(List.of(capital), List.of(price));
  }

  /**
   * Makes sure that these are rules for the moments and prices of an economy.
   *
   * @throws InvalidInputException if there are more or fewer
   */
  public void requireFor(Variables variables) {
    if (moments.size() != variables.moments().size()
        || prices.size() != variables.prices().size()) {
      throw new InvalidInputException(
          "forecast rules must be for %d moments %s and %d prices %s but are for %d and %d; start without rules"
              .formatted(
                  variables.moments().size(),
                  variables.moments(),
                  variables.prices().size(),
                  variables.prices(),
                  moments.size(),
                  prices.size()));
    }
  }

  /** The rule for the first moment. */
  public LogLinearRule capital() {
    return moments.get(0);
  }

  /** The rule for the first price. */
  public LogLinearRule price() {
    return prices.get(0);
  }

  /** The number of aggregate states. */
  public int states() {
    return capital().intercept().size();
  }

  /** K': the forecast of next period's first moment in an economy with one. */
  public double nextCapital(int aggregateState, double meanCapital) {
    return capital().at(aggregateState, meanCapital);
  }

  /** The forecast of the first price in an economy with one moment. */
  public double price(int aggregateState, double meanCapital) {
    return price().at(aggregateState, meanCapital);
  }

  /** m': forecasts of next period's moments. */
  public double[] nextMoments(int aggregateState, double... today) {
    return moments.stream().mapToDouble(rule -> rule.at(aggregateState, today)).toArray();
  }

  /** P: forecasts of this period's prices. */
  public double[] prices(int aggregateState, double... today) {
    return prices.stream().mapToDouble(rule -> rule.at(aggregateState, today)).toArray();
  }

  /**
   * The rules of an economy with one moment and one price that fit a history best; see {@link
   * RuleRegression}.
   *
   * @throws org.nnks.core.io.InvalidInputException if a state is visited too rarely for a line, or
   *     at one K only
   */
  public static ForecastRules estimate(
      int[] states,
      Vector capital,
      Vector nextCapital,
      Vector price,
      int from,
      int aggregateStates,
      IntUnaryOperator neighbour) {
    return new RuleRegression(states, List.of(capital), List.of(nextCapital), List.of(price), from)
        .estimate(aggregateStates, neighbour);
  }

  /** As above, where no state takes anything from another. */
  public static ForecastRules estimate(
      int[] states,
      Vector capital,
      Vector nextCapital,
      Vector price,
      int from,
      int aggregateStates) {
    return estimate(
        states, capital, nextCapital, price, from, aggregateStates, IntUnaryOperator.identity());
  }

  /** The largest absolute difference between coefficients: the norm of Algorithm 4, line 5. */
  public double distance(ForecastRules other) {
    double[] mine = coefficients();
    double[] theirs = other.coefficients();
    double largest = 0;
    for (int i = 0; i < mine.length; i++) {
      largest = Math.max(largest, Math.abs(mine[i] - theirs[i]));
    }
    return largest;
  }

  /**
   * All coefficients, rule by rule, moments first: intercepts over aggregate states, then slopes
   * over aggregate states for each moment. With one of each the order is a_K, b_K, a_p, b_p.
   */
  public double[] coefficients() {
    return Stream.concat(moments.stream(), prices.stream())
        .flatMap(rule -> Stream.concat(Stream.of(rule.intercept()), rule.slopes().stream()))
        .flatMapToDouble(Vector::stream)
        .toArray();
  }

  /** Rules for the same moments and prices with these coefficients. */
  public ForecastRules withCoefficients(double... all) {
    return ofCoefficients(moments.size(), prices.size(), all);
  }

  /** The rules with these coefficients, ordered as by {@link #coefficients()}. */
  public static ForecastRules ofCoefficients(int moments, int prices, double[] all) {
    int lines = (moments + prices) * (1 + moments);
    if (all.length == 0 || all.length % lines != 0) {
      throw new IllegalArgumentException(
          "rules need %d coefficients for each aggregate state but got %d"
              .formatted(lines, all.length));
    }
    int n = all.length / lines;
    List<LogLinearRule> rules = new ArrayList<>();
    for (int at = 0; at < all.length; at += n * (1 + moments)) {
      List<Vector> columns = new ArrayList<>();
      for (int column = 0; column <= moments; column++) {
        columns.add(Vector.of(Arrays.copyOfRange(all, at + column * n, at + (column + 1) * n)));
      }
      rules.add(new LogLinearRule(columns.get(0), columns.subList(1, columns.size())));
    }
    return new ForecastRules(rules.subList(0, moments), rules.subList(moments, rules.size()));
  }

  /** The rules with these coefficients of an economy with one moment and one price. */
  public static ForecastRules ofCoefficients(double... all) {
    return ofCoefficients(1, 1, all);
  }
}
