package org.nnks.benchmarks;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.nnks.core.numeric.Grid;
import org.nnks.krusellsmith.rbc.Rbc;
import org.nnks.krusellsmith.rbc.RbcRule;

/**
 * Learned consumption at the middle state of z relative to exact consumption, one line for each
 * seed: Liu (2024) appendix A, where the policy learned with the TFP shock is volatile and that
 * learned without it is not.
 */
final class ContrastPlot {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 360;
  private static final double PERCENT = 100;

  /** Colours that colour-blind readers can tell apart; Okabe and Ito (2008). */
  private static final Color ORANGE = new Color(0xD55E00);

  private static final Color BLUE = new Color(0x0072B2);

  /** Of coordinates in pixels: most of the file otherwise. */
  private static final Pattern SUPERFLUOUS_DIGITS = Pattern.compile("(\\d\\.\\d{2})\\d+");

  private final Grid capital;
  private final XYChart chart;

  /** A plot over these nodes of k. */
  ContrastPlot(Grid capital) {
    this.capital = capital;
    chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle("capital k")
            .yAxisTitle("consumption relative to exact (%)")
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setXAxisDecimalPattern("#.#");
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
  }

  /** Adds the lines of one economy. */
  void add(String name, Rbc economy, List<RbcRule> learned, RbcRule exact, boolean calm) {
    int state = economy.start().aggregateState();
    double[] k = capital.nodes().toArray();
    for (int i = 0; i < learned.size(); i++) {
      RbcRule rule = learned.get(i);
      double[] gap =
          capital
              .nodes()
              .map(at -> PERCENT * (rule.consumption(state, at) / exact.consumption(state, at) - 1))
              .toArray();
      XYSeries line = chart.addSeries("%s, run %d".formatted(name, i + 1), k, gap);
      line.setMarker(SeriesMarkers.NONE);
      line.setLineColor(calm ? BLUE : ORANGE);
      line.setLineStyle(calm ? SeriesLines.DASH_DASH : SeriesLines.SOLID);
    }
  }

  /** Writes the plot as SVG, with letters as outlines, so that it looks the same everywhere. */
  void write(Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsFormat.SVG);
    String svg = bytes.toString(StandardCharsets.UTF_8);
    Files.writeString(file, SUPERFLUOUS_DIGITS.matcher(svg).replaceAll("$1"));
  }
}
