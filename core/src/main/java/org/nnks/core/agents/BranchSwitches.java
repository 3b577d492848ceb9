package org.nnks.core.agents;

/**
 * Where excess demand jumps through zero between two prices, if agents choose the best branch.
 *
 * <p>An agent who takes one branch at the lower price and another at the upper is indifferent
 * between the two where what the second gains on the first crosses zero, which is nearly linear in
 * the price. By the theorem of the envelope the slope of that gain is how much more of the good the
 * second branch leaves. So excess demand is known between the two ends as a staircase; what
 * switches do not explain is taken as linear. It is a guess that costs evaluations where it is
 * wrong, not accuracy. Holds buffers; not thread-safe.
 */
final class BranchSwitches {

  /** Steps of halving by which the staircase is searched: to 1e-9 of the bracket. */
  private static final int HALVINGS = 30;

  private final double[] price;
  private final double[] step;
  private int switches;

  /** A search among agents of so many cells. */
  BranchSwitches(int cells) {
    price = new double[cells];
    step = new double[cells];
  }

  /**
   * One end of a bracket.
   *
   * @param excess excess demand there
   */
  record End(double price, CellDecisions decisions, double excess) {}

  /**
   * The price at which excess demand crosses zero.
   *
   * @param branches how many there are
   * @param mass of agents by cells
   * @return not a number if nobody switches, or if switches explain more than excess demand falls
   */
  double crossing(int branches, double[] mass, End lower, End upper) {
    double explained = collect(branches, mass, lower, upper);
    double fall = lower.excess - upper.excess;
    if (switches == 0 || !(explained <= fall)) {
      return Double.NaN;
    }
    double slope = (fall - explained) / (upper.price - lower.price);
    double low = lower.price;
    double high = upper.price;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      double excess = lower.excess - slope * (middle - lower.price);
      for (int s = 0; s < switches; s++) {
        excess -= price[s] <= middle ? step[s] : 0;
      }
      if (excess >= 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** Lists the switches, and returns the fall of excess demand that they explain. */
  private double collect(int branches, double[] mass, End lower, End upper) {
    double width = upper.price - lower.price;
    double explained = 0;
    switches = 0;
    for (int from = 0; from < branches; from++) {
      double[] before = lower.decisions.probability(from);
      double[] stays = upper.decisions.probability(from);
      for (int cell = 0; cell < mass.length; cell++) {
        if (before[cell] != 1 || stays[cell] == 1 || mass[cell] == 0) {
          continue;
        }
        int to = taken(upper.decisions, branches, cell);
        double loss = lower.decisions.value(from)[cell] - lower.decisions.value(to)[cell];
        double gain = upper.decisions.value(to)[cell] - upper.decisions.value(from)[cell];
        price[switches] = lower.price + width * loss / (loss + gain);
        step[switches] = mass[cell] * (loss + gain) / width;
        explained += step[switches++];
      }
    }
    return explained;
  }

  private static int taken(CellDecisions decisions, int branches, int cell) {
    int branch = 0;
    while (branch < branches - 1 && decisions.probability(branch)[cell] != 1) {
      branch++;
    }
    return branch;
  }
}
