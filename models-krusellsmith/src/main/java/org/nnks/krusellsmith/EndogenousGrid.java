package org.nnks.krusellsmith;

/**
 * From the Euler equation to savings: Carroll (2006), Economics Letters 91(3). At nodes of k' the
 * Euler equation gives c, and the budget (1 + r) k + income = c + k' the capital k at which each
 * node is chosen. Savings are linear in between. Where the first node, k' = 0, is chosen at a
 * positive k, the borrowing limit binds below it: savings there are zero, to the bit.
 */
final class EndogenousGrid {

  private final double[] nodes;
  private final double[] chosenAt;

  /** With nodes of k' that rise from zero; they are not changed. */
  EndogenousGrid(double[] nodes) {
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
  void savings(
      double[] consumption, double gross, double income, double[] capital, double[] savings) {
    for (int m = 0; m < nodes.length; m++) {
      chosenAt[m] = (consumption[m] + nodes[m] - income) / gross;
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

  /**
   * Where the last savings leave the economics: the first node that is not chosen at a higher k
   * than the node before it, or that is chosen nowhere; -1 if there is none.
   */
  int fall() {
    for (int m = 1; m < nodes.length; m++) {
      if (!(chosenAt[m] > chosenAt[m - 1])) { // NaN is not
        return m;
      }
    }
    return -1;
  }
}
