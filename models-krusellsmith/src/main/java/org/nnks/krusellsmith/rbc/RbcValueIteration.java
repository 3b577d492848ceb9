package org.nnks.krusellsmith.rbc;

import java.util.Arrays;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;

/**
 * Value iteration with k' on the nodes of k, as in Liu (2024) appendix A with 6000 nodes and 31
 * states. Stateless.
 *
 * <p>Three short-cuts leave its result as it is. The choice rises with k, so each search is bounded
 * by the choices of its neighbours (binary monotonicity: Gordon and Qiu 2018, A divide and conquer
 * algorithm for exploiting policy function monotonicity, Quantitative Economics 9(2)). After each
 * maximisation the rule is applied several times without one (Howard). The iteration starts from
 * the solution on half as many nodes.
 *
 * @param nodes nodes of k and k'
 * @param width half-width of the grid, relative to k_ss: .5 for [.5, 1.5] k_ss
 * @param tolerance bound on the error of the value function, in utils, at which it stops
 * @param maxIterations maximisations on the full grid before it gives up
 */
public record RbcValueIteration(int nodes, double width, double tolerance, int maxIterations) {

  /** Liu (2024) appendix A. */
  public static final int LIU_NODES = 6000;

  /** Liu (2024) does not print his range; with this one the error is about his. */
  private static final double WIDTH = .5;

  /** In utils, where the value function is about 40. */
  private static final double TOLERANCE = 1e-9;

  private static final int MAX_ITERATIONS = 500;

  /** Below this the coarser solution costs more than it saves. */
  private static final int COARSEST = 200;

  /** Applications of a rule between maximisations: cheap beside one. */
  private static final int HOWARD = 25;

  /** Checks every domain. */
  public RbcValueIteration {
    if (nodes < 2 || !(width > 0 && width < 1) || !(tolerance > 0) || maxIterations < 1) {
      throw new IllegalArgumentException(
          ("nodes must be at least 2, width in (0, 1), tolerance positive and maxIterations at least"
                  + " 1 but they are %d, %s, %s and %d")
              .formatted(nodes, width, tolerance, maxIterations));
    }
  }

  /** 6000 nodes on [.5, 1.5] k_ss. */
  public static RbcValueIteration liu2024() {
    return new RbcValueIteration(LIU_NODES, WIDTH, TOLERANCE, MAX_ITERATIONS);
  }

  /** The nodes of k of an economy. */
  public Grid grid(Rbc economy) {
    return economy.around(width, nodes);
  }

  /** Solves an economy; {@code change} bounds the error of the value function, in utils. */
  public RbcSolution solve(Rbc economy) {
    Level level = null;
    for (int halvings = halvings(); halvings >= 0; halvings--) {
      Grid capital = economy.around(width, nodes >> halvings);
      level = new Level(economy, capital, level);
      level.solve(tolerance, maxIterations);
    }
    return new RbcSolution(
        level.rule(), level.iterations, level.errorBound, level.errorBound <= tolerance);
  }

  private int halvings() {
    int halvings = 0;
    while (nodes >> (halvings + 1) >= COARSEST) {
      halvings++;
    }
    return halvings;
  }

  /** The iteration on one grid. */
  private static final class Level {
    private final Grid capital;
    private final double[] nodes;
    private final double[][] cash;
    private final double[][] probability;
    private final double beta;
    private final double[][] value;
    private final double[][] continuation;
    private final double[][] utility;
    private final int[][] choice;
    private int iterations;
    private double errorBound = Double.POSITIVE_INFINITY;

    Level(Rbc economy, Grid capital, Level coarser) {
      this.capital = capital;
      nodes = capital.nodes().toArray();
      int states = economy.productivity().size();
      cash = new double[states][nodes.length];
      probability = economy.productivity().transition().toRows();
      beta = economy.calibration().discountFactor();
      value = new double[states][nodes.length];
      continuation = new double[states][nodes.length];
      utility = new double[states][nodes.length];
      choice = new int[states][nodes.length];
      for (int z = 0; z < states; z++) {
        for (int i = 0; i < nodes.length; i++) {
          cash[z][i] = economy.cash(z, nodes[i]);
          value[z][i] =
              coarser == null ? Math.log(cash[z][i]) / (1 - beta) : coarser.value(z, nodes[i]);
        }
      }
    }

    void solve(double tolerance, int maxIterations) {
      while (errorBound > tolerance && iterations < maxIterations) {
        expect();
        for (int z = 0; z < value.length; z++) {
          maximise(z);
        }
        errorBound = update();
        iterations++;
        for (int h = 0; h < HOWARD && errorBound > tolerance; h++) {
          expect();
          if (update() <= tolerance) {
            break;
          }
        }
      }
    }

    /** continuation = beta E[V | z] at each k'. */
    private void expect() {
      for (int z = 0; z < value.length; z++) {
        Arrays.fill(continuation[z], 0);
        for (int next = 0; next < value.length; next++) {
          double p = beta * probability[z][next];
          double[] from = value[next];
          double[] to = continuation[z];
          for (int j = 0; j < nodes.length; j++) {
            to[j] += p * from[j];
          }
        }
      }
    }

    private void maximise(int z) {
      int last = nodes.length - 1;
      choose(z, 0, 0, last);
      choose(z, last, choice[z][0], last);
      maximiseBetween(z, 0, last);
    }

    private void maximiseBetween(int z, int low, int high) {
      if (high - low < 2) {
        return;
      }
      int middle = (low + high) >>> 1;
      choose(z, middle, choice[z][low], choice[z][high]);
      maximiseBetween(z, low, middle);
      maximiseBetween(z, middle, high);
    }

    private void choose(int z, int i, int from, int to) {
      double best = Double.NEGATIVE_INFINITY;
      for (int j = from; j <= to; j++) {
        double c = cash[z][i] - nodes[j];
        if (!(c > 0)) {
          break;
        }
        double v = Math.log(c) + continuation[z][j];
        if (v > best) {
          best = v;
          choice[z][i] = j;
          utility[z][i] = v - continuation[z][j];
        }
      }
      if (best == Double.NEGATIVE_INFINITY) {
        throw new IllegalArgumentException(
            ("k = %.4g, state %d of z: no k' of the grid, which starts at %.4g, can be afforded;"
                    + " narrow the grid")
                .formatted(nodes[i], z + 1, nodes[0]));
      }
    }

    /**
     * Applies the rule once and returns the bound of MacQueen (1966) on the distance of the value
     * function, centred between its bounds, from the fixed point.
     */
    private double update() {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int z = 0; z < value.length; z++) {
        for (int i = 0; i < nodes.length; i++) {
          double v = utility[z][i] + continuation[z][choice[z][i]];
          double change = v - value[z][i];
          low = Math.min(low, change);
          high = Math.max(high, change);
          value[z][i] = v;
        }
      }
      double shift = beta / (1 - beta) * (low + high) / 2;
      for (double[] row : value) {
        for (int i = 0; i < row.length; i++) {
          row[i] += shift;
        }
      }
      return beta / (1 - beta) * (high - low) / 2;
    }

    private double value(int z, double k) {
      int cell = capital.cell(k);
      double weight = capital.weight(cell, k);
      return (1 - weight) * value[z][cell] + weight * value[z][cell + 1];
    }

    TabulatedRule rule() {
      double[][] consumption = new double[value.length][nodes.length];
      for (int z = 0; z < value.length; z++) {
        for (int i = 0; i < nodes.length; i++) {
          consumption[z][i] = cash[z][i] - nodes[choice[z][i]];
        }
      }
      return new TabulatedRule(capital, Matrix.ofRows(consumption));
    }
  }
}
