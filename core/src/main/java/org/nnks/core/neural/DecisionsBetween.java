package org.nnks.core.neural;

import java.util.List;
import org.nnks.core.agents.CellDecisions;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.DeclaredEconomy;

/**
 * What agents decide at a price between two that are close, without asking them again. Controls,
 * what branches are worth, and the shares of agents who draw a uniform cost are linear in between.
 * Whoever takes the best branch, and another at one price than at the other, changes where the
 * lines of the two cross, and sets what he sets at the price where he takes it. Agents who draw
 * tastes, and take all branches, are to be asked. Stateless.
 */
final class DecisionsBetween {

  /**
   * Prices are close if they are this far apart, relatively: the first two candidates of a search
   * are .4 % apart. What is left is of second order in it.
   */
  static final double CLOSE = .01;

  private final List<Branch> branches;
  private final Choice choice;

  /** Decisions of the agents of an economy. */
  DecisionsBetween(DeclaredEconomy economy) {
    branches = economy.branches();
    choice = economy.choice();
  }

  /**
   * Whether agents take the best of several branches: decisions must then tell what these are
   * worth.
   */
  boolean takesBest() {
    return branches.size() > 1 && choice instanceof Choice.Best;
  }

  /**
   * Decides, if the two prices are close.
   *
   * @param prices between those of the two in the first, equal to them in all others
   * @return false if they are not close, or agents draw tastes: nothing is written then
   */
  boolean decide(
      double[] prices, CellDecisions lower, CellDecisions upper, CellDecisions decisions) {
    double from = lower.prices().length == 0 ? 0 : lower.prices()[0];
    double to = upper.prices().length == 0 ? 0 : upper.prices()[0];
    boolean tastes = branches.size() > 1 && choice instanceof Choice.TasteShocks;
    if (tastes || !(to > from && to <= (1 + CLOSE) * from)) {
      return false;
    }
    double weight = (prices[0] - from) / (to - from);
    between(weight, lower.paid(), upper.paid(), decisions.paid());
    for (int b = 0; b < branches.size(); b++) {
      between(weight, lower.probability(b), upper.probability(b), decisions.probability(b));
      for (int c = 0; c < branches.get(b).controls().size(); c++) {
        between(weight, lower.control(b, c), upper.control(b, c), decisions.control(b, c));
      }
    }
    if (takesBest()) {
      for (int b = 0; b < branches.size(); b++) {
        between(weight, lower.value(b), upper.value(b), decisions.value(b));
      }
      for (int cell = 0; cell < decisions.paid().length; cell++) {
        takeBest(cell, lower, upper, decisions);
      }
    }
    return true;
  }

  private static void between(double weight, double[] lower, double[] upper, double[] between) {
    for (int i = 0; i < between.length; i++) {
      between[i] = lower[i] + weight * (upper[i] - lower[i]);
    }
  }

  /** The better of the branches taken at the two prices. */
  private void takeBest(
      int cell, CellDecisions lower, CellDecisions upper, CellDecisions decisions) {
    int low = taken(lower, cell);
    int high = taken(upper, cell);
    if (low == high) {
      return;
    }
    boolean changes = decisions.value(high)[cell] > decisions.value(low)[cell];
    int branch = changes ? high : low;
    CellDecisions there = changes ? upper : lower;
    decisions.probability(low)[cell] = changes ? 0 : 1;
    decisions.probability(high)[cell] = changes ? 1 : 0;
    for (int c = 0; c < branches.get(branch).controls().size(); c++) {
      decisions.control(branch, c)[cell] = there.control(branch, c)[cell];
    }
  }

  private int taken(CellDecisions decisions, int cell) {
    int taken = 0;
    for (int b = 1; b < branches.size(); b++) {
      taken = decisions.probability(b)[cell] > decisions.probability(taken)[cell] ? b : taken;
    }
    return taken;
  }
}
