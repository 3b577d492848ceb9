package org.nnks.core.agents;

import java.util.List;
import org.nnks.core.economy.Branch;

/**
 * What agents of every cell decide at one vector of prices: the probability of each branch, and the
 * controls that they set in it. A buffer; cells are ordered with own states slowest.
 */
public final class CellDecisions {

  private final double[][] probability;
  private final double[][][] control;
  private final double[] paid;
  private final double[][] value;
  private double[] prices = {};

  /** A buffer for so many cells. */
  public CellDecisions(List<Branch> branches, int cells) {
    probability = new double[branches.size()][cells];
    control = new double[branches.size()][][];
    for (int b = 0; b < control.length; b++) {
      control[b] = new double[branches.get(b).controls().size()][cells];
    }
    paid = new double[cells];
    value = new double[branches.size()][cells];
  }

  /** The probability of a branch, by cells. */
  public double[] probability(int branch) {
    return probability[branch];
  }

  /** A control of a branch, by cells; of any value where the branch has probability zero. */
  public double[] control(int branch, int control) {
    return this.control[branch][control];
  }

  /** The mean cost of those who pay it, in units of value, by cells; see {@code UniformCost}. */
  public double[] paid() {
    return paid;
  }

  /** Notes the prices at which agents decide so. */
  public void at(double... prices) {
    this.prices = prices.clone();
  }

  /** The prices at which they decide so; none where nobody has noted them. */
  public double[] prices() {
    return prices;
  }

  /** W of a branch by cells, where agents tell it. */
  public double[] value(int branch) {
    return value[branch];
  }
}
