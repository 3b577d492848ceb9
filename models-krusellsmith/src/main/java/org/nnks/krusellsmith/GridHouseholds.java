package org.nnks.krusellsmith;

import java.util.Arrays;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Grid;

/**
 * The exact solver of the households' problem given forecast rules: the endogenous grid method of
 * Carroll (2006) on k, idiosyncratic state, aggregate state and K. Given k' the Euler equation
 *
 * <pre>
 *   1/c = beta E[ (1 + r(z',K')) / c(k',s';K',z') ],   K' = rule(z, K)
 * </pre>
 *
 * <p>gives c, and the budget (2) the capital at which this is chosen. Where that capital is
 * positive at k' = 0 the borrowing limit binds below it. The solver keeps its table, so the next
 * solve starts from the last.
 */
public final class GridHouseholds {

  /** Nodes of k': errors of the Euler equation at other points of 1e-5 on average. */
  public static final int CAPITAL_NODES = 300;

  /** Nodes of K, between which the table is interpolated by cubics. */
  public static final int MEAN_CAPITAL_NODES = 10;

  /** Largest relative change of consumption at which the iteration stops. */
  static final double TOLERANCE = 1e-8;

  /** Ten times what the slowest preset needs from a cold start. */
  static final int MAX_SWEEPS = 50_000;

  private final KrusellSmith economy;
  private final Grid nextCapital;
  private final Grid meanCapital;
  private double[][][][] capital;
  private double[][][][] previous;

  /** A solver with nodes in k' and K. */
  public GridHouseholds(KrusellSmith economy, int capitalNodes, int meanCapitalNodes) {
    KrusellSmithCalibration calibration = economy.calibration();
    if (meanCapitalNodes < LocalCubic.POINTS) {
      throw new IllegalArgumentException(
          "meanCapitalNodes must be at least %d but is %d"
              .formatted(LocalCubic.POINTS, meanCapitalNodes));
    }
    this.economy = economy;
    this.nextCapital = KrusellSmith.spaced(calibration.capitalMax(), capitalNodes);
    this.meanCapital =
        Grid.linear(calibration.meanCapitalMin(), calibration.meanCapitalMax(), meanCapitalNodes);
    int aggregates = economy.aggregate().size();
    this.capital = new double[aggregates][meanCapitalNodes][economy.states()][capitalNodes];
    this.previous = new double[aggregates][meanCapitalNodes][economy.states()][capitalNodes];
    start();
  }

  /** The first rule keeps capital where income allows it: c = r k + w l, but never a trifle. */
  private void start() {
    for (int a = 0; a < capital.length; a++) {
      for (int j = 0; j < meanCapital.size(); j++) {
        for (int s = 0; s < economy.states(); s++) {
          for (int m = 0; m < nextCapital.size(); m++) {
            capital[a][j][s][m] = nextCapital.get(m);
          }
        }
      }
    }
  }

  /** One solve. */
  public record Result(HouseholdRule rule, int sweeps, double change) {}

  /** Solves the households' problem given rules. */
  public Result solve(ForecastRules rules) {
    int sweeps = 0;
    double change = Double.POSITIVE_INFINITY;
    Sweep sweep = new Sweep(rules);
    while (change > TOLERANCE && sweeps < MAX_SWEEPS) {
      change = sweep.apply();
      sweeps++;
    }
    return new Result(table(), sweeps, change);
  }

  private SavingsTable table() {
    double[][][][] copy = new double[capital.length][][][];
    for (int a = 0; a < copy.length; a++) {
      copy[a] = new double[meanCapital.size()][][];
      for (int j = 0; j < copy[a].length; j++) {
        copy[a][j] = Arrays.stream(capital[a][j]).map(double[]::clone).toArray(double[][]::new);
      }
    }
    return new SavingsTable(nextCapital, meanCapital, copy);
  }

  /** Backward steps under fixed rules. */
  private final class Sweep {
    private final int states = economy.states();
    private final int nodes = nextCapital.size();
    private final double beta = economy.calibration().discountFactor();
    private final double[] k = nextCapital.nodes().toArray();
    private final double[][] grid = new double[states][nodes];
    private final double[] savings = new double[nodes];
    private final double[] marginal = new double[nodes];
    private final double[][] expected = new double[states][nodes];
    private final double[] weights = new double[LocalCubic.POINTS];
    private final ForecastRules rules;

    Sweep(ForecastRules rules) {
      this.rules = rules;
    }

    double apply() {
      double[][][][] swap = previous;
      previous = capital;
      capital = swap;
      SavingsTable tomorrow = new SavingsTable(nextCapital, meanCapital, previous);
      double change = 0;
      for (int a = 0; a < capital.length; a++) {
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
      for (double[] row : expected) {
        Arrays.fill(row, 0);
      }
      for (int b = 0; b < capital.length; b++) {
        double p = economy.aggregate().probability(a, b);
        if (p == 0) {
          continue;
        }
        double gross = economy.grossReturn(b, nextMean);
        double wage = economy.wage(b, nextMean);
        tomorrow.gridAt(b, nextMean, grid, weights);
        for (int t = 0; t < states; t++) {
          tomorrow.savings(grid[t], k, savings);
          double income = wage * economy.income(b, t);
          for (int m = 0; m < nodes; m++) {
            marginal[m] = p * gross / (gross * k[m] + income - savings[m]);
          }
          for (int s = 0; s < states; s++) {
            double move = economy.transition(a, b).get(s, t);
            if (move > 0) {
              double[] to = expected[s];
              for (int m = 0; m < nodes; m++) {
                to[m] += move * marginal[m];
              }
            }
          }
        }
      }
    }

    /** Today's capital from the budget; returns the largest relative change of consumption. */
    private double invert(int a, int j) {
      double gross = economy.grossReturn(a, meanCapital.get(j));
      double wage = economy.wage(a, meanCapital.get(j));
      double change = 0;
      for (int s = 0; s < states; s++) {
        double income = wage * economy.income(a, s);
        double[] old = previous[a][j][s];
        double[] now = capital[a][j][s];
        for (int m = 0; m < nodes; m++) {
          double c = 1 / (beta * expected[s][m]);
          now[m] = (c + k[m] - income) / gross;
          change = Math.max(change, Math.abs(now[m] - old[m]) * gross / c);
        }
      }
      return change;
    }
  }
}
