package org.nnks.bloom;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.numeric.Grid;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.Policies;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.statistics.Figure;

/** A solution of the firms' problem on the grid. Valid until its solver solves again. */
public final class ExactSolution extends FirmSolution {

  /** The Bellman error on all nodes. */
  public static final String BELLMAN_ON_GRID = "bellmanOnGrid";

  /** The Bellman error half-way between the nodes of K. */
  public static final String BELLMAN_BETWEEN_NODES = "bellmanBetweenNodes";

  private final GridValue value;

  ExactSolution(Bloom economy, GridValue value, Solve solve) {
    super(economy, solve);
    this.value = value;
  }

  @Override
  public Policies policies() {
    return histories(economy, this::rule, () -> new GridChoices(economy));
  }

  /**
   * V at an aggregate state and mean capital, linear in K between nodes.
   *
   * @return by cell (z, k, n_-1), in units of p
   */
  public double[] values(int aggregateState, double meanCapital) {
    double[] values = new double[economy.cells()];
    value.at(aggregateState, meanCapital, values);
    return values;
  }

  /**
   * beta E V(k', n, z'; a', s', s, K') seen from an aggregate state when next quarter's mean
   * capital is K'.
   *
   * @return by cell (z, k', n), in units of p
   */
  public double[] continuation(int aggregateState, double nextMeanCapital) {
    double[] continuation = new double[economy.cells()];
    value.continuation(aggregateState, nextMeanCapital, continuation);
    return continuation;
  }

  public ExactRule rule() {
    return new ExactRule(economy, rules, value);
  }

  /**
   * What firms choose at an aggregate state, mean capital and price, when they expect the K' of the
   * forecast rule.
   */
  public GridChoices choices(int aggregateState, double meanCapital, double price) {
    GridChoices choices = new GridChoices(economy);
    ExactRule rule = rule();
    rule.begin(aggregateState, meanCapital);
    rule.decide(price, choices);
    return choices;
  }

  /** |V' - V| at the nodes of K and half-way between them. */
  @Override
  public Map<String, EquationError> errors(SimulatedPath path, int burnIn, Seeds seeds) {
    Grid nodes = economy.meanCapital();
    List<Double> onGrid = new ArrayList<>();
    List<Double> between = new ArrayList<>();
    for (int j = 0; j < nodes.size(); j++) {
      onGrid.add(nodes.get(j));
      if (j > 0) {
        between.add((nodes.get(j - 1) + nodes.get(j)) / 2);
      }
    }
    GridError error = new GridError(economy, rules, value);
    Map<String, EquationError> errors = new LinkedHashMap<>();
    errors.put(
        BELLMAN_BETWEEN_NODES,
        error.at(between, "Bellman equation |V' - V|, in units of p, between nodes of K"));
    errors.put(
        BELLMAN_ON_GRID,
        error.at(onGrid, "Bellman equation |V' - V|, in units of p, at all nodes"));
    return errors;
  }

  /** Yokomoto (2026) Figures 4, 7 and 8 to 13. */
  @Override
  public List<Figure> figures(SimulatedPath path, int burnIn) {
    return new BloomFigures(economy, rules, List.of(drawn("this run", false, path)), burnIn).all();
  }

  /** This solution as a line in plots. */
  public Drawn<GridChoices> drawn(String name, boolean dashed, SimulatedPath path) {
    return new Drawn<>(name, dashed, rule(), new GridChoices(economy), path);
  }
}
