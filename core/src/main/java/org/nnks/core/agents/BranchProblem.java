package org.nnks.core.agents;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Price;
import org.nnks.core.symbolic.Program;

/**
 * The value of one branch at given points, and the controls that reach it:
 *
 * <pre>
 *   W(x,e) = max over u of  payoff(x,e,u;a,m,P) + C(next(x,u), e)
 * </pre>
 *
 * <p>C is given at the nodes of an {@link ActionGrid}. The equations themselves say what need not
 * be done twice; see {@link BranchStructure}: shared controls are maximised once for all agents,
 * and points that share their objective differ in their bounds only.
 *
 * <p>Points are the same for every own state e; cells are ordered with e slowest. Holds buffers;
 * not thread-safe.
 */
final class BranchProblem {

  private final BranchEquations equations;
  private final Branch branch;
  private final int own;
  private final int points;
  private final int[] controlState;
  private final int[] shared;

  /** The last of the shared controls; null if there is none. */
  private final SharedControl sharedControl;

  private final ControlNodes nodes;
  private final OccupiedPoints occupied;
  private final PassiveStates passive;
  private final SearchedObjective objective;

  /** The controls that are not shared, by their positions in the branch. */
  private final int[] searched;

  /** Their bounds. */
  private final ControlBound[] bounds;

  /** Finds the only one of them, if it has no bound; else null. */
  private final FreeMaximum free;

  /** Finds the only one of them, if it has one bound; else null. */
  private final RunningMaximum line;

  /** Finds them otherwise; null if one of the others does. */
  private final ControlSearch area;

  /** What {@link #line} finds. */
  private final double[] bestValue = new double[1];

  private final double[] bestPlace = new double[1];

  private final double[] value;

  /** Whether prices change the table that is read where nothing is searched, or the place. */
  private final boolean priced;

  /** What is read there, by cells. */
  private final double[] continued;

  /** Where searched controls are best, in nodes, by cells. */
  private final double[][] place;

  /**
   * The place last turned into a level, and that level: logs and powers are what decisions cost.
   */
  private final double[] lastPlace;

  private final double[] lastLevel;
  private final double[][] control;
  private final double[][] destination;

  /**
   * A problem.
   *
   * @param x levels of each state at the points: (states, points)
   * @param sharing the shared controls of all branches: this one's is looked for here, or added
   * @param searches the same of what they search
   */
  BranchProblem(
      DeclaredEconomy economy,
      Branch branch,
      ActionGrid grid,
      double[][] x,
      Map<SharedControl.Key, SharedControl> sharing,
      Map<BranchEquations.SearchKey, Program> searches) {
    this.branch = branch;
    own = economy.own().size();
    points = x[0].length;
    BranchStructure structure = new BranchStructure(economy, branch);
    equations = new BranchEquations(economy, structure, grid, x, searches);
    controlState = structure.controlState();
    shared = structure.shared();
    searched = structure.searched();
    nodes = equations.nodes();
    sharedControl = shared(economy, structure.sharedKey(), shared.length - 1, grid, x, sharing);
    bounds = new ControlBound[searched.length];
    for (int c = 0; c < bounds.length; c++) {
      int number = c;
      bounds[c] =
          new ControlBound(
              equations.lower[c],
              equations.upper[c],
              level -> nodes.position(number, level),
              nodes.nodes(c),
              own * points);
    }
    boolean below = searched.length == 1 && equations.lower[0] != null;
    boolean above = searched.length == 1 && equations.upper[0] != null;
    free = searched.length == 1 && !below && !above ? new FreeMaximum(nodes.size()) : null;
    line = below != above ? new RunningMaximum(nodes.size(), 1, above) : null;
    area = free == null && line == null ? new ControlSearch(nodes) : null;
    passive = new PassiveStates(grid, equations, own, points);
    double[] levels =
        free != null ? free.objective() : line != null ? line.objective() : area.objective();
    objective = new SearchedObjective(grid, equations, passive, levels);
    occupied = new OccupiedPoints(equations.groups(), own, points);
    value = new double[own * points];
    List<String> prices = economy.prices().stream().map(Price::name).toList();
    priced = shared.length > 0 || structure.moves(prices::contains);
    continued = new double[searched.length == 0 ? value.length : 0];
    place = new double[searched.length][value.length];
    lastPlace = new double[searched.length];
    lastLevel = new double[searched.length];
    Arrays.fill(lastPlace, Double.NaN); // no place is
    control = new double[controlState.length][value.length];
    destination = new double[x.length][value.length];
    for (int c = 0; c < controlState.length; c++) {
      if (controlState[c] >= 0) {
        destination[controlState[c]] = control[c];
      }
    }
  }

  /** A shared control, after those before it. */
  private SharedControl shared(
      DeclaredEconomy economy,
      SharedControl.Key key,
      int i,
      ActionGrid grid,
      double[][] x,
      Map<SharedControl.Key, SharedControl> sharing) {
    if (key == null) {
      return null;
    }
    SharedControl before = shared(economy, key.before(), i - 1, grid, x, sharing);
    ActionGrid table = before == null ? grid : before.others();
    int state = controlState[shared[i]];
    int set = (int) IntStream.of(shared).limit(i).filter(c -> controlState[c] < state).count();
    return sharing.computeIfAbsent(
        key, any -> new SharedControl(economy, key, before, table, state - set, x));
  }

  /** Gives a symbol that is the same for all agents its value. */
  void set(String symbol, double level) {
    equations.set(symbol, level);
    for (SharedControl each = sharedControl; each != null; each = each.before()) {
      each.set(symbol, level);
    }
  }

  /** Whether agents search on their own, because their bounds are: not once for all. */
  boolean searchesEverywhere() {
    return searched.length > 0 && free == null;
  }

  /** The cells that are solved. */
  OccupiedPoints cells() {
    return occupied;
  }

  /**
   * W by cells; minus infinity where the branch allows nothing, or nothing with a payoff, and where
   * it is not solved.
   */
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
   * @param known whether it, the cells and all symbols but prices are those of the last time
   */
  void solve(double[][] continuation, boolean known) {
    equations.free.evaluate();
    Arrays.fill(value, Double.NEGATIVE_INFINITY);
    for (int row = 0; row < occupied.rows(); row++) {
      for (int i = 0; i < occupied.count(row); i++) {
        double payoff = equations.free.at(row % own, occupied.point(row, i));
        if (!Double.isNaN(payoff)) {
          value[occupied.cell(row, i)] = payoff;
        }
      }
    }
    if (branch.leaves()) {
      return;
    }
    if (!equations.structure().mixed()) {
      passive.move(destination);
    }
    for (ControlBound bound : bounds) {
      bound.evaluate();
    }
    if (sharedControl != null) {
      sharedControl.prepare(continuation);
    }
    for (int row = 0; row < occupied.rows(); row += own) {
      solve(continuation, row, known && !priced);
    }
  }

  /**
   * Finds controls and next states where the branch is taken; elsewhere they keep any value.
   *
   * @param takers cells where it is, of which the first ones count
   * @param count how many
   */
  void decide(int[] takers, int count) {
    if (branch.leaves()) {
      return;
    }
    for (int i = 0; i < count; i++) {
      decide(takers[i] / points, takers[i]);
    }
    if (equations.structure().mixed()) {
      for (int c = 0; c < control.length; c++) {
        equations.set(branch.ranges().get(c).control(), control[c]);
      }
      passive.move(destination);
    }
  }

  private void decide(int e, int cell) {
    double[] reached = passive.reached(cell);
    for (int c = 0; c < searched.length; c++) {
      if (place[c][cell] != lastPlace[c]) { // agents that share an objective go to the same place
        lastPlace[c] = place[c][cell];
        lastLevel[c] = nodes.levelAtPosition(c, lastPlace[c]);
      }
      control[searched[c]][cell] = bounds[c].within(cell, lastLevel[c]);
      int state = controlState[searched[c]];
      if (state >= 0) {
        reached[equations.inTable(state)] = place[c][cell];
      }
    }
    SharedControl each = sharedControl;
    for (int i = shared.length - 1; i >= 0; i--, each = each.before()) {
      reached = each.decide(e, cell, reached);
      control[shared[i]][cell] = each.level(cell);
    }
  }

  /** One objective for every own state at the points of a group, whose first row is given. */
  private void solve(double[][] continuation, int first, boolean known) {
    boolean ready = searched.length == 0;
    for (int e = 0; e < own; e++) {
      int row = first + e;
      if (occupied.count(row) == 0) {
        continue;
      }
      if (!ready) {
        equations.moveTo(first / own);
        ready = true;
      }
      int cell = occupied.cell(row, 0);
      double[] table = sharedControl != null ? sharedControl.value(e, cell) : continuation[e];
      if (searched.length == 0) {
        read(table, row, known);
        continue;
      }
      objective.fill(table, e, cell);
      if (free != null) {
        searchFree(row);
      } else if (line != null) {
        searchLine(row);
      } else {
        searchArea(row);
      }
    }
  }

  /** No other control: the value is that of the table where the other states will be. */
  private void read(double[] table, int row, boolean known) {
    for (int i = 0; i < occupied.count(row); i++) {
      int cell = occupied.cell(row, i);
      if (!known) {
        passive.at(cell);
        continued[cell] = RunningMaximum.number(passive.value(table));
      }
      value[cell] += continued[cell];
    }
  }

  /** One other control without bounds: the same is best for all. */
  private void searchFree(int row) {
    free.search();
    for (int i = 0; i < occupied.count(row); i++) {
      int cell = occupied.cell(row, i);
      value[cell] += free.value();
      place[0][cell] = free.position();
    }
  }

  /** One other control with one bound. */
  private void searchLine(int row) {
    int furthest = line.nearest();
    for (int i = 0; i < occupied.count(row); i++) {
      furthest = line.furthest(furthest, bounds[0].place(bounds[0].number(occupied.cell(row, i))));
    }
    line.prepare(furthest);
    for (int i = 0; i < occupied.count(row); i++) {
      int cell = occupied.cell(row, i);
      line.from(bounds[0].place(bounds[0].number(cell)), bestValue, bestPlace);
      value[cell] += bestValue[0];
      place[0][cell] = bestPlace[0];
    }
  }

  /** Any other controls. */
  private void searchArea(int row) {
    boolean bounded = false;
    for (ControlBound bound : bounds) {
      bounded |= bound.bounded();
    }
    for (int i = 0; i < occupied.count(row); i++) {
      int cell = occupied.cell(row, i);
      if (i == 0 || bounded) {
        for (int c = 0; c < bounds.length; c++) {
          bounds[c].allow(area, c, cell);
        }
        area.search();
      }
      value[cell] += area.value();
      for (int c = 0; c < bounds.length; c++) {
        place[c][cell] = area.position(c);
      }
    }
  }
}
