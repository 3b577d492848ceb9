package org.nnks.krusellsmith.rbc;

/**
 * From the Euler equation to savings: Carroll (2006), Economics Letters 91(3). At nodes of k' the
 * Euler equation gives c, and the budget (1 + r) k + income = c + k' the capital k at which each
 * node is chosen. Savings are linear in between. Where the first node, k' = 0, is chosen at a
 * positive k, the borrowing limit binds below it: savings there are zero, to the bit.
 *
 * <p>Whoever has more saves more. Where the k of a node falls short of an earlier node's, as an
 * approximation of c may have it on the way to a solution, the earlier k counts.
 */
public final class EndogenousGrid {

  /** What {@link #fall} says if every node is chosen at a higher k than the one before. */
  public static final int RISING = -1;

  private final double[] nodes;
  private final double[] chosenAt;
  private int fall = RISING;

  /** With nodes of k' that rise from zero; they are not changed. */
  public EndogenousGrid(double[] nodes) {
    this.nodes = nodes;
    this.chosenAt = new double[nodes.length];
  }

  /**
   * Savings of households in one state.
   *
   * @param consumption c at each node of k', by the Euler equation
   * @param gross 1 + r
   * @param income of labour, in goods
   * @param capital k, rising
   * @param savings where k' is written
   */
  public void savings(
      double[] consumption, double gross, double income, double[] capital, double[] savings) {
    fall = RISING;
    for (int m = 0; m < nodes.length; m++) {
      chosenAt[m] = (consumption[m] + nodes[m] - income) / gross;
      if (m > 0 && !(chosenAt[m] > chosenAt[m - 1])) { // NaN is not
        fall = fall == RISING ? m : fall;
        chosenAt[m] = Math.max(chosenAt[m], chosenAt[m - 1]);
      }
    }
    int cell = 0;
    for (int i = 0; i < capital.length; i++) {
      while (cell < nodes.length - 2 && chosenAt[cell + 1] <= capital[i]) {
        cell++;
      }
      double slope = (nodes[cell + 1] - nodes[cell]) / (chosenAt[cell + 1] - chosenAt[cell]);
      savings[i] = Math.max(nodes[cell] + slope * (capital[i] - chosenAt[cell]), 0);
    }
  }

  /** The first node of the last savings whose k does not exceed an earlier node's, or RISING. */
  public int fall() {
    return fall;
  }
}
