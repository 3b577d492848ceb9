package org.nnks.cli.report;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Joins the segments of drawn lines. The chart library writes one element for each pair of points,
 * with its style: a report of forty charts would be ten times as large, and dashes would begin anew
 * at every point.
 */
final class SvgLines {

  private static final Pattern SEGMENT =
      Pattern.compile(
          "<line style=\"([^\"]*)\" x1=\"([^\"]*)\" x2=\"([^\"]*)\" y1=\"([^\"]*)\" y2=\"([^\"]*)\"\\s*/>\\s*");

  private SvgLines() {}

  /** The same drawing, in which segments that go on where the last one ended are one line. */
  static String joined(String svg) {
    StringBuilder result = new StringBuilder();
    Matcher segment = SEGMENT.matcher(svg);
    String style = "";
    String endX = "";
    String endY = "";
    int done = 0;
    boolean open = false;
    while (segment.find()) {
      boolean goesOn =
          open
              && segment.start() == done
              && segment.group(1).equals(style)
              && segment.group(2).equals(endX)
              && segment.group(4).equals(endY);
      if (!goesOn) {
        close(result, open);
        result.append(svg, done, segment.start());
        style = segment.group(1);
        result.append("<polyline style=\"%s\" points=\"".formatted(style));
        result.append(point(segment.group(2), segment.group(4)));
        open = true;
      }
      endX = segment.group(3);
      endY = segment.group(5);
      result.append(' ').append(point(endX, endY));
      done = segment.end();
    }
    close(result, open);
    return result.append(svg.substring(done)).toString();
  }

  private static void close(StringBuilder result, boolean open) {
    if (open) {
      result.append("\"/>\n");
    }
  }

  /** Two decimals: a hundredth of a pixel. */
  private static String point(String x, String y) {
    return String.format(Locale.ROOT, "%.2f,%.2f", Double.parseDouble(x), Double.parseDouble(y));
  }
}
