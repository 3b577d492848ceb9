package org.nnks.cli.report;

/** How wide texts are, in the font that every reader of PDF has. */
final class Helvetica {

  /** Of the characters from blank to tilde, in thousandths of the size: Adobe's font metrics. */
  private static final int[] WIDTHS = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584
  };

  /** Of other characters, about. */
  private static final int OTHER = 556;

  private static final double UNIT = 1000;

  private Helvetica() {}

  /** The width of a text of a size. */
  static double width(String text, double size) {
    return size / UNIT * text.chars().map(Helvetica::width).sum();
  }

  private static int width(int character) {
    int i = character - ' ';
    return i >= 0 && i < WIDTHS.length ? WIDTHS[i] : OTHER;
  }
}
