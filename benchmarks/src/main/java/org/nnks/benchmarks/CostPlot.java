package org.nnks.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of docs/when-networks-pay.md: processor time against a number of states or prices,
 * both axes logarithmic. The arguments are the file of measured costs, with the columns figure,
 * method, count and seconds, and the folder that receives a figure for each name in the first
 * column.
 */
public final class CostPlot {

  private static final int WIDTH = 560;
  private static final int HEIGHT = 320;
  private static final int LEFT = 60;
  private static final int RIGHT = 330;
  private static final int TOP = 20;
  private static final int BOTTOM = 270;
  private static final int LINE = 18;

  /** The largest count that has a mark. */
  private static final int MOST = 4;

  /** Powers of ten of seconds at the ends of the axis. */
  private static final int FASTEST = -1;

  private static final int SLOWEST = 3;

  /** Colours that colour-blind readers can tell apart; Okabe and Ito (2008). */
  private static final List<String> COLOURS =
      List.of("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#000000");

  private final StringBuilder svg =
      new StringBuilder(
          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">\n"
              .formatted(WIDTH, HEIGHT));

  private CostPlot(String counted, Map<String, List<double[]>> methods) {
    add("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>\n", WIDTH, HEIGHT);
    for (int count = 1; count <= MOST; count++) {
      line("#ccc", x(count), TOP, x(count), BOTTOM);
      text(x(count) - 3, BOTTOM + LINE, String.valueOf(count));
    }
    for (int power = FASTEST; power <= SLOWEST; power++) {
      double seconds = Math.pow(10, power);
      line("#ccc", LEFT, y(seconds), RIGHT, y(seconds));
      text(LEFT - 34, y(seconds) + 4, power < 0 ? "" + seconds : "" + Math.round(seconds));
    }
    text((LEFT + RIGHT) / 2.0 - 50, BOTTOM + 2 * LINE, "number of " + counted);
    text(4, TOP - 6, "processor time, s");
    double below = TOP + LINE;
    for (Map.Entry<String, List<double[]>> method : methods.entrySet()) {
      String colour = COLOURS.get((int) ((below - TOP) / LINE - 1) % COLOURS.size());
      List<double[]> costs = method.getValue();
      for (int i = 0; i < costs.size(); i++) {
        double[] cost = costs.get(i);
        circle(colour, x(cost[0]), y(cost[1]));
        if (i > 0) {
          double[] before = costs.get(i - 1);
          line(colour, x(before[0]), y(before[1]), x(cost[0]), y(cost[1]));
        }
      }
      circle(colour, RIGHT + 15, below - 4);
      text(RIGHT + 25, below, method.getKey());
      below += LINE;
    }
    svg.append("</svg>\n");
  }

  /** Reads and draws. */
  public static void main(String[] arguments) throws IOException {
    Map<String, Map<String, List<double[]>>> figures = new LinkedHashMap<>();
    List<String> rows = Files.readAllLines(Path.of(arguments[0]));
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",");
      figures
          .computeIfAbsent(cells[0], name -> new LinkedHashMap<>())
          .computeIfAbsent(cells[1], method -> new ArrayList<>())
          .add(new double[] {Double.parseDouble(cells[2]), Double.parseDouble(cells[3])});
    }
    for (Map.Entry<String, Map<String, List<double[]>>> figure : figures.entrySet()) {
      Path file = Path.of(arguments[1], "cost-by-%s.svg".formatted(figure.getKey()));
      Files.writeString(file, new CostPlot(figure.getKey(), figure.getValue()).svg);
    }
  }

  private static double x(double count) {
    return LEFT + (RIGHT - LEFT) * Math.log(count) / Math.log(MOST);
  }

  private static double y(double seconds) {
    return BOTTOM - (BOTTOM - TOP) * (Math.log10(seconds) - FASTEST) / (SLOWEST - FASTEST);
  }

  private void line(String colour, double x, double y, double toX, double toY) {
    add("<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"%s\"/>\n", x, y, toX, toY, colour);
  }

  private void circle(String colour, double x, double y) {
    add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>\n", x, y, colour);
  }

  private void text(double x, double y, String text) {
    add("<text x=\"%.1f\" y=\"%.1f\">%s</text>\n", x, y, text);
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }
}
