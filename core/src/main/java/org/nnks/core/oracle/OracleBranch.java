package org.nnks.core.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Control;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.Scale;
import org.nnks.core.economy.State;
import org.nnks.core.numeric.Grid;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Program;
import org.nnks.core.symbolic.Term;

/**
 * The value of a branch at given points, by search: controls at equal shares of the interval that
 * is allowed to an agent, bounds included, and then, from the best of them, steps halved again and
 * again in all directions. Cells are ordered with own states slowest. Holds buffers; not
 * thread-safe.
 */
final class OracleBranch {

  private static final int OWN = 0;
  private static final int POINT = 1;

  /**
   * Halvings of the step from node to node: what is left is a four-thousandth of it, and a
   * millionth of that in the value.
   */
  private static final int HALVINGS = 12;

  private final Branch branch;
  private final String[] controlNames;
  private final TensorGrid grid;
  private final int nodes;
  private final int states;
  private final int points;
  private final Program program;
  private final Scale[] scales;
  private final double[][] low;
  private final double[][] high;
  private final double[][] scaledLow;
  private final double[][] scaledHigh;
  private final double[][] control;
  private final double[][] destination;
  private final double[] payoff;
  private final double[] value;
  private final double[] trial;

  /**
   * A branch.
   *
   * @param nodes of each control
   * @param x levels of each state at the points: (states, points)
   */
  OracleBranch(DeclaredEconomy economy, Branch branch, TensorGrid grid, int nodes, double[][] x) {
    this.branch = branch;
    controlNames = branch.controls().stream().map(Control::name).toArray(String[]::new);
    this.grid = grid;
    this.nodes = nodes;
    states = branch.leaves() ? 0 : x.length;
    points = x[0].length;
    List<Term> terms = new ArrayList<>(List.of(economy.payoff(branch)));
    if (!branch.leaves()) {
      Map<State, Term> next = economy.next(branch);
      economy.states().forEach(state -> terms.add(next.get(state)));
    }
    int controls = branch.ranges().size();
    scales = new Scale[controls];
    for (int c = 0; c < controls; c++) {
      Control.Range range = branch.ranges().get(c);
      Grid interval = range.control().grid();
      scales[c] = scale(economy, branch, range.control());
      terms.add(range.lower().orElse(Expression.constant(interval.lower())));
      terms.add(range.upper().orElse(Expression.constant(interval.upper())));
    }
    Map<String, Integer> along = new HashMap<>();
    economy.exogenous().stream()
        .filter(Exogenous::own)
        .forEach(variable -> along.put(variable.name(), 1 << OWN));
    economy.states().forEach(state -> along.put(state.name(), 1 << POINT));
    branch.controls().forEach(each -> along.put(each.name(), 1 << OWN | 1 << POINT));
    program = new Program(2, along, terms);
    program.size(OWN, economy.own().size());
    program.size(POINT, points);
    economy.exogenous().stream()
        .filter(Exogenous::own)
        .forEach(variable -> program.set(variable.name(), variable.levels().toArray()));
    for (int s = 0; s < x.length; s++) {
      program.set(economy.states().get(s).name(), x[s]);
    }
    int cells = economy.own().size() * points;
    low = new double[controls][cells];
    high = new double[controls][cells];
    scaledLow = new double[controls][cells];
    scaledHigh = new double[controls][cells];
    control = new double[controls][cells];
    destination = new double[states][cells];
    payoff = new double[cells];
    value = new double[cells];
    trial = new double[cells];
  }

  /** The scale of the state that a control sets, if it sets one. */
  private static Scale scale(DeclaredEconomy economy, Branch branch, Control control) {
    return economy.states().stream()
        .filter(state -> economy.next(branch).get(state).expression().equals(control.expression()))
        .map(State::scale)
        .findFirst()
        .orElse(new Scale.Linear());
  }

  /** Gives a symbol that is the same for all agents its value. */
  void set(String symbol, double level) {
    program.set(symbol, level);
  }

  /** W by cells; minus infinity where nothing is possible. */
  double[] value() {
    return value;
  }

  /** The payoff by cells at the controls found. */
  double[] payoff() {
    return payoff;
  }

  /** A control by cells. */
  double[] control(int c) {
    return control[c];
  }

  /** Next states by cells: (states, cells); none if the agent leaves. */
  double[][] destination() {
    return destination;
  }

  /**
   * Finds the best controls.
   *
   * @param continuation by own states, at the nodes of the grid
   */
  void search(double[][] continuation) {
    int c = scales.length;
    for (int k = 0; k < c; k++) {
      Grid interval = branch.controls().get(k).grid();
      result(1 + states + 2 * k, low[k]);
      result(2 + states + 2 * k, high[k]);
      for (int cell = 0; cell < value.length; cell++) {
        low[k][cell] = Math.max(low[k][cell], interval.lower());
        high[k][cell] = Math.min(high[k][cell], interval.upper());
        scaledLow[k][cell] = scales[k].of(low[k][cell]);
        scaledHigh[k][cell] = scales[k].of(high[k][cell]);
      }
    }
    double[][] best = new double[c][value.length];
    double[][] share = new double[c][value.length];
    Arrays.fill(value, Double.NEGATIVE_INFINITY);
    int combinations = 1;
    for (int k = 0; k < c; k++) {
      combinations *= nodes;
    }
    for (int u = 0; u < combinations; u++) {
      for (int k = 0, rest = u; k < c; k++, rest /= nodes) {
        Arrays.fill(share[k], rest % nodes / (nodes - 1.0));
      }
      attempt(continuation, share, best);
    }
    double step = 1.0 / (nodes - 1);
    for (int halving = 0; halving < HALVINGS && c > 0; halving++) {
      step /= 2;
      double[][] centre = Arrays.stream(best).map(double[]::clone).toArray(double[][]::new);
      int directions = (int) Math.round(Math.pow(3, c));
      for (int u = 0; u < directions; u++) {
        if (u == directions / 2) { // where it stands
          continue;
        }
        for (int k = 0, rest = u; k < c; k++, rest /= 3) {
          double move = (rest % 3 - 1) * step;
          for (int cell = 0; cell < value.length; cell++) {
            share[k][cell] = Math.min(Math.max(centre[k][cell] + move, 0), 1);
          }
        }
        attempt(continuation, share, best);
      }
    }
    evaluate(best, payoff);
  }

  /** Keeps shares wherever they are better than the best so far. */
  private void attempt(double[][] continuation, double[][] share, double[][] best) {
    evaluate(share, trial);
    for (int cell = 0; cell < value.length; cell++) {
      double reached = trial[cell] + ahead(continuation, cell);
      if (allowed(cell) && reached > value[cell]) {
        value[cell] = reached;
        for (int k = 0; k < best.length; k++) {
          best[k][cell] = share[k][cell];
        }
      }
    }
  }

  private boolean allowed(int cell) {
    for (int k = 0; k < low.length; k++) {
      if (!(low[k][cell] <= high[k][cell])) {
        return false;
      }
    }
    return true;
  }

  /** Payoffs and next states at shares of the allowed intervals. */
  private void evaluate(double[][] share, double[] payoffs) {
    for (int k = 0; k < share.length; k++) {
      for (int cell = 0; cell < value.length; cell++) {
        double t = share[k][cell];
        double from = scaledLow[k][cell];
        double level = scales[k].level(from + t * (scaledHigh[k][cell] - from));
        control[k][cell] = t == 0 ? low[k][cell] : t == 1 ? high[k][cell] : level;
      }
      program.set(controlNames[k], control[k]);
    }
    result(0, payoffs);
    for (int s = 0; s < states; s++) {
      result(1 + s, destination[s]);
    }
  }

  private double ahead(double[][] continuation, int cell) {
    if (states == 0) {
      return 0;
    }
    for (int s = 0; s < states; s++) {
      grid.at(s, destination[s][cell]);
    }
    return grid.value(continuation[cell / points]);
  }

  /** A result of the program by cells. */
  private void result(int root, double[] cells) {
    double[] levels = program.evaluate(root);
    int byPoint = program.varies(root, POINT) ? 1 : 0;
    int byOwn = program.varies(root, OWN) ? byPoint == 1 ? points : 1 : 0;
    for (int cell = 0; cell < cells.length; cell++) {
      cells[cell] = levels[cell / points * byOwn + cell % points * byPoint];
    }
  }
}
