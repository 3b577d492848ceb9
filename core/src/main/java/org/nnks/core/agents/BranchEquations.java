package org.nnks.core.agents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nnks.core.economy.Control;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.State;
import org.nnks.core.numeric.Vector;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Program;
import org.nnks.core.symbolic.Term;

/**
 * The equations of one branch at given points: what depends on agents, by cells, and what depends
 * on the controls that are searched, by own states and nodes of controls, for one group of points
 * after another. Holds results; not thread-safe.
 */
final class BranchEquations {

  private static final int POINT = CellResult.POINT;
  private static final int NODE = 2;

  /**
   * What searched controls add to the payoff is held at all points at once up to so many numbers, 2
   * MB: then a price leaves what depends on states and controls alone as it is. Beyond it is worked
   * out point by point.
   */
  private static final int HELD = 250_000;

  private final BranchStructure structure;
  private final double[][] x;
  private final String[] stateNames;
  private final int[] sharedStates;
  private final ActionGrid table;
  private final ControlNodes nodes;
  private final int[][] groups;
  private final boolean held;
  private final Program program;

  /** What depends on nodes: branches that search the same use the same one. */
  private final Program search;

  /** The payoff without controls, by cells. */
  final CellResult free;

  /** Next states that no control sets, by cells. */
  final CellResult[] nexts;

  /** Lower and upper bounds of searched controls by cells; null where there is none. */
  final CellResult[] lower;

  final CellResult[] upper;

  /** What searched controls add to the payoff, by own states and their nodes. */
  final CellResult chosen;

  /** Next states that no control sets, by own states and nodes, if they depend on controls. */
  final CellResult[] nodeNexts;

  /**
   * What makes what two branches search the same.
   *
   * @param terms by nodes
   * @param together states that points share
   * @param controls that are searched
   * @param levels of each at the nodes
   */
  record SearchKey(
      List<Expression> terms, List<Integer> together, List<String> controls, List<Vector> levels) {}

  /**
   * The equations at points.
   *
   * @param x levels of each state at the points: (states, points)
   * @param searches of all branches: this one's is looked for here, or added
   */
  BranchEquations(
      DeclaredEconomy economy,
      BranchStructure structure,
      ActionGrid grid,
      double[][] x,
      Map<SearchKey, Program> searches) {
    this.structure = structure;
    this.x = x;
    int points = x[0].length;
    stateNames = economy.states().stream().map(State::name).toArray(String[]::new);
    sharedStates = IntStream.of(structure.shared()).map(c -> structure.controlState()[c]).toArray();
    table = grid.without(sharedStates);
    List<Control.Range> searched =
        IntStream.of(structure.searched()).mapToObj(structure.branch().ranges()::get).toList();
    nodes =
        new ControlNodes(
            table,
            searched.stream().map(Control.Range::control).toList(),
            IntStream.of(structure.searched())
                .map(c -> inTable(structure.controlState()[c]))
                .toArray());
    int[] together =
        IntStream.range(0, x.length)
            .filter(s -> structure.together().contains(stateNames[s]))
            .toArray();
    groups = groups(together);

    List<Control> controls = structure.branch().controls();
    Map<String, Integer> along = new HashMap<>();
    for (Exogenous variable : economy.exogenous()) {
      if (variable.own()) {
        along.put(variable.name(), 1 << CellResult.OWN);
      }
    }
    economy.states().forEach(state -> along.put(state.name(), 1 << POINT));
    controls.forEach(each -> along.put(each.name(), 1 << CellResult.OWN | 1 << POINT));
    List<Term> perPoint = new ArrayList<>(List.of(structure.free()));
    List<Term> perNode = new ArrayList<>(List.of(structure.chosen()));
    for (int s : structure.passive()) {
      perPoint.add(structure.next(s));
      if (structure.mixed()) {
        perNode.add(structure.next(s));
      }
    }
    int[] lowerAt = append(searched, Control.Range::lower, perPoint);
    int[] upperAt = append(searched, Control.Range::upper, perPoint);
    program = program(economy, 2, along, perPoint);
    program.size(POINT, points);
    controls.forEach(each -> along.put(each.name(), 1 << NODE));
    for (int s = 0; s < stateNames.length; s++) {
      program.set(stateNames[s], x[s]);
    }
    held = (long) economy.own().size() * groups.length * nodes.size() <= HELD;
    SearchKey key =
        new SearchKey(
            perNode.stream().map(Term::expression).toList(),
            IntStream.of(together).boxed().toList(),
            searched.stream().map(range -> range.control().name()).toList(),
            IntStream.range(0, searched.size())
                .mapToObj(c -> Vector.ofUnsafe(nodes.levels(c)))
                .toList());
    search = searches.computeIfAbsent(key, any -> search(economy, along, key));

    free = new CellResult(program, 0, POINT, points);
    nexts = new CellResult[structure.passive().length];
    Arrays.setAll(nexts, i -> new CellResult(program, 1 + i, POINT, points));
    nodeNexts = new CellResult[structure.mixed() ? nexts.length : 0];
    Arrays.setAll(nodeNexts, i -> new CellResult(search, 1 + i, NODE, nodes.size()));
    lower = results(lowerAt, points);
    upper = results(upperAt, points);
    chosen = new CellResult(search, 0, NODE, nodes.size());
  }

  private Program search(DeclaredEconomy economy, Map<String, Integer> along, SearchKey key) {
    Program search = program(economy, 3, along, key.terms);
    search.size(POINT, held ? groups.length : 1);
    search.size(NODE, nodes.size());
    for (int s = 0; s < stateNames.length && held; s++) {
      search.set(stateNames[s], representatives(x[s]));
    }
    for (int c = 0; c < key.controls.size(); c++) {
      search.set(key.controls.get(c), nodes.levels(c));
    }
    return search;
  }

  private static Program program(
      DeclaredEconomy economy, int axes, Map<String, Integer> along, List<? extends Term> terms) {
    Program program = new Program(axes, along, terms);
    program.size(CellResult.OWN, economy.own().size());
    for (Exogenous variable : economy.exogenous()) {
      if (variable.own()) {
        program.set(variable.name(), variable.levels().toArray());
      }
    }
    return program;
  }

  /** Appends bounds to what is evaluated; returns where each is, and -1 where there is none. */
  private static int[] append(
      List<Control.Range> ranges, Function<Control.Range, Optional<Term>> bound, List<Term> terms) {
    int[] at = new int[ranges.size()];
    for (int c = 0; c < at.length; c++) {
      Optional<Term> term = bound.apply(ranges.get(c));
      at[c] = term.isPresent() ? terms.size() : -1;
      term.ifPresent(terms::add);
    }
    return at;
  }

  private CellResult[] results(int[] roots, int points) {
    CellResult[] results = new CellResult[roots.length];
    for (int c = 0; c < roots.length; c++) {
      results[c] = roots[c] < 0 ? null : new CellResult(program, roots[c], POINT, points);
    }
    return results;
  }

  /** Points at which states among these symbols are the same. */
  private int[][] groups(int[] states) {
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

  /** What the equations depend on. */
  BranchStructure structure() {
    return structure;
  }

  /** The nodes of the states that no shared control sets. */
  ActionGrid table() {
    return table;
  }

  /** The number that a state has among these; that of no state is none. */
  int inTable(int state) {
    int before = 0;
    for (int each : sharedStates) {
      before += each < state ? 1 : 0;
    }
    return state - before;
  }

  /** The nodes of the controls that are not shared. */
  ControlNodes nodes() {
    return nodes;
  }

  /**
   * Points that share their objective: there the controls add the same to the payoff, and lead to
   * the same other states if more than shared controls are searched, but may have other bounds.
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

  /** Works out what depends on nodes, at the states of a group. */
  void moveTo(int group) {
    for (int s = 0; s < stateNames.length && !held; s++) {
      search.set(stateNames[s], x[s][groups[group][0]]);
    }
    chosen.moveTo(held ? group : 0);
    chosen.evaluate();
    for (CellResult next : nodeNexts) {
      next.moveTo(held ? group : 0);
      next.evaluate();
    }
  }
}
