package org.nnks.cli.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Line charts as SVG that stands in the page, in one quiet style. */
final class Charts {

  // Plain numbers and names, not AWT objects: those need libraries that may be missing.

  /** Colours that colour-blind readers can tell apart; Okabe and Ito (2008). */
  private static final List<Integer> COLOURS =
      List.of(0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00);

  private static final int INK = 0x333333;
  private static final int SHADE = 0xCCE3F0;
  private static final int GRID = 0xE6E6E6;
  private static final int LABEL_SIZE = 12;
  private static final int TICK_SIZE = 11;
  private static final float LINE = 1.5f;
  private static final int PADDING = 4;
  private static final int MAX_LABELS = 12;

  private Charts() {}

  /** A line of a chart: points in order, thin and dashed if it is there for comparison. */
  record Line(String name, double[] x, double[] y, boolean dashed) {

    /** The points that the axes can show. */
    private Line on(Layout layout) {
      int[] points =
          IntStream.range(0, x.length)
              .filter(i -> visible(x[i], layout.logX()) && visible(y[i], layout.logY()))
              .toArray();
      return points.length == x.length
          ? this
          : new Line(
              name,
              IntStream.of(points).mapToDouble(i -> x[i]).toArray(),
              IntStream.of(points).mapToDouble(i -> y[i]).toArray(),
              dashed);
    }

    private static boolean visible(double value, boolean logarithmic) {
      return Double.isFinite(value) && (!logarithmic || value > 0);
    }
  }

  /** A shaded band between two lines. */
  record Band(double[] x, double[] lower, double[] upper) {

    /** Along the lower line and back along the upper one. */
    private double[] around() {
      double[] there = Arrays.copyOf(x, 2 * x.length);
      for (int i = 0; i < x.length; i++) {
        there[x.length + i] = x[x.length - 1 - i];
      }
      return there;
    }

    private double[] edge() {
      double[] edge = Arrays.copyOf(lower, 2 * x.length);
      for (int i = 0; i < x.length; i++) {
        edge[x.length + i] = upper[x.length - 1 - i];
      }
      return edge;
    }
  }

  /** How a chart is laid out. */
  record Layout(int width, int height, String x, String y, boolean logX, boolean logY) {}

  /** A chart as an SVG element, described for readers who do not see it, and its legend. */
  static String svg(Layout layout, String description, List<Line> lines) {
    return svg(layout, description, lines, Optional.empty());
  }

  /**
   * A chart with a band behind its lines. Lines may share a name, which is for readers only. Points
   * that the axes cannot show, not finite or not positive on a logarithmic one, are left out.
   */
  static String svg(Layout layout, String description, List<Line> lines, Optional<Band> band) {
    List<Line> shown = lines.stream().map(line -> line.on(layout)).toList();
    if (shown.stream().allMatch(line -> line.x().length == 0)) {
      return Html.paragraph("Not drawn, for there is no point to show.");
    }
    try {
      return element(chart(layout, shown, band), description) + legend(shown);
    } catch (LinkageError | InternalError e) {
      // Java without the system's font libraries, as in bare containers, cannot lay out text.
      return Html.paragraph(
          "Not drawn, for this Java finds no fonts: install fontconfig and a font.");
    }
  }

  private static XYChart chart(Layout layout, List<Line> lines, Optional<Band> band) {
    XYChart chart =
        new XYChartBuilder()
            .width(layout.width())
            .height(layout.height())
            .xAxisTitle(layout.x())
            .yAxisTitle(layout.y())
            .build();
    style(chart, layout);
    band.ifPresent(
        b -> {
          XYSeries series = chart.addSeries("band", b.around(), b.edge());
          series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
          series.setFillColor(new Color(SHADE));
          series.setLineColor(new Color(SHADE));
          series.setMarker(SeriesMarkers.NONE);
        });
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      if (line.x().length == 0) {
        continue;
      }
      XYSeries series = chart.addSeries("line " + i, line.x(), line.y());
      series.setLineColor(new Color(COLOURS.get(i % COLOURS.size())));
      series.setLineStyle(line.dashed() ? SeriesLines.DASH_DASH : new BasicStroke(LINE));
      series.setLineWidth(line.dashed() ? 1 : LINE);
      series.setMarker(line.x().length <= 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    }
    return chart;
  }

  /** What each colour means; nothing if there is one line. */
  private static String legend(List<Line> lines) {
    if (lines.size() == 1) {
      return "";
    }
    StringBuilder html = new StringBuilder("\n<ul class=\"legend\">");
    for (int i = 0; i < lines.size(); i++) {
      html.append(
          "<li><span style=\"border-top:2px %s #%06x\"></span>%s</li>"
              .formatted(
                  lines.get(i).dashed() ? "dashed" : "solid",
                  COLOURS.get(i % COLOURS.size()),
                  Html.escape(lines.get(i).name())));
    }
    return html.append("</ul>").toString();
  }

  private static void style(XYChart chart, Layout layout) {
    XYStyler styler = chart.getStyler();
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setChartFontColor(new Color(INK));
    styler.setChartPadding(PADDING);
    styler.setLegendVisible(false); // stands below, in HTML
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(new Color(GRID));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setPlotGridHorizontalLinesVisible(!layout.logY());
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, LABEL_SIZE));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, TICK_SIZE));
    styler.setAxisTickLabelsColor(new Color(INK));
    styler.setAxisTickMarksColor(new Color(GRID));
    styler.setXAxisDecimalPattern("#.####");
    styler.setXAxisMaxLabelCount(MAX_LABELS);
    styler.setXAxisLogarithmic(layout.logX());
    styler.setYAxisLogarithmic(layout.logY());
  }

  private static String element(XYChart chart, String description) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsFormat.SVG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String document = bytes.toString(StandardCharsets.UTF_8);
    String svg = SvgLines.joined(document.substring(document.indexOf("<svg")));
    int attributes = "<svg".length();
    return svg.substring(0, attributes)
        + " role=\"img\" aria-label=\"%s\"".formatted(Html.escape(description))
        + " viewBox=\"0 0 %d %d\"".formatted(chart.getWidth(), chart.getHeight())
        + svg.substring(attributes);
  }
}
