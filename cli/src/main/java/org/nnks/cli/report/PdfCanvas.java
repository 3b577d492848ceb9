package org.nnks.cli.report;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws a page of PDF 1.4 with two of the fonts that every reader has: Helvetica, and Symbol for
 * Greek letters.
 */
final class PdfCanvas implements Canvas {

  /** Greek and signs by their characters in the font Symbol. */
  private static final Map<Character, Integer> SYMBOLS =
      Map.ofEntries(
          Map.entry('α', (int) 'a'),
          Map.entry('β', (int) 'b'),
          Map.entry('δ', (int) 'd'),
          Map.entry('θ', (int) 'q'),
          Map.entry('λ', (int) 'l'),
          Map.entry('μ', (int) 'm'),
          Map.entry('ξ', (int) 'x'),
          Map.entry('ρ', (int) 'r'),
          Map.entry('σ', (int) 's'),
          Map.entry('Δ', (int) 'D'),
          Map.entry('≤', 0243),
          Map.entry('≥', 0263),
          Map.entry('′', 0242),
          Map.entry('−', (int) '-'));

  private static final String SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉₋";
  private static final String PLAIN = "0123456789-";

  /** The size of subscripts, and how far below they stand, as shares of the size of the text. */
  private static final double SMALL = .75;

  private static final double DOWN = .2;

  /** The dash of Windows' encoding of Helvetica. */
  private static final int EN_DASH = 0226;

  private static final int LAST_LATIN = 0xFF;
  private static final double CHANNEL = 255;

  /** Four Bezier curves of this reach are a circle. */
  private static final double CIRCLE = .5523;

  private final int width;
  private final int height;
  private final StringBuilder content = new StringBuilder("1 j 1 J\n");

  PdfCanvas(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** The file. */
  byte[] bytes() {
    List<String> objects =
        List.of(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            ("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R"
                    + " /Resources << /Font << /H 5 0 R /S 6 0 R >> >> >>")
                .formatted(width, height),
            "<< /Length %d >>\nstream\n%s\nendstream".formatted(content.length(), content),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>");
    StringBuilder file = new StringBuilder("%PDF-1.4\n");
    StringBuilder table = new StringBuilder("0000000000 65535 f \n");
    for (int i = 0; i < objects.size(); i++) {
      table.append("%010d 00000 n \n".formatted(file.length()));
      file.append("%d 0 obj\n%s\nendobj\n".formatted(i + 1, objects.get(i)));
    }
    int start = file.length();
    int size = objects.size() + 1;
    file.append("xref\n0 %d\n%s".formatted(size, table))
        .append("trailer\n<< /Size %d /Root 1 0 R >>\n".formatted(size))
        .append("startxref\n%d\n%%%%EOF\n".formatted(start));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(file.toString().getBytes(StandardCharsets.US_ASCII));
    return bytes.toByteArray();
  }

  @Override
  public void line(double[] x, double[] y, int colour, double width, boolean dashed) {
    add("%s RG %.1f w %s 0 d\n", rgb(colour), width, dashed ? "[5 3]" : "[]");
    path(x, y);
    content.append("S\n");
  }

  @Override
  public void area(double[] x, double[] y, int colour) {
    add("%s rg\n", rgb(colour));
    path(x, y);
    content.append("f\n");
  }

  private void path(double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      add("%.2f %.2f %s\n", x[i], height - y[i], i == 0 ? "m" : "l");
    }
  }

  @Override
  public void dot(double x, double y, double radius, int colour) {
    double up = height - y;
    double r = radius;
    double reach = CIRCLE * radius;
    add("%s rg %.2f %.2f m\n", rgb(colour), x + r, up);
    curve(x + r, up + reach, x + reach, up + r, x, up + r);
    curve(x - reach, up + r, x - r, up + reach, x - r, up);
    curve(x - r, up - reach, x - reach, up - r, x, up - r);
    curve(x + reach, up - r, x + r, up - reach, x + r, up);
    content.append("f\n");
  }

  private void curve(double x1, double y1, double x2, double y2, double x3, double y3) {
    add("%.2f %.2f %.2f %.2f %.2f %.2f c\n", x1, y1, x2, y2, x3, y3);
  }

  @Override
  public void text(double x, double y, double size, Anchor anchor, boolean vertical, String text) {
    double before = Helvetica.width(text, size) * anchor.ordinal() / 2;
    add(
        "BT 0.2 0.2 0.2 rg %s %.2f %.2f Tm\n",
        vertical ? "0 1 -1 0" : "1 0 0 1",
        vertical ? x : x - before,
        height - (vertical ? y + before : y));
    for (char character : text.toCharArray()) {
      int below = SUBSCRIPTS.indexOf(character);
      if (below >= 0) {
        char small = PLAIN.charAt(below);
        add("/H %.1f Tf %.1f Ts (%s) Tj 0 Ts\n", SMALL * size, -DOWN * size, small);
        continue;
      }
      Integer symbol = SYMBOLS.get(character);
      int code = symbol != null ? symbol : latin(character);
      add("/%s %.0f Tf (\\%03o) Tj\n", symbol == null ? "H" : "S", size, code);
    }
    content.append("ET\n");
  }

  private static int latin(char character) {
    return character == '–' ? EN_DASH : character <= LAST_LATIN ? character : '?';
  }

  private static String rgb(int colour) {
    return format(
        "%.3f %.3f %.3f",
        (colour >> 16 & 0xFF) / CHANNEL, (colour >> 8 & 0xFF) / CHANNEL, (colour & 0xFF) / CHANNEL);
  }

  private void add(String text, Object... arguments) {
    content.append(format(text, arguments));
  }

  private static String format(String text, Object... arguments) {
    return String.format(Locale.ROOT, text, arguments);
  }
}
