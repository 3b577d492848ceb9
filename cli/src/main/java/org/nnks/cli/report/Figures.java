package org.nnks.cli.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nnks.cli.report.Chart.Band;
import org.nnks.cli.report.Chart.Layout;
import org.nnks.cli.report.Chart.Line;
import org.nnks.core.archive.PathCsv;
import org.nnks.core.archive.RunResults;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.ImpulseResponse;
import org.nnks.core.solve.Iteration;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.core.statistics.Figure;

/** The figures of a report, each with its caption. */
final class Figures {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 260;
  private static final int HALF_WIDTH = 375;
  private static final int HALF_HEIGHT = 300;

  /** Periods shown of a path: enough for a dozen cycles, few enough to tell lines apart. */
  private static final int WINDOW = 100;

  /** Standard errors on either side of a mean: about 95 % of samples fall within two. */
  private static final double BAND = 2;

  /** No change at all, which a logarithmic axis cannot show, is shown as rounding. */
  private static final double SMALLEST_CHANGE = 1e-16;

  private Figures() {}

  /** A drawing with the sentences below it. */
  record Captioned(String caption, Drawing chart) {}

  /** The change of the rules over the outer iterations. */
  static Captioned convergence(List<Iteration> history, double tolerance) {
    double[] number = history.stream().mapToDouble(Iteration::number).toArray();
    double[] limit = new double[number.length];
    Arrays.fill(limit, tolerance);
    double[] change =
        history.stream()
            .mapToDouble(iteration -> Math.max(iteration.ruleChange(), SMALLEST_CHANGE))
            .toArray();
    return new Captioned(
        "Convergence of the forecast rules: largest change of a coefficient, log scale.",
        new Chart(
            new Layout(WIDTH, HEIGHT, "outer iteration", "rule change", false, true),
            "Line chart: the change of the forecast rules falls from %.1e to %.1e in %d iterations"
                .formatted(change[0], change[change.length - 1], history.size()),
            List.of(
                new Line("rule change", number, change, false),
                new Line("tolerance", number, limit, true))));
  }

  /**
   * Den Haan's (2010) plot: what the rules forecast from the first period after the burn-in on,
   * without looking at the economy again, and the simulation. Prices and moments, at the end of the
   * path, where errors have had most time to add up.
   */
  static List<Captioned> denHaan(Economy economy, RunResults results) {
    PathCsv path = results.path();
    int start = Math.max(0, path.periods() - WINDOW);
    return forecast(results)
        .map(
            name ->
                path(
                    economy.label(name),
                    economy.period(),
                    start,
                    path.periods(),
                    "dynamic forecast against simulation (Den Haan 2010)",
                    List.of(
                        new Series("simulation", path, name, false),
                        new Series("dynamic forecast", path, name + "_dynamic", true))))
        .toList();
  }

  /** Moments, prices and output over the last periods, beside a reference where there is one. */
  static List<Captioned> paths(Economy economy, RunResults results, Optional<PathCsv> reference) {
    PathCsv path = results.path();
    int start = Math.max(0, path.periods() - WINDOW);
    Optional<PathCsv> other = reference.filter(it -> it.periods() >= path.periods());
    return Stream.concat(Stream.of("Y", "I", "N"), forecast(results).filter(n -> other.isPresent()))
        .filter(name -> path.series(name).min() < path.series(name).max())
        .map(
            name -> {
              List<Series> series = new ArrayList<>();
              series.add(new Series("this run", path, name, false));
              other
                  .filter(it -> it.table().names().contains(name))
                  .ifPresent(it -> series.add(new Series("reference", it, name, true)));
              return path(
                  economy.label(name),
                  economy.period(),
                  start,
                  path.periods(),
                  "simulated path",
                  series);
            })
        .toList();
  }

  /**
   * Two paths, each variable that both have in a figure of its own, over the last periods that both
   * have.
   *
   * @param economy whose words are used, if it is known
   * @param first its name in the legend, and second likewise
   */
  static List<Captioned> overlay(
      Optional<Economy> economy, String first, PathCsv path, String second, PathCsv other) {
    int end = Math.min(path.periods(), other.periods());
    int start = Math.max(0, end - WINDOW);
    return path.compared().stream()
        .filter(other.table().names()::contains)
        .map(
            name ->
                path(
                    economy.map(one -> one.label(name)).orElse(name),
                    economy.map(Economy::period).orElse("period"),
                    start,
                    end,
                    "two paths",
                    List.of(
                        new Series(first, path, name, false),
                        new Series(second, other, name, true))))
        .toList();
  }

  /** Moments and then prices. */
  private static Stream<String> forecast(RunResults results) {
    return Stream.concat(
        results.accuracy().samePath().moments().keySet().stream(),
        results.accuracy().samePath().prices().keySet().stream());
  }

  /** A column of a path. */
  private record Series(String label, PathCsv path, String column, boolean dashed) {

    Line line(int start, int end) {
      double[] t = IntStream.rangeClosed(start + 1, end).asDoubleStream().toArray();
      return new Line(label, t, path.series(column).slice(start, end).toArray(), dashed);
    }
  }

  private static Captioned path(
      String label, String period, int start, int end, String what, List<Series> series) {
    return new Captioned(
        "%s: %s, %ss %d to %d.".formatted(capital(label), what, period, start + 1, end),
        new Chart(
            new Layout(WIDTH, HEIGHT, period, label, false, false),
            "Line chart of %s in periods %d to %d".formatted(label, start + 1, end),
            series.stream().map(one -> one.line(start, end)).toList()));
  }

  private static String capital(String label) {
    return Character.toUpperCase(label.charAt(0)) + label.substring(1);
  }

  /**
   * One figure for each variable: the mean response within two standard errors.
   *
   * @param beside mean responses of others by variable, by the name of who responds
   */
  static List<Captioned> impulseResponses(
      Economy economy, ImpulseResponse response, Map<String, Map<String, Vector>> beside) {
    double[] horizon =
        IntStream.rangeClosed(0, response.shock().horizon()).asDoubleStream().toArray();
    return response.responses().stream()
        .map(
            one -> {
              double[] mean = one.mean().toArray();
              double[] lower = new double[horizon.length];
              double[] upper = new double[horizon.length];
              for (int h = 0; h < horizon.length; h++) {
                lower[h] = mean[h] - BAND * one.standardError().get(h);
                upper[h] = mean[h] + BAND * one.standardError().get(h);
              }
              List<Line> lines = new ArrayList<>();
              lines.add(new Line("this run", horizon, mean, false));
              beside.forEach(
                  (name, others) -> {
                    if (others.containsKey(one.name())) {
                      double[] other = others.get(one.name()).toArray();
                      double[] since = IntStream.range(0, other.length).asDoubleStream().toArray();
                      lines.add(new Line(name, since, other, true));
                    }
                  });
              return new Captioned(
                  "%s: mean response, %s."
                      .formatted(capital(economy.label(one.name())), Figure.BAND),
                  new Chart(
                      new Layout(
                          HALF_WIDTH,
                          HALF_HEIGHT,
                          "%ss since the shock".formatted(economy.period()),
                          economy.label(one.name()) + " (%)",
                          false,
                          false),
                      "Line chart: the response of %s is %.2f %% when the shock comes and %.2f %% at the end"
                          .formatted(one.name(), mean[0], mean[horizon.length - 1]),
                      lines,
                      Optional.of(new Band(horizon, lower, upper))));
            })
        .toList();
  }

  /** What a model shows of its solution; captions name figures of papers if it is theirs. */
  static List<Captioned> solution(List<Figure> figures, boolean published) {
    return figures.stream()
        .map(
            figure ->
                new Captioned(
                    published ? figure.title() : ComparisonTable.withoutSource(figure.title()),
                    chart(figure)))
        .toList();
  }

  private static Chart chart(Figure figure) {
    Map<Boolean, List<Line>> lines =
        figure.lines().stream()
            .map(
                line ->
                    new Line(line.name(), line.x().toArray(), line.y().toArray(), line.dashed()))
            .collect(Collectors.partitioningBy(line -> line.name().equals(Figure.BAND)));
    List<Line> ends = lines.get(true);
    return new Chart(
        new Layout(
            figure.wide() ? WIDTH : HALF_WIDTH,
            figure.wide() ? HEIGHT : HALF_HEIGHT,
            figure.x(),
            figure.y(),
            figure.logX(),
            false),
        "Line chart: " + figure.description(),
        lines.get(false),
        ends.isEmpty()
            ? Optional.empty()
            : Optional.of(new Band(ends.get(0).x(), ends.get(0).y(), ends.get(1).y())));
  }

  /** As HTML: narrow figures stand in pairs. */
  static String html(List<Captioned> figures) {
    StringBuilder html = new StringBuilder();
    boolean pair = false;
    for (Captioned figure : figures) {
      if (pair == (figure.chart().width() > HALF_WIDTH)) {
        html.append(pair ? "</div>\n" : "<div class=\"pair\">\n");
        pair = !pair;
      }
      html.append(Html.figure(figure.chart().svg(), figure.caption()));
    }
    return html.append(pair ? "</div>\n" : "").toString();
  }
}
