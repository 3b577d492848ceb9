package org.nnks.core.neural;

/**
 * By how much V misses the right-hand side of its own Bellman equation, T V - V, at fresh points:
 * half of them where agents are, once a history was observed.
 *
 * @param mean of the absolute gap, in units of V
 * @param largest of the absolute gap, in units of V
 * @param centred mean of the absolute gap less the mean gap, in units of V: what decisions feel
 */
public record BellmanGap(double mean, double largest, double centred) {

  static BellmanGap of(double[] gaps) {
    double sum = 0;
    double absolute = 0;
    double largest = 0;
    for (double gap : gaps) {
      sum += gap;
      absolute += Math.abs(gap);
      largest = Math.max(largest, Math.abs(gap));
    }
    double centred = 0;
    for (double gap : gaps) {
      centred += Math.abs(gap - sum / gaps.length);
    }
    return new BellmanGap(absolute / gaps.length, largest, centred / gaps.length);
  }
}
