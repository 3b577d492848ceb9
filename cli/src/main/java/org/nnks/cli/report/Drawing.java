package org.nnks.cli.report;

/** What can be put on a page and into files. */
interface Drawing {

  /** Pixels across. */
  int width();

  /** Pixels down. */
  int height();

  /** One sentence that says what is seen, for readers who do not see it. */
  String description();

  /** Whether there is nothing to show. */
  boolean empty();

  /** Draws it. */
  void draw(Canvas canvas);

  /** The drawing as an SVG element, or a sentence where there is nothing to draw. */
  default String svg() {
    if (empty()) {
      return Html.paragraph("Not drawn, for there is no point to show.");
    }
    SvgCanvas canvas = new SvgCanvas();
    draw(canvas);
    return canvas.element(width(), height(), description());
  }

  /** The drawing as a PDF file of one page; not for an empty one. */
  default byte[] pdf() {
    PdfCanvas canvas = new PdfCanvas(width(), height());
    draw(canvas);
    return canvas.bytes();
  }
}
