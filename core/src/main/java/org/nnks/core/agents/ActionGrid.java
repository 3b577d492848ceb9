package org.nnks.core.agents;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nnks.core.economy.State;

/**
 * Nodes at equal distances in each scaled state, on whose product continuation values are
 * tabulated. Immutable.
 *
 * <p>Nodes of the product are ordered with the last state fastest.
 */
public final class ActionGrid {

  /**
   * Nodes of each state by the number of states. With one, the cubic around the best node finds a
   * target within 1e-5 of its log. With two, nodes are closer than what the features of a
   * projection bend over; with more, the product stays below 30,000.
   */
  private static final int[] NODES = {601, 61, 27, 13};

  private final List<State> states;
  private final int[] nodes;
  private final int[] strides;
  private final double[][] levels;
  private final int size;

  /** A grid with this many nodes of each state. */
  public ActionGrid(List<State> states, int... nodes) {
    this.states = List.copyOf(states);
    this.nodes = nodes.clone();
    strides = new int[nodes.length];
    levels = new double[nodes.length][];
    int stride = 1;
    for (int s = nodes.length - 1; s >= 0; s--) {
      strides[s] = stride;
      stride *= nodes[s];
      levels[s] = new double[nodes[s]];
      for (int i = 0; i < nodes[s]; i++) {
        levels[s][i] = states.get(s).unscaled(2.0 * i / (nodes[s] - 1) - 1);
      }
    }
    size = stride;
  }

  /**
   * The grid for some states.
   *
   * @throws IllegalArgumentException if there are more states than a product of nodes can hold
   */
  public static ActionGrid of(List<State> states) {
    if (states.size() > NODES.length) {
      throw new IllegalArgumentException(
          "a grid of actions can hold at most %d states but the economy has %d"
              .formatted(NODES.length, states.size()));
    }
    int[] nodes = new int[states.size()];
    Arrays.fill(nodes, NODES[states.size() - 1]);
    return new ActionGrid(states, nodes);
  }

  /**
   * Nodes of each state where V is held many times over, or only to start from: with one state the
   * cubic around the best node still finds a target within 1e-4 of its log; with several, the
   * product stays below 4,000.
   */
  private static final int[] COARSE = {201, 31, 15, 7};

  /** A grid for some states with fewer nodes. */
  static ActionGrid coarse(List<State> states) {
    int[] nodes = new int[states.size()];
    Arrays.fill(nodes, COARSE[Math.min(nodes.length, COARSE.length) - 1]);
    return new ActionGrid(states, nodes);
  }

  /** The grid of the states but some, which may be all. */
  ActionGrid without(int... some) {
    int[] others =
        IntStream.range(0, nodes.length)
            .filter(s -> IntStream.of(some).noneMatch(each -> each == s))
            .toArray();
    return new ActionGrid(
        IntStream.of(others).mapToObj(states::get).toList(),
        IntStream.of(others).map(this::nodes).toArray());
  }

  /** The number of states. */
  public int states() {
    return nodes.length;
  }

  /** The number of nodes of the product. */
  public int size() {
    return size;
  }

  /** The number of nodes of a state. */
  public int nodes(int state) {
    return nodes[state];
  }

  /** How far apart neighbouring nodes of a state are in the product. */
  int stride(int state) {
    return strides[state];
  }

  /** The level of a state at one of its nodes. */
  public double level(int state, int node) {
    return levels[state][node];
  }

  /** The level of a state at a node of the product. */
  public double levelAt(int state, int productNode) {
    return levels[state][productNode / strides[state] % nodes[state]];
  }

  /** The levels of each state at all nodes of the product: (states, nodes). */
  public double[][] levels() {
    double[][] all = new double[nodes.length][size];
    for (int s = 0; s < nodes.length; s++) {
      for (int i = 0; i < size; i++) {
        all[s][i] = levelAt(s, i);
      }
    }
    return all;
  }

  /** A level of a state within the box. */
  double clamp(int state, double level) {
    return states.get(state).grid().clamp(level);
  }

  /**
   * Where a level lies, counted in nodes of a state: -1 below the first, the number of nodes above
   * the last.
   */
  double position(int state, double level) {
    if (level < levels[state][0]) {
      return -1;
    }
    int last = nodes[state] - 1;
    if (level > levels[state][last]) {
      return last + 1;
    }
    double position = (states.get(state).scaled(level) + 1) / 2 * last;
    return Math.min(Math.max(position, 0), last);
  }

  /** The level of a state at a position counted in nodes. */
  double levelAtPosition(int state, double position) {
    return states.get(state).unscaled(2 * position / (nodes[state] - 1) - 1);
  }
}
