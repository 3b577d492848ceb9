package org.nnks.core.agents;

import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
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
  private final SharedControl sharedControl;
  private final ControlNodes nodes;
  private final Stencil everywhere;
  private final Stencil outside;

  private final Bound[] bounds;

  /** Finds the only other control, if it has one bound at most; else null. */
  private final RunningMaximum line;

  /** Finds the other controls; null if {@link #line} does. */
  private final ControlSearch area;

  /** The controls that are not shared, by their positions in the branch. */
  private final int[] searched;

  private final double[] objective;

  /** Where states other than that of the shared control will be, in nodes. */
  private final double[] reached;

  private final double[] value;

  /** Points of each group and own state that are not passed over; of each as many as counted. */
  private final int[][] occupied;

  private final int[] counts;

  /** Where searched controls are best, in nodes, by cells. */
  private final double[][] place;

  /** Where states go that no control sets, in nodes of the table, by cells. */
  private final double[][] passivePlace;

  private final long[] passiveVersion;
  private final double[][] control;
  private final double[][] destination;

  /**
   * A problem.
   *
   * @param x levels of each state at the points: (states, points)
   * @param sharing the shared controls of all branches: this one's is looked for here, or added
   */
  BranchProblem(
      DeclaredEconomy economy,
      Branch branch,
      ActionGrid grid,
      double[][] x,
      Map<SharedControl.Key, SharedControl> sharing) {
    this.branch = branch;
    this.grid = grid;
    own = economy.own().size();
    points = x[0].length;
    equations = new BranchEquations(economy, branch, grid, x);
    controlState = equations.controlState();
    passive = equations.passive();
    shared = equations.shared();
    nodes = equations.nodes();
    searched = new int[nodes.controls()];
    for (int c = 0; c < searched.length; c++) {
      searched[c] = shared >= 0 && c >= shared ? c + 1 : c;
    }
    sharedControl =
        shared < 0
            ? null
            : sharing.computeIfAbsent(
                equations.sharedKey(),
                key -> new SharedControl(economy, key, grid, controlState[shared]));
    boolean oneBound =
        searched.length == 1
            && (equations.lower[searched[0]] == null || equations.upper[searched[0]] == null);
    line =
        oneBound ? new RunningMaximum(nodes.size(), 1, equations.upper[searched[0]] != null) : null;
    area = oneBound ? null : new ControlSearch(nodes);
    objective = oneBound ? line.objective() : area.objective();
    bounds = new Bound[controlState.length];
    Arrays.setAll(bounds, Bound::new);
    int[] all = new int[x.length];
    Arrays.setAll(all, s -> s);
    everywhere = new Stencil(grid, all);
    outside =
        new Stencil(equations.table(), Arrays.stream(passive).map(equations::inTable).toArray());
    reached = new double[equations.table().states()];
    value = new double[own * points];
    place = new double[searched.length][value.length];
    passivePlace = new double[passive.length][value.length];
    passiveVersion = new long[passive.length];
    occupied = new int[equations.groups().length * own][];
    counts = new int[occupied.length];
    everywhere();
    control = new double[controlState.length][value.length];
    destination = new double[x.length][value.length];
  }

  /** Gives a symbol that is the same for all agents its value. */
  void set(String symbol, double level) {
    equations.set(symbol, level);
    if (shared >= 0) {
      sharedControl.set(symbol, level);
    }
  }

  /** Passes over cells without mass from now on. */
  void onlyWhere(double[] mass) {
    int[][] groups = equations.groups();
    for (int g = 0; g < groups.length; g++) {
      for (int e = 0; e < own; e++) {
        int count = 0;
        int[] all = groups[g];
        int[] found = occupied[g * own + e];
        if (found.length < all.length || found == all) {
          found = new int[all.length];
        }
        for (int point : all) {
          if (mass[e * points + point] != 0) {
            found[count++] = point;
          }
        }
        occupied[g * own + e] = found;
        counts[g * own + e] = count;
      }
    }
  }

  /** Solves all cells from now on. */
  void everywhere() {
    int[][] groups = equations.groups();
    for (int i = 0; i < occupied.length; i++) {
      occupied[i] = groups[i / own];
      counts[i] = occupied[i].length;
    }
  }

  /** The branch. */
  Branch branch() {
    return branch;
  }

  /** W by cells; minus infinity where the branch allows nothing, or nothing with a payoff. */
  double[] value() {
    return value;
  }

  /** A control by cells, as last decided. */
  double[] control(int c) {
    return control[c];
  }

  /** A next state by cells, within the box, as last decided. */
  double[] destination(int s) {
    return destination[s];
  }

  /**
   * Finds the value of the branch.
   *
   * @param continuation C by own states, at the nodes of the grid
   */
  void solve(double[][] continuation) {
    equations.free.evaluate();
    for (int e = 0, cell = 0; e < own; e++) {
      for (int i = 0; i < points; i++, cell++) {
        double payoff = equations.free.at(e, i);
        value[cell] = Double.isNaN(payoff) ? Double.NEGATIVE_INFINITY : payoff;
      }
    }
    if (branch.leaves()) {
      return;
    }
    if (!equations.mixed()) {
      outsideDestinations();
    }
    if (controlState.length == 0) {
      for (int row = 0; row < occupied.length; row++) {
        int e = row % own;
        for (int i = 0; i < counts[row]; i++) {
          int cell = e * points + occupied[row][i];
          atDestinations(cell);
          value[cell] += outside.value(continuation[e]);
        }
      }
      return;
    }
    for (Bound bound : bounds) {
      bound.evaluate();
    }
    if (shared >= 0) {
      sharedControl.prepare(continuation);
    }
    for (int g = 0; g < equations.groups().length; g++) {
      solve(continuation, g);
    }
  }

  /**
   * Finds controls and next states where the branch is taken; elsewhere they keep any value.
   *
   * @param probability of the branch by cells
   */
  void decide(double[] probability) {
    if (branch.leaves()) {
      return;
    }
    for (int row = 0; row < occupied.length; row++) {
      int e = row % own;
      boolean found = false;
      for (int i = 0; i < counts[row]; i++) {
        int cell = e * points + occupied[row][i];
        if (probability[cell] > 0) {
          if (!found && shared >= 0) {
            bounds[shared].find(sharedControl.best(e), cell);
            found = true;
          }
          decide(e, cell);
        }
      }
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

  private void decide(int e, int cell) {
    atDestinations(cell);
    for (int c = 0; c < searched.length; c++) {
      double level = nodes.levelAtPosition(c, place[c][cell]);
      control[searched[c]][cell] = bounds[searched[c]].within(cell, level);
      int state = controlState[searched[c]];
      if (state >= 0) {
        reached[equations.inTable(state)] = place[c][cell];
      }
    }
    if (shared >= 0) {
      double level = grid.levelAtPosition(controlState[shared], sharedControl.position(e, reached));
      control[shared][cell] = bounds[shared].within(cell, level);
    }
  }

  /**
   * Next states that no control is: at once, or where controls are known if they depend on them.
   */
  private void outsideDestinations() {
    for (int k = 0; k < passive.length; k++) {
      BranchEquations.Result next = equations.nexts[k].evaluate();
      if (next.version() == passiveVersion[k]) {
        continue;
      }
      passiveVersion[k] = next.version();
      int state = equations.inTable(passive[k]);
      for (int e = 0, cell = 0; e < own; e++) {
        for (int i = 0; i < points; i++, cell++) {
          double level = grid.clamp(passive[k], next.at(e, i));
          destination[passive[k]][cell] = level;
          passivePlace[k][cell] = equations.table().position(state, level);
        }
      }
    }
  }

  /** One objective for every own state at the points of a group. */
  private void solve(double[][] continuation, int g) {
    boolean ready = false;
    for (int e = 0; e < own; e++) {
      int row = g * own + e;
      if (counts[row] == 0) {
        continue;
      }
      if (!ready) {
        moveTo(g);
        ready = true;
      }
      int first = e * points + occupied[row][0];
      if (equations.mixed()) {
        fillMixedContinuation(continuation[e], e);
      } else {
        double[] table = continuation[e];
        if (shared >= 0) {
          bounds[shared].find(sharedControl.best(e), first);
          table = sharedControl.best(e).value();
        }
        if (searched.length == 0) {
          readShared(table, row);
          continue;
        }
        fillContinuation(table, first);
      }
      for (int u = 0; u < objective.length; u++) {
        objective[u] += equations.chosen.at(e, u);
      }
      if (line != null) {
        searchLine(row);
      } else {
        searchArea(row);
      }
    }
  }

  private void moveTo(int group) {
    equations.moveTo(group);
    equations.chosen.evaluate();
    if (equations.mixed()) {
      for (BranchEquations.Result next : equations.nodeNexts) {
        next.evaluate();
      }
    }
  }

  /** No other control: the shared one is best where the other states will be. */
  private void readShared(double[] table, int row) {
    for (int i = 0; i < counts[row]; i++) {
      int cell = row % own * points + occupied[row][i];
      atDestinations(cell);
      double continued = outside.value(table);
      value[cell] += Double.isNaN(continued) ? Double.NEGATIVE_INFINITY : continued;
    }
  }

  /** One other control with one bound at most. */
  private void searchLine(int row) {
    Bound bound = bounds[searched[0]];
    line.prepare();
    for (int i = 0; i < counts[row]; i++) {
      int cell = row % own * points + occupied[row][i];
      bound.find(line, cell);
      value[cell] += line.value()[0];
      place[0][cell] = line.position()[0];
    }
  }

  /** Any other controls. */
  private void searchArea(int row) {
    boolean bounded = false;
    for (int c : searched) {
      bounded |= equations.lower[c] != null || equations.upper[c] != null;
    }
    for (int i = 0; i < counts[row]; i++) {
      int cell = row % own * points + occupied[row][i];
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
        place[c][cell] = area.position(c);
      }
    }
  }

  /**
   * The bounds of a control by cells. Where there is one at most, also its position, which is
   * looked up again only when it has changed.
   */
  private final class Bound {
    private final BranchEquations.Result lower;
    private final BranchEquations.Result upper;
    private final DoubleUnaryOperator place;
    private final double[] positions = new double[own * points];
    private long version = -1;

    Bound(int c) {
      lower = equations.lower[c];
      upper = equations.upper[c];
      place =
          c == shared
              ? level -> grid.position(controlState[c], level)
              : level -> nodes.position(shared >= 0 && c > shared ? c - 1 : c, level);
    }

    void evaluate() {
      for (BranchEquations.Result bound : new BranchEquations.Result[] {lower, upper}) {
        if (bound != null) {
          bound.evaluate();
        }
      }
      BranchEquations.Result only = lower == null ? upper : lower;
      if (lower != null && upper != null || only == null || only.version() == version) {
        return;
      }
      version = only.version();
      for (int cell = 0; cell < positions.length; cell++) {
        positions[cell] = place.applyAsDouble(only.at(cell));
      }
    }

    /** Finds the best level that is allowed at a cell. */
    void find(RunningMaximum maximum, int cell) {
      if (lower == null && upper == null) {
        maximum.anywhere();
      } else {
        maximum.from(positions[cell]);
      }
    }

    /** The level, which rounding may have taken beyond the bound. */
    double within(int cell, double level) {
      double result = lower == null ? level : Math.max(level, lower.at(cell));
      return upper == null ? result : Math.min(result, upper.at(cell));
    }
  }

  private void atDestinations(int cell) {
    for (int k = 0; k < passive.length; k++) {
      outside.atPosition(k, passivePlace[k][cell]);
      reached[equations.inTable(passive[k])] = passivePlace[k][cell];
    }
  }

  private void fillContinuation(double[] table, int cell) {
    Arrays.fill(objective, 0);
    atDestinations(cell);
    outside.visit((offset, weight) -> add(table, 0, offset, objective, 0, weight));
  }

  /** Adds the continuation at all nodes of the searched controls. */
  private void add(double[] continuation, int c, int offset, double[] sum, int at, double weight) {
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
