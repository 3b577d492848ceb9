package org.nnks.core.agents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.State;
import org.nnks.core.economy.Turnover;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.LabelledArray.Axis;

/**
 * The distribution of agents over their own states and the nodes of their endogenous states, moved
 * by the lottery of Young (2010) in every state: an agent between nodes is split so that mass and
 * means are kept.
 *
 * <p>Cells are ordered with own states slowest and the last state fastest. Mass is in double
 * precision on the host. Mutable, not thread-safe.
 */
public final class AgentHistogram extends AgentDistribution {

  /**
   * The share of all agents that may be moved to a neighbouring cell because they are few: below
   * what tests of mass allow. Chains and lotteries spread agents over ever more cells; on Bloom et
   * al. (2018) a third of those with any mass hold 1e-13 of it together, and each of them has to
   * decide at every price.
   */
  private static final double DUST = 1e-12;

  private final DeclaredEconomy economy;
  private final Grid[] grids;
  private final int[] strides;
  private final int own;
  private final int points;
  private final double[] mass;
  private final double[] moved;
  private final int[] cell;
  private final double[] weight;

  /** The distribution with which the economy starts. */
  public AgentHistogram(DeclaredEconomy economy) {
    super(economy, nodes(economy.states().stream().map(State::grid).toList()));
    this.economy = economy;
    grids = economy.states().stream().map(State::grid).toArray(Grid[]::new);
    own = economy.own().size();
    strides = new int[grids.length];
    int stride = 1;
    for (int s = grids.length - 1; s >= 0; s--) {
      strides[s] = stride;
      stride *= grids[s].size();
    }
    points = stride;
    mass = mass();
    moved = new double[mass.length];
    cell = new int[grids.length];
    weight = new double[grids.length];
    start();
  }

  /** The levels of each state at all nodes, the last state fastest. */
  private static double[][] nodes(List<Grid> grids) {
    int points = grids.stream().mapToInt(Grid::size).reduce(1, Math::multiplyExact);
    double[][] levels = new double[grids.size()][points];
    int stride = points;
    for (int s = 0; s < levels.length; s++) {
      Grid grid = grids.get(s);
      stride /= grid.size();
      for (int i = 0; i < points; i++) {
        levels[s][i] = grid.get(i / stride % grid.size());
      }
    }
    return levels;
  }

  private void start() {
    Vector given = economy.initial().distribution();
    if (given.size() == mass.length) {
      System.arraycopy(given.toArray(), 0, mass, 0, mass.length);
      return;
    }
    int a = economy.initial().aggregateState();
    Vector law = economy.own(a, a).stationary();
    for (int i = 0; i < mass.length; i++) {
      mass[i] = law.get(i / points) / points;
    }
  }

  @Override
  boolean movesPoints() {
    return false;
  }

  /** Lotteries keep means of states: moments stay what decisions added up to. */
  @Override
  void readOff(double[] moments) {}

  /** What runs through the cells: own states, then the nodes of each state. */
  public List<Axis> axes() {
    List<Axis> axes = new ArrayList<>();
    axes.add(Axis.counted("own_state", own));
    economy.states().forEach(state -> axes.add(new Axis(state.name(), state.grid().nodes())));
    return axes;
  }

  @Override
  public Matrix toMatrix() {
    return Matrix.of(own, points, mass);
  }

  @Override
  Matrix toPanel() {
    return Matrix.of(0, 0);
  }

  /**
   * Puts agents of equal mass where they are, those between nodes on both sides.
   *
   * @param ownStates of each
   * @param at levels of each state: (states, agents)
   */
  void hold(int[] ownStates, double[][] at, double each) {
    beginMove();
    for (int i = 0; i < ownStates.length; i++) {
      for (int s = 0; s < grids.length; s++) {
        place(s, at[s][i]);
      }
      split(0, ownStates[i] * points, each);
    }
    System.arraycopy(moved, 0, mass, 0, mass.length);
  }

  @Override
  public void beginMove() {
    Arrays.fill(moved, 0);
  }

  @Override
  public void move(double share, CellOutcomes outcomes, CellDecisions decisions) {
    for (int b = 0; b < economy.branches().size(); b++) {
      if (economy.branches().get(b).leaves()) {
        continue;
      }
      double[] probability = decisions.probability(b);
      for (int i = 0; i < mass.length; i++) {
        double agents = share * mass[i] * probability[i];
        if (agents != 0) {
          for (int s = 0; s < grids.length; s++) {
            place(s, outcomes.destination(b, s)[i]);
          }
          split(0, i / points * points, agents);
        }
      }
    }
  }

  private void place(int s, double level) {
    cell[s] = grids[s].cell(level);
    weight[s] = grids[s].weight(cell[s], level);
  }

  /** Splits agents over the corners of the cell they move to. */
  private void split(int s, int offset, double agents) {
    if (s == grids.length) {
      moved[offset] += agents;
      return;
    }
    int lower = offset + cell[s] * strides[s];
    if (weight[s] < 1) {
      split(s + 1, lower, agents * (1 - weight[s]));
    }
    if (weight[s] > 0) {
      split(s + 1, lower + strides[s], agents * weight[s]);
    }
  }

  @Override
  public void endMove(int aggregateState, int nextAggregateState) {
    MarkovChain chain = economy.own(aggregateState, nextAggregateState);
    Turnover turnover = economy.turnover();
    double before = total();
    double stay = 1 - turnover.exitRate();
    Arrays.fill(mass, 0);
    for (int e = 0; e < own; e++) {
      for (int next = 0; next < own; next++) {
        double probability = stay * chain.probability(e, next);
        if (probability != 0) {
          for (int i = 0; i < points; i++) {
            mass[next * points + i] += probability * moved[e * points + i];
          }
        }
      }
    }
    sweep(DUST * before / mass.length);
    if (turnover.entry()) {
      enter(turnover, turnover.mass().orElse(before - total()));
    }
  }

  /** Moves the agents of cells with less than this mass on to the next cell with more. */
  private void sweep(double least) {
    for (int e = 0; e < own; e++) {
      int to = -1;
      double carried = 0;
      for (int i = e * points; i < (e + 1) * points; i++) {
        if (mass[i] >= least) {
          mass[i] += carried;
          carried = 0;
          to = i;
        } else {
          carried += mass[i];
          mass[i] = 0;
        }
      }
      mass[to < 0 ? e * points : to] += carried;
    }
  }

  private void enter(Turnover turnover, double entrants) {
    for (int s = 0; s < grids.length; s++) {
      place(s, turnover.states().get(s));
    }
    System.arraycopy(mass, 0, moved, 0, mass.length);
    for (int e = 0; e < own; e++) {
      split(0, e * points, entrants * turnover.own().get(e));
    }
    System.arraycopy(moved, 0, mass, 0, mass.length);
  }
}
