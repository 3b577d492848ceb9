package org.nnks.krusellsmith.conditioned;

import org.nnks.core.nets.InputBox;

/**
 * What households decide in one period: consumption as a function of cash and lambda at given
 * aggregates, linear in both between nodes and, as an {@link Axis}, beyond the ends. Buffers, used
 * again from period to period.
 */
final class PeriodRule {

  /** Nodes of lambda between which consumption is linear. */
  private static final int LABOUR_NODES = 29;

  private final ConsumptionTable table;
  private final double[] savings;
  private final int nodes;
  private final double lowest;
  private final double step;
  private final double[][] labourWeights;
  private final double[] rows;
  private final double[][] consumption;
  private final double[][] cash;
  private double grossReturn;
  private double wage;

  PeriodRule(ConsumptionTable table) {
    this.table = table;
    savings = table.shape().savingsNodes();
    nodes = savings.length;
    Axis axis = table.shape().labourAxis(table.economy());
    InputBox labour = axis.box();
    lowest = labour.lower();
    step = (labour.upper() - labour.lower()) / (LABOUR_NODES - 1);
    labourWeights = new double[LABOUR_NODES][table.shape().labour()];
    for (int i = 0; i < LABOUR_NODES; i++) {
      axis.weights(lowest + i * step, labourWeights[i]);
    }
    rows = new double[table.shape().labour() * nodes];
    consumption = new double[LABOUR_NODES][nodes];
    cash = new double[LABOUR_NODES][nodes];
  }

  /** Turns to an aggregate state. */
  void set(double logCapital, double logProductivity) {
    double capital = Math.exp(logCapital);
    grossReturn = table.economy().grossReturn(capital);
    wage = table.economy().wage(capital);
    table.at(logCapital, logProductivity, rows);
    for (int i = 0; i < LABOUR_NODES; i++) {
      double[] weights = labourWeights[i];
      double[] c = consumption[i];
      double[] m = cash[i];
      for (int n = 0; n < nodes; n++) {
        double sum = 0;
        for (int j = 0; j < weights.length; j++) {
          sum += weights[j] * rows[j * nodes + n];
        }
        c[n] = sum;
        m[n] = sum + savings[n];
      }
    }
  }

  double grossReturn() {
    return grossReturn;
  }

  double wage() {
    return wage;
  }

  /**
   * The cell of savings in which a household stands.
   *
   * @param logLabour lambda
   * @param m its cash, per unit of its labour
   * @param near a cell to look from, such as its last: most households move little
   */
  int cell(double logLabour, double m, int near) {
    return cell(cash[row(logLabour)], m, near);
  }

  private int cell(double[] grid, double m, int near) {
    int cell = near;
    while (cell > 0 && grid[cell] > m) {
      cell--;
    }
    while (cell < nodes - 2 && grid[cell + 1] <= m) {
      cell++;
    }
    return cell;
  }

  private int row(double logLabour) {
    int row = (int) ((logLabour - lowest) / step);
    return Math.min(Math.max(row, 0), LABOUR_NODES - 2);
  }

  /** Consumption per unit of labour, given a household's cash and a cell to look from. */
  double consumption(double logLabour, double m, int near) {
    int row = row(logLabour);
    double weight = (logLabour - lowest) / step - row;
    double c = (1 - weight) * along(row, m, near) + weight * along(row + 1, m, near);
    return Math.min(c, m); // beyond the ends the line may leave the budget
  }

  private double along(int row, double m, int near) {
    double[] grid = cash[row];
    if (m <= grid[0]) {
      return m;
    }
    int cell = cell(grid, m, near);
    double[] c = consumption[row];
    return c[cell] + (c[cell + 1] - c[cell]) * (m - grid[cell]) / (grid[cell + 1] - grid[cell]);
  }
}
