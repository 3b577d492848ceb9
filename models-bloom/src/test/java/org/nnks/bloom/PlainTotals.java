package org.nnks.bloom;

import org.nnks.core.numeric.Matrix;

/** What firms' choices add up to, firm by firm from the equations: written for the tests alone. */
final class PlainTotals {

  private PlainTotals() {}

  /**
   * C and N.
   *
   * @param firms mass by (z, cell (k, n_-1))
   * @param prices p and W at which firms choose
   */
  static double[] of(
      Bloom economy, Matrix firms, GridChoices choices, int aggregateState, double... prices) {
    double wage = prices[1] / prices[0];
    int nodes = economy.hours().size();
    double consumption = 0;
    double hours = 0;
    for (int z = 0; z < firms.rows(); z++) {
      double productivity = economy.idiosyncratic(AggregateStates.LOW).level(z);
      for (int i = 0; i < firms.columns(); i++) {
        double mass = firms.get(z, i);
        if (mass == 0) {
          continue;
        }
        int cell = z * firms.columns() + i;
        double n = economy.hours().get(choices.hours(cell));
        double y =
            economy.output(
                economy.states().level(aggregateState),
                productivity,
                economy.capital().get(i / nodes),
                n);
        double investment =
            economy.capital().get(choices.capital(cell)) - economy.undepreciated(i / nodes);
        double hiring = n - economy.unseparated(i % nodes);
        double costs = economy.capitalCost(investment, y) + economy.hoursCost(hiring, y, wage);
        consumption += mass * (y - investment - costs);
        hours += mass * n;
      }
    }
    return new double[] {consumption, hours};
  }
}
