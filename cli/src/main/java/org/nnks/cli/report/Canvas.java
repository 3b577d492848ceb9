package org.nnks.cli.report;

/** What charts are drawn on: points in pixels from the upper left corner, colours as RRGGBB. */
interface Canvas {

  /** Where a text stands to its point. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /** A line through points. */
  void line(double[] x, double[] y, int colour, double width, boolean dashed);

  /** The area within points. */
  void area(double[] x, double[] y, int colour);

  /** A disc. */
  void dot(double x, double y, double radius, int colour);

  /** A text on a baseline through the point; a vertical one reads upwards. */
  void text(double x, double y, double size, Anchor anchor, boolean vertical, String text);
}
