package org.nnks.krusellsmith.rbc;

import java.util.Arrays;
import org.nnks.core.numeric.Grid;

/**
 * The endogenous grid method of Carroll (2006), Economics Letters 91(3): on a grid of k' the Euler
 * equation gives today's consumption, and the budget the cash at which it is chosen. Between its
 * nodes consumption is linear in cash. Stateless.
 *
 * @param nodes nodes of k'
 * @param lower first node, relative to k_ss
 * @param upper last node, relative to k_ss
 * @param tolerance largest relative change of consumption at which it stops
 * @param maxIterations iterations before it gives up
 */
public record RbcEndogenousGrid(
    int nodes, double lower, double upper, double tolerance, int maxIterations) {

  /** Wide enough for errors on [.5, 1.5] k_ss not to feel the ends. */
  private static final double LOWER = .3;

  private static final double UPPER = 2.2;

  /** With these, interpolation leaves errors of 1e-7.7 on average. */
  private static final int NODES = 1500;

  /** A thousandth of the interpolation error. */
  private static final double TOLERANCE = 1e-11;

  /** The presets need fewer than 300. */
  private static final int MAX_ITERATIONS = 5000;

  /** The start keeps capital, but consumes at least this share of cash where that is impossible. */
  private static final double START_SHARE = .01;

  /** Checks every domain. */
  public RbcEndogenousGrid {
    if (nodes < 2 || !(0 < lower && lower < upper) || !(tolerance > 0) || maxIterations < 1) {
      throw new IllegalArgumentException(
          ("nodes must be at least 2, 0 < lower < upper, tolerance positive and maxIterations at"
                  + " least 1 but they are %d, %s, %s, %s and %d")
              .formatted(nodes, lower, upper, tolerance, maxIterations));
    }
  }

  /** 1500 nodes on [.3, 2.2] k_ss. */
  public static RbcEndogenousGrid standard() {
    return new RbcEndogenousGrid(NODES, LOWER, UPPER, TOLERANCE, MAX_ITERATIONS);
  }

  /** Solves an economy; {@code change} is the largest relative change of consumption. */
  public RbcSolution solve(Rbc economy) {
    double steady = economy.steadyCapital();
    Grid nextCapital = Grid.linear(lower * steady, upper * steady, nodes);
    Step step = new Step(economy, nextCapital);
    int iterations = 0;
    double change = Double.POSITIVE_INFINITY;
    while (change > tolerance && iterations < maxIterations) {
      change = step.apply();
      iterations++;
    }
    return new RbcSolution(step.rule(), iterations, change, change <= tolerance);
  }

  /** Consumption and the cash at which it is chosen, at each node of k'. */
  private record CashRule(Rbc economy, double[][] cash, double[][] consumption) implements RbcRule {

    @Override
    public double consumption(int state, double capital) {
      double[] at = cash[state];
      double x = economy.cash(state, capital);
      int low = 0;
      int high = at.length - 1;
      while (high - low > 1) {
        int middle = (low + high) >>> 1;
        if (at[middle] <= x) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return linear(at, consumption[state], low, x);
    }
  }

  private static final class Step {
    private final Rbc economy;
    private final Grid nextCapital;
    private final double[][] nextCash;
    private final double[][] grossReturn;
    private final double[][] probability;
    private final double[][] cash;
    private final double[][] consumption;
    private final double[][] marginal;

    Step(Rbc economy, Grid nextCapital) {
      this.economy = economy;
      this.nextCapital = nextCapital;
      int states = economy.productivity().size();
      int nodes = nextCapital.size();
      nextCash = new double[states][nodes];
      grossReturn = new double[states][nodes];
      cash = new double[states][nodes];
      consumption = new double[states][nodes];
      marginal = new double[states][nodes];
      probability = economy.productivity().transition().toRows();
      RbcRule first = RbcRule.keepingCapital(economy);
      for (int z = 0; z < states; z++) {
        for (int i = 0; i < nodes; i++) {
          double k = nextCapital.get(i);
          nextCash[z][i] = economy.cash(z, k);
          grossReturn[z][i] = economy.grossReturn(z, k);
          cash[z][i] = nextCash[z][i];
          consumption[z][i] = Math.max(first.consumption(z, k), START_SHARE * nextCash[z][i]);
        }
      }
    }

    double apply() {
      int states = cash.length;
      int nodes = nextCapital.size();
      for (int z = 0; z < states; z++) {
        int cell = 0;
        for (int i = 0; i < nodes; i++) {
          double x = nextCash[z][i];
          while (cell < nodes - 2 && cash[z][cell + 1] <= x) {
            cell++;
          }
          marginal[z][i] = grossReturn[z][i] / linear(cash[z], consumption[z], cell, x);
        }
      }
      double change = 0;
      double beta = economy.calibration().discountFactor();
      double[] expected = new double[nodes];
      for (int z = 0; z < states; z++) {
        Arrays.fill(expected, 0);
        for (int next = 0; next < states; next++) {
          double p = probability[z][next];
          for (int i = 0; i < nodes; i++) {
            expected[i] += p * marginal[next][i];
          }
        }
        for (int i = 0; i < nodes; i++) {
          double c = 1 / (beta * expected[i]);
          change = Math.max(change, Math.abs(c / consumption[z][i] - 1));
          consumption[z][i] = c;
          cash[z][i] = c + nextCapital.get(i);
        }
      }
      return change;
    }

    RbcRule rule() {
      return new CashRule(economy, cash, consumption);
    }
  }

  private static double linear(double[] x, double[] y, int cell, double at) {
    double weight = (at - x[cell]) / (x[cell + 1] - x[cell]);
    return (1 - weight) * y[cell] + weight * y[cell + 1];
  }
}
