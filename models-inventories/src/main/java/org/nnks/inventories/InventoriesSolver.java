package org.nnks.inventories;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nnks.core.agents.MomentBox;
import org.nnks.core.agents.MomentNodes;
import org.nnks.core.agents.StationaryEquilibrium;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.bellman.Progress;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.projection.VisitedMoments;
import org.nnks.core.simulate.SimulatedPath;

/**
 * The exact solver of {@link Inventories}: value iteration on differences of V with exact
 * derivatives, decisions by first-order conditions, firms by cohorts. It judges what is solved from
 * the declaration, and shares none of its code but the chain, the nodes of moments and the search
 * for prices.
 */
public final class InventoriesSolver implements BellmanSolver {

  /** Change of V - V(0), which is of the order of one, at which a solve stops. */
  static final double TOLERANCE = 1e-11;

  /** Sweeps before a solve is given up; 40 to 60 are usual. */
  static final int MAX_SWEEPS = 1_000;

  /** Nodes of moments stay where they are after so many histories, so that a loop can settle. */
  private static final int LAST_UPDATE = 12;

  private static final String MOMENTS = "inventories.moments";
  private static final String UPDATES = "inventories.updates";
  private static final String VALUES = "inventories.values";

  private final InventoriesCalibration calibration;
  private final Inventories economy;
  private final StockKnots knots;
  private MomentNodes nodes;
  private StockValues values;
  private int updates;
  private final StockFunction[][] next;
  private final StockProblem problem;
  private final StillInventories still;
  private Progress progress = Progress.NONE;

  /**
   * A solver.
   *
   * @throws InvalidInputException if the economy has no stationary equilibrium to start from
   */
  public InventoriesSolver(InventoriesCalibration calibration) {
    this.calibration = calibration;
    economy = new Inventories(calibration);
    knots = new StockKnots(calibration.stockMax(), StockProblem.curvature(calibration));
    place(MomentBox.declared(economy.moments()));
    next = new StockFunction[economy.aggregate().size()][nodes.size()];
    for (StockFunction[] row : next) {
      for (int j = 0; j < row.length; j++) {
        row[j] = new StockFunction(knots);
      }
    }
    problem = new StockProblem(calibration, knots);
    int middle = economy.initial().aggregateState();
    still = StillInventories.of(calibration, economy.aggregate().level(middle));
  }

  private void place(MomentBox box) {
    nodes = new MomentNodes(box);
    values = new StockValues(economy.aggregate(), calibration.discountFactor(), nodes, knots);
  }

  /** Moves the nodes of moments to what the path visits, half its length wider at either end. */
  @Override
  public void observe(SimulatedPath path) {
    if (updates >= LAST_UPDATE) {
      return;
    }
    updates++;
    MomentBox visited = VisitedMoments.of(economy.moments(), path);
    if (VisitedMoments.differ(nodes.box(), visited)) {
      place(visited);
    }
  }

  @Override
  public InventoriesSolution solve(ForecastRules rules) {
    rules.requireFor(economy.variables());
    double change = Double.POSITIVE_INFINITY;
    int sweeps = 0;
    while (change > TOLERANCE && sweeps < MAX_SWEEPS) {
      change = values.sweep(rules, problem, next);
      sweeps++;
    }
    progress = new Progress(change, change <= TOLERANCE);
    return solution(rules, sweeps);
  }

  private InventoriesSolution solution(ForecastRules rules, int sweeps) {
    values.expect();
    return new InventoriesSolution(
        calibration,
        economy,
        rules,
        knots,
        nodes,
        values,
        still,
        sweeps,
        progress.change(),
        progress.converged());
  }

  @Override
  public Map<String, double[]> state() {
    int size = 2 * knots.size();
    double[] saved = new double[economy.aggregate().size() * nodes.size() * size];
    for (int i = 0; i < saved.length; i += size) {
      StockFunction from = at(i / size);
      System.arraycopy(from.value, 0, saved, i, knots.size());
      System.arraycopy(from.slope, 0, saved, i + knots.size(), knots.size());
    }
    Map<String, double[]> state = new LinkedHashMap<>();
    state.put(VALUES, saved);
    state.put(MOMENTS, nodes.box().toArray());
    state.put(UPDATES, new double[] {updates});
    state.put(Progress.NAME, progress.toArray());
    return state;
  }

  private StockFunction at(int row) {
    return values.at(row / nodes.size(), row % nodes.size());
  }

  @Override
  public void restore(Map<String, double[]> state) {
    double[] saved = state.get(VALUES);
    MomentBox box = MomentBox.of(state.get(MOMENTS), economy.moments().size());
    int size = 2 * knots.size();
    if (saved == null || saved.length != economy.aggregate().size() * nodes.size() * size) {

      throw new InvalidInputException(
          "the saved solution does not hold values of stocks at %d knots: it belongs to another economy or version"
              .formatted(knots.size()));
    }
    place(box);
    updates = (int) state.get(UPDATES)[0];
    for (int i = 0; i < saved.length; i += size) {
      StockFunction to = at(i / size);
      System.arraycopy(saved, i, to.value, 0, knots.size());
      System.arraycopy(saved, i + knots.size(), to.slope, 0, knots.size());
    }
    progress = Progress.of(state);
  }

  @Override
  public ForecastRules coldStart() {
    return StationaryEquilibrium.coldStart(economy);
  }

  @Override
  public InventoriesSolution current(ForecastRules rules) {
    return solution(rules, 0);
  }

  @Override
  public void close() {}
}
