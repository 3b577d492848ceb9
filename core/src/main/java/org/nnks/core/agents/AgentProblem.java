package org.nnks.core.agents;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.Moment;
import org.nnks.core.economy.Price;
import org.nnks.core.symbolic.Program;

/**
 * The agents' problem at given points in one aggregate state, given continuation values: the right
 * side of the Bellman equation, with the decisions that reach it.
 *
 * <p>Points are the same for every own state e; cells are ordered with e slowest. Holds buffers;
 * not thread-safe.
 */
public final class AgentProblem {

  private final DeclaredEconomy economy;
  private final List<BranchProblem> branches;
  private final Map<SharedControl.Key, SharedControl> sharing = new HashMap<>();
  private final Map<BranchEquations.SearchKey, Program> searches = new HashMap<>();
  private final BranchChoice choice;
  private final Program upperCost;
  private final double[][] values;
  private final int[] cells;
  private int count;
  private final OpenBranches open;
  private double[][] kept;
  private boolean known;
  private boolean narrowed;
  private boolean between;
  private boolean decided;

  /**
   * A problem.
   *
   * @param grid where continuation values will be given
   * @param x levels of each state at the points: (states, points)
   */
  public AgentProblem(DeclaredEconomy economy, ActionGrid grid, double[][] x) {
    this.economy = economy;
    branches =
        economy.branches().stream()
            .map(branch -> new BranchProblem(economy, branch, grid, x, sharing, searches))
            .toList();
    values = branches.stream().map(BranchProblem::value).toArray(double[][]::new);
    choice = BranchChoice.of(economy, values[0].length);
    cells = new int[values[0].length];
    open = new OpenBranches(values.length, cells.length);
    everywhere();
    upperCost =
        economy.choice() instanceof Choice.UniformCost cost
            ? new Program(0, Map.of(), List.of(cost.upper()))
            : null;
  }

  /**
   * Whether agents in some branch search on their own: a solution then costs many times what it
   * costs to say what their {@link ChosenActions} are worth.
   */
  public boolean searchesEverywhere() {
    return branches.stream().anyMatch(BranchProblem::searchesEverywhere);
  }

  /** Sets the aggregate state and moments. */
  public void state(int aggregateState, double[] moments) {
    known = false;
    open.begin();
    for (Exogenous variable : economy.exogenous()) {
      if (!variable.own()) {
        set(variable.name(), variable.levels().get(aggregateState));
      }
    }
    List<Moment> names = economy.moments();
    for (int j = 0; j < names.size(); j++) {
      set(names.get(j).name(), moments[j]);
    }
  }

  /** Sets prices. */
  public void prices(double[] prices) {
    List<Price> names = economy.prices();
    for (int j = 0; j < names.size(); j++) {
      set(names.get(j).name(), prices[j]);
    }
  }

  /**
   * Passes over cells without agents from now on: their values and decisions may be anything.
   *
   * @param mass of agents by cells
   */
  void onlyWhere(double[] mass) {
    count = 0;
    for (int cell = 0; cell < cells.length; cell++) {
      if (mass[cell] != 0) {
        cells[count++] = cell;
      }
    }
    branches.forEach(branch -> branch.cells().onlyWhere(mass));
    known = false;
    narrowed = false;
    between = false;
  }

  /** Solves all cells from now on, as at the beginning. */
  void everywhere() {
    Arrays.setAll(cells, cell -> cell);
    count = cells.length;
    branches.forEach(branch -> branch.cells().everywhere());
    known = false;
    narrowed = false;
    between = false;
  }

  /**
   * Passes over branches that are out of the question at prices, from what was found at the
   * period's first, at which all are asked. The value of a branch that is passed over is minus
   * infinity.
   */
  void onlyBranchesAt(double[] prices) {
    narrowed = takesBest() && prices.length == 1 && open.begun();
    if (narrowed) {
      pass(open.at(prices[0], cells, count));
    } else {
      branches.forEach(branch -> branch.cells().whereverPresent());
    }
    between = false;
  }

  /**
   * Passes over branches that are out of the question between prices at which agents have decided.
   * Closer together later prices would leave out hardly more: what was left out first stays so.
   */
  void onlyBranchesBetween(CellDecisions one, CellDecisions other) {
    if (between || !takesBest()) {
      return;
    }
    between = true;
    narrowed = true;
    pass(open.between(one, other, cells, count));
  }

  /** Notes prices at which all branches have just been asked, if they are the period's first. */
  void noteFirst(double[] prices) {
    if (takesBest() && prices.length == 1 && !open.begun()) {
      open.first(prices[0], values, choice.value(), cells, count);
    }
  }

  private void pass(boolean[][] considered) {
    for (int b = 0; b < values.length; b++) {
      branches.get(b).cells().onlyWhere(considered[b]);
    }
  }

  /** Others take worse branches, too. */
  private boolean takesBest() {
    return economy.choice() instanceof Choice.Best;
  }

  /** Gives a symbol that is the same for all agents its value. */
  void set(String symbol, double level) {
    branches.forEach(branch -> branch.set(symbol, level));
    if (upperCost != null) {
      upperCost.set(symbol, level);
    }
  }

  /**
   * Says that continuation values stay as they now are until this is said again: what prices do not
   * change of what they are worth is then worked out once.
   */
  void keep(double[][] continuation) {
    kept = continuation;
    known = false;
  }

  /**
   * Solves all branches and the choice among them.
   *
   * @param continuation discounted expected values by own states, at the nodes of the grid
   */
  public void solve(double[][] continuation) {
    sharing.values().forEach(SharedControl::forget);
    boolean again = known && continuation == kept;
    branches.forEach(branch -> branch.solve(continuation, again));
    known = again || continuation == kept && !narrowed;
    choice.choose(values, largestCost(), cells, count);
    decided = false;
  }

  /** Finds what agents do in the branches that they take, unless that is known. */
  private void decide() {
    for (int b = 0; b < values.length && !decided; b++) {
      branches.get(b).decide(choice.takers(b), choice.takerCount(b));
    }
    decided = true;
  }

  /** Copies what agents decide, where there are any; elsewhere nothing is written. */
  void copyTo(CellDecisions decisions) {
    decide();
    for (int b = 0; b < values.length; b++) {
      double[] probability = choice.probability(b);
      double[] copy = decisions.probability(b);
      double[] valueCopy = decisions.value(b);
      int[] takers = choice.takers(b);
      for (int i = 0; i < count; i++) {
        copy[cells[i]] = probability[cells[i]];
        valueCopy[cells[i]] = values[b][cells[i]];
      }
      for (int c = 0; c < economy.branches().get(b).ranges().size(); c++) {
        double[] control = branches.get(b).control(c);
        double[] controlCopy = decisions.control(b, c);
        for (int i = 0; i < choice.takerCount(b); i++) {
          controlCopy[takers[i]] = control[takers[i]];
        }
      }
    }
    for (int i = 0; i < count; i++) {
      decisions.paid()[cells[i]] = choice.paid()[cells[i]];
    }
  }

  /** The upper bound of a uniform cost, in units of value; zero without one. */
  double largestCost() {
    return upperCost == null ? 0 : upperCost.evaluate(0)[0];
  }

  /** V by cells. */
  public double[] value() {
    return choice.value();
  }

  /** W of a branch by cells; minus infinity where the branch allows nothing. */
  public double[] value(int branch) {
    return values[branch];
  }

  /** The probability of a branch by cells. */
  public double[] probability(int branch) {
    return choice.probability(branch);
  }

  /** The cells where a branch is taken, of which the first {@link #takerCount} count. */
  int[] takers(int branch) {
    return choice.takers(branch);
  }

  /** How many there are. */
  int takerCount(int branch) {
    return choice.takerCount(branch);
  }

  /**
   * A control of a branch by cells, in the order of the branch's own; of any value where the branch
   * has probability zero.
   */
  public double[] control(int branch, int control) {
    decide();
    return branches.get(branch).control(control);
  }

  /**
   * A next state by cells after a branch, within the box; of any value where the branch has
   * probability zero.
   */
  public double[] destination(int branch, int state) {
    decide();
    return branches.get(branch).destination(state);
  }
}
