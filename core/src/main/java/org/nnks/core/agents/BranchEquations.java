package org.nnks.core.agents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
 * The equations of one branch at given points, taken apart by what they depend on: what controls
 * add to the payoff, which states they set, and which points therefore share an objective.
 *
 * <p>A control is shared if it sets a state and what it adds to the payoff depends neither on
 * states nor on other controls: its best level is then found once for all agents, whatever the
 * others are. Holds results; not thread-safe.
 */
final class BranchEquations {

  private static final int OWN = 0;
  private static final int POINT = 1;
  private static final int NODE = 2;

  /**
   * What searched controls add to the payoff is held at all points at once up to so many numbers, 2
   * MB: then a price leaves what depends on states and controls alone as it is. Beyond it is worked
   * out point by point.
   */
  private static final int HELD = 250_000;

  private final double[][] x;
  private final String[] stateNames;
  private final int[] controlState;
  private final int[] passive;
  private final boolean mixed;
  private final int shared;
  private final ActionGrid table;
  private final ControlNodes nodes;
  private final int[][] groups;
  private final boolean held;

  private final Program program;
  private final Program search;
  private final SharedControl.Key sharedKey;

  /** The payoff without controls, by cells. */
  final Result free;

  /** Next states that no control sets, by cells. */
  final Result[] nexts;

  /** Lower and upper bounds of controls by cells; null where there is none. */
  final Result[] lower;

  final Result[] upper;

  /** What searched controls add to the payoff, by own states and their nodes. */
  final Result chosen;

  /** Next states that no control sets, by own states and nodes, if they depend on controls. */
  final Result[] nodeNexts;

  /**
   * Takes a branch apart.
   *
   * @param x levels of each state at the points: (states, points)
   */
  BranchEquations(DeclaredEconomy economy, Branch branch, ActionGrid grid, double[][] x) {
    this.x = x;
    int own = economy.own().size();
    int points = x[0].length;
    List<State> states = economy.states();
    stateNames = states.stream().map(State::name).toArray(String[]::new);
    List<Control> controls = branch.controls();
    Set<String> names = controls.stream().map(Control::name).collect(Collectors.toSet());
    Map<State, Term> next = branch.leaves() ? Map.of() : economy.next(branch);
    controlState = set(states, controls, next);
    passive = passive(next.size());
    Expression.Split payoff = economy.payoff(branch).expression().split(names::contains);
    mixed =
        Arrays.stream(passive)
            .anyMatch(s -> next.get(states.get(s)).expression().dependsOn(names::contains));
    shared = shared(branch, payoff.chosen(), names);
    Expression.Split parts =
        shared < 0
            ? new Expression.Split(payoff.chosen(), Expression.constant(0))
            : payoff.chosen().split(controls.get(shared).name()::equals);

    List<Control> searched = new ArrayList<>(controls);
    List<Integer> set = new ArrayList<>(Arrays.stream(controlState).boxed().toList());
    if (shared >= 0) {
      searched.remove(shared);
      set.remove(shared);
    }
    table = shared < 0 ? grid : grid.without(controlState[shared]);
    int[] searchedState = set.stream().mapToInt(this::inTable).toArray();

    Map<String, Integer> along = new HashMap<>();
    for (Exogenous variable : economy.exogenous()) {
      if (variable.own()) {
        along.put(variable.name(), 1 << OWN);
      }
    }
    states.forEach(state -> along.put(state.name(), 1 << POINT));
    controls.forEach(each -> along.put(each.name(), 1 << OWN | 1 << POINT));
    List<Term> perPoint = new ArrayList<>(List.of(payoff.free()));
    List<Term> perNode = new ArrayList<>(List.of(parts.free()));
    Set<String> together = new TreeSet<>(parts.free().symbols());
    for (int s : passive) {
      perPoint.add(next.get(states.get(s)));
      perNode.add(mixed ? next.get(states.get(s)) : Expression.constant(0));
      if (!searched.isEmpty()) {
        together.addAll(next.get(states.get(s)).expression().symbols());
      }
    }
    int[] lowerAt = bounds(branch, false, perPoint);
    int[] upperAt = bounds(branch, true, perPoint);
    if (shared >= 0) {
      branch.ranges().get(shared).lower().ifPresent(t -> together.addAll(symbols(t)));
      branch.ranges().get(shared).upper().ifPresent(t -> together.addAll(symbols(t)));
    }
    groups = groups(together);

    program = new Program(2, along, perPoint);
    program.size(OWN, own);
    program.size(POINT, points);
    controls.forEach(each -> along.put(each.name(), 1 << NODE));
    search = new Program(3, along, perNode);
    nodes = new ControlNodes(table, searched, searchedState);
    search.size(OWN, own);
    held = (long) own * groups.length * nodes.size() <= HELD;
    search.size(POINT, held ? groups.length : 1);
    search.size(NODE, nodes.size());
    for (Exogenous variable : economy.exogenous()) {
      if (variable.own()) {
        program.set(variable.name(), variable.levels().toArray());
        search.set(variable.name(), variable.levels().toArray());
      }
    }
    for (int s = 0; s < stateNames.length; s++) {
      program.set(stateNames[s], x[s]);
      if (held) {
        search.set(stateNames[s], representatives(x[s]));
      }
    }
    for (int c = 0; c < searched.size(); c++) {
      search.set(searched.get(c).name(), nodes.levels(c));
    }
    sharedKey =
        shared < 0 ? null : new SharedControl.Key(branch.ranges().get(shared), parts.chosen());

    free = new Result(program, 0, POINT, points);
    nexts = new Result[passive.length];
    nodeNexts = new Result[passive.length];
    for (int i = 0; i < passive.length; i++) {
      nexts[i] = new Result(program, 1 + i, POINT, points);
      nodeNexts[i] = new Result(search, 1 + i, NODE, nodes.size());
    }
    lower = results(lowerAt, points);
    upper = results(upperAt, points);
    chosen = new Result(search, 0, NODE, nodes.size());
  }

  /** The state that each control sets; -1 if it sets none by itself. */
  private static int[] set(List<State> states, List<Control> controls, Map<State, Term> next) {
    int[] set = new int[controls.size()];
    Arrays.fill(set, -1);
    for (int s = 0; s < next.size(); s++) {
      Expression term = next.get(states.get(s)).expression();
      for (int c = 0; c < set.length; c++) {
        if (set[c] < 0
            && term.operation() == Operation.SYMBOL
            && term.name().equals(controls.get(c).name())) {
          set[c] = s;
          break;
        }
      }
    }
    return set;
  }

  /** The states that no control sets. */
  private int[] passive(int states) {
    Set<Integer> set = Arrays.stream(controlState).boxed().collect(Collectors.toSet());
    return IntStream.range(0, states).filter(s -> !set.contains(s)).toArray();
  }

  /** The first control that is shared; -1 if none is, or if there is no other state. */
  private int shared(Branch branch, Expression payoff, Set<String> names) {
    for (int c = 0; c < controlState.length && stateNames.length > 1 && !mixed; c++) {
      String name = branch.controls().get(c).name();
      Set<String> others = new HashSet<>(names);
      others.addAll(Set.of(stateNames));
      others.remove(name);
      Control.Range range = branch.ranges().get(c);
      if (controlState[c] >= 0
          && (range.lower().isEmpty() || range.upper().isEmpty())
          && !payoff.split(name::equals).chosen().dependsOn(others::contains)) {
        return c;
      }
    }
    return -1;
  }

  private static Set<String> symbols(Term term) {
    return term.expression().symbols();
  }

  private static int[] bounds(Branch branch, boolean upper, List<Term> terms) {
    int[] at = new int[branch.ranges().size()];
    for (int c = 0; c < at.length; c++) {
      Control.Range range = branch.ranges().get(c);
      at[c] = -1;
      if (upper ? range.upper().isPresent() : range.lower().isPresent()) {
        at[c] = terms.size();
        terms.add(upper ? range.upper().get() : range.lower().get());
      }
    }
    return at;
  }

  private Result[] results(int[] roots, int points) {
    Result[] results = new Result[roots.length];
    for (int c = 0; c < roots.length; c++) {
      results[c] = roots[c] < 0 ? null : new Result(program, roots[c], POINT, points);
    }
    return results;
  }

  /** Points at which states among these symbols are the same. */
  private int[][] groups(Set<String> together) {
    int[] states =
        IntStream.range(0, x.length).filter(s -> together.contains(stateNames[s])).toArray();
    Map<Vector, List<Integer>> points = new LinkedHashMap<>();
    for (int i = 0; i < x[0].length; i++) {
      double[] key = new double[states.length];
      for (int s = 0; s < key.length; s++) {
        key[s] = x[states[s]][i];
      }
      points.computeIfAbsent(Vector.ofUnsafe(key), any -> new ArrayList<>()).add(i);
    }
    return points.values().stream()
        .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  /** The state that each control of the branch sets; -1 if it sets none by itself. */
  int[] controlState() {
    return controlState;
  }

  /** The states that no control sets. */
  int[] passive() {
    return passive;
  }

  /** Whether controls change states that none of them sets. */
  boolean mixed() {
    return mixed;
  }

  /** The position of the shared control in the branch; -1 if there is none. */
  int shared() {
    return shared;
  }

  /** What the shared control depends on; null if there is none. */
  SharedControl.Key sharedKey() {
    return sharedKey;
  }

  /** The nodes of the states that no shared control sets. */
  ActionGrid table() {
    return table;
  }

  /** The number that a state has among these; that of no state is none. */
  int inTable(int state) {
    return shared >= 0 && state > controlState[shared] ? state - 1 : state;
  }

  /** The nodes of the controls that are not shared. */
  ControlNodes nodes() {
    return nodes;
  }

  /**
   * Points that share their objective: there the controls add the same to the payoff, and lead to
   * the same other states if more than the shared control is searched, but may have other bounds.
   */
  int[][] groups() {
    return groups;
  }

  /** Gives a symbol that is the same for all agents its value. */
  void set(String symbol, double level) {
    program.set(symbol, level);
    search.set(symbol, level);
  }

  /** Gives controls the levels that agents of all cells choose. */
  void set(Control control, double[] levels) {
    program.set(control.name(), levels);
  }

  /** The level of a state at the first point of every group. */
  private double[] representatives(double[] levels) {
    return Arrays.stream(groups).mapToDouble(group -> levels[group[0]]).toArray();
  }

  /** Moves what depends on nodes to the states of a group. */
  void moveTo(int group) {
    if (!held) {
      for (int s = 0; s < stateNames.length; s++) {
        search.set(stateNames[s], x[s][groups[group][0]]);
      }
    }
    chosen.moveTo(held ? group : 0);
    for (Result next : nodeNexts) {
      next.moveTo(held ? group : 0);
    }
  }

  /** A result of a program by cells, or by own states and nodes. */
  static final class Result {
    private final Program program;
    private final int root;
    private final int own;
    private final int other;
    private final int length;
    private final int group;
    private double[] levels;
    private int start;

    /**
     * A result.
     *
     * @param axis the other axis beside own states
     * @param length of that axis
     */
    private Result(Program program, int root, int axis, int length) {
      this.program = program;
      this.root = root;
      this.length = length;
      other = program.varies(root, axis) ? 1 : 0;
      int row = other == 1 ? length : 1;
      group = axis == NODE && program.varies(root, POINT) ? row : 0;
      own = program.varies(root, OWN) ? group == 0 ? row : row * program.size(POINT) : 0;
    }

    /** Moves to a group of points, if nodes are along the other axis. */
    private void moveTo(int number) {
      start = number * group;
    }

    Result evaluate() {
      levels = program.evaluate(root);
      return this;
    }

    double at(int e, int i) {
      return levels[start + e * own + i * other];
    }

    double at(int cell) {
      return at(cell / length, cell % length);
    }

    /** Grows whenever the result may have changed. */
    long version() {
      return program.version(root);
    }
  }
}
