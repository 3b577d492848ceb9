package org.nnks.cli.report;

import java.util.Locale;

/**
 * Draws SVG: two decimals, a hundredth of a pixel. Texts are as wide as in Helvetica in whatever
 * font a reader has in its place, so that nothing overlaps that was laid out with it.
 */
final class SvgCanvas implements Canvas {

  private final StringBuilder svg = new StringBuilder();

  /** The drawing as an element with a description for readers who do not see it. */
  String element(int width, int height, String description) {
    return ("<svg role=\"img\" aria-label=\"%s\" xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
            + " viewBox=\"0 0 %2$d %3$d\" font-family=\"Helvetica,Arial,sans-serif\" fill=\"#333\">%n%s</svg>")
        .formatted(Html.escape(description), width, height, svg);
  }

  @Override
  public void line(double[] x, double[] y, int colour, double width, boolean dashed) {
    svg.append(
        format(
            "<polyline fill=\"none\" stroke=\"#%06x\" stroke-width=\"%.1f\"%s points=\"%s\"/>%n",
            colour, width, dashed ? " stroke-dasharray=\"5 3\"" : "", points(x, y)));
  }

  @Override
  public void area(double[] x, double[] y, int colour) {
    svg.append(format("<polygon fill=\"#%06x\" points=\"%s\"/>%n", colour, points(x, y)));
  }

  @Override
  public void dot(double x, double y, double radius, int colour) {
    svg.append(
        format(
            "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"%.1f\" fill=\"#%06x\"/>%n", x, y, radius, colour));
  }

  @Override
  public void text(double x, double y, double size, Anchor anchor, boolean vertical, String text) {
    svg.append(
        format(
            "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.0f\" textLength=\"%.1f\""
                + " lengthAdjust=\"spacingAndGlyphs\" text-anchor=\"%s\"%s>%s</text>%n",
            x,
            y,
            size,
            Helvetica.width(text, size),
            anchor.name().toLowerCase(Locale.ROOT),
            vertical ? format(" transform=\"rotate(-90 %.1f %.1f)\"", x, y) : "",
            Html.escape(text)));
  }

  private static String points(double[] x, double[] y) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < x.length; i++) {
      points.append(i == 0 ? "" : " ").append(format("%.2f,%.2f", x[i], y[i]));
    }
    return points.toString();
  }

  private static String format(String text, Object... arguments) {
    return String.format(Locale.ROOT, text, arguments);
  }
}
