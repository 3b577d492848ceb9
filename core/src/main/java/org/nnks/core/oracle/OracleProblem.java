package org.nnks.core.oracle;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nnks.core.agents.CellDecisions;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.symbolic.Program;

/** The agents' problem at given points, given a continuation. Holds buffers; not thread-safe. */
final class OracleProblem {

  private final DeclaredEconomy economy;
  private final TensorGrid grid;
  private final OracleBranch[] branches;
  private final Program upperCost;
  private final int points;
  private final double[] value;

  /**
   * A problem.
   *
   * @param controlNodes of each control
   * @param x levels of each state at the points: (states, points)
   */
  OracleProblem(DeclaredEconomy economy, TensorGrid grid, int controlNodes, double[][] x) {
    this.economy = economy;
    this.grid = grid;
    points = x[0].length;
    branches =
        economy.branches().stream()
            .map(branch -> new OracleBranch(economy, branch, grid, controlNodes, x))
            .toArray(OracleBranch[]::new);
    upperCost =
        economy.choice() instanceof Choice.UniformCost cost
            ? new Program(0, Map.of(), List.of(cost.upper()))
            : null;
    value = new double[economy.own().size() * points];
  }

  /** What agents do at all points, and what they get at once: (branches, cells). */
  record Plan(double[][] payoff, double[][][] destination, double upperCost) {}

  /** Sets what is the same for all agents. */
  void set(int aggregateState, double[] moments, double[] prices) {
    for (Exogenous variable : economy.exogenous()) {
      if (!variable.own()) {
        set(variable.name(), variable.levels().get(aggregateState));
      }
    }
    for (int j = 0; j < moments.length; j++) {
      set(economy.moments().get(j).name(), moments[j]);
    }
    for (int j = 0; j < prices.length; j++) {
      set(economy.prices().get(j).name(), prices[j]);
    }
  }

  private void set(String symbol, double level) {
    for (OracleBranch branch : branches) {
      branch.set(symbol, level);
    }
    if (upperCost != null) {
      upperCost.set(symbol, level);
    }
  }

  /** V by cells, as last solved. */
  double[] value() {
    return value;
  }

  /** Finds the best controls of every branch, and V. */
  void solve(double[][] continuation) {
    for (OracleBranch branch : branches) {
      branch.search(continuation);
    }
    choose(branchValues(), upper(), null);
  }

  private double[][] branchValues() {
    return Arrays.stream(branches).map(OracleBranch::value).toArray(double[][]::new);
  }

  private double upper() {
    return upperCost == null ? 0 : upperCost.evaluate(0)[0];
  }

  /** What was last found. */
  Plan plan() {
    int b = branches.length;
    double[][] payoff = new double[b][];
    double[][][] destination = new double[b][][];
    for (int k = 0; k < b; k++) {
      payoff[k] = branches[k].payoff().clone();
      for (int cell = 0; cell < value.length; cell++) {
        if (branches[k].value()[cell] == Double.NEGATIVE_INFINITY) {
          payoff[k][cell] = Double.NEGATIVE_INFINITY;
        }
      }
      destination[k] =
          Arrays.stream(branches[k].destination()).map(double[]::clone).toArray(double[][]::new);
    }
    return new Plan(payoff, destination, upper());
  }

  /** V by cells of agents who keep to a plan's controls, and choose the best branch. */
  double[] follow(Plan plan, double[][] continuation) {
    double[][] values = new double[branches.length][value.length];
    for (int b = 0; b < values.length; b++) {
      double[][] next = plan.destination[b];
      for (int cell = 0; cell < value.length; cell++) {
        values[b][cell] = plan.payoff[b][cell];
        if (next.length > 0 && values[b][cell] != Double.NEGATIVE_INFINITY) {
          for (int s = 0; s < next.length; s++) {
            grid.at(s, next[s][cell]);
          }
          values[b][cell] += grid.value(continuation[cell / points]);
        }
      }
    }
    choose(values, plan.upperCost, null);
    return value;
  }

  /** Hands over what was last found. */
  void decide(CellDecisions decisions) {
    choose(branchValues(), upper(), decisions);
    for (int b = 0; b < branches.length; b++) {
      for (int c = 0; c < economy.branches().get(b).controls().size(); c++) {
        double[] levels = branches[b].control(c);
        System.arraycopy(levels, 0, decisions.control(b, c), 0, levels.length);
      }
    }
  }

  /** The choice among branches, written out once more: the formulas are those of the paper. */
  private void choose(double[][] values, double upper, CellDecisions decisions) {
    int payer =
        economy.choice() instanceof Choice.UniformCost cost
            ? economy.branches().indexOf(cost.payer())
            : -1;
    for (int cell = 0; cell < value.length; cell++) {
      int best = -1;
      for (int b = 0; b < values.length; b++) {
        if (b != payer && (best < 0 || values[b][cell] > values[best][cell])) {
          best = b;
        }
      }
      double free = values[best][cell];
      double[] probability = new double[values.length];
      double paid = 0;
      if (payer >= 0) {
        double gain = values[payer][cell] > free ? values[payer][cell] - free : 0;
        double highest = Math.min(gain, upper); // the highest cost that is still paid
        probability[payer] = highest / upper;
        paid = highest / 2;
        value[cell] =
            gain >= upper ? values[payer][cell] - upper / 2 : free + gain * gain / (2 * upper);
        probability[best] = 1 - probability[payer];
      } else if (economy.choice() instanceof Choice.TasteShocks shocks) {
        double sum = 0;
        for (int b = 0; b < values.length; b++) {
          probability[b] = Math.exp((values[b][cell] - free) / shocks.scale());
          sum += probability[b];
        }
        for (int b = 0; b < values.length; b++) {
          probability[b] /= sum;
        }
        value[cell] = free + shocks.scale() * Math.log(sum);
      } else {
        probability[best] = 1;
        value[cell] = free;
      }
      if (decisions != null) {
        decisions.paid()[cell] = paid;
        for (int b = 0; b < values.length; b++) {
          decisions.probability(b)[cell] = probability[b];
        }
      }
    }
  }
}
