package org.nnks.core.projection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.agents.ActionGrid;
import org.nnks.core.agents.AgentProblem;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.agents.ChosenActions;
import org.nnks.core.agents.MomentBox;
import org.nnks.core.agents.MomentNodes;
import org.nnks.core.agents.StationaryEquilibrium;
import org.nnks.core.agents.TablePolicies;
import org.nnks.core.agents.Transition;
import org.nnks.core.agents.ValueTable;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.State;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.SimulatedPath;

/**
 * Solves the agents' problem of any declared economy by projection: V is the output layer of drawn
 * features of the states, one for every exogenous state and every node of moments, refitted by
 * least squares to the right side of the Bellman equation until it settles. Prices are those that
 * the rules forecast; at other prices agents maximise exactly.
 *
 * <p>Nothing in it is tuned to an economy: states are scaled to their boxes, the interval of
 * moments shrinks to what simulations visit, and half the sample points move to where agents are.
 */
public final class ProjectionSolver implements BellmanSolver {

  /**
   * Interval and points stay what they are after so many simulations, so that a loop can settle.
   */
  private static final int LAST_UPDATE = 12;

  /**
   * Sweeps without a smaller change than before after which V moves no more than it jitters: where
   * agents have discrete choices its fit does, and it has settled if that is less than what the fit
   * leaves anyhow.
   */
  private static final int PATIENCE = 10;

  /**
   * Evaluations of the actions last found after each search for better ones, where agents search on
   * their own: modified policy iteration (Puterman and Shin, 1978). A search costs five times as
   * much there or more; Bloom et al. (2018) then takes 18 searches instead of 122, inventories 11
   * instead of 50.
   */
  private static final int EVALUATIONS = 10;

  /**
   * Evaluations end when V changes by less than this share of what the search changed: better
   * actions then change it more than what is left to evaluate.
   */
  private static final double EVALUATED = .1;

  /**
   * Sweeps at all nodes of the action grid that end a solve where V has kinks, which features
   * round. On Bloom et al. (2018) 97.2 % of firms then take the exact branch; without these sweeps
   * 95.9 %, with up to three times the features.
   */
  private static final int SWEEPS_OF_KINKS = 8;

  /**
   * The same where V is smooth but has several states: what a state is worth at the margin is then
   * the payoff's, and not that of a fit, whose ripples in V move what agents hold. Three kinds of
   * capital, two of them without a cost: these are .08 % from an economy of one state at most;
   * without this sweep .31 or .16 % by the draw of features. One state needs none.
   */
  private static final int SWEEPS_OF_SEVERAL_STATES = 1;

  private final DeclaredEconomy economy;
  private final ProjectionSize size;
  private final Device device;
  private final Seeds seeds;
  private final ActionGrid grid;
  private final Transition transition;
  private final TanhFeatures features;
  private final double[][] scaledNodes;

  /** Sweeps at all nodes of the action grid that end a solve. */
  private final int sharpening;

  /** The problem there; null without such sweeps. */
  private final AgentProblem atNodes;

  private int updates;
  private AgentCloud cloud;
  private MomentNodes nodes;
  private FittedValues values;
  private AgentProblem problem;

  /** What agents do at the sample points; null where that is not worth remembering. */
  private ChosenActions chosen;

  private ValueTable table;

  /** A solver of the size that the number of states asks for. */
  public ProjectionSolver(DeclaredEconomy economy, Device device, Seeds seeds) {
    this(economy, ProjectionSize.of(economy.states().size()), device, seeds);
  }

  /**
   * A solver of a given size.
   *
   * @throws InvalidInputException if something is wrong with the declaration
   */
  public ProjectionSolver(
      DeclaredEconomy economy, ProjectionSize size, Device device, Seeds seeds) {
    economy.check();
    this.economy = economy;
    this.size = size;
    this.device = device;
    this.seeds = seeds;
    List<State> states = economy.states();
    grid = ActionGrid.of(states);
    transition = new Transition(economy);
    features =
        new TanhFeatures(
            states.size(),
            size.features(),
            size.lowestSlope(),
            size.highestSlope(),
            seeds.stream("projection-features"));
    double[][] levels = grid.levels();
    scaledNodes = new double[states.size()][grid.size()];
    for (int s = 0; s < levels.length; s++) {
      for (int node = 0; node < grid.size(); node++) {
        scaledNodes[s][node] = states.get(s).scaled(levels[s][node]);
      }
    }
    boolean kinks = economy.choice() instanceof Choice.Best && economy.branches().size() > 1;
    sharpening = kinks ? SWEEPS_OF_KINKS : states.size() > 1 ? SWEEPS_OF_SEVERAL_STATES : 0;
    atNodes = sharpening > 0 ? new AgentProblem(economy, grid, levels) : null;
    place(MomentBox.declared(economy.moments()), null);
  }

  /** Places nodes of moments and sample points, and keeps the values. */
  private void place(MomentBox box, AgentCloud newCloud) {
    nodes = new MomentNodes(box);
    cloud = newCloud;
    List<State> states = economy.states();
    double[][] samples = SamplePoints.draw(states, size.samples(), cloud);
    double[][] x = new double[states.size()][samples[0].length];
    for (int s = 0; s < x.length; s++) {
      for (int i = 0; i < x[s].length; i++) {
        x[s][i] = states.get(s).unscaled(samples[s][i]);
      }
    }
    FittedValues fitted =
        new FittedValues(transition, nodes, features, samples, scaledNodes, device);
    if (values != null) {
      fitted.weights(values.atMoments(nodes));
      values.close();
    }
    values = fitted;
    problem = new AgentProblem(economy, grid, x);
    chosen =
        problem.searchesEverywhere()
            ? new ChosenActions(
                economy, grid, problem.value().length, economy.aggregate().size() * nodes.size())
            : null;
    table = new ValueTable(economy, transition, grid, nodes);
  }

  @Override
  public AgentSolution solve(ForecastRules rules) {
    rules.requireFor(economy.variables());
    SlowModes slowModes = new SlowModes(transition, nodes, rules);
    int searches = 0;
    int stalled = 0;
    double best = Double.POSITIVE_INFINITY;
    while (true) {
      values.expect(table);
      values.fit(rightSide(problem, rules, chosen), slowModes);
      searches++;
      double change = values.change();
      stalled = change < best ? 0 : stalled + 1;
      best = Math.min(best, change);
      boolean goesOn = change > size.tolerance() && stalled < PATIENCE;
      if (!goesOn || searches == ProjectionSize.MAX_SWEEPS) {
        boolean settled = best <= Math.max(size.tolerance(), values.rest());
        return solution(rules, searches, change, settled);
      }
      if (chosen != null) {
        evaluate(rules, slowModes, EVALUATED * change);
      }
    }
  }

  /** Evaluates the actions last found until V changes by less than a limit. */
  private void evaluate(ForecastRules rules, SlowModes slowModes, double limit) {
    int evaluations = 0;
    do {
      values.expect(table);
      values.fit(worth(rules), slowModes);
      evaluations++;
    } while (values.change() > limit && evaluations < EVALUATIONS);
  }

  /**
   * The right side of the Bellman equation at the points of a problem: (outputs, points).
   *
   * @param found remembers what agents do; null if nobody asks
   */
  private double[] rightSide(AgentProblem problem, ForecastRules rules, ChosenActions found) {
    return atAllNodes(
        problem.value().length,
        rules,
        (a, j, continuation) -> {
          double[] moments = nodes.moments(j);
          problem.state(a, moments);
          problem.prices(rules.prices(a, moments));
          problem.solve(continuation);
          if (found != null) {
            found.remember(a * nodes.size() + j, problem, continuation);
          }
          return problem.value();
        });
  }

  /** What the actions last found at the sample points are worth: (outputs, points). */
  private double[] worth(ForecastRules rules) {
    return atAllNodes(
        problem.value().length,
        rules,
        (a, j, continuation) -> chosen.value(a * nodes.size() + j, continuation));
  }

  /** Values by cells in an aggregate state and at a node of moments. */
  @FunctionalInterface
  private interface CellValues {
    double[] of(int aggregateState, int node, double[][] continuation);
  }

  private double[] atAllNodes(int cells, ForecastRules rules, CellValues by) {
    int own = transition.own();
    int points = cells / own;
    double[] targets = new double[values.outputs() * points];
    double[][] continuation = new double[own][grid.size()];
    for (int a = 0; a < economy.aggregate().size(); a++) {
      for (int j = 0; j < nodes.size(); j++) {
        table.continuation(a, rules.nextMoments(a, nodes.moments(j)), continuation);
        double[] value = by.of(a, j, continuation);
        for (int e = 0; e < own; e++) {
          int row = ((a * own + e) * nodes.size() + j) * points;
          System.arraycopy(value, e * points, targets, row, points);
        }
      }
    }
    return targets;
  }

  /** Tabulates V and its discounted expectation, as the last sweeps leave it. */
  private void tabulate(ForecastRules rules) {
    values.tabulate(table);
    for (int sweep = 0; sweep < sharpening; sweep++) {
      double[] sharper = rightSide(atNodes, rules, null);
      for (int h = 0; h < transition.states(); h++) {
        for (int j = 0; j < nodes.size(); j++) {
          int row = (h * nodes.size() + j) * grid.size();
          System.arraycopy(sharper, row, table.values(h, j), 0, grid.size());
        }
      }
      table.expect();
    }
  }

  private AgentSolution solution(ForecastRules rules, int sweeps, double change, boolean settled) {
    tabulate(rules);
    ValueTable solved = table;
    return new AgentSolution(
        economy,
        rules,
        solved,
        seeds,
        x -> new TablePolicies(economy, rules, solved, x),
        sweeps,
        change,
        settled);
  }

  /**
   * Moves the interval of moments to what the path visits, half its length wider at either end, and
   * sample points to where agents are, if either has moved.
   */
  @Override
  public void observe(SimulatedPath path) {
    if (updates >= LAST_UPDATE) {
      return;
    }
    updates++;
    AgentCloud seen = AgentCloud.of(economy.states(), path.finalAgents());
    MomentBox visited = VisitedMoments.of(economy.moments(), path);
    boolean elsewhere = VisitedMoments.differ(nodes.box(), visited);
    if (elsewhere || cloud == null || cloud.differs(seen)) {
      place(elsewhere ? visited : nodes.box(), seen);
    }
  }

  /** Where agents search for the best of several branches. */
  @Override
  public boolean periodsAreDear() {
    return sharpening > 1 && chosen != null;
  }

  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = new LinkedHashMap<>();
    state.put("projection.weights", values.weights().clone());
    state.put("projection.moments", nodes.box().toArray());
    state.put("projection.updates", new double[] {updates});
    if (cloud != null) {
      state.put("projection.mean", cloud.mean().toArray());
      state.put("projection.root", cloud.root().toArray());
    }
    return state;
  }

  @Override
  public void restore(Map<String, double[]> state) {
    int d = economy.states().size();
    MomentBox box = MomentBox.of(state.get("projection.moments"), economy.moments().size());
    AgentCloud saved =
        state.containsKey("projection.mean")
            ? new AgentCloud(
                Vector.of(require(state, "projection.mean", d)),
                Vector.of(require(state, "projection.root", d * d)))
            : null;
    updates = (int) require(state, "projection.updates", 1)[0];
    place(box, saved);
    values.weights(require(state, "projection.weights", values.weights().length));
  }

  private static double[] require(Map<String, double[]> state, String name, int length) {
    double[] array = state.get(name);
    if (array == null || array.length != length) {
      throw new InvalidInputException(
          "the saved solution does not hold '%s' with %d numbers: it belongs to another economy or version"
              .formatted(name, length));
    }
    return array;
  }

  @Override
  public ForecastRules coldStart() {
    return StationaryEquilibrium.coldStart(economy);
  }

  @Override
  public AgentSolution current(ForecastRules rules) {
    return solution(rules, 0, Double.NaN, false);
  }

  @Override
  public void close() {
    values.close();
  }
}
