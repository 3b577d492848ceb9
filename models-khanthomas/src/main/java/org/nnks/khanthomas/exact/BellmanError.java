package org.nnks.khanthomas.exact;

import java.util.random.RandomGenerator;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.numeric.Grid;

/**
 * How far a value function is from satisfying its Bellman equation: |V' - V| in levels, as in
 * Yokomoto (2026) Table 2, where V' is the right-hand side with the value function's exact
 * maximiser. The bias, the mean of V' - V, divided by 1 - beta is about how much V is too low.
 */
public final class BellmanError {

  /** Knots in k and K of the evaluation grid of Yokomoto (2026) Table 2: 2,500 points in all. */
  public static final int GRID = 10;

  /** Random mean capitals, for each of which random capitals are drawn. */
  static final int RANDOM_MEAN_CAPITALS = 20;

  /** Random capitals for each mean capital: 10,000 points with 25 exogenous states. */
  static final int RANDOM_CAPITALS = 20;

  private BellmanError() {}

  /** Where to draw from: a point, if all firms are beyond the same end of their grid. */
  record Interval(double lower, double upper) {

    double uniform(RandomGenerator random) {
      return lower + (upper - lower) * random.nextDouble();
    }
  }

  /** The error on the evaluation grid of the paper: 10 capitals, 10 mean capitals, all states. */
  public static EquationError onGrid(LumpySolution solution) {
    LumpyInvestment economy = solution.economy();
    double[] capital =
        Grid.logarithmic(economy.capital().lower(), economy.capital().upper(), GRID)
            .nodes()
            .toArray();
    Grid meanCapital =
        Grid.linear(economy.meanCapital().lower(), economy.meanCapital().upper(), GRID);
    Accumulator errors = new Accumulator();
    for (int j = 0; j < GRID; j++) {
      errors.add(solution, capital, meanCapital.get(j));
    }
    return errors.result("Bellman equation, 10 capitals x 10 mean capitals, all states");
  }

  /**
   * The error at 10,000 random points off the grid.
   *
   * @param capital interval of k
   * @param meanCapital interval of K
   */
  static EquationError atRandom(
      LumpySolution solution, Interval capital, Interval meanCapital, RandomGenerator random) {
    Accumulator errors = new Accumulator();
    for (int j = 0; j < RANDOM_MEAN_CAPITALS; j++) {
      double mean = meanCapital.uniform(random);
      double[] points = new double[RANDOM_CAPITALS];
      for (int i = 0; i < points.length; i++) {
        points[i] = capital.uniform(random);
      }
      errors.add(solution, points, mean);
    }
    return errors.result("Bellman equation, random points where firms are");
  }

  private static final class Accumulator {
    private int points;
    private double absolute;
    private double signed;
    private double max;

    /** Adds the errors at these capitals, one mean capital and all exogenous states. */
    void add(LumpySolution solution, double[] capital, double meanCapital) {
      LumpyInvestment economy = solution.economy();
      int shocks = economy.idiosyncratic().size();
      double[] means = new double[capital.length];
      java.util.Arrays.fill(means, meanCapital);
      double[][] left = solution.value().values(capital, means);
      BellmanOperator operator =
          new BellmanOperator(economy, solution.rules(), capital, new double[] {meanCapital});
      Continuation continuation = solution.value().newContinuation();
      double[] right = new double[operator.size()];
      double[][] targets = new double[1][shocks];
      for (int a = 0; a < economy.aggregate().size(); a++) {
        solution.value().continuation(a, operator.nextMeanCapital(a, 0), continuation);
        TargetRule.maximiser()
            .targets(a, meanCapital, continuation, new double[] {operator.price(a, 0)}, 1, targets);
        operator.apply(a, 0, continuation, targets[0], right);
      }
      for (int h = 0; h < left.length; h++) {
        for (int i = 0; i < capital.length; i++) {
          double error = right[h * capital.length + i] - left[h][i];
          points++;
          absolute += Math.abs(error);
          signed += error;
          max = Math.max(max, Math.abs(error));
        }
      }
    }

    EquationError result(String description) {
      return new EquationError(description, points, absolute / points, max, signed / points);
    }
  }
}
