package org.nnks.core.projection;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.agents.ActionGrid;
import org.nnks.core.agents.AgentProblem;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.agents.MomentNodes;
import org.nnks.core.agents.StationaryEquilibrium;
import org.nnks.core.agents.TablePolicies;
import org.nnks.core.agents.Transition;
import org.nnks.core.agents.ValueTable;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Moment;
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

  private final DeclaredEconomy economy;
  private final ProjectionSize size;
  private final Device device;
  private final ActionGrid grid;
  private final Transition transition;
  private final TanhFeatures features;
  private final double[] nodeFeatures;
  private int points;
  private int updates;
  private AgentCloud cloud;
  private MomentNodes nodes;
  private double[] weights;
  private FeatureRegression regression;
  private AgentProblem problem;
  private ValueTable table;
  private AgentSolution solution;

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
    double[][] scaled = new double[states.size()][grid.size()];
    for (int s = 0; s < scaled.length; s++) {
      for (int node = 0; node < grid.size(); node++) {
        scaled[s][node] = states.get(s).scaled(grid.levelAt(s, node));
      }
    }
    nodeFeatures = features.at(scaled);
    place(MomentNodes.declared(economy.moments()), null);
    weights = new double[transition.states() * nodes.size() * features.size()];
  }

  /** Places nodes of moments and sample points. */
  private void place(MomentNodes newNodes, AgentCloud newCloud) {
    nodes = newNodes;
    cloud = newCloud;
    List<State> states = economy.states();
    double[][] scaled = SamplePoints.draw(states, size.samples(), cloud);
    points = scaled[0].length;
    double[][] x = new double[states.size()][points];
    for (int s = 0; s < x.length; s++) {
      for (int i = 0; i < x[s].length; i++) {
        x[s][i] = states.get(s).unscaled(scaled[s][i]);
      }
    }
    close();
    regression = new FeatureRegression(features.at(scaled), nodeFeatures, features.size(), device);
    problem = new AgentProblem(economy, grid, x);
    table = new ValueTable(economy, transition, grid, nodes);
  }

  @Override
  public AgentSolution solve(ForecastRules rules) {
    rules.requireFor(economy.variables());
    SlowModes slowModes = new SlowModes(transition, nodes, rules);
    int sweeps = 0;
    double change;
    double best = Double.POSITIVE_INFINITY;
    int stalled = 0;
    do {
      change = sweep(rules, slowModes);
      sweeps++;
      stalled = change < best ? 0 : stalled + 1;
      best = Math.min(best, change);
    } while (change > size.tolerance() && stalled < PATIENCE && sweeps < ProjectionSize.MAX_SWEEPS);
    tabulate();
    boolean settled = change <= size.tolerance() || best <= STALLED * size.tolerance();
    solution = solution(rules, sweeps, change, settled);
    return solution;
  }

  /** Sweeps without a smaller change than before after which a solve has settled or never will. */
  private static final int PATIENCE = 30;

  /** A solve that stalls below this many tolerances has settled: rounding is in its way. */
  private static final double STALLED = 100;

  /** One application of the Bellman operator at the sample points; returns the change of V. */
  private double sweep(ForecastRules rules, SlowModes slowModes) {
    expect();
    int own = transition.own();
    double[] targets = new double[transition.states() * nodes.size() * points];
    double[][] continuation = new double[own][grid.size()];
    for (int a = 0; a < economy.aggregate().size(); a++) {
      for (int j = 0; j < nodes.size(); j++) {
        double[] moments = nodes.moments(j);
        table.continuation(a, rules.nextMoments(a, moments), continuation);
        problem.state(a, moments);
        problem.prices(rules.prices(a, moments));
        problem.solve(continuation);
        for (int e = 0; e < own; e++) {
          int row = ((a * own + e) * nodes.size() + j) * points;
          System.arraycopy(problem.value(), e * points, targets, row, points);
        }
      }
    }
    double[] before = regression.atSamples(weights);
    double[] fitted = regression.fit(targets);
    double[] later = slowModes.later(residual(targets, before));
    for (int i = 0; i < later.length; i++) {
      fitted[i * features.size()] += later[i];
    }
    double[] after = regression.atSamples(fitted);
    double largest = 0;
    double change = 0;
    for (int i = 0; i < after.length; i++) {
      change = Math.max(change, Math.abs(after[i] - before[i]));
      largest = Math.max(largest, Math.abs(after[i]));
      if (!Double.isFinite(after[i])) {
        change = Double.NaN;
        break;
      }
    }
    weights = fitted;
    return change / Math.max(largest, Double.MIN_NORMAL);
  }

  /** The mean residual by exogenous states and nodes of moments. */
  private double[] residual(double[] targets, double[] before) {
    double[] mean = new double[transition.states() * nodes.size()];
    for (int i = 0; i < targets.length; i++) {
      mean[i / points] += (targets[i] - before[i]) / points;
    }
    return mean;
  }

  /**
   * Tabulates the discounted expectation of V: that of its weights, which are fewer than its
   * values.
   */
  private void expect() {
    int width = features.size();
    int own = transition.own();
    double[] expected = new double[weights.length];
    int block = nodes.size() * width;
    for (int h = 0; h < transition.states(); h++) {
      for (int next = 0; next < transition.states(); next++) {
        double weight = transition.discounted(h, next);
        if (weight != 0) {
          for (int i = 0; i < block; i++) {
            expected[h * block + i] += weight * weights[next * block + i];
          }
        }
      }
    }
    double[] values = regression.atNodes(expected);
    for (int h = 0; h < transition.states(); h++) {
      for (int j = 0; j < nodes.size(); j++) {
        int row = (h * nodes.size() + j) * grid.size();
        double[] to = table.expected(h / own, h % own, j);
        System.arraycopy(values, row, to, 0, grid.size());
      }
    }
  }

  /** Tabulates V and its discounted expectation. */
  private void tabulate() {
    double[] values = regression.atNodes(weights);
    for (int h = 0; h < transition.states(); h++) {
      for (int j = 0; j < nodes.size(); j++) {
        int row = (h * nodes.size() + j) * grid.size();
        System.arraycopy(values, row, table.values(h, j), 0, grid.size());
      }
    }
    expect();
  }

  private AgentSolution solution(ForecastRules rules, int sweeps, double change, boolean settled) {
    return new AgentSolution(
        economy,
        rules,
        table,
        x -> new TablePolicies(economy, rules, table, x),
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
    MomentNodes visited = VisitedMoments.of(economy.moments(), path);
    boolean elsewhere = VisitedMoments.differ(nodes, visited, economy.moments().size());
    if (elsewhere || cloud == null || cloud.differs(seen)) {
      MomentNodes next = elsewhere ? visited : nodes;
      weights = moved(nodes, next);
      place(next, seen);
    }
  }

  /** The same values at other nodes of moments. */
  private double[] moved(MomentNodes from, MomentNodes to) {
    int width = features.size();
    double[] result = new double[transition.states() * to.size() * width];
    double[] share = new double[from.size()];
    for (int j = 0; j < to.size(); j++) {
      from.weights(to.moments(j), share);
      for (int h = 0; h < transition.states(); h++) {
        for (int k = 0; k < share.length; k++) {
          for (int f = 0; f < width; f++) {
            result[(h * to.size() + j) * width + f] +=
                share[k] * weights[(h * from.size() + k) * width + f];
          }
        }
      }
    }
    return result;
  }

  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = new LinkedHashMap<>();
    int q = economy.moments().size();
    double[] ends = new double[2 * q];
    for (int m = 0; m < q; m++) {
      ends[m] = nodes.lower(m);
      ends[q + m] = nodes.upper(m);
    }
    state.put("projection.weights", weights.clone());
    state.put("projection.moments", ends);
    state.put("projection.updates", new double[] {updates});
    if (cloud != null) {
      state.put("projection.mean", cloud.mean().toArray());
      state.put("projection.root", cloud.root().toArray());
    }
    return state;
  }

  @Override
  public void restore(Map<String, double[]> state) {
    int q = economy.moments().size();
    int d = economy.states().size();
    double[] ends = require(state, "projection.moments", 2 * q);
    AgentCloud saved =
        state.containsKey("projection.mean")
            ? new AgentCloud(
                Vector.of(require(state, "projection.mean", d)),
                Vector.of(require(state, "projection.root", d * d)))
            : null;
    updates = (int) require(state, "projection.updates", 1)[0];
    place(new MomentNodes(Arrays.copyOf(ends, q), Arrays.copyOfRange(ends, q, 2 * q)), saved);
    weights = require(state, "projection.weights", weights.length).clone();
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
    tabulate();
    return solution(rules, 0, Double.NaN, false);
  }

  @Override
  public void close() {
    if (regression != null) {
      regression.close();
    }
  }

  /** The interval of moments that paths visit, or that agents expect there. */
  private static final class VisitedMoments {

    /** How far the interval reaches beyond what was visited, as a share of its length. */
    private static final double MARGIN = 0.5;

    /** An end that moves by more than this share of the length makes another interval. */
    private static final double MOVED = 0.25;

    /** The first part of a path, in which its start is forgotten. */
    private static final double FORGOTTEN = 0.2;

    private VisitedMoments() {}

    static MomentNodes of(List<Moment> moments, SimulatedPath path) {
      int q = moments.size();
      double[] lower = new double[q];
      double[] upper = new double[q];
      int from = (int) (FORGOTTEN * path.periods());
      for (int m = 0; m < q; m++) {
        Vector series = path.moments().get(m).slice(from, path.periods());
        Vector forecast = path.momentForecasts().get(m).slice(from, path.periods());
        double low = Math.min(series.min(), forecast.min());
        double high = Math.max(series.max(), forecast.max());
        double margin = MARGIN * (high - low);
        lower[m] = Math.max(low - margin, moments.get(m).lower());
        upper[m] = Math.min(high + margin, moments.get(m).upper());
        if (!(lower[m] < upper[m])) { // a moment that does not move: where it is declared
          lower[m] = moments.get(m).lower();
          upper[m] = moments.get(m).upper();
        }
      }
      return new MomentNodes(lower, upper);
    }

    static boolean differ(MomentNodes one, MomentNodes other, int moments) {
      for (int m = 0; m < moments; m++) {
        double allowed = MOVED * (one.upper(m) - one.lower(m));
        if (Math.abs(one.lower(m) - other.lower(m)) > allowed
            || Math.abs(one.upper(m) - other.upper(m)) > allowed) {
          return true;
        }
      }
      return false;
    }
  }
}
