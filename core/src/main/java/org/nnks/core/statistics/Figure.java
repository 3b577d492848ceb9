package org.nnks.core.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nnks.core.numeric.Vector;

/**
 * A line chart as data: what a model shows of its solution, for whatever draws it.
 *
 * @param title one sentence below the chart; names the figure of a paper that it follows
 * @param description one sentence that says what is seen, for readers who do not see it
 * @param x label of the horizontal axis
 * @param y label of the vertical axis
 * @param logX whether the horizontal axis is logarithmic
 * @param wide whether it takes the whole width of a page rather than half of it
 * @param lines at least one
 */
public record Figure(
    String title,
    String description,
    String x,
    String y,
    boolean logX,
    boolean wide,
    List<Line> lines) {

  /** Two lines of this name are no lines but the lower and the upper end of a band. */
  public static final String BAND = "within two standard errors";

  /** Keeps its own list. */
  public Figure {
    lines = List.copyOf(lines);
  }

  /** The same chart of other lines. */
  public Figure with(List<Line> others) {
    return new Figure(title, description, x, y, logX, wide, others);
  }

  /**
   * The lines of a distribution: those of its parts, if there are several, their sum, and where the
   * mean is.
   *
   * @param parts shares at the nodes
   * @param total the sum of all parts, shown or not
   */
  public static List<Line> distribution(List<Line> parts, Vector nodes, Vector total) {
    List<Line> lines = new ArrayList<>(parts.size() > 1 ? parts : List.of());
    lines.add(new Line("all", nodes, total));
    lines.add(mean(nodes.dot(total) / total.stream().sum(), total.max()));
    return lines;
  }

  /** An upright line where a mean is, as high as the distribution. */
  public static Line mean(double mean, double height) {
    return new Line("mean %.4g".formatted(mean), Vector.of(mean, mean), Vector.of(0, height), true);
  }

  /**
   * A line of a chart.
   *
   * @param name in the legend
   * @param x abscissae, in order
   * @param y ordinates; points without a finite one are left out
   * @param dashed whether it is there for comparison only
   */
  public record Line(String name, Vector x, Vector y, boolean dashed) {

    /** Checks the lengths, and keeps the points that can be drawn. */
    public Line {
      if (x.size() != y.size()) {
        throw new IllegalArgumentException(
            "line '%s' has %d abscissae but %d ordinates".formatted(name, x.size(), y.size()));
      }
      double[] across = x.toArray();
      double[] up = y.toArray();
      int[] drawn =
          IntStream.range(0, up.length)
              .filter(i -> Double.isFinite(across[i]) && Double.isFinite(up[i]))
              .toArray();
      if (drawn.length < up.length) {
        x = Vector.of(IntStream.of(drawn).mapToDouble(i -> across[i]).toArray());
        y = Vector.of(IntStream.of(drawn).mapToDouble(i -> up[i]).toArray());
      }
    }

    /** A solid line. */
    public Line(String name, Vector x, Vector y) {
      this(name, x, y, false);
    }
  }
}
