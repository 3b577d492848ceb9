package org.nnks.sbi.sampling;

import java.util.random.RandomGenerator;

/** One chain's line, in units of its direction from where the chain stands, at 0. */
final class Line {

  /**
   * Times the difference of two chains: an interval of two holds the other chain with probability
   * one half wherever it is placed, and so leads to another mode.
   */
  private static final double WIDTH = 2;

  /** Neal's m: an interval grows to at most so many widths. */
  private static final int WIDEST = 16;

  private final double[] origin;
  private final double[] direction;
  private final double height;
  private final End lower;
  private final End upper;
  private double[] found;
  private double value;

  /**
   * A line with an interval around 0, placed at random, as are the steps that its ends may take.
   */
  Line(double[] origin, double[] direction, double height, RandomGenerator random) {
    this.origin = origin;
    this.direction = direction;
    this.height = height;
    double below = WIDTH * random.nextDouble();
    int steps = random.nextInt(WIDEST);
    lower = new End(-below, -WIDTH, steps);
    upper = new End(WIDTH - below, WIDTH, WIDEST - 1 - steps);
  }

  /** An end of the interval, which moves outwards as long as it lies in the slice. */
  final class End {

    private final double width;
    private double position;
    private int steps;

    private End(double position, double width, int steps) {
      this.position = position;
      this.width = width;
      this.steps = steps;
    }

    boolean mayMove() {
      return steps > 0;
    }

    /** Where it is, and where it will be if these points lie in the slice. */
    double[][] next(int count) {
      double[][] points = new double[count][];
      for (int k = 0; k < count; k++) {
        points[k] = point(origin, direction, position + k * width);
      }
      return points;
    }

    /** Moves by their log densities, and says whether it may move again. */
    boolean move(double[] values) {
      for (double log : values) {
        if (!(mayMove() && log > height)) {
          return false;
        }
        position += width;
        steps--;
      }
      return mayMove();
    }
  }

  End lower() {
    return lower;
  }

  End upper() {
    return upper;
  }

  /**
   * Points of the interval, which shrinks from each to the next: the same way whatever their
   * density, as it only matters where none before lies in the slice.
   */
  double[][] propose(int count, RandomGenerator random) {
    double[][] points = new double[count][];
    for (int k = 0; k < count; k++) {
      double at = lower.position + (upper.position - lower.position) * random.nextDouble();
      (at < 0 ? lower : upper).position = at;
      points[k] = point(origin, direction, at);
    }
    return points;
  }

  /** Takes the first of these points that lies in the slice, and says whether there is one. */
  boolean take(double[][] points, double[] values) {
    for (int k = 0; k < points.length && found == null; k++) {
      if (values[k] > height) {
        found = points[k];
        value = values[k];
      }
    }
    return found != null;
  }

  /** Where the chain goes; null before a point was taken. */
  double[] found() {
    return found;
  }

  /** The log density there. */
  double value() {
    return value;
  }

  static double[] point(double[] origin, double[] direction, double at) {
    double[] point = new double[origin.length];
    for (int k = 0; k < point.length; k++) {
      point[k] = origin[k] + at * direction[k];
    }
    return point;
  }
}
