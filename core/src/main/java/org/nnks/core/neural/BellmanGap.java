package org.nnks.core.neural;

/**
 * By how much V misses the right-hand side of its own Bellman equation, T V - V, at fresh points:
 * half of them where agents are, once a history was observed.
 *
 * @param mean of the absolute gap, in units of V
 * @param largest of the absolute gap, in units of V
 * @param centred mean of the absolute gap less the mean gap, in units of V: what decisions feel
 * @param share the mean gap as a share of the mean |V|
 */
public record BellmanGap(double mean, double largest, double centred, double share) {

  /** Of gaps at rows, followed by T V at them. */
  static BellmanGap of(double[] gapsAndValues, int rows) {
    double sum = 0;
    double absolute = 0;
    double largest = 0;
    double size = 0;
    for (int i = 0; i < rows; i++) {
      double gap = gapsAndValues[i];
      sum += gap;
      absolute += Math.abs(gap);
      largest = Math.max(largest, Math.abs(gap));
      size += Math.abs(gapsAndValues[rows + i]);
    }
    double centred = 0;
    for (int i = 0; i < rows; i++) {
      centred += Math.abs(gapsAndValues[i] - sum / rows);
    }
    return new BellmanGap(absolute / rows, largest, centred / rows, absolute / size);
  }
}
