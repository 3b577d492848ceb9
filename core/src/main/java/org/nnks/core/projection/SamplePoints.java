package org.nnks.core.projection;

import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.random.SobolSequenceGenerator;
import org.nnks.core.economy.State;

/**
 * Where values are fitted: one half of the points cover the box, denser towards its ends; the other
 * half lie where agents are, normal with their mean and correlation and twice their standard
 * deviation. Until agents have been seen all points cover the box.
 */
final class SamplePoints {

  /** How much wider than the distribution of agents the points around them are spread. */
  private static final double SPREAD = 2;

  private SamplePoints() {}

  /**
   * Draws points; the same ones at every call with the same arguments.
   *
   * @param where agents are, in scaled states; null if not known yet
   * @return scaled states: (states, points)
   */
  static double[][] draw(List<State> states, int count, AgentCloud where) {
    int d = states.size();
    int box = where == null ? count : count - count / 2;
    double[][] points = new double[d][count];
    SobolSequenceGenerator sobol = new SobolSequenceGenerator(d);
    sobol.skipTo(1);
    for (int i = 0; i < box; i++) {
      double[] uniform = d == 1 ? new double[] {(i + .5) / box} : sobol.nextVector();
      for (int s = 0; s < d; s++) {
        points[s][i] = -Math.cos(Math.PI * uniform[s]);
      }
    }
    if (d == 1) {
      points[0][0] = -1;
      points[0][box - 1] = 1;
    }
    NormalDistribution normal = new NormalDistribution();
    sobol.skipTo(1);
    for (int i = box; i < count; i++) {
      double[] uniform =
          d == 1 ? new double[] {(i - box + .5) / (count - box)} : sobol.nextVector();
      double[] deviation = new double[d];
      for (int s = 0; s < d; s++) {
        deviation[s] = SPREAD * normal.inverseCumulativeProbability(uniform[s]);
      }
      for (int s = 0; s < d; s++) {
        points[s][i] = Math.min(Math.max(where.at(s, deviation), -1), 1);
      }
    }
    return points;
  }
}
