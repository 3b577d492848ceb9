package org.nnks.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nnks.cli.report.Charts.Band;
import org.nnks.cli.report.Charts.Layout;
import org.nnks.cli.report.Charts.Line;
import org.nnks.core.archive.PathCsv;
import org.nnks.core.simulate.ImpulseResponse;
import org.nnks.core.solve.Iteration;
import org.nnks.core.statistics.Figure;

/** The figures of a report. */
final class Figures {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 260;
  private static final int HALF_WIDTH = 375;
  private static final int HALF_HEIGHT = 300;

  /** Periods shown of a path: enough for a dozen cycles, few enough to tell lines apart. */
  private static final int WINDOW = 100;

  /** The first period shown, if the path is that long: far from the start, as in Terry (2017). */
  private static final int WINDOW_START = 1_500;

  private static final double PERCENT = 100;

  /** Standard errors on either side of a mean: about 95 % of samples fall within two. */
  private static final double BAND = 2;

  /** No change at all, which a logarithmic axis cannot show, is shown as rounding. */
  private static final double SMALLEST_CHANGE = 1e-16;

  /** The line of the exact solution beside a learned one. */
  private static final String EXACT = "exact solution";

  private Figures() {}

  /** The change of the rules and of V over the outer iterations. */
  static String convergence(List<Iteration> history, double tolerance) {
    double[] number = history.stream().mapToDouble(Iteration::number).toArray();
    double[] limit = new double[number.length];
    java.util.Arrays.fill(limit, tolerance);
    String svg =
        Charts.svg(
            new Layout(WIDTH, HEIGHT, "outer iteration", "rule change", false, true),
            "Line chart: the change of the forecast rules falls from %.1e to %.1e in %d iterations"
                .formatted(
                    history.get(0).ruleChange(),
                    history.get(history.size() - 1).ruleChange(),
                    history.size()),
            List.of(
                new Line(
                    "rule change",
                    number,
                    history.stream()
                        .mapToDouble(iteration -> Math.max(iteration.ruleChange(), SMALLEST_CHANGE))
                        .toArray(),
                    false),
                new Line("tolerance", number, limit, true)));
    return Html.figure(svg, "Convergence of the forecast rules, log scale.");
  }

  /** Yokomoto (2026) Figure 3: capital, output and price over a window of periods. */
  static String paths(PathCsv path, Optional<PathCsv> reference) {
    int start = Math.max(0, Math.min(WINDOW_START, path.periods() - WINDOW));
    int end = Math.min(start + WINDOW, path.periods());
    StringBuilder html = new StringBuilder();
    for (String[] series :
        List.of(
            new String[] {"K", "capital K"},
            new String[] {"Y", "output Y"},
            new String[] {"p", "price p"})) {
      double[] t = IntStream.rangeClosed(start + 1, end).asDoubleStream().toArray();
      List<Line> lines = new ArrayList<>();
      lines.add(new Line("this run", t, path.series(series[0]).slice(start, end).toArray(), false));
      reference
          .filter(other -> other.periods() >= end)
          .ifPresent(
              other ->
                  lines.add(
                      new Line(
                          "reference",
                          t,
                          other.series(series[0]).slice(start, end).toArray(),
                          true)));
      html.append(
          Html.figure(
              Charts.svg(
                  new Layout(WIDTH, HEIGHT, "t", series[1], false, false),
                  "Line chart of %s in periods %d to %d".formatted(series[1], start + 1, end),
                  lines),
              "%s, periods %d to %d (Yokomoto 2026, Figure 3)."
                  .formatted(series[1], start + 1, end)));
    }
    return html.toString();
  }

  /** One figure for each variable: the mean response within two standard errors. */
  static String impulseResponses(ImpulseResponse response, Optional<ImpulseResponse> beside) {
    double[] horizon =
        IntStream.rangeClosed(0, response.shock().horizon()).asDoubleStream().toArray();
    StringBuilder html = new StringBuilder("<div class=\"pair\">\n");
    for (ImpulseResponse.Response one : response.responses()) {
      double[] lower = new double[horizon.length];
      double[] upper = new double[horizon.length];
      for (int h = 0; h < horizon.length; h++) {
        lower[h] = one.mean().get(h) - BAND * one.standardError().get(h);
        upper[h] = one.mean().get(h) + BAND * one.standardError().get(h);
      }
      List<Line> lines = new ArrayList<>();
      lines.add(new Line(one.name(), horizon, one.mean().toArray(), false));
      beside.ifPresent(
          other -> {
            double[] mean = other.response(one.name()).mean().toArray();
            lines.add(new Line(EXACT, horizon, mean, true));
          });
      html.append(
          Html.figure(
              Charts.svg(
                  new Layout(
                      HALF_WIDTH,
                      HALF_HEIGHT,
                      "periods since the shock",
                      one.name() + " (%)",
                      false,
                      false),
                  "Line chart: the response of %s is %.2f %% when the shock comes and %.2f %% at the end"
                      .formatted(one.name(), one.mean().get(0), one.mean().get(horizon.length - 1)),
                  lines,
                  Optional.of(new Band(horizon, lower, upper))),
              "%s: mean response in percent, with two standard errors on both sides."
                  .formatted(one.name())));
    }
    return html.append("</div>\n").toString();
  }

  /** What a model shows of its solution; narrow figures stand in pairs. */
  static String solution(List<Figure> figures) {
    StringBuilder html = new StringBuilder();
    boolean pair = false;
    for (Figure figure : figures) {
      if (pair == figure.wide()) {
        html.append(pair ? "</div>\n" : "<div class=\"pair\">\n");
        pair = !pair;
      }
      html.append(one(figure));
    }
    return html.append(pair ? "</div>\n" : "").toString();
  }

  private static String one(Figure figure) {
    String svg =
        Charts.svg(
            new Layout(
                figure.wide() ? WIDTH : HALF_WIDTH,
                figure.wide() ? HEIGHT : HALF_HEIGHT,
                figure.x(),
                figure.y(),
                figure.logX(),
                false),
            "Line chart: " + figure.description(),
            figure.lines().stream()
                .map(
                    line ->
                        new Line(
                            line.name(), line.x().toArray(), line.y().toArray(), line.dashed()))
                .toList());
    return Html.figure(svg, figure.title());
  }
}
