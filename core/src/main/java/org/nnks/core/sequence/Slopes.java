package org.nnks.core.sequence;

/**
 * How quantities of a path change with the log of a moment: by aggregate state, the slope of the
 * least-squares line through the periods in which it came. Immutable.
 *
 * <p>At the solution nothing depends on them but what is beyond the last period of a state; on the
 * way there they tell agents of a history that has left the path what that means for the future.
 * Without them a history at given values of the next period drifts away: with less capital than
 * believed, agents invest as if goods will be as cheap as believed.
 */
final class Slopes {

  private final double[][] slope;

  /**
   * Slopes.
   *
   * @param states aggregate states by period
   * @param logs of the moment by period
   * @param quantities by period
   * @param from first period that counts
   * @param count number of aggregate states
   */
  Slopes(int[] states, double[] logs, double[][] quantities, int from, int count) {
    int size = quantities[0].length;
    slope = new double[count][size];
    double[] mean = new double[count];
    double[] squares = new double[count];
    int[] visits = new int[count];
    for (int t = from; t < states.length; t++) {
      mean[states[t]] += logs[t];
      visits[states[t]]++;
    }
    for (int a = 0; a < count; a++) {
      mean[a] /= Math.max(1, visits[a]);
    }
    for (int t = from; t < states.length; t++) {
      int a = states[t];
      double away = logs[t] - mean[a];
      squares[a] += away * away;
      for (int i = 0; i < size; i++) {
        slope[a][i] += away * quantities[t][i];
      }
    }
    for (int a = 0; a < count; a++) {
      for (int i = 0; i < size; i++) {
        slope[a][i] = squares[a] > 0 ? slope[a][i] / squares[a] : 0;
      }
    }
  }

  /** Adds to quantities what a change of the log of the moment does to them in a state. */
  void add(int state, double change, double[] quantities) {
    if (change != 0) {
      for (int i = 0; i < quantities.length; i++) {
        quantities[i] += change * slope[state][i];
      }
    }
  }
}
