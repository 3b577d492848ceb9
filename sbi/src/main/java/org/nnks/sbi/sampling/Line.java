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
  final double height;
  double lower;
  double upper;
  int leftSteps;
  int rightSteps;
  double position;
  double value;
  boolean accepted;

  Line(double[] origin, double[] direction, double height) {
    this.origin = origin;
    this.direction = direction;
    this.height = height;
  }

  /** An interval around 0, placed at random, and how often each end may move. */
  void open(RandomGenerator random) {
    lower = -WIDTH * random.nextDouble();
    upper = lower + WIDTH;
    leftSteps = random.nextInt(WIDEST);
    rightSteps = WIDEST - 1 - leftSteps;
  }

  /** Moves an end, and says whether it may move again. */
  boolean widen(boolean isLeft) {
    if (isLeft) {
      lower -= WIDTH;
      return --leftSteps > 0;
    }
    upper += WIDTH;
    return --rightSteps > 0;
  }

  double[] propose(RandomGenerator random) {
    position = lower + (upper - lower) * random.nextDouble();
    return point(position);
  }

  boolean accept(double log) {
    accepted = log > height;
    value = log;
    if (position < 0) {
      lower = position;
    } else {
      upper = position;
    }
    return accepted;
  }

  double[] point(double at) {
    return point(origin, direction, at);
  }

  static double[] point(double[] origin, double[] direction, double at) {
    double[] point = new double[origin.length];
    for (int k = 0; k < point.length; k++) {
      point[k] = origin[k] + at * direction[k];
    }
    return point;
  }
}
