package org.nnks.core.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nnks.core.model.Aggregates;
import org.nnks.core.model.Economy;
import org.nnks.core.model.Histogram;
import org.nnks.core.numeric.Vector;

/**
 * Simulates one history of an economy at given aggregate shocks, clearing the market every period:
 * Yokomoto (2026) Algorithm 3 with any {@link Policies}.
 */
public final class Simulator {

  private enum Series {
    PRICE,
    CAPITAL,
    NEXT_CAPITAL,
    OUTPUT,
    INVESTMENT,
    HOURS,
    CONSUMPTION,
    WAGE,
    PRICE_FORECAST,
    NEXT_CAPITAL_FORECAST,
    RESIDUAL
  }

  private final Economy economy;
  private final Clearing.Method clearingMethod;

  /** A simulator that clears markets in batches; it keeps nothing between histories. */
  public Simulator(Economy economy) {
    this(economy, Clearing.Method.BATCHED);
  }

  /** A simulator that clears markets by a method. */
  public Simulator(Economy economy, Clearing.Method clearingMethod) {
    this.economy = economy;
    this.clearingMethod = clearingMethod;
  }

  /**
   * One history.
   *
   * @param policies what firms decide
   * @param states aggregate states, counted from zero, one a period
   * @return as many periods as states
   * @throws UnclearedMarketException if a period has no clearing price
   */
  public SimulatedPath simulate(Policies policies, int[] states) {
    int periods = states.length;
    double[][] series = new double[Series.values().length][periods];
    List<InvestmentRates> rates = new ArrayList<>(periods);
    Histogram firms = Histogram.uniform(economy);
    Clearing clearing = clearingMethod.open(economy);
    long evaluations = 0;
    long expansions = 0;
    int failures = 0;
    double largestResidual = 0;
    double largestEdgeMass = 0;
    double capital = economy.start().meanCapital();

    for (int t = 0; t < periods; t++) {
      PeriodPolicies policy = policies.period(states[t], capital);
      boolean cleared = clearing.clear(t + 1, policy, economy.market(states[t], firms));
      Aggregates aggregates = clearing.aggregates();

      series[Series.PRICE.ordinal()][t] = clearing.price();
      series[Series.CAPITAL.ordinal()][t] = capital;
      series[Series.NEXT_CAPITAL.ordinal()][t] = aggregates.nextCapital();
      series[Series.OUTPUT.ordinal()][t] = aggregates.output();
      series[Series.INVESTMENT.ordinal()][t] = aggregates.investment();
      series[Series.HOURS.ordinal()][t] = aggregates.hours();
      series[Series.CONSUMPTION.ordinal()][t] = aggregates.consumption();
      series[Series.WAGE.ordinal()][t] = aggregates.wage();
      series[Series.PRICE_FORECAST.ordinal()][t] = policy.priceForecast();
      series[Series.NEXT_CAPITAL_FORECAST.ordinal()][t] = policy.capitalForecast();
      series[Series.RESIDUAL.ordinal()][t] = clearing.residual();
      rates.add(InvestmentRates.of(economy, firms, clearing.decisions()));

      firms.advance(clearing.decisions(), states[Math.min(t + 1, periods - 1)]);
      capital = aggregates.nextCapital();
      evaluations += clearing.evaluations();
      expansions += clearing.expansions();
      failures += cleared ? 0 : 1;
      largestResidual = Math.max(largestResidual, Math.abs(clearing.residual()));
      largestEdgeMass = Math.max(largestEdgeMass, firms.edgeMass());
    }
    return new SimulatedPath(
        Arrays.stream(states).boxed().toList(),
        vector(series, Series.PRICE),
        vector(series, Series.CAPITAL),
        vector(series, Series.NEXT_CAPITAL),
        vector(series, Series.OUTPUT),
        vector(series, Series.INVESTMENT),
        vector(series, Series.HOURS),
        vector(series, Series.CONSUMPTION),
        vector(series, Series.WAGE),
        vector(series, Series.PRICE_FORECAST),
        vector(series, Series.NEXT_CAPITAL_FORECAST),
        vector(series, Series.RESIDUAL),
        List.copyOf(rates),
        firms.toMatrix(),
        new ClearingReport(evaluations, expansions, failures, largestResidual, largestEdgeMass));
  }

  private static Vector vector(double[][] series, Series which) {
    return Vector.ofUnsafe(series[which.ordinal()]);
  }
}
