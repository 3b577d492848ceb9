package org.nnks.core.agents;

import java.util.Arrays;
import java.util.List;
import org.nnks.core.economy.Moment;
import org.nnks.core.io.InvalidInputException;

/**
 * Where moments go: a box in their logs that leans as they lean. Moments that move together are a
 * thin cloud, most of whose upright box no path ever visits, and there no path says what rules
 * should forecast. So log m = T e with T unit lower triangular, as Gram and Schmidt have it: the
 * part e_1 is the log of the first moment, e_j what the log of moment j does beyond what the parts
 * before it explain, and the box is an interval of each part. Immutable.
 */
public final class MomentBox {

  /** Halvings that find the largest margin: to a thousandth of it, so that paths move it evenly. */
  private static final int HALVINGS = 10;

  private final double[] lower;
  private final double[] upper;
  private final double[][] lean;

  private MomentBox(double[] lower, double[] upper, double[][] lean) {
    this.lower = lower;
    this.upper = upper;
    this.lean = lean;
  }

  /**
   * An upright box.
   *
   * @param lower ends, in the order of the economy's moments; positive
   * @param upper ends
   */
  public static MomentBox upright(double[] lower, double[] upper) {
    return new MomentBox(
        Arrays.stream(lower).map(Math::log).toArray(),
        Arrays.stream(upper).map(Math::log).toArray(),
        new double[lower.length][lower.length]);
  }

  /** The upright box that an economy declares. */
  public static MomentBox declared(List<Moment> moments) {
    return upright(
        moments.stream().mapToDouble(Moment::lower).toArray(),
        moments.stream().mapToDouble(Moment::upper).toArray());
  }

  /**
   * The leaning box around points.
   *
   * @param logs of moments by moments and points
   * @param margin how far it reaches beyond them at either end, as a share of the length
   * @param narrowest what counts as the length of a shorter part
   */
  public static MomentBox around(double[][] logs, double margin, double narrowest) {
    int q = logs.length;
    double[][] parts = new double[q][];
    double[][] lean = new double[q][q];
    double[] lower = new double[q];
    double[] upper = new double[q];
    for (int j = 0; j < q; j++) {
      parts[j] = logs[j].clone();
      for (int i = 0; i < j; i++) {
        double slope = slope(parts[i], logs[j]);
        lean[j][i] = slope;
        for (int t = 0; t < parts[j].length; t++) {
          parts[j][t] -= slope * parts[i][t];
        }
      }
      double low = Arrays.stream(parts[j]).min().orElseThrow();
      double high = Arrays.stream(parts[j]).max().orElseThrow();
      double length = Math.max(high - low, narrowest);
      lower[j] = low - margin * length;
      upper[j] = high + margin * length;
    }
    return new MomentBox(lower, upper, lean);
  }

  /**
   * The box around points with the largest margin, up to a given one, with which it lies in
   * another. One moment, and points that leave the other box with any margin: {@link
   * #uprightAround}. A box that no longer leans has corners where nobody ever is.
   */
  public static MomentBox leaningWithin(
      double[][] logs, double margin, double narrowest, MomentBox within) {
    MomentBox widest = around(logs, margin, narrowest);
    if (widest.liesIn(within)) {
      return widest;
    }
    if (logs.length == 1 || !around(logs, 0, narrowest).liesIn(within)) {
      return uprightAround(logs, margin, narrowest, within);
    }
    double inside = 0;
    double outside = margin;
    for (int halving = 0; halving < HALVINGS; halving++) {
      double middle = (inside + outside) / 2;
      if (around(logs, middle, narrowest).liesIn(within)) {
        inside = middle;
      } else {
        outside = middle;
      }
    }
    return around(logs, inside, narrowest);
  }

  /**
   * The upright box around points, cut off where it would leave another; the other arguments are
   * those of {@link #around}.
   */
  public static MomentBox uprightAround(
      double[][] logs, double margin, double narrowest, MomentBox within) {
    double[] lower = new double[logs.length];
    double[] upper = new double[logs.length];
    for (int j = 0; j < logs.length; j++) {
      MomentBox alone = around(new double[][] {logs[j]}, margin, narrowest);
      lower[j] = Math.max(alone.lower(0), within.lower(j));
      upper[j] = Math.min(alone.upper(0), within.upper(j));
    }
    return new MomentBox(lower, upper, new double[logs.length][logs.length]);
  }

  /** The slope of the least-squares line; 0 where x does not move. */
  private static double slope(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double xx = 0;
    double xy = 0;
    for (int t = 0; t < x.length; t++) {
      xx += (x[t] - meanX) * (x[t] - meanX);
      xy += (x[t] - meanX) * (y[t] - meanY);
    }
    return xx == 0 ? 0 : xy / xx;
  }

  /** The number of moments. */
  public int size() {
    return lower.length;
  }

  /** The lower end of a part. */
  public double lower(int j) {
    return lower[j];
  }

  /** The upper end of a part. */
  public double upper(int j) {
    return upper[j];
  }

  /** By how much the log of moment j rises with the part i before it. */
  public double lean(int j, int i) {
    return lean[j][i];
  }

  /** The parts of moments. */
  public double[] parts(double[] moments) {
    return partsOfLogs(Arrays.stream(moments).map(Math::log).toArray());
  }

  /** The parts of logs of moments. */
  public double[] partsOfLogs(double[] logs) {
    double[] parts = logs.clone();
    for (int j = 0; j < parts.length; j++) {
      for (int i = 0; i < j; i++) {
        parts[j] -= lean[j][i] * parts[i];
      }
    }
    return parts;
  }

  /** The moments of parts. */
  public double[] moments(double[] parts) {
    return Arrays.stream(logs(parts)).map(Math::exp).toArray();
  }

  /** The logs of moments of parts. */
  public double[] logs(double[] parts) {
    double[] logs = parts.clone();
    for (int j = 0; j < parts.length; j++) {
      for (int i = 0; i < j; i++) {
        logs[j] += lean[j][i] * parts[i];
      }
    }
    return logs;
  }

  /** The moments at one of the 2^q corners, which the bits of its number choose. */
  private double[] corner(int number) {
    double[] parts = new double[size()];
    for (int j = 0; j < parts.length; j++) {
      parts[j] = (number >> j & 1) == 0 ? lower[j] : upper[j];
    }
    return moments(parts);
  }

  /** Whether every part has an interval, and all corners lie in a box. */
  public boolean liesIn(MomentBox other) {
    boolean inside = true;
    for (int j = 0; j < size(); j++) {
      inside &= lower[j] < upper[j];
    }
    for (int c = 0; c < 1 << size(); c++) {
      double[] parts = other.parts(corner(c));
      for (int j = 0; j < parts.length; j++) {
        inside &= other.lower[j] <= parts[j] && parts[j] <= other.upper[j];
      }
    }
    return inside;
  }

  /** Whether a corner lies elsewhere than that of another box, by a share of this one's length. */
  public boolean differs(MomentBox other, double share) {
    for (int c = 0; c < 1 << size(); c++) {
      double[] there = parts(other.corner(c));
      for (int j = 0; j < there.length; j++) {
        double here = (c >> j & 1) == 0 ? lower[j] : upper[j];
        if (!(Math.abs(there[j] - here) <= share * (upper[j] - lower[j]))) {
          return true;
        }
      }
    }
    return false;
  }

  /** All of its numbers, for checkpoints: q lower ends, q upper ends, and T row by row. */
  public double[] toArray() {
    int q = size();
    double[] all = Arrays.copyOf(lower, q * (2 + q));
    System.arraycopy(upper, 0, all, q, q);
    for (int j = 0; j < q; j++) {
      System.arraycopy(lean[j], 0, all, (2 + j) * q, q);
    }
    return all;
  }

  /**
   * The box of {@link #toArray}; of version 0.1, the levels of both ends of upright boxes.
   *
   * @throws InvalidInputException if these are not the numbers of a box of so many moments
   */
  public static MomentBox of(double[] all, int moments) {
    if (all != null && all.length == 2 * moments) {
      return upright(Arrays.copyOf(all, moments), Arrays.copyOfRange(all, moments, 2 * moments));
    }
    if (all == null || all.length != moments * (2 + moments)) {
      throw new InvalidInputException(
          "the saved solution does not hold a box of %d moments: it belongs to another economy or version"
              .formatted(moments));
    }
    double[][] lean = new double[moments][];
    for (int j = 0; j < moments; j++) {
      lean[j] = Arrays.copyOfRange(all, (2 + j) * moments, (3 + j) * moments);
    }
    return new MomentBox(
        Arrays.copyOf(all, moments), Arrays.copyOfRange(all, moments, 2 * moments), lean);
  }
}
