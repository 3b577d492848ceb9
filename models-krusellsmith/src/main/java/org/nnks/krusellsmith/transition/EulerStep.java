package org.nnks.krusellsmith.transition;

import java.util.Arrays;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.krusellsmith.GridHouseholds;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.rbc.EndogenousGrid;

/**
 * One step of the endogenous grid method along a path. What stands for V is c / (1 + r) at nodes of
 * k for each idiosyncratic state, in one row: the inverse of what a unit saved for that state is
 * worth; unlike its inverse it is nearly linear in k and K, and finite where c is zero. Holds
 * buffers; not thread-safe.
 */
public final class EulerStep {

  private final KrusellSmith economy;
  private final MarkovChain chain;
  private final Grid grid;
  private final double[] nodes;
  private final double[][] everyState;
  private final double[][] savings;
  private final double[][] consumption;
  private final EndogenousGrid inversion;

  /**
   * Steps of an economy.
   *
   * @param chain of aggregate states that households expect
   */
  public EulerStep(KrusellSmith economy, MarkovChain chain) {
    this.economy = economy;
    this.chain = chain;
    grid = KrusellSmith.spaced(economy.calibration().capitalMax(), GridHouseholds.CAPITAL_NODES);
    nodes = grid.nodes().toArray();
    everyState = new double[economy.states()][];
    Arrays.fill(everyState, nodes);
    savings = new double[economy.states()][nodes.length];
    consumption = new double[economy.states()][nodes.length];
    inversion = new EndogenousGrid(nodes);
  }

  /** The number of values of a period. */
  public int size() {
    return economy.states() * nodes.length;
  }

  /** Nodes of k, for each idiosyncratic state; not to be changed. */
  public double[][] nodes() {
    return everyState;
  }

  /**
   * c at each k' by the Euler equation: 1 / c = beta E[(1 + r') / c'].
   *
   * @param next what stands for V, by the next aggregate state; not read where the chain does not
   *     lead
   */
  public void expect(int aggregateState, double[][] next) {
    double beta = economy.calibration().discountFactor();
    for (int s = 0; s < consumption.length; s++) {
      double[] marginal = consumption[s];
      Arrays.fill(marginal, 0);
      for (int b = 0; b < next.length; b++) {
        double comes = chain.probability(aggregateState, b);
        if (comes > 0) {
          Matrix transition = economy.transition(aggregateState, b);
          for (int t = 0; t < consumption.length; t++) {
            double probability = comes * transition.get(s, t);
            for (int m = 0, at = t * nodes.length; m < nodes.length && probability > 0; m++) {
              marginal[m] += probability / Math.max(next[b][at + m], 0);
            }
          }
        }
      }
      for (int m = 0; m < nodes.length; m++) {
        marginal[m] = 1 / (beta * marginal[m]);
      }
    }
  }

  /** c of who saves this much in a state, by the Euler equation. */
  public double consumption(int state, double saved) {
    int cell = grid.cell(saved);
    double weight = grid.weight(cell, saved);
    return (1 - weight) * consumption[state][cell] + weight * consumption[state][cell + 1];
  }

  /** k' of households with capital k, given c at each k'. */
  public void save(
      int aggregateState, double gross, double wage, double[][] capital, double[][] to) {
    for (int s = 0; s < to.length; s++) {
      double income = wage * economy.income(aggregateState, s);
      inversion.savings(consumption[s], gross, income, capital[s], to[s]);
    }
  }

  /** What stands for V of households who save as {@link #save} says. */
  void back(int aggregateState, double gross, double wage, double[] values) {
    save(aggregateState, gross, wage, everyState, savings);
    values(aggregateState, gross, wage, savings, values);
  }

  /** What stands for V of households who save this much at each node. */
  public void values(
      int aggregateState, double gross, double wage, double[][] saved, double[] values) {
    for (int s = 0; s < saved.length; s++) {
      double income = wage * economy.income(aggregateState, s);
      for (int m = 0; m < nodes.length; m++) {
        values[s * nodes.length + m] = (gross * nodes[m] + income - saved[s][m]) / gross;
      }
    }
  }
}
