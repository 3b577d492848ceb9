package org.nnks.core.agents;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nnks.core.economy.Control;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Program;

/**
 * A control that sets a state and whose part of the payoff depends neither on states nor on other
 * controls: its best level is found once for all agents, at all nodes of the other states and from
 * any bound on. Branches that differ in nothing of this use the same one. Several are found one
 * after another, each in what the one before is worth.
 *
 * <p>Holds results; not thread-safe.
 */
final class SharedControl {

  private static final int NODE = 1;
  private static final int POINT = 1;

  private final SharedControl before;
  private final ActionGrid grid;
  private final int state;
  private final ActionGrid others;
  private final int[] columns;
  private final Program program;
  private final Program bounds;
  private final ControlBound bound;
  private final RunningMaximum[] best;
  private double[][] prepared;

  /** Best values and positions from every bound on, by own states and bounds, if asked for. */
  private double[][] value;

  private double[][] position;
  private boolean[] found;

  /** Where an agent goes, by states of the grid. */
  private final double[] reached;

  /** The position last turned into a level, and that level: logs are what decisions cost. */
  private double lastPosition = Double.NaN; // no position is

  private double lastLevel;

  /**
   * What makes two shared controls the same.
   *
   * @param range of the control
   * @param payoff its part of it
   * @param before the control, without bounds, that is found before; null if there is none
   */
  record Key(Control.Range range, Expression payoff, Key before) {}

  /**
   * A shared control.
   *
   * @param before the control that is found before; null if there is none
   * @param grid of the states that none before sets
   * @param state that it sets, by its number among these
   * @param x levels of each state at the points where agents are: (states, points)
   */
  SharedControl(
      DeclaredEconomy economy,
      Key key,
      SharedControl before,
      ActionGrid grid,
      int state,
      double[][] x) {
    this.before = before;
    this.grid = grid;
    reached = new double[grid.states()];
    this.state = state;
    others = grid.without(state);
    columns =
        IntStream.range(0, grid.size())
            .filter(node -> node / grid.stride(state) % grid.nodes(state) == 0)
            .toArray();
    Map<String, Integer> along = new HashMap<>();
    along.put(key.range().control().name(), 1 << NODE);
    economy.states().forEach(each -> along.put(each.name(), 1 << POINT));
    for (Exogenous variable : economy.exogenous()) {
      if (variable.own()) {
        along.put(variable.name(), 1 << CellResult.OWN);
      }
    }
    int own = economy.own().size();
    int points = x[0].length;
    program = new Program(2, along, List.of(key.payoff()));
    program.size(CellResult.OWN, own);
    program.size(NODE, grid.nodes(state));
    Control.Range range = key.range();
    bounds =
        new Program(
            2, along, Stream.concat(range.lower().stream(), range.upper().stream()).toList());
    bounds.size(CellResult.OWN, own);
    bounds.size(POINT, points);
    for (Exogenous variable : economy.exogenous()) {
      if (variable.own()) {
        program.set(variable.name(), variable.levels().toArray());
        bounds.set(variable.name(), variable.levels().toArray());
      }
    }
    for (int s = 0; s < x.length; s++) {
      bounds.set(economy.states().get(s).name(), x[s]);
    }
    bound =
        new ControlBound(
            range.lower().isEmpty() ? null : new CellResult(bounds, 0, POINT, points),
            range.upper().isEmpty() ? null : new CellResult(bounds, 0, POINT, points),
            level -> grid.position(state, level),
            grid.nodes(state),
            own * points);
    double[] levels = new double[grid.nodes(state)];
    Arrays.setAll(levels, node -> grid.level(state, node));
    program.set(key.range().control().name(), levels);
    best = new RunningMaximum[own];
    Arrays.setAll(
        best, e -> new RunningMaximum(grid.nodes(state), others.size(), range.upper().isPresent()));
    makeRoom();
  }

  private void makeRoom() {
    value = new double[best.length * bound.places()][others.size()];
    position = new double[value.length][others.size()];
    found = new boolean[value.length];
  }

  /** Gives a symbol that is the same for all agents its value. */
  void set(String symbol, double level) {
    program.set(symbol, level);
    bounds.set(symbol, level);
  }

  /** Forgets what was prepared: the continuation has changed. */
  void forget() {
    prepared = null;
  }

  /**
   * Prepares all own states, unless that is done.
   *
   * @param continuation by own states, at the nodes of the grid
   */
  void prepare(double[][] continuation) {
    if (prepared != continuation) {
      if (before != null) {
        before.prepare(continuation);
      }
      if (bound.evaluate()) {
        makeRoom();
      }
      Arrays.fill(found, false);
      for (int e = 0; e < best.length; e++) {
        double[] table = before == null ? continuation[e] : before.value(e, 0);
        double[] objective = best[e].objective();
        int at = 0;
        for (int j = 0; j < grid.nodes(state); j++) {
          int row = j * grid.stride(state);
          for (int column : columns) {
            objective[at++] = table[row + column];
          }
        }
        prepare(e);
      }
      prepared = continuation;
    }
  }

  private void prepare(int e) {
    double[] payoff = program.evaluate(0);
    int byNode = program.varies(0, NODE) ? 1 : 0;
    int byOwn = program.varies(0, CellResult.OWN) ? byNode == 1 ? grid.nodes(state) : 1 : 0;
    double[] objective = best[e].objective();
    int at = 0;
    for (int j = 0; j < grid.nodes(state); j++) {
      double here = payoff[e * byOwn + j * byNode];
      for (int u = 0; u < others.size(); u++) {
        objective[at++] += here;
      }
    }
    best[e].prepare();
  }

  /** The row of results that belongs to a cell of an own state, found if nobody has asked yet. */
  private int row(int e, int cell) {
    int row = e * bound.places() + bound.number(cell);
    if (!found[row]) {
      best[e].from(bound.place(bound.number(cell)), value[row], position[row]);
      found[row] = true;
    }
    return row;
  }

  /** The best values of agents of a cell, at all nodes of the other states. */
  double[] value(int e, int cell) {
    return value[row(e, cell)];
  }

  /** The control that is found before; null if there is none. */
  SharedControl before() {
    return before;
  }

  /** The grid of the other states. */
  ActionGrid others() {
    return others;
  }

  /**
   * Finds the level that is best for agents of a cell when other states are between nodes: between
   * its best positions there, unless these belong to different peaks.
   *
   * @param at positions of the other states, in nodes
   * @return positions of all states of the grid; reused
   */
  double[] decide(int e, int cell, double[] at) {
    double[] positions = position[row(e, cell)];
    int nearest = 0;
    for (int s = 0; s < at.length; s++) {
      nearest += (int) Math.rint(at[s]) * others.stride(s);
    }
    double here = positions[nearest];
    double result = here;
    for (int s = 0; s < at.length; s++) {
      double distance = at[s] - Math.rint(at[s]);
      if (distance != 0) {
        double there = positions[nearest + (int) Math.signum(distance) * others.stride(s)];
        result += Math.abs(there - here) <= 1 ? Math.abs(distance) * (there - here) : 0;
      }
    }
    if (result != lastPosition) {
      lastPosition = result;
      lastLevel = grid.levelAtPosition(state, result);
    }
    System.arraycopy(at, 0, reached, 0, state);
    reached[state] = result;
    System.arraycopy(at, state, reached, state + 1, at.length - state);
    return reached;
  }

  /** The level last found, within the bounds of a cell. */
  double level(int cell) {
    return bound.within(cell, lastLevel);
  }
}
