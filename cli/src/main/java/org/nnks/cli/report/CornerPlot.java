package org.nnks.cli.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nnks.core.numeric.Vector;
import org.nnks.sbi.Draws;

/**
 * Marginals on the diagonal, pairs below it, as SVG. Every panel spans the draws; lines mark true
 * values. Liu (2024), Figure 6.
 */
final class CornerPlot {

  private static final int PANEL = 120;
  private static final int GAP = 10;
  private static final int MARGIN = 58;
  private static final int BARS = 30;
  private static final int CELLS = 24;

  /** Okabe and Ito (2008). */
  private static final String BLUE = "#0072B2";

  private static final String RED = "#D55E00";

  private CornerPlot() {}

  static String svg(Draws draws, Optional<Vector> truth) {
    int d = draws.names().size();
    int side = MARGIN + d * (PANEL + GAP);
    StringBuilder svg =
        new StringBuilder(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" aria-label=\"Posterior draws: marginals and pairs\" font-family=\"sans-serif\" font-size=\"10\">%n"
                .formatted(side, side, side));
    List<double[]> columns =
        draws.names().stream().map(name -> draws.column(name).toArray()).toList();
    for (int row = 0; row < d; row++) {
      for (int column = 0; column <= row; column++) {
        int x = MARGIN + column * (PANEL + GAP);
        int y = row * (PANEL + GAP);
        svg.append("<g transform=\"translate(%d,%d)\">".formatted(x, y));
        svg.append(
            row == column
                ? marginal(columns.get(row), truthOf(truth, row))
                : pair(columns.get(column), columns.get(row), truth, column, row));
        svg.append(
            "<rect width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#999\"/>"
                .formatted(PANEL, PANEL));
        if (row == d - 1) {
          svg.append(horizontal(draws.names().get(column), columns.get(column)));
        }
        if (column == 0 && row > 0) {
          svg.append(vertical(draws.names().get(row), columns.get(row)));
        }
        svg.append("</g>\n");
      }
    }
    return svg.append("</svg>").toString();
  }

  private static Optional<Double> truthOf(Optional<Vector> truth, int parameter) {
    return truth.map(t -> t.get(parameter));
  }

  private static String marginal(double[] values, Optional<Double> truth) {
    double[] range = range(values);
    int[] counts = new int[BARS];
    int most = 1;
    for (double value : values) {
      int bar = bin(value, range, BARS);
      most = Math.max(most, ++counts[bar]);
    }
    StringBuilder svg = new StringBuilder();
    double width = (double) PANEL / BARS;
    for (int i = 0; i < BARS; i++) {
      double height = 0.95 * PANEL * counts[i] / most;
      svg.append(
          format(
              "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"%s\"/>",
              i * width, PANEL - height, width, height, BLUE));
    }
    truth.ifPresent(t -> svg.append(verticalLine(t, range)));
    return svg.toString();
  }

  private static String pair(double[] x, double[] y, Optional<Vector> truth, int column, int row) {
    double[] rangeX = range(x);
    double[] rangeY = range(y);
    int[] counts = new int[CELLS * CELLS];
    int most = 1;
    for (int i = 0; i < x.length; i++) {
      int cell = bin(y[i], rangeY, CELLS) * CELLS + bin(x[i], rangeX, CELLS);
      most = Math.max(most, ++counts[cell]);
    }
    StringBuilder svg = new StringBuilder("<g fill=\"" + BLUE + "\">");
    double width = (double) PANEL / CELLS;
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] > 0) {
        svg.append(
            format(
                "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" opacity=\"%.2f\"/>",
                c % CELLS * width,
                PANEL - (c / CELLS + 1) * width,
                width,
                width,
                Math.sqrt((double) counts[c] / most)));
      }
    }
    svg.append("</g>");
    truth.ifPresent(
        t -> {
          svg.append(verticalLine(t.get(column), rangeX));
          double at = PANEL * (1 - position(t.get(row), rangeY));
          svg.append(
              format(
                  "<line x1=\"0\" x2=\"%d\" y1=\"%.2f\" y2=\"%.2f\" stroke=\"%s\"/>",
                  PANEL, at, at, RED));
        });
    return svg.toString();
  }

  private static String verticalLine(double value, double[] range) {
    double at = PANEL * position(value, range);
    return format(
        "<line x1=\"%.2f\" x2=\"%.2f\" y1=\"0\" y2=\"%d\" stroke=\"%s\"/>", at, at, PANEL, RED);
  }

  private static String horizontal(String name, double[] values) {
    double[] range = range(values);
    return format(
        "<text x=\"0\" y=\"%d\">%.3g</text><text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.3g</text><text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-size=\"12\">%s</text>",
        PANEL + 12,
        range[0],
        PANEL,
        PANEL + 12,
        range[1],
        PANEL / 2,
        PANEL + 28,
        Html.escape(name));
  }

  private static String vertical(String name, double[] values) {
    double[] range = range(values);
    return format(
        "<text x=\"-3\" y=\"%d\" text-anchor=\"end\">%.3g</text><text x=\"-3\" y=\"10\" text-anchor=\"end\">%.3g</text><text x=\"-3\" y=\"%d\" text-anchor=\"end\" font-size=\"12\">%s</text>",
        PANEL, range[0], range[1], PANEL / 2, Html.escape(name));
  }

  private static double[] range(double[] values) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return new double[] {least, most > least ? most : least + 1};
  }

  /** From 0 to 1, held at the ends: a truth outside of the draws stands at the border. */
  private static double position(double value, double[] range) {
    return Math.min(Math.max((value - range[0]) / (range[1] - range[0]), 0), 1);
  }

  private static int bin(double value, double[] range, int bins) {
    return Math.min((int) (bins * position(value, range)), bins - 1);
  }

  private static String format(String text, Object... arguments) {
    return String.format(Locale.ROOT, text, arguments);
  }
}
