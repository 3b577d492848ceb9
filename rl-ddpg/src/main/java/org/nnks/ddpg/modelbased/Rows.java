package org.nnks.ddpg.modelbased;

/** Rows of inputs with a summary behind them. */
final class Rows {

  private Rows() {}

  /**
   * The rows of points, each followed by the summary of its cross-section.
   *
   * @param rows without summaries
   * @param summaries one after the other; null for none
   */
  static double[] join(double[] rows, int count, Sections sections, double[] summaries) {
    if (summaries == null) {
      return rows;
    }
    int own = rows.length / count;
    int outputs = summaries.length / sections.count();
    double[] joined = new double[count * (own + outputs)];
    for (int row = 0; row < count; row++) {
      int at = row * (own + outputs);
      System.arraycopy(rows, row * own, joined, at, own);
      System.arraycopy(summaries, sections.of()[row] * outputs, joined, at + own, outputs);
    }
    return joined;
  }

  /** Directions of own capital, which does not move a summary. */
  static double[] directions(double[] rows, int count, int outputs) {
    int own = rows.length / count;
    double[] joined = new double[count * (own + outputs)];
    for (int row = 0; row < count; row++) {
      System.arraycopy(rows, row * own, joined, row * (own + outputs), own);
    }
    return joined;
  }
}
