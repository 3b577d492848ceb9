package org.nnks.khanthomas.exact;

import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.simulate.Policies;

/**
 * The decisions that follow from a value function, a target rule and forecast rules: Yokomoto
 * (2026) equations (17), (18) at candidate prices, (30), (31).
 *
 * <p>What no price changes is computed once a period: the forecast K', the continuation and the
 * value of doing nothing at every node. Not thread-safe.
 */
public final class LumpyPolicies implements Policies, PeriodPolicies {

  private final LumpyInvestment economy;
  private final Clearing.Method clearing;
  private final ForecastRules rules;
  private final ValueFunction value;
  private final TargetRule targetRule;

  private final boolean maintenance;
  private final double[] undepreciated;
  private final double[] kept;
  private final int[] keptCell;
  private final double[] inaction;
  private double[][] targets;
  private final double[] candidate = new double[1];
  private final Continuation continuation;

  private int aggregateState;
  private double meanCapital;
  private double priceForecast;
  private double hoursPriceForecast;
  private double capitalForecast;

  /** Decisions of an economy's firms that believe in these rules, and how markets clear. */
  public LumpyPolicies(
      LumpyInvestment economy,
      ForecastRules rules,
      ValueFunction value,
      TargetRule targetRule,
      Clearing.Method clearing) {
    this.economy = economy;
    this.clearing = clearing;
    this.rules = rules;
    this.value = value;
    this.targetRule = targetRule;
    maintenance = economy.freeAdjustment() > 0;
    int nodes = economy.capital().size();
    int shocks = economy.idiosyncratic().size();
    continuation = value.newContinuation();
    undepreciated = new double[nodes];
    kept = new double[nodes];
    keptCell = new int[nodes];
    for (int i = 0; i < nodes; i++) {
      undepreciated[i] = economy.undepreciated(economy.capital().get(i));
      kept[i] = economy.capital().clamp(undepreciated[i]);
      keptCell[i] = continuation.cell(kept[i]);
    }
    inaction = new double[shocks * nodes];
    targets = new double[MarketClearing.BATCH][shocks];
  }

  @Override
  public LumpyHistory begin() {
    return new LumpyHistory(economy, this, clearing.open(economy));
  }

  /**
   * Opens a period: computes once what no candidate price changes. The result is valid until the
   * next call.
   *
   * @param aggregateState the state of A, counted from zero
   * @param meanCapital K
   */
  public PeriodPolicies period(int aggregateState, double meanCapital) {
    this.aggregateState = aggregateState;
    this.meanCapital = meanCapital;
    priceForecast = rules.price(aggregateState, meanCapital);
    hoursPriceForecast = economy.hoursPrice(rules, aggregateState, meanCapital);
    capitalForecast = rules.nextCapital(aggregateState, meanCapital);
    value.continuation(aggregateState, economy.meanCapital().clamp(capitalForecast), continuation);
    int nodes = kept.length;
    for (int cell = 0; cell < inaction.length; cell++) {
      int i = cell % nodes;
      inaction[cell] = continuation.value(cell / nodes, keptCell[i], kept[i]);
    }
    return this;
  }

  @Override
  public double priceForecast() {
    return priceForecast;
  }

  @Override
  public double hoursPriceForecast() {
    return hoursPriceForecast;
  }

  @Override
  public double capitalForecast() {
    return capitalForecast;
  }

  @Override
  public void at(double[] prices, int count, Decisions[] decisions) {
    if (count > targets.length) {
      targets = new double[count][economy.idiosyncratic().size()];
    }
    targetRule.targets(aggregateState, meanCapital, continuation, prices, count, targets);
    for (int j = 0; j < count; j++) {
      decide(prices[j], economy.fixedCost(), targets[j], decisions[j]);
    }
  }

  @Override
  public void at(double price, double hoursPrice, Decisions decisions) {
    candidate[0] = price;
    targetRule.targets(aggregateState, meanCapital, continuation, candidate, 1, targets);
    decide(price, economy.fixedCost().at(hoursPrice), targets[0], decisions);
  }

  private void decide(double price, FixedCost cost, double[] target, Decisions decisions) {
    int nodes = kept.length;
    for (int z = 0; z < target.length; z++) {
      double chosen = economy.capital().clamp(target[z]);
      decisions.setTarget(z, chosen);
      double adjusted = continuation.value(z, chosen) - price * chosen;
      for (int i = 0; i < nodes; i++) {
        int cell = z * nodes + i;
        double stay = kept[i];
        double unadjusted = inaction[cell];
        if (maintenance) {
          stay = economy.unpaid(economy.capital().get(i), chosen);
          unadjusted = continuation.value(z, stay) - price * (stay - kept[i]);
        }
        double gain = adjusted + price * undepreciated[i] - unadjusted;
        decisions.set(cell, cost.adjustmentProbability(gain), cost.expectedHours(gain), stay);
      }
    }
  }
}
