package org.nnks.core.agents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Control;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.State;
import org.nnks.core.numeric.Vector;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Operation;
import org.nnks.core.symbolic.Program;
import org.nnks.core.symbolic.Term;

/**
 * The value of one branch at given points, and the controls that reach it:
 *
 * <pre>
 *   W(x,e) = max over u of  payoff(x,e,u;a,m,P) + C(next(x,u), e)
 * </pre>
 *
 * <p>C is given at the nodes of an {@link ActionGrid}. The equations themselves say what need not
 * be done twice: where the part of the payoff that depends on controls does not depend on states,
 * one search serves all points that lead to the same states outside the agent's control.
 *
 * <p>Points are the same for every own state e; cells are ordered with e slowest. Holds buffers;
 * not thread-safe.
 */
final class BranchProblem {

  private static final int OWN = 0;
  private static final int POINT = 1;
  private static final int NODE = 2;

  private final Branch branch;
  private final ActionGrid grid;
  private final double[][] x;
  private final String[] stateNames;
  private final int own;
  private final int points;
  private final int[] controlState;
  private final int[] passive;
  private final boolean mixed;
  private final boolean separable;
  private final boolean[] lower;
  private final boolean[] upper;
  private final boolean oneSided;

  private final Program program;
  private final Program search;
  private final ControlNodes nodes;
  private final ControlSearch maximum;
  private final Stencil everywhere;
  private final Stencil outside;
  private final Result free;
  private final Result[] nexts;
  private final Result[] bounds;
  private final Result chosen;
  private final Result[] nodeNexts;

  private final double[] value;
  private final double[][] control;
  private final double[][] destination;
  private int[][] groups;
  private long groupsVersion = -1;

  /**
   * A problem.
   *
   * @param x levels of each state at the points: (states, points)
   */
  BranchProblem(DeclaredEconomy economy, Branch branch, ActionGrid grid, double[][] x) {
    this.branch = branch;
    this.grid = grid;
    this.x = x;
    own = economy.own().size();
    points = x[0].length;
    List<State> states = economy.states();
    stateNames = states.stream().map(State::name).toArray(String[]::new);
    List<Control> controls = branch.controls();
    Set<String> names = controls.stream().map(Control::name).collect(Collectors.toSet());
    Map<State, Term> next = branch.leaves() ? Map.of() : economy.next(branch);

    controlState = new int[controls.size()];
    Arrays.fill(controlState, -1);
    passive = new int[Math.max(0, next.size() - set(states, controls, next))];
    boolean anyMixed = false;
    for (int s = 0, k = 0; s < next.size(); s++) {
      if (!isSet(s)) {
        passive[k++] = s;
        anyMixed |= next.get(states.get(s)).expression().dependsOn(names::contains);
      }
    }
    mixed = anyMixed;
    Expression.Split payoff = economy.payoff(branch).expression().split(names::contains);
    separable = !mixed && !payoff.chosen().dependsOn(Set.of(stateNames)::contains);

    List<Term> perPoint = new ArrayList<>(List.of(payoff.free()));
    List<Term> perNode = new ArrayList<>(List.of(payoff.chosen()));
    for (int s : passive) {
      perPoint.add(next.get(states.get(s)));
      perNode.add(mixed ? next.get(states.get(s)) : Expression.constant(0));
    }
    lower = new boolean[controls.size()];
    upper = new boolean[controls.size()];
    boolean oneSide = true;
    for (int c = 0; c < controls.size(); c++) {
      Control.Range range = branch.ranges().get(c);
      lower[c] = range.lower().isPresent();
      upper[c] = range.upper().isPresent();
      oneSide &= !(lower[c] && upper[c]);
      range.lower().ifPresent(perPoint::add);
      range.upper().ifPresent(perPoint::add);
    }
    oneSided = oneSide;

    nodes = new ControlNodes(grid, controls, controlState);
    maximum = new ControlSearch(nodes);
    Map<String, Integer> along = new HashMap<>();
    economy.exogenous().stream()
        .filter(Exogenous::own)
        .forEach(variable -> along.put(variable.name(), 1 << OWN));
    states.forEach(state -> along.put(state.name(), 1 << POINT));
    controls.forEach(each -> along.put(each.name(), 1 << OWN | 1 << POINT));
    program = new Program(2, along, perPoint);
    program.size(OWN, this.own);
    program.size(POINT, points);
    controls.forEach(each -> along.put(each.name(), 1 << NODE));
    search = new Program(3, along, perNode);
    search.size(OWN, this.own);
    search.size(POINT, 1);
    search.size(NODE, nodes.size());
    economy.exogenous().stream()
        .filter(Exogenous::own)
        .forEach(variable -> set(variable.name(), variable.levels().toArray()));
    for (int s = 0; s < stateNames.length; s++) {
      program.set(stateNames[s], x[s]);
    }
    for (int c = 0; c < controls.size(); c++) {
      search.set(controls.get(c).name(), nodes.levels(c));
    }

    free = new Result(program, 0, POINT, points);
    nexts = new Result[passive.length];
    nodeNexts = new Result[passive.length];
    for (int k = 0; k < passive.length; k++) {
      nexts[k] = new Result(program, 1 + k, POINT, points);
      nodeNexts[k] = new Result(search, 1 + k, NODE, nodes.size());
    }
    bounds = new Result[perPoint.size() - 1 - passive.length];
    for (int b = 0; b < bounds.length; b++) {
      bounds[b] = new Result(program, 1 + passive.length + b, POINT, points);
    }
    chosen = new Result(search, 0, NODE, nodes.size());
    int[] all = new int[stateNames.length];
    Arrays.setAll(all, s -> s);
    everywhere = new Stencil(grid, all);
    outside = new Stencil(grid, passive);
    value = new double[this.own * points];
    control = new double[controls.size()][value.length];
    destination = new double[stateNames.length][value.length];
  }

  /** Finds the state that each control sets; returns how many do. */
  private int set(List<State> states, List<Control> controls, Map<State, Term> next) {
    int count = 0;
    for (int s = 0; s < next.size(); s++) {
      Expression term = next.get(states.get(s)).expression();
      for (int c = 0; c < controls.size(); c++) {
        if (controlState[c] < 0
            && term.operation() == Operation.SYMBOL
            && term.name().equals(controls.get(c).name())) {
          controlState[c] = s;
          count++;
          break;
        }
      }
    }
    return count;
  }

  private boolean isSet(int s) {
    return Arrays.stream(controlState).anyMatch(state -> state == s);
  }

  private void set(String symbol, double[] levels) {
    program.set(symbol, levels);
    search.set(symbol, levels);
  }

  /** Gives a symbol that is the same for all agents its value. */
  void set(String symbol, double level) {
    program.set(symbol, level);
    search.set(symbol, level);
  }

  /** The branch. */
  Branch branch() {
    return branch;
  }

  /** W by cells; minus infinity where the branch allows nothing, or nothing with a payoff. */
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
    free.evaluate();
    for (int cell = 0; cell < value.length; cell++) {
      double payoff = free.at(cell);
      value[cell] = Double.isNaN(payoff) ? Double.NEGATIVE_INFINITY : payoff;
    }
    if (branch.leaves()) {
      return;
    }
    if (!mixed) {
      outsideDestinations();
    }
    for (Result bound : bounds) {
      bound.evaluate();
    }
    if (controlState.length == 0) {
      for (int cell = 0; cell < value.length; cell++) {
        for (int s = 0; s < destination.length; s++) {
          everywhere.at(s, destination[s][cell]);
        }
        value[cell] += everywhere.value(continuation[cell / points]);
      }
    } else if (separable) {
      for (int[] group : groups()) {
        searchOnce(continuation[group[0] / points], group);
      }
    } else {
      for (int i = 0; i < points; i++) {
        searchPoint(continuation, i);
      }
    }
    for (int c = 0; c < controlState.length; c++) {
      if (controlState[c] >= 0) {
        System.arraycopy(control[c], 0, destination[controlState[c]], 0, value.length);
      }
    }
    if (mixed) {
      for (int c = 0; c < control.length; c++) {
        program.set(branch.controls().get(c).name(), control[c]);
      }
      outsideDestinations();
    }
  }

  /**
   * Next states that no control is: at once, or where controls are known if they depend on them.
   */
  private void outsideDestinations() {
    for (int k = 0; k < passive.length; k++) {
      Result next = nexts[k].evaluate();
      for (int cell = 0; cell < value.length; cell++) {
        destination[passive[k]][cell] = grid.clamp(passive[k], next.at(cell));
      }
    }
  }

  /** A result of a program by cells, or by own states and nodes. */
  private static final class Result {
    private final Program program;
    private final int root;
    private final int own;
    private final int other;
    private final int length;
    private double[] levels;

    /**
     * A result.
     *
     * @param axis the other axis beside own states
     * @param length of that axis
     */
    Result(Program program, int root, int axis, int length) {
      this.program = program;
      this.root = root;
      this.length = length;
      other = program.varies(root, axis) ? 1 : 0;
      own = program.varies(root, OWN) ? other == 1 ? length : 1 : 0;
    }

    Result evaluate() {
      levels = program.evaluate(root);
      return this;
    }

    double at(int e, int i) {
      return levels[e * own + i * other];
    }

    double at(int cell) {
      return at(cell / length, cell % length);
    }
  }

  /** Cells of one own state that lead to the same states outside the agent's control. */
  private int[][] groups() {
    long version = 0;
    for (int k = 0; k < passive.length; k++) {
      version = Math.max(version, program.version(1 + k));
    }
    if (version != groupsVersion) {
      groupsVersion = version;
      Map<Vector, List<Integer>> byDestination = new LinkedHashMap<>();
      for (int cell = 0; cell < value.length; cell++) {
        double[] key = new double[passive.length + 1];
        key[0] = cell / points;
        for (int k = 0; k < passive.length; k++) {
          key[k + 1] = destination[passive[k]][cell];
        }
        byDestination.computeIfAbsent(Vector.ofUnsafe(key), any -> new ArrayList<>()).add(cell);
      }
      groups =
          byDestination.values().stream()
              .map(cells -> cells.stream().mapToInt(Integer::intValue).toArray())
              .toArray(int[][]::new);
    }
    return groups;
  }

  /** One objective for all cells of a group; without bounds also one search. */
  private void searchOnce(double[] continuation, int[] group) {
    fillContinuation(continuation, group[0]);
    addPayoff(group[0] / points);
    boolean same = true;
    for (int c = 0; c < controlState.length; c++) {
      same &= !lower[c] && !upper[c];
    }
    if (!same && oneSided) {
      maximum.prepare(upper);
    }
    for (int i = 0; i < group.length; i++) {
      if (i == 0 || !same) {
        allow(group[i]);
        if (!same && oneSided) {
          maximum.searchPrepared(upper);
        } else {
          maximum.search();
        }
      }
      keep(group[i]);
    }
  }

  /** A search for every own state at one point. */
  private void searchPoint(double[][] continuation, int i) {
    for (int s = 0; s < stateNames.length; s++) {
      search.set(stateNames[s], x[s][i]);
    }
    for (Result next : nodeNexts) {
      next.evaluate();
    }
    for (int e = 0; e < own; e++) {
      int cell = e * points + i;
      if (mixed) {
        fillMixedContinuation(continuation[e], e);
      } else {
        fillContinuation(continuation[e], cell);
      }
      addPayoff(e);
      allow(cell);
      maximum.search();
      keep(cell);
    }
  }

  private void keep(int cell) {
    value[cell] += maximum.value();
    for (int c = 0; c < control.length; c++) {
      control[c][cell] = maximum.level(c);
    }
  }

  private void allow(int cell) {
    int bound = 0;
    for (int c = 0; c < controlState.length; c++) {
      maximum.allowAll(c);
      if (lower[c]) {
        maximum.atLeast(c, bounds[bound++].at(cell));
      }
      if (upper[c]) {
        maximum.atMost(c, bounds[bound++].at(cell));
      }
    }
  }

  private void addPayoff(int e) {
    double[] objective = maximum.objective();
    chosen.evaluate();
    for (int u = 0; u < objective.length; u++) {
      objective[u] += chosen.at(e, u);
    }
  }

  /** The continuation at all nodes of the controls, given a cell's other destinations. */
  private void fillContinuation(double[] continuation, int cell) {
    for (int k = 0; k < passive.length; k++) {
      outside.at(k, destination[passive[k]][cell]);
    }
    Arrays.fill(maximum.objective(), 0);
    outside.visit((offset, weight) -> add(continuation, 0, offset, 0, weight));
  }

  private void add(double[] continuation, int c, int offset, int at, double weight) {
    double[] objective = maximum.objective();
    int stride = nodes.tableStride(c);
    for (int i = 0; i < nodes.nodes(c); i++) {
      if (c == controlState.length - 1) {
        objective[at + i] += weight * continuation[offset + i * stride];
      } else {
        add(continuation, c + 1, offset + i * stride, at + i * nodes.stride(c), weight);
      }
    }
  }

  /** The continuation at all nodes of the controls where other states depend on them too. */
  private void fillMixedContinuation(double[] continuation, int e) {
    double[] objective = maximum.objective();
    for (int u = 0; u < objective.length; u++) {
      for (int c = 0; c < controlState.length; c++) {
        if (controlState[c] >= 0) {
          int node = u / nodes.stride(c) % nodes.nodes(c);
          everywhere.at(controlState[c], grid.level(controlState[c], node));
        }
      }
      for (int k = 0; k < passive.length; k++) {
        everywhere.at(passive[k], nodeNexts[k].at(e, u));
      }
      objective[u] = everywhere.value(continuation);
    }
  }
}
