package org.nnks.cli.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nnks.cli.report.Canvas.Anchor;

/**
 * A line chart in one quiet style, with its legend below. Lines may share a name, which is for
 * readers only; a dashed line with another's name in its own has its colour. Points that the axes
 * cannot show, not finite or not positive on a logarithmic one, are left out.
 *
 * @param layout its size and axes
 * @param description what is seen, for readers who do not see it
 * @param lines in their order
 * @param band behind the lines
 */
record Chart(Layout layout, String description, List<Line> lines, Optional<Band> band)
    implements Drawing {

  /** Colours that colour-blind readers can tell apart; Okabe and Ito (2008), and black. */
  private static final List<Integer> COLOURS =
      List.of(0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x000000);

  private static final int SHADE = 0xCCE3F0;
  private static final int GRID = 0xE6E6E6;
  private static final int AXIS = 0x999999;
  private static final double LABEL = 12;
  private static final double TICK = 11;
  private static final double LINE = 1.5;
  private static final double THIN = 1;
  private static final double DOT = 2.5;
  private static final double GAP = 5;
  private static final double TOP = 12;
  private static final double RIGHT = 22;
  private static final double ROW = 17;

  /** The sample of a line in the legend. */
  private static final double SAMPLE = 22;

  /** Pixels between ticks of the horizontal axis: their labels do not touch. */
  private static final int TICK_WIDTH = 75;

  private static final int TICK_HEIGHT = 32;

  /** Free space above and below the lines, as a share of their range. */
  private static final double PADDING = .04;

  /** A chart without a band. */
  Chart(Layout layout, String description, List<Line> lines) {
    this(layout, description, lines, Optional.empty());
  }

  /** Keeps what can be shown. */
  Chart {
    lines = lines.stream().map(line -> line.on(layout)).toList();
  }

  /**
   * A line of a chart: points in order, thin and dashed if it is there for comparison; or dots,
   * which no line connects.
   */
  record Line(String name, double[] x, double[] y, boolean dashed, boolean dots) {

    /** A line. */
    Line(String name, double[] x, double[] y, boolean dashed) {
      this(name, x, y, dashed, false);
    }

    /** Dots. */
    static Line dots(String name, double[] x, double[] y) {
      return new Line(name, x, y, false, true);
    }

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
              dashed,
              dots);
    }

    private static boolean visible(double value, boolean logarithmic) {
      return Double.isFinite(value) && (!logarithmic || value > 0);
    }
  }

  /** A shaded band between two lines. */
  record Band(double[] x, double[] lower, double[] upper) {}

  /** The size of the drawing without its legend, labels of the axes, and which are logarithmic. */
  record Layout(int width, int height, String x, String y, boolean logX, boolean logY) {}

  @Override
  public int width() {
    return layout.width();
  }

  @Override
  public boolean empty() {
    return lines.stream().allMatch(line -> line.x().length == 0);
  }

  @Override
  public int height() {
    return layout.height() + (int) ROW * legend().size();
  }

  @Override
  public void draw(Canvas canvas) {
    Scale across = Scale.of(values(true), layout.logX(), 0);
    Scale up = Scale.of(values(false), layout.logY(), PADDING);
    double bottom = layout.height() - 2 * ROW - GAP;
    List<Scale.Tick> levels = up.ticks((int) Math.max(2, (bottom - TOP) / TICK_HEIGHT));
    double widest =
        levels.stream().mapToDouble(tick -> Helvetica.width(tick.label(), TICK)).max().orElse(0);
    double left = ROW + widest + 2 * GAP;
    double right = layout.width() - RIGHT;
    Frame frame = new Frame(across, up, left, right, TOP, bottom);
    for (Scale.Tick tick : levels) {
      double y = frame.y(tick.value());
      rule(canvas, left, right, y, y, GRID);
      canvas.text(left - GAP, y + TICK / 3, TICK, Anchor.END, false, tick.label());
    }
    if (up.lower() < 0 && up.upper() > 0) {
      rule(canvas, left, right, frame.y(0), frame.y(0), AXIS);
    }
    band.ifPresent(shade -> shade(canvas, frame, shade));
    for (int i = 0; i < lines.size(); i++) {
      draw(canvas, frame, lines.get(i), colour(i));
    }
    rule(canvas, left, right, bottom, bottom, AXIS);
    for (Scale.Tick tick : across.ticks((int) Math.max(2, (right - left) / TICK_WIDTH))) {
      double x = frame.x(tick.value());
      rule(canvas, x, x, bottom, bottom + GAP, AXIS);
      canvas.text(x, bottom + ROW, TICK, Anchor.MIDDLE, false, tick.label());
    }
    double middle = (left + right) / 2;
    canvas.text(middle, bottom + 2 * ROW, LABEL, Anchor.MIDDLE, false, layout.x());
    double centre = (TOP + bottom) / 2;
    double fits = LABEL * (2 * centre - GAP) / Helvetica.width(layout.y(), LABEL);
    canvas.text(LABEL, centre, Math.min(LABEL, fits), Anchor.MIDDLE, true, layout.y());
    drawLegend(canvas);
  }

  private DoubleStream values(boolean across) {
    Stream<double[]> edges =
        band.stream()
            .flatMap(b -> across ? Stream.of(b.x()) : Stream.of(b.lower(), b.upper()))
            .map(edge -> Arrays.stream(edge).filter(Double::isFinite).toArray());
    return Stream.concat(edges, lines.stream().map(line -> across ? line.x() : line.y()))
        .flatMapToDouble(Arrays::stream);
  }

  /** Where values stand on the drawing. */
  private record Frame(
      Scale across, Scale up, double left, double right, double top, double bottom) {

    double x(double value) {
      return left + (right - left) * across.position(value);
    }

    double y(double value) {
      return bottom - (bottom - top) * up.position(value);
    }

    double[] x(double[] values) {
      return Arrays.stream(values).map(this::x).toArray();
    }

    double[] y(double[] values) {
      return Arrays.stream(values).map(this::y).toArray();
    }
  }

  private static void rule(Canvas canvas, double x1, double x2, double y1, double y2, int colour) {
    canvas.line(new double[] {x1, x2}, new double[] {y1, y2}, colour, THIN, false);
  }

  /** Along the lower edge and back along the upper one. */
  private static void shade(Canvas canvas, Frame frame, Band band) {
    int n = band.x().length;
    double[] x = new double[2 * n];
    double[] y = new double[2 * n];
    for (int i = 0; i < n; i++) {
      x[i] = frame.x(band.x()[i]);
      y[i] = frame.y(band.lower()[i]);
      x[2 * n - 1 - i] = x[i];
      y[2 * n - 1 - i] = frame.y(band.upper()[i]);
    }
    canvas.area(x, y, SHADE);
  }

  private static void draw(Canvas canvas, Frame frame, Line line, int colour) {
    if (line.dots() || line.x().length == 1) {
      for (int i = 0; i < line.x().length; i++) {
        canvas.dot(frame.x(line.x()[i]), frame.y(line.y()[i]), DOT, colour);
      }
    } else if (line.x().length > 1) {
      double width = line.dashed() ? THIN : LINE;
      canvas.line(frame.x(line.x()), frame.y(line.y()), colour, width, line.dashed());
    }
  }

  /** The lines of each row of the legend, by their numbers; none if there is one line. */
  private List<List<Integer>> legend() {
    List<List<Integer>> rows = new ArrayList<>();
    double free = 0;
    for (int i = 0; lines.size() > 1 && i < lines.size(); i++) {
      double width = entry(i);
      if (rows.isEmpty() || width > free) {
        rows.add(new ArrayList<>());
        free = layout.width() - 2 * GAP;
      }
      rows.get(rows.size() - 1).add(i);
      free -= width;
    }
    return rows;
  }

  /** A line that is there for comparison with another, whose name is in its own, has its colour. */
  private int colour(int i) {
    int own = 0;
    for (int j = 0; j < i; j++) {
      if (compared(lines.get(i), lines.get(j))) {
        return colour(j);
      }
      int other = j;
      own += lines.stream().limit(j).noneMatch(one -> compared(lines.get(other), one)) ? 1 : 0;
    }
    return COLOURS.get(own % COLOURS.size());
  }

  private static boolean compared(Line line, Line with) {
    return line.dashed()
        && !with.dashed()
        && (line.name().startsWith(with.name() + ", ") || line.name().endsWith(", " + with.name()));
  }

  private double entry(int i) {
    return SAMPLE + GAP + Helvetica.width(lines.get(i).name(), TICK) + 2 * GAP;
  }

  private void drawLegend(Canvas canvas) {
    double y = layout.height() + GAP;
    for (List<Integer> row : legend()) {
      double x = 2 * GAP;
      for (int i : row) {
        Line line = lines.get(i);
        int colour = colour(i);
        if (line.dots()) {
          canvas.dot(x + SAMPLE / 2, y, DOT, colour);
        } else {
          double width = line.dashed() ? THIN : LINE;
          canvas.line(
              new double[] {x, x + SAMPLE}, new double[] {y, y}, colour, width, line.dashed());
        }
        canvas.text(x + SAMPLE + GAP, y + TICK / 3, TICK, Anchor.START, false, line.name());
        x += entry(i);
      }
      y += ROW;
    }
  }
}
