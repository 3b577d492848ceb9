package org.nnks.sbi.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;

/**
 * Slice sampling (MCMC) of many chains at once: Neal (2003), Slice sampling, Annals of Statistics
 * 31, with stepping out and shrinkage along random lines. It needs no gradient and no step size.
 *
 * <p>A line has the direction of the difference between the places of two chains, as in Karamanis
 * and Beutler (2021), Ensemble slice sampling: long where the density is wide, along its ridges,
 * and from mode to mode. Between narrow modes a line seldom hits the other one, so that after each
 * slice a chain tries to jump by the whole of such differences, and stays or goes by the rule of
 * Metropolis: ter Braak (2006), A Markov chain Monte Carlo version of the genetic algorithm
 * differential evolution, Statistics and Computing 16, with gamma = 1. The places are kept at a few
 * moments of the warm-up and frozen afterwards, so that from then on no chain depends on another,
 * and each leaves the density invariant.
 *
 * <p>All chains move together: one batch of points for each widening or shrinking of the intervals,
 * of the chains that still need one. If the chains do not agree at the end, they go on with twice
 * the thinning, and all earlier steps become warm-up, as often as is allowed. Stateless.
 *
 * @param warmUp steps of each chain that are thrown away, at least 4
 * @param draws steps of each chain that are kept, at least 8
 * @param thinning steps of a chain for each that is kept, at first
 * @param doublings of the thinning, at most, as long as chains do not agree
 */
public record SliceSampler(int warmUp, int draws, int thinning, int doublings) {

  /**
   * R-hat is about 1 + (t - 1) / draws of each chain, at an autocorrelation time of t: its bar of
   * 1.01 allows a time of up to five with so many.
   */
  public static final int DRAWS = 400;

  /** Chains that start in the posterior of a network forget it sooner. */
  public static final int WARM_UP = 200;

  /** 20,000 draws, 2,450 directions, and a batch that takes little longer than one point. */
  public static final int CHAINS = 50;

  /** Sixteen times the steps; what then disagrees has modes that no line connects. */
  public static final int DOUBLINGS = 4;

  /** How often places are kept during the warm-up. */
  private static final int KEPT = 4;

  /**
   * Jumps of a chain after each slice, which itself takes five to seven evaluations. From one of
   * two equally narrow modes to the other, in five dimensions, about one of nine is accepted.
   */
  private static final int JUMPS = 5;

  /** Intervals shrink by half on average: after so many they are of length zero in doubles. */
  private static final int SHRINKAGES = 1_000;

  /** Relative singular values of the starts' differences below it are rounding errors. */
  private static final double PLANE = 1e-10;

  /** Checks the domains. */
  public SliceSampler {
    if (warmUp < KEPT || draws < 8 || thinning < 1 || doublings < 0) {
      throw new IllegalArgumentException(
          "warmUp, draws, thinning and doublings must be at least %d, 8, 1 and 0 but are %d, %d, %d and %d"
              .formatted(KEPT, warmUp, draws, thinning, doublings));
    }
  }

  /** 200 steps of warm-up and 400 draws of each chain, thinned only if need be. */
  public static SliceSampler standard() {
    return new SliceSampler(WARM_UP, DRAWS, 1, DOUBLINGS);
  }

  /**
   * Draws from a density.
   *
   * @param target its logarithm, up to a constant
   * @param starts where chains begin: shape (chains, d), at least 2 d + 2 of them, not all in one
   *     plane
   * @throws InvalidInputException if there are fewer, or they are in one plane, or a start has no
   *     density, or the log density is not a number somewhere
   */
  public Chains sample(LogDensity target, Matrix starts, Seeds seeds) {
    int d = starts.columns();
    if (starts.rows() < 2 * d + 2) {
      throw new InvalidInputException(
          "slice sampling in %d dimensions needs at least %d chains but got %d: their differences are its directions"
              .formatted(d, 2 * d + 2, starts.rows()));
    }
    State state = new State(target, starts, seeds.stream("slice sampling"));
    requireSpread(starts);
    double[][] places = starts.toRows();
    for (int step = 0; step < warmUp; step++) {
      if (step > 0 && step % (warmUp / KEPT) == 0) {
        places = state.copy();
      }
      state.step(places);
    }
    Chains chains = state.run(draws, thinning);
    for (int i = 1; i <= doublings && !(chains.rHat() < Convergence.AGREED); i++) {
      chains = state.run(draws, thinning << i);
    }
    return chains;
  }

  /** Along differences of starts in one plane no chain would leave it, and R-hat would not tell. */
  private static void requireSpread(Matrix starts) {
    double[][] scaled = starts.toRows();
    for (int j = 0; j < starts.columns(); j++) {
      double middle = starts.get(0, j);
      double widest = Double.MIN_NORMAL;
      for (int i = 0; i < scaled.length; i++) {
        widest = Math.max(widest, Math.abs(starts.get(i, j) - middle));
      }
      for (double[] row : scaled) {
        row[j] = (row[j] - middle) / widest;
      }
    }
    RealMatrix differences = new Array2DRowRealMatrix(scaled, false);
    if (!(new SingularValueDecomposition(differences).getInverseConditionNumber() > PLANE)) {
      throw new InvalidInputException(
          "all chains start at one place or in one plane, which they could not leave;"
              + " start them from random draws");
    }
  }

  /** Where chains are, and the batches they ask for. */
  private static final class State {

    private final LogDensity target;
    private final RandomGenerator random;
    private final double[][] x;
    private final double[] log;
    private long evaluations;

    State(LogDensity target, Matrix starts, RandomGenerator random) {
      this.target = target;
      this.random = random;
      x = starts.toRows();
      log = evaluate(x);
      for (int c = 0; c < log.length; c++) {
        if (log[c] == Double.NEGATIVE_INFINITY) {
          throw new InvalidInputException(
              "chain %d starts at %s, where the density is zero; start inside the support"
                  .formatted(c, Arrays.toString(x[c])));
        }
      }
    }

    /** Keeps draws; directions come from where the chains are now. */
    Chains run(int draws, int thinning) {
      double[][] places = copy();
      double[][] kept = new double[x.length * draws][];
      for (int draw = 0; draw < draws; draw++) {
        for (int t = 0; t < thinning; t++) {
          step(places);
        }
        for (int c = 0; c < x.length; c++) {
          kept[c * draws + draw] = x[c].clone();
        }
      }
      return new Chains(x.length, Matrix.ofRows(kept), evaluations);
    }

    double[][] copy() {
      double[][] copy = new double[x.length][];
      Arrays.setAll(copy, c -> x[c].clone());
      return copy;
    }

    private double[] evaluate(double[][] points) {
      Vector values = target.at(Matrix.ofRows(points));
      evaluations += points.length;
      double[] result = values.toArray();
      for (int i = 0; i < result.length; i++) {
        if (Double.isNaN(result[i]) || result[i] == Double.POSITIVE_INFINITY) {
          throw new InvalidInputException(
              "the log density at %s is %s; it must be a number, or minus infinity"
                  .formatted(Arrays.toString(points[i]), result[i]));
        }
      }
      return result;
    }

    /** Moves every chain once along its slice, and lets it jump. */
    void step(double[][] places) {
      slice(places);
      for (int i = 0; i < JUMPS; i++) {
        jump(places);
      }
    }

    /** A difference and its opposite are equally likely, as the rule of Metropolis asks. */
    private void jump(double[][] places) {
      double[][] points = new double[x.length][];
      Arrays.setAll(points, c -> Line.point(x[c], direction(places), 1));
      double[] values = evaluate(points);
      for (int c = 0; c < x.length; c++) {
        if (values[c] > log[c] - exponential()) {
          x[c] = points[c];
          log[c] = values[c];
        }
      }
    }

    private void slice(double[][] places) {
      int n = x.length;
      Line[] lines = new Line[n];
      for (int c = 0; c < n; c++) {
        // The height of the slice: uniform under the density.
        double height = log[c] - exponential();
        lines[c] = new Line(x[c], direction(places), height);
      }
      stepOut(lines);
      List<Line> open = new ArrayList<>(List.of(lines));
      for (int i = 0; i < SHRINKAGES && !open.isEmpty(); i++) {
        double[][] points = new double[open.size()][];
        for (int k = 0; k < points.length; k++) {
          points[k] = open.get(k).propose(random);
        }
        double[] values = evaluate(points);
        List<Line> rejected = new ArrayList<>();
        for (int k = 0; k < points.length; k++) {
          if (!open.get(k).accept(values[k])) {
            rejected.add(open.get(k));
          }
        }
        open = rejected;
      }
      for (int c = 0; c < n; c++) {
        if (lines[c].accepted) {
          x[c] = lines[c].point(lines[c].position);
          log[c] = lines[c].value;
        }
      }
    }

    /** Widens intervals, both ends in one batch, as long as an end lies in the slice. */
    private void stepOut(Line[] lines) {
      List<Line> left = new ArrayList<>();
      List<Line> right = new ArrayList<>();
      for (Line line : lines) {
        line.open(random);
        (line.leftSteps > 0 ? left : new ArrayList<Line>()).add(line);
        (line.rightSteps > 0 ? right : new ArrayList<Line>()).add(line);
      }
      while (!left.isEmpty() || !right.isEmpty()) {
        double[][] points = new double[left.size() + right.size()][];
        for (int k = 0; k < points.length; k++) {
          Line line = k < left.size() ? left.get(k) : right.get(k - left.size());
          points[k] = line.point(k < left.size() ? line.lower : line.upper);
        }
        double[] values = evaluate(points);
        List<Line> stillLeft = new ArrayList<>();
        List<Line> stillRight = new ArrayList<>();
        for (int k = 0; k < points.length; k++) {
          boolean isLeft = k < left.size();
          Line line = isLeft ? left.get(k) : right.get(k - left.size());
          if (values[k] > line.height && line.widen(isLeft)) {
            (isLeft ? stillLeft : stillRight).add(line);
          }
        }
        left = stillLeft;
        right = stillRight;
      }
    }

    private double[] direction(double[][] places) {
      int i = random.nextInt(places.length);
      int j = random.nextInt(places.length - 1);
      j += j >= i ? 1 : 0;
      double[] direction = new double[places[i].length];
      for (int k = 0; k < direction.length; k++) {
        direction[k] = places[i][k] - places[j][k];
      }
      return direction;
    }

    private double exponential() {
      return -Math.log1p(-random.nextDouble());
    }
  }
}
