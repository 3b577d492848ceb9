package org.nnks.krusellsmith.conditioned;

import java.util.Arrays;

/**
 * A backward step of the endogenous grid method of Carroll (2006), Economics Letters 91(3): at each
 * savings s the Euler equation of {@link DetrendedEconomy} gives consumption from next period's
 * table. Nothing is inverted: the table is a function of s.
 */
final class EulerSweep {

  private final DetrendedEconomy economy;
  private final TableShape shape;
  private final CapitalLaw law;
  private final NormalQuadrature shocks;
  private final double[] savings;
  private final double[] logCapital;
  private final double[] logProductivity;
  private final double[] logLabour;

  /** lambda' and its weights on the nodes of lambda, for each node of lambda and innovation. */
  private final double[][] nextLogLabour;

  private final double[][][] labourWeights;

  private final double[] rows;
  private final double[] nextConsumption;
  private final double[] nextCash;
  private final double[] marginal;

  /** A sweep under a law of motion, with expectations by so many points for each shock. */
  EulerSweep(DetrendedEconomy economy, TableShape shape, CapitalLaw law, NormalQuadrature shocks) {
    this.economy = economy;
    this.shape = shape;
    this.law = law;
    this.shocks = shocks;
    savings = shape.savingsNodes();
    logCapital = shape.capitalAxis(economy).points();
    logProductivity = shape.productivityAxis(economy).points();
    Axis labour = shape.labourAxis(economy);
    logLabour = labour.points();
    nextLogLabour = new double[shape.labour()][shocks.size()];
    labourWeights = new double[shape.labour()][shocks.size()][shape.labour()];
    for (int i = 0; i < shape.labour(); i++) {
      for (int h = 0; h < shocks.size(); h++) {
        nextLogLabour[i][h] = economy.labour().next(logLabour[i], shocks.node(h));
        labour.weights(nextLogLabour[i][h], labourWeights[i][h]);
      }
    }
    rows = new double[shape.labour() * shape.savings()];
    nextConsumption = new double[shape.savings()];
    nextCash = new double[shape.savings()];
    marginal = new double[shape.labour() * shape.savings()];
  }

  /** The table of the period before {@code tomorrow}. */
  ConsumptionTable apply(ConsumptionTable tomorrow) {
    double[] today = new double[shape.size()];
    int offset = 0;
    for (double k : logCapital) {
      for (double z : logProductivity) {
        expect(k, z, tomorrow);
        for (int i = 0; i < marginal.length; i++) {
          today[offset + i] = 1 / (economy.discountFactor() * marginal[i]);
        }
        offset += marginal.length;
      }
    }
    return new ConsumptionTable(economy, shape, today);
  }

  /** marginal = E[R'/(c' exp(lambda' - lambda) G)] for each lambda and s. */
  private void expect(double k, double z, ConsumptionTable tomorrow) {
    Arrays.fill(marginal, 0);
    double logSavings = law.logSavings(k, z);
    for (int j = 0; j < shocks.size(); j++) {
      double nextZ = economy.productivity().next(z, shocks.node(j));
      double logGrowth = economy.logScale(nextZ - z);
      double nextK = logSavings - logGrowth;
      double capital = Math.exp(nextK);
      double gross = economy.grossReturn(capital);
      double wage = economy.wage(capital);
      tomorrow.at(nextK, nextZ, rows);
      for (int i = 0; i < logLabour.length; i++) {
        for (int h = 0; h < shocks.size(); h++) {
          double probability = shocks.probability(j) * shocks.probability(h);
          double scale = Math.exp(logGrowth + nextLogLabour[i][h] - logLabour[i]);
          combine(labourWeights[i][h]);
          add(i * savings.length, probability * gross / scale, gross / scale, wage);
        }
      }
    }
  }

  /** Next period's consumption and cash at the nodes of s, between nodes of lambda. */
  private void combine(double[] weights) {
    int nodes = savings.length;
    for (int m = 0; m < nodes; m++) {
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i] * rows[i * nodes + m];
      }
      nextConsumption[m] = sum;
      nextCash[m] = sum + savings[m];
    }
  }

  /** marginal += weight / c' at cash' = perSavings s + wage, for all s: a walk along both grids. */
  private void add(int offset, double weight, double perSavings, double wage) {
    int nodes = savings.length;
    int cell = 0;
    for (int m = 0; m < nodes; m++) {
      double cash = perSavings * savings[m] + wage;
      double c;
      if (cash <= nextCash[0]) {
        c = cash;
      } else {
        while (cell < nodes - 2 && nextCash[cell + 1] <= cash) {
          cell++;
        }
        c =
            nextConsumption[cell]
                + (nextConsumption[cell + 1] - nextConsumption[cell])
                    * (cash - nextCash[cell])
                    / (nextCash[cell + 1] - nextCash[cell]);
      }
      marginal[offset + m] += weight / c;
    }
  }
}
