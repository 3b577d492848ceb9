package org.nnks.khanthomas.exact;

import org.nnks.core.forecast.ForecastRules;

/**
 * The right-hand side of the Bellman equation on a set of points, Yokomoto (2026) equations (26),
 * (27), given forecast rules.
 *
 * <p>Points are the product of capitals k_i and mean capitals K_j, for every exogenous state (A,z).
 * Values are stored as (exogenous state, j, i) with the exogenous state A * (number of z) + z.
 * Prices, forecasts and profits depend on the rules alone and are computed once.
 */
public final class BellmanOperator {

  private final int aggregateStates;
  private final int shocks;
  private final int capitals;
  private final int meanCapitals;
  private final FixedCost[][] cost;
  private final double[] undepreciated;
  private final double[] kept;
  private final int[] keptCell;
  private final boolean maintenance;
  private final LumpyInvestment economy;
  private final double[] capital;
  private final double[] profit;
  private final double[][] price;
  private final double[][] nextMeanCapital;

  /** The operator at these points. */
  public BellmanOperator(
      LumpyInvestment economy, ForecastRules rules, double[] capital, double[] meanCapital) {
    aggregateStates = economy.aggregate().size();
    shocks = economy.idiosyncratic().size();
    capitals = capital.length;
    meanCapitals = meanCapital.length;
    cost = new FixedCost[aggregateStates][meanCapitals];
    undepreciated = new double[capitals];
    kept = new double[capitals];
    keptCell = new int[capitals];
    maintenance = economy.freeAdjustment() > 0;
    this.economy = economy;
    this.capital = capital.clone();
    for (int i = 0; i < capitals; i++) {
      undepreciated[i] = economy.undepreciated(capital[i]);
      kept[i] = economy.capital().clamp(undepreciated[i]);
    }
    price = new double[aggregateStates][meanCapitals];
    nextMeanCapital = new double[aggregateStates][meanCapitals];
    profit = new double[aggregateStates * shocks * meanCapitals * capitals];
    int index = 0;
    for (int a = 0; a < aggregateStates; a++) {
      for (int j = 0; j < meanCapitals; j++) {
        price[a][j] = rules.price(a, meanCapital[j]);
        cost[a][j] = economy.fixedCost().at(economy.hoursPrice(rules, a, meanCapital[j]));
        nextMeanCapital[a][j] = economy.meanCapital().clamp(rules.nextCapital(a, meanCapital[j]));
      }
      for (int z = 0; z < shocks; z++) {
        for (int j = 0; j < meanCapitals; j++) {
          for (int i = 0; i < capitals; i++) {
            profit[index++] =
                economy.profit(
                    economy.idiosyncratic().level(z),
                    capital[i],
                    economy.aggregate().level(a),
                    price[a][j],
                    cost[a][j].hoursPrice());
          }
        }
      }
    }
  }

  /** The number of values: exogenous states times mean capitals times capitals. */
  public int size() {
    return profit.length;
  }

  /** p expected at an aggregate state and the j-th mean capital. */
  public double price(int aggregateState, int j) {
    return price[aggregateState][j];
  }

  /** K' expected there, within the economy's interval. */
  public double nextMeanCapital(int aggregateState, int j) {
    return nextMeanCapital[aggregateState][j];
  }

  /**
   * Writes the right-hand side for one aggregate state and mean capital, all z and k.
   *
   * @param continuation at {@link #nextMeanCapital}
   * @param targets k* of each idiosyncratic state
   * @param values where it goes
   */
  public void apply(
      int aggregateState, int j, Continuation continuation, double[] targets, double[] values) {
    double p = price[aggregateState][j];
    for (int i = 0; i < capitals; i++) {
      keptCell[i] = continuation.cell(kept[i]);
    }
    for (int z = 0; z < shocks; z++) {
      double adjusted = continuation.value(z, targets[z]) - p * targets[z];
      int row = ((aggregateState * shocks + z) * meanCapitals + j) * capitals;
      for (int i = 0; i < capitals; i++) {
        double stay = kept[i];
        int cell = keptCell[i];
        if (maintenance) {
          stay = economy.unpaid(capital[i], targets[z]);
          cell = continuation.cell(stay);
        }
        double inaction = continuation.value(z, cell, stay) - p * (stay - kept[i]);
        double gain = adjusted + p * undepreciated[i] - inaction;
        values[row + i] = profit[row + i] + inaction + cost[aggregateState][j].optionValue(gain);
      }
    }
  }
}
