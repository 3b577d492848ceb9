package org.nnks.core.projection;

import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.random.SobolSequenceGenerator;
import org.nnks.core.economy.State;

/**
 * Where values are fitted: one half of the points cover the box, denser towards its ends; the other
 * half lie where agents are, normal with their mean and correlation and twice their standard
 * deviation. Until agents have been seen all points cover the box.
 *
 * <p>With several states points come in columns, which differ in the last state only: what agents
 * choose often depends on that state through bounds alone, and is then found once for a column.
 */
final class SamplePoints {

  /** How much wider than the distribution of agents the points around them are spread. */
  private static final double SPREAD = 2;

  /** Shifts of columns against each other by multiples of the golden section are spread evenly. */
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private final double[][] points;
  private final int rows;

  private SamplePoints(int states, int count) {
    rows = states == 1 ? 1 : (int) Math.round(Math.pow(count, 1.0 / states));
    points = new double[states][count / rows * rows];
  }

  /**
   * Draws points; the same ones at every call with the same arguments.
   *
   * @param count how many, up to what completes no column
   * @param where agents are, in scaled states; null if not known yet
   * @return scaled states: (states, points)
   */
  static double[][] draw(List<State> states, int count, AgentCloud where) {
    SamplePoints drawn = new SamplePoints(states.size(), count);
    int columns = drawn.points[0].length / drawn.rows;
    int box = where == null ? columns : columns - columns / 2;
    drawn.coverBox(box);
    if (where != null) {
      drawn.surround(where, box, columns);
    }
    return drawn.points;
  }

  private void coverBox(int columns) {
    fill(0, columns, (s, uniform) -> -Math.cos(Math.PI * uniform));
    if (columnStates() == 1) {
      for (int row = 0; row < rows; row++) {
        points[0][row] = -1;
        points[0][columns * rows - 1 - row] = 1;
      }
    }
  }

  private void surround(AgentCloud where, int from, int to) {
    NormalDistribution normal = new NormalDistribution();
    fill(from, to, (s, uniform) -> SPREAD * normal.inverseCumulativeProbability(uniform));
    double[] deviation = new double[points.length];
    for (int i = from * rows; i < to * rows; i++) {
      for (int s = 0; s < points.length; s++) {
        deviation[s] = points[s][i];
      }
      for (int s = 0; s < points.length; s++) {
        points[s][i] = Math.min(Math.max(where.at(s, deviation), -1), 1);
      }
    }
  }

  /** The number of states that are the same in a column. */
  private int columnStates() {
    return Math.max(1, points.length - 1);
  }

  /** Fills columns with what follows from even draws. */
  private void fill(int from, int to, Transform transform) {
    SobolSequenceGenerator sobol = new SobolSequenceGenerator(columnStates());
    sobol.skipTo(1);
    for (int column = from; column < to; column++) {
      double[] uniform =
          columnStates() == 1
              ? new double[] {(column - from + .5) / (to - from)}
              : sobol.nextVector();
      for (int row = 0; row < rows; row++) {
        int point = column * rows + row;
        for (int s = 0; s < columnStates(); s++) {
          points[s][point] = transform.apply(s, uniform[s]);
        }
        if (points.length > 1) {
          double shift = GOLDEN * (column + 1) % 1;
          points[points.length - 1][point] =
              transform.apply(points.length - 1, (row + shift) / rows);
        }
      }
    }
  }

  /** The place in a state of an even draw. */
  @FunctionalInterface
  private interface Transform {
    double apply(int state, double uniform);
  }
}
