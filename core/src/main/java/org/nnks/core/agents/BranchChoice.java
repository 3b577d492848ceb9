package org.nnks.core.agents;

import java.util.stream.IntStream;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.DeclaredEconomy;

/**
 * V and the probabilities of branches, given the value of each: {@link Choice} as arithmetic on
 * cells. Holds the last result; not thread-safe.
 */
public final class BranchChoice {

  private final Choice choice;
  private final int payer;
  private final double[] value;
  private final double[] paid;
  private final double[][] probability;

  /** The cells where each branch is taken, of which the first ones count. */
  private final int[][] takers;

  private final int[] counts;

  private BranchChoice(Choice choice, int payer, int branches, int cells) {
    this.choice = choice;
    this.payer = payer;
    value = new double[cells];
    paid = new double[cells];
    probability = new double[branches][cells];
    takers = new int[branches][cells];
    counts = new int[branches];
  }

  /** The choice of an economy's agents on so many cells. */
  public static BranchChoice of(DeclaredEconomy economy, int cells) {
    int payer =
        economy.choice() instanceof Choice.UniformCost cost
            ? economy.branches().indexOf(cost.payer())
            : -1;
    return new BranchChoice(economy.choice(), payer, economy.branches().size(), cells);
  }

  /**
   * Chooses.
   *
   * @param values W of each branch: (branches, cells)
   * @param upper the upper bound of a uniform cost; any number without one
   */
  public void choose(double[][] values, double upper) {
    choose(values, upper, IntStream.range(0, value.length).toArray(), value.length);
  }

  /**
   * Chooses in some cells; elsewhere nobody takes any branch.
   *
   * @param cells of which the first ones count
   * @param count how many
   */
  void choose(double[][] values, double upper, int[] cells, int count) {
    for (int b = 0; b < probability.length; b++) {
      for (int i = 0; i < counts[b]; i++) {
        probability[b][takers[b][i]] = 0;
      }
      counts[b] = 0;
    }
    for (int i = 0; i < count; i++) {
      int cell = cells[i];
      if (choice instanceof Choice.Best) {
        int best = best(values, cell);
        takers[best][counts[best]++] = cell;
        continue;
      }
      if (choice instanceof Choice.UniformCost) {
        payOrNot(values, upper, cell);
      } else if (choice instanceof Choice.TasteShocks shocks) {
        logit(values, shocks.scale(), cell);
      }
      for (int b = 0; b < probability.length; b++) {
        if (probability[b][cell] != 0) {
          takers[b][counts[b]++] = cell;
        }
      }
    }
  }

  /** The best branch but one, all of whose probabilities are zero; sets its own to one. */
  private int best(double[][] values, int cell) {
    int best = payer == 0 ? 1 : 0;
    for (int b = 0; b < values.length; b++) {
      boolean better = values[b][cell] > values[best][cell] || Double.isNaN(values[best][cell]);
      if (b != payer && better) { // a number is better than none
        best = b;
      }
    }
    probability[best][cell] = 1;
    value[cell] = values[best][cell];
    return best;
  }

  /**
   * With a cost uniform on [0, upper] those pay whose cost is below the gain g: a share s = min(1,
   * g / upper), at a mean cost s upper / 2; the option is worth s (g - s upper / 2).
   */
  private void payOrNot(double[][] values, double upper, int cell) {
    int free = best(values, cell);
    double payers = values[payer][cell];
    double gain = payers > value[cell] ? payers - value[cell] : 0;
    double share = gain >= upper ? 1 : gain / upper;
    probability[payer][cell] = share;
    probability[free][cell] = 1 - share;
    paid[cell] = share * upper / 2;
    if (share == 1) { // also where nothing else is possible
      value[cell] = payers - paid[cell];
    } else {
      value[cell] += share * (gain - paid[cell]);
    }
  }

  /** Rust (1987): V = scale log sum exp(W / scale), without the constant. */
  private void logit(double[][] values, double scale, int cell) {
    double largest = values[best(values, cell)][cell];
    double sum = 0;
    for (double[] branch : values) {
      sum += Math.exp((branch[cell] - largest) / scale);
    }
    for (int b = 0; b < values.length; b++) {
      probability[b][cell] = Math.exp((values[b][cell] - largest) / scale) / sum;
    }
    value[cell] = largest + scale * Math.log(sum);
  }

  /** V by cells. */
  public double[] value() {
    return value;
  }

  /** The probability of a branch by cells. */
  public double[] probability(int branch) {
    return probability[branch];
  }

  /** The cells where a branch was taken in the last choice; the first {@link #takerCount} count. */
  int[] takers(int branch) {
    return takers[branch];
  }

  /** How many there are. */
  int takerCount(int branch) {
    return counts[branch];
  }

  /** The mean cost of those who pay it, by cells. */
  public double[] paid() {
    return paid;
  }
}
