package org.nnks.krusellsmith.marginal;

import java.util.Arrays;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.numeric.Matrix;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.rbc.EndogenousGrid;

/**
 * One step back in time at the sample points of a {@link MarginalValueNetwork}: what tomorrow's
 * households decide by m, and what a unit saved for them is therefore worth today. Buffers; not for
 * several threads.
 */
final class EulerOperator {

  private final KrusellSmith economy;
  private final double[] nodes;
  private final double[] capital;
  private final double[] meanCapital;
  private final int aggregates;
  private final int states;
  private final int block;
  private final double[] consumption;
  private final double[] savings;
  private final double[] worth;
  private final EndogenousGrid inversion;
  private String fault;

  /**
   * With the points at which m is given and wanted.
   *
   * @param nodes of k' where m is given, rising from zero
   * @param capital k where m is wanted
   * @param meanCapital K where m is wanted
   */
  EulerOperator(KrusellSmith economy, double[] nodes, double[] capital, double[] meanCapital) {
    this.economy = economy;
    this.nodes = nodes;
    this.capital = capital;
    this.meanCapital = meanCapital;
    aggregates = economy.aggregate().size();
    states = economy.states();
    block = meanCapital.length * capital.length;
    consumption = new double[nodes.length];
    savings = new double[capital.length];
    worth = new double[aggregates * states * block];
    inversion = new EndogenousGrid(nodes);
  }

  /** m if everybody keeps (1 - delta) k and consumes all income, which is always possible. */
  double[] first() {
    double kept = 1 - economy.calibration().depreciation();
    Arrays.setAll(savings, i -> kept * capital[i]);
    for (int z = 0; z < aggregates; z++) {
      for (int s = 0; s < states; s++) {
        for (int j = 0; j < meanCapital.length; j++) {
          evaluate(z, s, j);
        }
      }
    }
    return expect();
  }

  /**
   * m of today: (z, s, K, k).
   *
   * @param values m of tomorrow at the nodes: (z, K, k', s), each K with the K' forecast from it
   */
  double[] apply(double[] values) {
    fault = null;
    for (int z = 0; z < aggregates; z++) {
      for (int s = 0; s < states; s++) {
        for (int j = 0; j < meanCapital.length; j++) {
          int row = (z * meanCapital.length + j) * nodes.length;
          for (int m = 0; m < nodes.length; m++) {
            consumption[m] = Math.exp(-values[(row + m) * states + s]);
          }
          decide(z, s, j);
          evaluate(z, s, j);
        }
      }
    }
    return expect();
  }

  /** Savings of households in one state that would consume this at the nodes of k'. */
  private void decide(int z, int s, int j) {
    double mean = meanCapital[j];
    double income = economy.wage(z, mean) * economy.income(z, s);
    inversion.savings(consumption, economy.grossReturn(z, mean), income, capital, savings);
    int fall = inversion.fall();
    if (fall != EndogenousGrid.RISING && fault == null) {
      fault =
          "households in state %d would consume %.4g with k' = %.4g but %.4g with k' = %.4g at z = %.4g, K = %.4g, which no decreasing marginal value explains: take another --seed, or --method exact"
              .formatted(
                  s + 1,
                  consumption[fall - 1],
                  nodes[fall - 1],
                  consumption[fall],
                  nodes[fall],
                  economy.aggregate().level(z),
                  mean);
    }
  }

  /**
   * Checks that the last m decreases in k' as the Euler equation has it; on the way there it need
   * not.
   *
   * @param change of m in the last step
   * @throws TrainingDivergedException if it does not, or is not finite
   */
  void requireDecreasing(double change) {
    if (fault != null) {
      throw new TrainingDivergedException(fault);
    }
    if (!Double.isFinite(change)) {
      throw new TrainingDivergedException(
          "the fitted marginal value of saving changes by %s: take another --seed, or --method exact"
              .formatted(change));
    }
  }

  /** worth = beta (1 + r) / c of households in one state with these savings. */
  private void evaluate(int z, int s, int j) {
    double gross = economy.grossReturn(z, meanCapital[j]);
    double income = economy.wage(z, meanCapital[j]) * economy.income(z, s);
    double discounted = economy.calibration().discountFactor() * gross;
    int at = (z * states + s) * block + j * capital.length;
    for (int i = 0; i < capital.length; i++) {
      worth[at + i] = discounted / (gross * capital[i] + income - savings[i]);
    }
  }

  /** log E[worth of (z', s') | z, s] at each K and k. */
  private double[] expect() {
    double[] expected = new double[worth.length];
    for (int z = 0; z < aggregates; z++) {
      for (int next = 0; next < aggregates; next++) {
        double moves = economy.aggregate().probability(z, next);
        Matrix transition = economy.transition(z, next);
        for (int s = 0; s < states; s++) {
          for (int t = 0; t < states; t++) {
            double probability = moves * transition.get(s, t);
            add(probability, (next * states + t) * block, expected, (z * states + s) * block);
          }
        }
      }
    }
    return Arrays.stream(expected).map(Math::log).toArray();
  }

  private void add(double probability, int from, double[] expected, int to) {
    for (int i = 0; i < block; i++) {
      expected[to + i] += probability * worth[from + i];
    }
  }
}
