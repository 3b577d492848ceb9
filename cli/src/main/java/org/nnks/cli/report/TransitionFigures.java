package org.nnks.cli.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nnks.core.agents.ForesightPath;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable;

/** Perfect-foresight transitions as figures. */
public final class TransitionFigures {

  private static final int WIDTH = 375;
  private static final int HEIGHT = 300;

  /** Figures end where no variable is further from the end than this share of its largest move. */
  private static final double STILL = .005;

  private TransitionFigures() {}

  /**
   * Writes a figure of each variable that moves, as SVG and PDF.
   *
   * @param folder for the figures, in the place of earlier files
   * @param dates deviations by date: its columns are what is shown
   * @throws java.io.UncheckedIOException if they cannot be written
   */
  public static void write(
      Path folder, Economy economy, ForesightPath path, ComparisonTable dates) {
    List<String> shown = dates.columns().stream().filter(path.series()::containsKey).toList();
    int end = shown.stream().mapToInt(name -> moving(path.deviations(name))).max().orElse(0);
    List<Figures.Captioned> figures = new ArrayList<>();
    for (String name : shown) {
      double[] deviations = path.deviations(name).slice(0, end).toArray();
      double[] date = IntStream.range(0, end).asDoubleStream().toArray();
      String label = economy.label(name);
      figures.add(
          new Figures.Captioned(
              "Transition of %s, in percent of where it ends.".formatted(label),
              new Chart(
                  new Chart.Layout(WIDTH, HEIGHT, economy.period(), label + " (%)", false, false),
                  "Line chart: the deviation of " + label,
                  List.of(new Chart.Line(name, date, deviations, false)))));
    }
    FigureFiles.write(folder, figures);
  }

  /** The number of dates until a variable is still; two at least. */
  static int moving(Vector deviations) {
    double still = STILL * Math.max(deviations.max(), -deviations.min());
    int dates = deviations.size();
    while (dates > 2 && Math.abs(deviations.get(dates - 1)) <= still) {
      dates--;
    }
    return dates;
  }
}
