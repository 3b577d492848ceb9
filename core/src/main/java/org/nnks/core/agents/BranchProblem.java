package org.nnks.core.agents;

import java.util.Arrays;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.DeclaredEconomy;

/**
 * The value of one branch at given points, and the controls that reach it:
 *
 * <pre>
 *   W(x,e) = max over u of  payoff(x,e,u;a,m,P) + C(next(x,u), e)
 * </pre>
 *
 * <p>C is given at the nodes of an {@link ActionGrid}. The equations themselves say what need not
 * be done twice; see {@link BranchEquations}: a shared control is maximised once for all agents,
 * and points that share their objective differ in their bounds only.
 *
 * <p>Points are the same for every own state e; cells are ordered with e slowest. Holds buffers;
 * not thread-safe.
 */
final class BranchProblem {

  private final Branch branch;
  private final ActionGrid grid;
  private final BranchEquations equations;
  private final int own;
  private final int points;
  private final int[] controlState;
  private final int[] passive;
  private final int shared;
  private final ControlNodes nodes;
  private final Stencil everywhere;
  private final Stencil outside;

  /** The best level of the shared control at all nodes of the others; for each own state. */
  private final RunningMaximum[] best;

  /** Finds the only other control, if it has one bound at most; else null. */
  private final RunningMaximum line;

  /** Finds the other controls; null if {@link #line} does. */
  private final ControlSearch area;

  /** The controls that are not shared, by their positions in the branch. */
  private final int[] searched;

  private final double[] objective;
  private final double[] value;
  private final double[][] control;
  private final double[][] destination;

  /**
   * A problem.
   *
   * @param x levels of each state at the points: (states, points)
   */
  BranchProblem(DeclaredEconomy economy, Branch branch, ActionGrid grid, double[][] x) {
    this.branch = branch;
    this.grid = grid;
    own = economy.own().size();
    points = x[0].length;
    equations = new BranchEquations(economy, branch, grid, x);
    controlState = equations.controlState();
    passive = equations.passive();
    shared = equations.shared();
    nodes = new ControlNodes(grid, equations.searched(), equations.searchedState());
    searched = new int[nodes.controls()];
    for (int c = 0; c < searched.length; c++) {
      searched[c] = shared >= 0 && c >= shared ? c + 1 : c;
    }
    best = new RunningMaximum[shared >= 0 ? own : 0];
    for (int e = 0; e < best.length; e++) {
      best[e] =
          new RunningMaximum(
              grid.nodes(controlState[shared]), nodes.size(), equations.upper[shared] != null);
    }
    boolean oneBound =
        searched.length == 1
            && (equations.lower[searched[0]] == null || equations.upper[searched[0]] == null);
    line =
        oneBound
            ? new RunningMaximum(nodes.size(), 1, equations.upper[searched[0]] != null)
            : null;
    area = oneBound ? null : new ControlSearch(nodes);
    objective = oneBound ? line.objective() : area.objective();
    int[] all = new int[x.length];
    Arrays.setAll(all, s -> s);
    everywhere = new Stencil(grid, all);
    outside = new Stencil(grid, passive);
    value = new double[own * points];
    control = new double[controlState.length][value.length];
    destination = new double[x.length][value.length];
  }

  /** Gives a symbol that is the same for all agents its value. */
  void set(String symbol, double level) {
    equations.set(symbol, level);
  }

  /** The branch. */
  Branch branch() {
    return branch;
  }

  /** W by cells; minus infinity where the branch allows nothing. */
  double[] value() {
    return value;
  }

  /** A control by cells. */
  double[] control(int c) {
    return control[c];
  }

  /** A next state by cells, within the box. */
  double[] destination(int s) {
    return destination[s];
  }

  /**
   * Solves the branch.
   *
   * @param continuation C by own states, at the nodes of the grid
   */
  void solve(double[][] continuation) {
    equations.free.evaluate();
    for (int cell = 0; cell < value.length; cell++) {
      value[cell] = equations.free.at(cell);
    }
    if (branch.leaves()) {
      return;
    }
    if (!equations.mixed()) {
      outsideDestinations();
    }
    if (controlState.length == 0) {
      for (int cell = 0; cell < value.length; cell++) {
        for (int s = 0; s < destination.length; s++) {
          everywhere.at(s, destination[s][cell]);
        }
        value[cell] += everywhere.value(continuation[cell / points]);
      }
      return;
    }
    for (int c = 0; c < controlState.length; c++) {
      evaluate(equations.lower[c]);
      evaluate(equations.upper[c]);
    }
    if (shared >= 0 && passive.length == 0) {
      for (int e = 0; e < own; e++) {
        shareBest(continuation[e], e * points);
      }
    }
    for (int[] group : equations.groups()) {
      solve(continuation, group);
    }
    for (int c = 0; c < controlState.length; c++) {
      if (controlState[c] >= 0) {
        System.arraycopy(control[c], 0, destination[controlState[c]], 0, value.length);
      }
    }
    if (equations.mixed()) {
      for (int c = 0; c < control.length; c++) {
        equations.set(branch.controls().get(c), control[c]);
      }
      outsideDestinations();
    }
  }

  private static void evaluate(BranchEquations.Result result) {
    if (result != null) {
      result.evaluate();
    }
  }

  /**
   * Next states that no control is: at once, or where controls are known if they depend on them.
   */
  private void outsideDestinations() {
    for (int i = 0; i < passive.length; i++) {
      BranchEquations.Result next = equations.nexts[i].evaluate();
      for (int cell = 0; cell < value.length; cell++) {
        destination[passive[i]][cell] = grid.clamp(passive[i], next.at(cell));
      }
    }
  }

  /** One objective for every own state at the points of a group. */
  private void solve(double[][] continuation, int[] group) {
    equations.moveTo(group[0]);
    equations.chosen.evaluate();
    if (equations.mixed()) {
      for (BranchEquations.Result next : equations.nodeNexts) {
        next.evaluate();
      }
    }
    for (int e = 0; e < own; e++) {
      int first = e * points + group[0];
      if (equations.mixed()) {
        fillMixedContinuation(continuation[e], e);
      } else if (shared >= 0) {
        if (passive.length > 0) {
          shareBest(continuation[e], first);
        }
        double bound = sharedBound(first);
        if (Double.isNaN(bound)) {
          best[e].anywhere();
        } else {
          best[e].from(bound);
        }
        System.arraycopy(best[e].value(), 0, objective, 0, objective.length);
      } else {
        Arrays.fill(objective, 0);
        atDestinations(first);
        double[] table = continuation[e];
        outside.visit((offset, weight) -> add(table, 0, offset, objective, 0, weight));
      }
      for (int u = 0; u < objective.length; u++) {
        objective[u] += equations.chosen.at(e, u);
      }
      if (line != null) {
        searchLine(e, group);
      } else {
        searchArea(e, group);
      }
    }
  }

  /** The position of the shared control's bound; not a number if it has none. */
  private double sharedBound(int cell) {
    BranchEquations.Result bound =
        equations.lower[shared] != null ? equations.lower[shared] : equations.upper[shared];
    return bound == null ? Double.NaN : grid.position(controlState[shared], bound.at(cell));
  }

  /** Maximises the shared control at all nodes of the others, given a cell's other destinations. */
  private void shareBest(double[] continuation, int cell) {
    RunningMaximum maximum = best[cell / points];
    int width = nodes.size();
    Arrays.fill(maximum.objective(), 0);
    atDestinations(cell);
    outside.visit(
        (offset, weight) -> {
          for (int j = 0; j < grid.nodes(controlState[shared]); j++) {
            int row = offset + j * grid.stride(controlState[shared]);
            add(continuation, 0, row, maximum.objective(), j * width, weight);
          }
        });
    equations.sharedPayoff.evaluate();
    for (int i = 0; i < maximum.objective().length; i++) {
      maximum.objective()[i] += equations.sharedPayoff.at(cell / points, i / width);
    }
    maximum.prepare();
  }

  /** One other control with one bound at most. */
  private void searchLine(int e, int[] group) {
    int c = searched[0];
    BranchEquations.Result bound =
        equations.lower[c] != null ? equations.lower[c] : equations.upper[c];
    line.prepare();
    if (bound == null) {
      line.anywhere();
    }
    for (int point : group) {
      int cell = e * points + point;
      if (bound != null) {
        line.from(nodes.position(0, bound.at(cell)));
      }
      value[cell] += line.value()[0];
      double position = line.position()[0];
      control[c][cell] = within(c, cell, nodes.levelAtPosition(0, position));
      if (shared >= 0) {
        keepShared(e, cell, sharedPosition(e, position));
      }
    }
  }

  /** Rounding takes no control beyond its bounds. */
  private double within(int c, int cell, double level) {
    double result = level;
    if (equations.lower[c] != null) {
      result = Math.max(result, equations.lower[c].at(cell));
    }
    return equations.upper[c] != null ? Math.min(result, equations.upper[c].at(cell)) : result;
  }

  /**
   * Where the shared control is best when the other one is between two nodes: between its best
   * positions there, unless these belong to different peaks.
   */
  private double sharedPosition(int e, double position) {
    int nearest = (int) Math.rint(position);
    double here = best[e].position()[nearest];
    int neighbour = nearest + (int) Math.signum(position - nearest);
    if (neighbour < 0 || neighbour >= nodes.size()) {
      return here;
    }
    double there = best[e].position()[neighbour];
    return Math.abs(there - here) <= 1
        ? here + Math.abs(position - nearest) * (there - here)
        : here;
  }

  private void keepShared(int e, int cell, double position) {
    double level = grid.levelAtPosition(controlState[shared], position);
    control[shared][cell] = within(shared, cell, level);
  }

  /** Any other controls. */
  private void searchArea(int e, int[] group) {
    boolean bounded = false;
    for (int c : searched) {
      bounded |= equations.lower[c] != null || equations.upper[c] != null;
    }
    for (int i = 0; i < group.length; i++) {
      int cell = e * points + group[i];
      if (i == 0 || bounded) {
        for (int c = 0; c < searched.length; c++) {
          area.allowAll(c);
          if (equations.lower[searched[c]] != null) {
            area.atLeast(c, equations.lower[searched[c]].at(cell));
          }
          if (equations.upper[searched[c]] != null) {
            area.atMost(c, equations.upper[searched[c]].at(cell));
          }
        }
        area.search();
      }
      value[cell] += area.value();
      for (int c = 0; c < searched.length; c++) {
        control[searched[c]][cell] = area.level(c);
      }
      if (shared >= 0) {
        keepShared(e, cell, best[e].position()[area.node()]);
      }
    }
  }

  private void atDestinations(int cell) {
    for (int i = 0; i < passive.length; i++) {
      outside.at(i, destination[passive[i]][cell]);
    }
  }

  /** Adds the continuation at all nodes of the searched controls. */
  private void add(
      double[] continuation, int c, int offset, double[] sum, int at, double weight) {
    int stride = nodes.tableStride(c);
    for (int i = 0; i < nodes.nodes(c); i++) {
      if (c == searched.length - 1) {
        sum[at + i] += weight * continuation[offset + i * stride];
      } else {
        add(continuation, c + 1, offset + i * stride, sum, at + i * nodes.stride(c), weight);
      }
    }
  }

  /** The continuation at all nodes of the controls where other states depend on them too. */
  private void fillMixedContinuation(double[] continuation, int e) {
    for (int u = 0; u < objective.length; u++) {
      for (int c = 0; c < searched.length; c++) {
        if (controlState[c] >= 0) {
          int node = u / nodes.stride(c) % nodes.nodes(c);
          everywhere.at(controlState[c], grid.level(controlState[c], node));
        }
      }
      for (int i = 0; i < passive.length; i++) {
        everywhere.at(passive[i], equations.nodeNexts[i].at(e, u));
      }
      objective[u] = everywhere.value(continuation);
    }
  }
}
