package org.nnks.krusellsmith.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.numeric.Grid;
import org.nnks.core.run.Seeds;
import org.nnks.krusellsmith.rbc.Rbc;
import org.nnks.krusellsmith.rbc.RbcRule;
import org.nnks.krusellsmith.rbc.RbcSolution;

/**
 * Solves the representative agent's Euler equation by Gauss and Newton's method on features that
 * are drawn and never trained: a projection method (Judd 1992, Journal of Economic Theory 58). The
 * log odds of the share of cash that is consumed are linear in features f of log k and log z,
 *
 * <pre>
 *   c = sigmoid(o(k, z)) m,    o = odds of keeping k_ss + f(k, z) w,
 *   r(w) = log( beta E[R' / c'] c ),
 * </pre>
 *
 * <p>and weights w are found that make the residuals r at points of k in every state of z as small
 * as can be in least squares. Expectations are sums over the chain of z. Stateless.
 */
public final class GrowthProjection {

  /** Features: with half as many errors are ten times larger, with twice as many no smaller. */
  private static final int FEATURES = 120;

  /** Standard deviation of the slopes of features along inputs in [-1, 1]. */
  private static final double SLOPE = 0.7;

  /** Points of k in each state of z, Chebyshev's: they are denser where fits go wrong. */
  private static final int POINTS = 60;

  /** Half-width of k about the steady state, relative to it: somewhat wider than it is judged. */
  private static final double WIDTH = 0.55;

  /** Gauss-Newton converges quadratically: a handful of steps suffices or none will. */
  private static final int ITERATIONS = 30;

  /** Root mean square change of log odds at which it stops: least squares round at about 1e-8. */
  private static final double TOLERANCE = 1e-7;

  /** Largest root mean square change of log odds in a step: from farther off steps are no guide. */
  private static final double LARGEST_CHANGE = 0.5;

  /** Root mean square residual up to which it has solved the equation. */
  private static final double ERROR_TOLERANCE = 1e-4;

  private GrowthProjection() {}

  /** Solves from the policy that consumes the steady state's share of cash. */
  public static RbcSolution solve(Rbc economy, ProjectionListener listener, Seeds seeds) {
    return solve(economy, null, listener, seeds);
  }

  /**
   * Solves.
   *
   * @param start decisions to start from; null for the steady state's share
   */
  public static RbcSolution solve(
      Rbc economy, RbcRule start, ProjectionListener listener, Seeds seeds) {
    Basis basis = Basis.draw(economy, seeds.stream("features"));
    List<Point> points = points(economy);
    double[] weights = start == null ? new double[FEATURES + 1] : fit(basis, points, start);
    double change = Double.POSITIVE_INFINITY;
    double error = Double.POSITIVE_INFINITY;
    int iteration = 0;
    while (iteration < ITERATIONS && !(change <= TOLERANCE)) {
      iteration++;
      double[][] jacobian = new double[points.size()][];
      double[] residuals = new double[points.size()];
      for (int i = 0; i < residuals.length; i++) {
        jacobian[i] = new double[weights.length];
        residuals[i] = basis.residual(points.get(i), weights, jacobian[i]);
      }
      error = rootMeanSquare(residuals);
      double[] step = LeastSquares.solve(jacobian, residuals);
      double moved = basis.rootMeanSquare(points, step);
      double damping = Math.min(1, LARGEST_CHANGE / moved);
      for (int j = 0; j < weights.length; j++) {
        weights[j] -= damping * step[j];
      }
      change = moved;
      listener.projecting(new ProjectionProgress(iteration, ITERATIONS, change, error));
    }
    double[] found = weights;
    return new RbcSolution(
        (state, capital) -> basis.consumption(state, capital, found),
        iteration,
        Math.max(change, error),
        change <= TOLERANCE && error <= ERROR_TOLERANCE);
  }

  private static double[] fit(Basis basis, List<Point> points, RbcRule start) {
    double[][] rows = new double[points.size()][];
    double[] goals = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      Point point = points.get(i);
      rows[i] = basis.features(point.state(), point.capital());
      double cash = basis.economy.cash(point.state(), point.capital());
      double share = start.consumption(point.state(), point.capital()) / cash;
      goals[i] = Math.log(share / (1 - share)) - basis.odds;
    }
    return LeastSquares.solve(rows, goals);
  }

  private static double rootMeanSquare(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum / values.length);
  }

  /** A point at which the equation is to hold. */
  private record Point(int state, double capital) {}

  private static List<Point> points(Rbc economy) {
    List<Point> points = new ArrayList<>();
    double steady = economy.steadyCapital();
    Grid angles = Grid.linear(0, Math.PI, POINTS);
    for (int state = 0; state < economy.productivity().size(); state++) {
      for (int i = 0; i < POINTS; i++) {
        points.add(new Point(state, steady * (1 - WIDTH * Math.cos(angles.get(i)))));
      }
    }
    return points;
  }

  /** Features of an economy's states. */
  private static final class Basis {
    private final Rbc economy;
    private final double odds;
    private final double capitalScale;
    private final double productivityScale;
    private final double[] capitalSlope = new double[FEATURES];
    private final double[] productivitySlope = new double[FEATURES];
    private final double[] constant = new double[FEATURES];

    private Basis(Rbc economy) {
      this.economy = economy;
      int middle = economy.productivity().size() / 2;
      double share = 1 - economy.steadyCapital() / economy.cash(middle, economy.steadyCapital());
      odds = Math.log(share / (1 - share));
      capitalScale = 1 / Math.log(1 + WIDTH);
      double span = Math.log(economy.productivity().level(economy.productivity().size() - 1));
      double mean = economy.calibration().productivity().logMean();
      productivityScale = span == mean ? 0 : 1 / (span - mean);
    }

    static Basis draw(Rbc economy, RandomGenerator random) {
      Basis basis = new Basis(economy);
      for (int j = 0; j < FEATURES; j++) {
        basis.capitalSlope[j] = SLOPE * random.nextGaussian();
        basis.productivitySlope[j] = SLOPE * random.nextGaussian();
        basis.constant[j] =
            -basis.capitalSlope[j] * (2 * random.nextDouble() - 1)
                - basis.productivitySlope[j] * (2 * random.nextDouble() - 1);
      }
      return basis;
    }

    /** tanh features, then the constant. */
    double[] features(int state, double capital) {
      double k = capitalScale * Math.log(capital / economy.steadyCapital());
      double z =
          productivityScale
              * (Math.log(economy.productivity().level(state))
                  - economy.calibration().productivity().logMean());
      double[] features = new double[FEATURES + 1];
      for (int j = 0; j < FEATURES; j++) {
        features[j] = Math.tanh(capitalSlope[j] * k + productivitySlope[j] * z + constant[j]);
      }
      features[FEATURES] = 1;
      return features;
    }

    double share(double[] features, double[] weights) {
      return 1 / (1 + Math.exp(-odds - dot(features, weights)));
    }

    double consumption(int state, double capital, double[] weights) {
      return share(features(state, capital), weights) * economy.cash(state, capital);
    }

    /** d log odds / dk. */
    private double slope(double capital, double[] features, double[] weights) {
      double slope = 0;
      for (int j = 0; j < FEATURES; j++) {
        slope += weights[j] * (1 - features[j] * features[j]) * capitalSlope[j];
      }
      return slope * capitalScale / capital;
    }

    private static double dot(double[] features, double[] weights) {
      double sum = 0;
      for (int j = 0; j < weights.length; j++) {
        sum += features[j] * weights[j];
      }
      return sum;
    }

    /** log(beta E[R'/c'] c) at a point; its derivatives by the weights go to a row of zeros. */
    double residual(Point point, double[] weights, double[] row) {
      double[] now = features(point.state(), point.capital());
      double share = share(now, weights);
      double cash = economy.cash(point.state(), point.capital());
      double next = (1 - share) * cash;
      double nextByOdds = -share * (1 - share) * cash;
      double expected = 0;
      double expectedByCapital = 0;
      double alpha = economy.calibration().capitalShare();
      for (int b = 0; b < economy.productivity().size(); b++) {
        double p = economy.productivity().probability(point.state(), b);
        if (p == 0) {
          continue;
        }
        double[] then = features(b, next);
        double nextShare = share(then, weights);
        double gross = economy.grossReturn(b, next);
        double value = p * gross / (nextShare * economy.cash(b, next));
        // R falls with k' by the curvature of output; c' grows with cash and with the share.
        double grossSlope = (alpha - 1) * alpha * economy.output(b, next) / (next * next);
        double logSlope =
            grossSlope / gross
                - gross / economy.cash(b, next)
                - (1 - nextShare) * slope(next, then, weights);
        expected += value;
        expectedByCapital += value * logSlope;
        for (int j = 0; j < row.length; j++) {
          row[j] -= value * (1 - nextShare) * then[j];
        }
      }
      double byOdds = expectedByCapital * nextByOdds / expected + 1 - share;
      for (int j = 0; j < row.length; j++) {
        row[j] = row[j] / expected + byOdds * now[j];
      }
      return Math.log(economy.discountFactor() * expected * share * cash);
    }

    /** Of the log odds that weights make at points. */
    double rootMeanSquare(List<Point> points, double[] weights) {
      double sum = 0;
      for (Point point : points) {
        double output = dot(features(point.state(), point.capital()), weights);
        sum += output * output;
      }
      return Math.sqrt(sum / points.size());
    }
  }
}
