package org.nnks.core.oracle;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nnks.core.agents.StationaryEquilibrium;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.bellman.Progress;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Moment;
import org.nnks.core.economy.Scale;
import org.nnks.core.economy.State;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;

/**
 * Solves the agents' problem of any declared economy with one or two states on a grid: value
 * iteration by search, with steps between searches in which agents keep to the controls found
 * (Howard 1960). Moments are on a grid of their own over the whole declared interval. It is slow,
 * and has no point, basis, search or interpolation in common with the solvers that it judges.
 *
 * <p>How far it can be trusted itself, {@link OracleSize#halved} shows: the same economy with all
 * steps halved.
 */
public final class GridOracle implements BellmanSolver {

  /** The most states that a grid of so many nodes can be searched in. */
  public static final int MAX_STATES = 2;

  /** Searches before a solve is given up; six to twelve are usual. */
  private static final int MAX_SEARCHES = 500;

  /** Steps between searches, unless values settle before. */
  private static final int MAX_STEPS = 200;

  /** Between searches values settle to this share of what the last search changed. */
  private static final double SETTLED = 0.01;

  private static final String VALUES = "oracle.values";

  private final DeclaredEconomy economy;
  private final OracleSize size;
  private final TensorGrid grid;
  private final TensorGrid moments;
  private final OracleProblem problem;
  private double[][][] values;
  private Progress progress = Progress.NONE;

  /** An oracle of the size that the numbers of states and moments ask for. */
  public GridOracle(DeclaredEconomy economy) {
    this(economy, OracleSize.of(economy.states().size(), economy.moments().size()));
  }

  /**
   * An oracle of a given size.
   *
   * @throws InvalidInputException if something is wrong with the declaration, or it has too many
   *     states
   */
  public GridOracle(DeclaredEconomy economy, OracleSize size) {
    economy.check();
    this.economy = economy;
    this.size = size;
    List<State> states = economy.states();
    int d = states.size();
    if (d > MAX_STATES) {
      throw new InvalidInputException(
          "the grid oracle can solve economies with at most %d states but '%s' has %d; use projection or networks"
              .formatted(MAX_STATES, economy.name(), d));
    }
    grid =
        new TensorGrid(
            states.stream().mapToDouble(state -> state.grid().lower()).toArray(),
            states.stream().mapToDouble(state -> state.grid().upper()).toArray(),
            states.stream().map(State::scale).toArray(Scale[]::new),
            size.stateNodes());
    moments =
        new TensorGrid(
            economy.moments().stream().mapToDouble(Moment::lower).toArray(),
            economy.moments().stream().mapToDouble(Moment::upper).toArray(),
            economy.moments().stream().map(moment -> new Scale.Log()).toArray(Scale[]::new),
            size.momentNodes());
    double[][] x = new double[d][grid.size()];
    for (int s = 0; s < d; s++) {
      for (int node = 0; node < grid.size(); node++) {
        x[s][node] = grid.level(s, node);
      }
    }
    problem = problemAt(x);
    values = zeros();
  }

  private double[][][] zeros() {
    return new double[economy.aggregate().size()][moments.size()]
        [economy.own().size() * grid.size()];
  }

  /** The agents' problem at other points: (states, points). */
  OracleProblem problemAt(double[][] x) {
    return new OracleProblem(economy, grid, size.controlNodes(), x);
  }

  @Override
  public OracleSolution solve(ForecastRules rules) {
    rules.requireFor(economy.variables());
    double change = Double.POSITIVE_INFINITY;
    int searches = 0;
    boolean settled = false;
    while (!settled && searches < MAX_SEARCHES && !Double.isNaN(change)) {
      OracleProblem.Plan[][] plans =
          new OracleProblem.Plan[economy.aggregate().size()][moments.size()];
      double[][][] searched = zeros();
      for (int a = 0; a < plans.length; a++) {
        for (int j = 0; j < plans[a].length; j++) {
          double[] today = momentsAt(j);
          problem.set(a, today, rules.prices(a, today));
          problem.solve(continuation(a, rules.nextMoments(a, today)));
          searched[a][j] = problem.value().clone();
          plans[a][j] = problem.plan();
        }
      }
      searches++;
      change = replace(searched);
      settled = change <= size.tolerance();
      double left = change;
      for (int step = 0; step < MAX_STEPS && !settled && left > SETTLED * change; step++) {
        left = follow(plans, rules);
      }
    }
    progress = new Progress(change, settled);
    return new OracleSolution(economy, rules, this, searches, change, settled);
  }

  /** One step in which agents keep to their controls; returns the change. */
  private double follow(OracleProblem.Plan[][] plans, ForecastRules rules) {
    double[][][] followed = zeros();
    for (int a = 0; a < plans.length; a++) {
      for (int j = 0; j < plans[a].length; j++) {
        double[][] continuation = continuation(a, rules.nextMoments(a, momentsAt(j)));
        followed[a][j] = problem.follow(plans[a][j], continuation).clone();
      }
    }
    return replace(followed);
  }

  /** Takes new values; returns their largest change as a share of the largest value. */
  private double replace(double[][][] next) {
    double change = 0;
    double largest = Double.MIN_NORMAL;
    for (int a = 0; a < next.length; a++) {
      for (int j = 0; j < next[a].length; j++) {
        for (int cell = 0; cell < next[a][j].length; cell++) {
          double moved = Math.abs(next[a][j][cell] - values[a][j][cell]);
          change = Double.isNaN(moved) ? moved : Math.max(change, moved);
          largest = Math.max(largest, Math.abs(next[a][j][cell]));
        }
      }
    }
    values = next;
    return change / largest;
  }

  private double[] momentsAt(int node) {
    double[] at = new double[economy.moments().size()];
    for (int m = 0; m < at.length; m++) {
      at[m] = moments.level(m, node);
    }
    return at;
  }

  /** V in an aggregate state at given moments, by own states and nodes. */
  private double[][] valuesAt(int aggregateState, double[] levels) {
    for (int m = 0; m < levels.length; m++) {
      moments.at(m, levels[m]);
    }
    double[] weights = moments.weights();
    double[][] at = new double[economy.own().size()][grid.size()];
    for (int j = 0; j < weights.length; j++) {
      if (weights[j] != 0) {
        for (int e = 0; e < at.length; e++) {
          for (int node = 0; node < at[e].length; node++) {
            at[e][node] += weights[j] * values[aggregateState][j][e * at[e].length + node];
          }
        }
      }
    }
    return at;
  }

  /** The discounted expectation of V, by own states and nodes. */
  double[][] continuation(int aggregateState, double[] nextMoments) {
    double[][] expected = new double[economy.own().size()][grid.size()];
    double factor = economy.discountFactor() * (1 - economy.turnover().exitRate());
    for (int a = 0; a < values.length; a++) {
      double move = factor * economy.aggregate().probability(aggregateState, a);
      if (move == 0) {
        continue;
      }
      double[][] next = valuesAt(a, nextMoments);
      for (int e = 0; e < expected.length; e++) {
        for (int to = 0; to < expected.length; to++) {
          double weight = move * economy.own(aggregateState, a).probability(e, to);
          for (int node = 0; node < expected[e].length; node++) {
            expected[e][node] += weight * next[to][node];
          }
        }
      }
    }
    return expected;
  }

  /** V at points, by cells. */
  double[] valuesAt(int aggregateState, double[] levels, double[][] x) {
    double[][] at = valuesAt(aggregateState, levels);
    int points = x[0].length;
    double[] result = new double[at.length * points];
    for (int cell = 0; cell < result.length; cell++) {
      for (int s = 0; s < x.length; s++) {
        grid.at(s, x[s][cell % points]);
      }
      result[cell] = grid.value(at[cell / points]);
    }
    return result;
  }

  @Override
  public Map<String, double[]> state() {
    double[] all =
        Arrays.stream(values).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).toArray();
    return Map.of(VALUES, all, Progress.NAME, progress.toArray());
  }

  @Override
  public void restore(Map<String, double[]> state) {
    double[] saved = state.get(VALUES);
    int each = economy.own().size() * grid.size();
    if (saved == null || saved.length != values.length * moments.size() * each) {
      throw new InvalidInputException(
          "the saved solution does not hold '%s' with %d numbers: it belongs to another economy, size or version"
              .formatted(VALUES, values.length * moments.size() * each));
    }
    progress = Progress.of(state);
    for (int a = 0, at = 0; a < values.length; a++) {
      for (int j = 0; j < values[a].length; j++, at += each) {
        values[a][j] = Arrays.copyOfRange(saved, at, at + each);
      }
    }
  }

  @Override
  public ForecastRules coldStart() {
    return StationaryEquilibrium.coldStart(economy);
  }

  @Override
  public OracleSolution current(ForecastRules rules) {
    return new OracleSolution(economy, rules, this, 0, progress.change(), progress.converged());
  }

  @Override
  public void close() {}
}
