package org.nnks.ddpg.solve;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.nnks.core.io.CsvTable;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.Figure;

/**
 * How good what is reported was in the course of a training.
 *
 * @param points in the order of iterations
 * @param error what the error is, in words
 */
public record LearningCurve(List<Point> points, String error) {

  /**
   * A point of it.
   *
   * @param iteration counted from 1; 0 is before the first
   * @param seconds of processor time spent on learning by then, readings not counted
   * @param reading of the policy that would have been reported
   */
  public record Point(long iteration, double seconds, Reading reading) {}

  /** Keeps its own. */
  public LearningCurve {
    points = List.copyOf(points);
  }

  /** This curve with one point more. */
  LearningCurve and(Point point) {
    List<Point> more = new ArrayList<>(points);
    more.add(point);
    return new LearningCurve(more, error);
  }

  /**
   * Plots against iterations and processor time.
   *
   * @param exact the reading of the exact solution, a dashed line
   */
  public List<Figure> figures(Reading exact) {
    ToDoubleFunction<Point> iterations = Point::iteration;
    ToDoubleFunction<Point> seconds = Point::seconds;
    ToDoubleFunction<Point> errors = point -> point.reading().log10Error();
    ToDoubleFunction<Point> capital = point -> point.reading().meanCapital();
    return List.of(
        figure(
            "Learning: error against iterations",
            "iterations",
            error,
            iterations,
            errors,
            exact.log10Error()),
        figure(
            "Learning: error against processor time",
            "processor seconds",
            error,
            seconds,
            errors,
            exact.log10Error()),
        figure(
            "Learning: mean capital against iterations",
            "iterations",
            "mean capital K",
            iterations,
            capital,
            exact.meanCapital()),
        figure(
            "Learning: mean capital against processor time",
            "processor seconds",
            "mean capital K",
            seconds,
            capital,
            exact.meanCapital()));
  }

  private Figure figure(
      String title,
      String xLabel,
      String yLabel,
      ToDoubleFunction<Point> x,
      ToDoubleFunction<Point> y,
      double exact) {
    Vector across = column(x);
    double[] line = new double[points.size()];
    java.util.Arrays.fill(line, exact);
    return new Figure(
        title + ".",
        "What would have been reported in the course of the training, and the exact solution",
        xLabel,
        yLabel,
        false,
        false,
        List.of(
            new Figure.Line("learned", across, column(y), false),
            new Figure.Line("exact", across, Vector.ofUnsafe(line), true)));
  }

  private Vector column(ToDoubleFunction<Point> of) {
    return Vector.of(points.stream().mapToDouble(of).toArray());
  }

  /** The points as a table. */
  public CsvTable table() {
    return CsvTable.of(
        CsvTable.Column.integer(
            "iteration", points.stream().mapToInt(p -> (int) p.iteration()).toArray()),
        CsvTable.Column.real("processor_seconds", column(Point::seconds)),
        CsvTable.Column.real("log10_error", column(p -> p.reading().log10Error())),
        CsvTable.Column.real("mean_capital", column(p -> p.reading().meanCapital())));
  }

  /** All numbers, point by point. */
  double[] numbers() {
    return points.stream()
        .flatMapToDouble(
            p ->
                java.util.stream.DoubleStream.of(
                    p.iteration(),
                    p.seconds(),
                    p.reading().log10Error(),
                    p.reading().meanCapital()))
        .toArray();
  }

  /** This kind of curve with points from {@link #numbers}. */
  LearningCurve ofNumbers(double[] numbers) {
    List<Point> read = new ArrayList<>();
    for (int i = 0; i + 3 < numbers.length; i += 4) {
      read.add(
          new Point(
              (long) numbers[i], numbers[i + 1], new Reading(numbers[i + 2], numbers[i + 3])));
    }
    return new LearningCurve(read, error);
  }
}
