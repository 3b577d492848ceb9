package org.nnks.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SvgLinesTest {

  private static String segment(String style, String... numbers) {
    return "<line style=\"%s\" x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/>\n"
        .formatted(style, numbers[0], numbers[1], numbers[2], numbers[3]);
  }

  @Test
  void segmentsThatGoOnAreOneLine() {
    String svg =
        "<svg><g>"
            + segment("a", "1", "2.004", "5", "6")
            + segment("a", "2.004", "3", "6", "7")
            + segment("a", "3.5", "4", "7", "8")
            + "</g>"
            + segment("b", "4", "5", "8", "9")
            + "<text/></svg>";
    assertThat(SvgLines.joined(svg))
        .isEqualTo(
            "<svg><g>"
                + "<polyline style=\"a\" points=\"1.00,5.00 2.00,6.00 3.00,7.00\"/>\n"
                + "<polyline style=\"a\" points=\"3.50,7.00 4.00,8.00\"/>\n"
                + "</g>"
                + "<polyline style=\"b\" points=\"4.00,8.00 5.00,9.00\"/>\n"
                + "<text/></svg>");
  }

  @Test
  void aDrawingWithoutLinesIsLeftAlone() {
    assertThat(SvgLines.joined("<svg><path d=\"M0\"/></svg>"))
        .isEqualTo("<svg><path d=\"M0\"/></svg>");
  }
}
