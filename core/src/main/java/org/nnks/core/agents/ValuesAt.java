package org.nnks.core.agents;

import java.util.Arrays;
import org.nnks.core.numeric.Matrix;

/** Reads a solution's V at given points. Holds buffers; not thread-safe. */
final class ValuesAt {

  private final AgentSolution solution;
  private final double[][] x;
  private final Stencil stencil;
  private final double[] weights;

  /** V at points: levels of each state, (states, points). */
  ValuesAt(AgentSolution solution, double[][] x) {
    this.solution = solution;
    this.x = x;
    int[] all = new int[x.length];
    Arrays.setAll(all, s -> s);
    stencil = new Stencil(solution.table().grid(), all);
    weights = new double[solution.table().nodes().size()];
  }

  /** V in an aggregate state at given moments: (own states, points). */
  Matrix at(int aggregateState, double[] moments) {
    int own = solution.economy().own().size();
    int points = x[0].length;
    double[] values = new double[own * points];
    solution.table().nodes().weights(moments, weights);
    for (int i = 0; i < points; i++) {
      for (int s = 0; s < x.length; s++) {
        stencil.at(s, x[s][i]);
      }
      for (int e = 0; e < own; e++) {
        for (int j = 0; j < weights.length; j++) {
          if (weights[j] != 0) {
            values[e * points + i] +=
                weights[j] * stencil.value(solution.table().values(aggregateState * own + e, j));
          }
        }
      }
    }
    return Matrix.of(own, points, values);
  }
}
