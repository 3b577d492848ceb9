package org.nnks.krusellsmith;

import static org.nnks.core.io.Records.require;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.bellman.Progress;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.NodeWeights;
import org.nnks.krusellsmith.rbc.EndogenousGrid;

/**
 * The exact solver of the households' problem given forecast rules: the endogenous grid method of
 * Carroll (2006), Economics Letters 91(3), on k, idiosyncratic state, aggregate state and K. At
 * each node of k' the Euler equation
 *
 * <pre>
 *   1/c = beta E[ (1 + r(z',K')) / c(k',s';K',z') ],   K' = rule(z, K)
 * </pre>
 *
 * <p>gives c, and the budget (2) the capital at which this is chosen. Where that capital is
 * positive at k' = 0 the borrowing limit binds below it. Where a state without income may come
 * next, as unemployment without benefit, k' = 0 would mean c = 0 with positive probability: 1/c is
 * infinite there, so that zero is a natural limit which nobody reaches who owns or earns something.
 * The solver keeps its table, so the next solve starts from the last.
 */
public final class GridHouseholds implements BellmanSolver {

  /** Nodes of k': errors of the Euler equation at other points of 1e-5 on average. */
  public static final int CAPITAL_NODES = 300;

  /**
   * Nodes of K: in Liu's (2024) economy K with 8 nodes is within 2e-5 of itself with 32, with 16
   * within 2e-6.
   */
  public static final int MEAN_CAPITAL_NODES = 12;

  /** Largest relative change of consumption at which the iteration stops. */
  public static final double TOLERANCE = 1e-8;

  /** The presets need fewer than 1,300 from a cold start. */
  public static final int MAX_SWEEPS = 20_000;

  private static final String SAVINGS = "savings";

  private final KrusellSmith economy;
  private final Grid capital;
  private final Grid meanCapital;
  private Progress progress = Progress.NONE;
  private double[][][][] savings;
  private double[][][][] previous;

  /** A solver with nodes in k' and K. */
  public GridHouseholds(KrusellSmith economy, int capitalNodes, int meanCapitalNodes) {
    KrusellSmithCalibration calibration = economy.calibration();
    require(
        meanCapitalNodes >= NodeWeights.CUBIC_NODES,
        "meanCapitalNodes",
        "at least " + NodeWeights.CUBIC_NODES,
        meanCapitalNodes);
    this.economy = economy;
    this.capital = KrusellSmith.spaced(calibration.capitalMax(), capitalNodes);
    this.meanCapital =
        Grid.logarithmic(
            calibration.meanCapitalMin(), calibration.meanCapitalMax(), meanCapitalNodes);
    int aggregates = economy.aggregate().size();
    this.savings = new double[aggregates][meanCapitalNodes][economy.states()][capitalNodes];
    this.previous = new double[aggregates][meanCapitalNodes][economy.states()][capitalNodes];
    start();
  }

  /** The first rule keeps (1 - delta) k and consumes all income, which is always possible. */
  private void start() {
    double kept = 1 - economy.calibration().depreciation();
    rows().forEach(row -> Arrays.setAll(row, m -> kept * capital.get(m)));
  }

  @Override
  public HouseholdSolution solve(ForecastRules rules) {
    int sweeps = 0;
    double change = Double.POSITIVE_INFINITY;
    Sweep sweep = new Sweep(rules);
    while (change > TOLERANCE && sweeps < MAX_SWEEPS) {
      change = sweep.apply();
      sweeps++;
    }
    progress = new Progress(change, change <= TOLERANCE);
    return solution(rules, sweeps);
  }

  @Override
  public HouseholdSolution current(ForecastRules rules) {
    return solution(rules, 0);
  }

  private HouseholdSolution solution(ForecastRules rules, int sweeps) {
    return new HouseholdSolution(
        economy, table(), rules, sweeps, progress.change(), progress.converged());
  }

  /** The log-linear law of motion of the economy without idiosyncratic risk. */
  @Override
  public ForecastRules coldStart() {
    return economy.representativeRules();
  }

  @Override
  public Map<String, double[]> state() {
    double[] all = new double[size()];
    int offset = 0;
    for (double[] row : rows()) {
      System.arraycopy(row, 0, all, offset, row.length);
      offset += row.length;
    }
    return Map.of(SAVINGS, all, Progress.NAME, progress.toArray());
  }

  @Override
  public void restore(Map<String, double[]> state) {
    double[] all = state.get(SAVINGS);
    if (all == null || all.length != size()) {
      throw new InvalidInputException(
          "the checkpoint does not hold savings on a grid of %d x %d with %d x %d states"
              .formatted(capital.size(), meanCapital.size(), savings.length, economy.states()));
    }
    int offset = 0;
    for (double[] row : rows()) {
      System.arraycopy(all, offset, row, 0, row.length);
      offset += row.length;
    }
    progress = Progress.of(state);
  }

  @Override
  public void close() {
    rows().forEach(row -> Arrays.fill(row, Double.NaN));
  }

  private int size() {
    return savings.length * meanCapital.size() * economy.states() * capital.size();
  }

  /** The rows of the table, in order of aggregate state, K and idiosyncratic state. */
  private List<double[]> rows() {
    return Arrays.stream(savings).flatMap(Arrays::stream).flatMap(Arrays::stream).toList();
  }

  private SavingsTable table() {
    double[][][][] copy = new double[savings.length][][][];
    for (int a = 0; a < copy.length; a++) {
      copy[a] = new double[meanCapital.size()][][];
      for (int j = 0; j < copy[a].length; j++) {
        copy[a][j] = Arrays.stream(savings[a][j]).map(double[]::clone).toArray(double[][]::new);
      }
    }
    return new SavingsTable(capital, meanCapital, copy);
  }

  /** Backward steps under fixed rules. */
  private final class Sweep {
    private final int states = economy.states();
    private final int nodes = capital.size();
    private final double beta = economy.calibration().discountFactor();
    private final double[] k = capital.nodes().toArray();
    private final double[][] saved = new double[states][nodes];
    private final double[][] marginal = new double[states][nodes];
    private final double[][] expected = new double[states][nodes];
    private final double[] consumption = new double[nodes];
    private final EndogenousGrid inversion = new EndogenousGrid(k);
    private final ForecastRules rules;

    Sweep(ForecastRules rules) {
      this.rules = rules;
    }

    double apply() {
      double[][][][] swap = previous;
      previous = savings;
      savings = swap;
      SavingsTable tomorrow = new SavingsTable(capital, meanCapital, previous);
      double change = 0;
      for (int a = 0; a < savings.length; a++) {
        for (int j = 0; j < meanCapital.size(); j++) {
          expect(a, rules.nextCapital(a, meanCapital.get(j)), tomorrow);
          change = Math.max(change, invert(a, j));
        }
      }
      return change;
    }

    /** expected = E[(1 + r')/c'] for each state s and k', given z and K'. */
    private void expect(int a, double forecast, SavingsTable tomorrow) {
      double nextMean = meanCapital.clamp(forecast);
      clear(expected);
      clear(marginal);
      int last = savings.length - 1;
      for (int b = 0; b <= last; b++) {
        if (economy.aggregate().probability(a, b) > 0) { // 0 times an infinite 1/c is no number
          addMarginalUtility(a, b, nextMean, tomorrow);
        }
        // Next states with the same law of s' are summed before that law is applied.
        if (b == last || economy.transition(a, b) != economy.transition(a, b + 1)) {
          addExpectation(economy.transition(a, b));
          clear(marginal);
        }
      }
    }

    /** marginal += P(z'|z) (1 + r')/c' for each s' and k'. */
    private void addMarginalUtility(int a, int b, double nextMean, SavingsTable tomorrow) {
      double gross = economy.grossReturn(b, nextMean);
      double weight = economy.aggregate().probability(a, b) * gross;
      double wage = economy.wage(b, nextMean);
      tomorrow.at(b, nextMean, saved);
      for (int t = 0; t < states; t++) {
        double income = wage * economy.income(b, t);
        double[] from = saved[t];
        double[] to = marginal[t];
        for (int m = 0; m < nodes; m++) {
          to[m] += weight / (gross * k[m] + income - from[m]);
        }
      }
    }

    /** expected += the mean of marginal over s' given s. */
    private void addExpectation(Matrix transition) {
      for (int s = 0; s < states; s++) {
        double[] to = expected[s];
        for (int t = 0; t < states; t++) {
          double move = transition.get(s, t);
          double[] from = marginal[t];
          for (int m = 0; m < nodes && move > 0; m++) {
            to[m] += move * from[m];
          }
        }
      }
    }

    /** Savings at each node; returns the largest relative change of consumption. */
    private double invert(int a, int j) {
      double gross = economy.grossReturn(a, meanCapital.get(j));
      double wage = economy.wage(a, meanCapital.get(j));
      double change = 0;
      for (int s = 0; s < states; s++) {
        double income = wage * economy.income(a, s);
        for (int m = 0; m < nodes; m++) {
          consumption[m] = 1 / (beta * expected[s][m]);
        }
        double[] old = previous[a][j][s];
        double[] now = savings[a][j][s];
        inversion.savings(consumption, gross, income, k, now);
        for (int m = 0; m < nodes; m++) {
          double moved = Math.abs(now[m] - old[m]);
          if (moved != 0) { // whoever owns and earns nothing consumes nothing, in every sweep
            change = Math.max(change, moved / (gross * k[m] + income - now[m]));
          }
        }
      }
      return change;
    }

    private void clear(double[][] rows) {
      for (double[] row : rows) {
        Arrays.fill(row, 0);
      }
    }
  }
}
