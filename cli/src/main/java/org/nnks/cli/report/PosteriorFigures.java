package org.nnks.cli.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.nnks.cli.report.Chart.Band;
import org.nnks.cli.report.Chart.Layout;
import org.nnks.cli.report.Chart.Line;
import org.nnks.cli.report.Figures.Captioned;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Draws;
import org.nnks.sbi.Prior;
import org.nnks.sbi.TrainingHistory;
import org.nnks.sbi.diagnostics.DiagnosticsReport;
import org.nnks.sbi.diagnostics.Recovery;

/** The figures of a posterior, each with its caption. */
final class PosteriorFigures {

  private static final int WIDTH = 375;
  private static final int HEIGHT = 280;

  /** Intervals of the draws whose shares make a density. */
  private static final int INTERVALS = 30;

  /** Points at which the density of a prior is drawn. */
  private static final int POINTS = 121;

  /** Draws that show where a prior is. */
  private static final int PRIOR_DRAWS = 2_000;

  private PosteriorFigures() {}

  /** Marginals and pairs. */
  static Captioned pairs(Draws draws, Optional<Vector> truth) {
    return new Captioned(
        "Posterior: %,d draws; each panel spans them.".formatted(draws.size())
            + (truth.isPresent() ? " Lines mark the true values." : ""),
        new CornerPlot(draws, truth));
  }

  /** The density of each parameter before and after the data. */
  static List<Captioned> priors(Prior prior, Draws draws, Optional<Vector> truth) {
    Seeds seeds = new Seeds(1); // any: they only say where the prior is
    List<Vector> before =
        IntStream.range(0, PRIOR_DRAWS)
            .mapToObj(i -> prior.sample(seeds.stream("prior shown", i)))
            .toList();
    List<Captioned> figures = new ArrayList<>();
    for (int j = 0; j < prior.size(); j++) {
      int parameter = j;
      String name = prior.names().get(j);
      double[] after = draws.column(name).toArray();
      double[] sample = before.stream().mapToDouble(theta -> theta.get(parameter)).toArray();
      Line posterior = density("posterior", after, false);
      List<Line> lines = new ArrayList<>();
      lines.add(posterior);
      lines.add(
          prior.joint().isPresent()
              ? density("prior, of draws", sample, true)
              : law(prior, j, DoubleStream.concat(stream(sample), stream(after)).toArray()));
      double top = Arrays.stream(posterior.y()).max().orElse(1);
      truth.ifPresent(
          t ->
              lines.add(
                  new Line(
                      "truth",
                      new double[] {t.get(parameter), t.get(parameter)},
                      new double[] {0, top},
                      true)));
      figures.add(
          new Captioned(
              "Prior and posterior of %s.".formatted(name),
              chart(name, "density", "The posterior density of %s beside the prior", lines, null)));
    }
    return figures;
  }

  private static DoubleStream stream(double[] values) {
    return Arrays.stream(values);
  }

  private static Line law(Prior prior, int parameter, double[] shown) {
    double least = Arrays.stream(shown).min().orElseThrow();
    double most = Arrays.stream(shown).max().orElseThrow();
    double[] x = new double[POINTS];
    Arrays.setAll(x, i -> least + (most - least) * i / (POINTS - 1));
    double[] y =
        Arrays.stream(x)
            .map(theta -> Math.exp(prior.parameters().get(parameter).logDensity(theta)))
            .toArray();
    return new Line("prior", x, y, true);
  }

  /** Shares of draws in equal intervals, over the length of these. */
  private static Line density(String name, double[] values, boolean dashed) {
    double least = Arrays.stream(values).min().orElseThrow();
    double width = (Arrays.stream(values).max().orElseThrow() - least) / INTERVALS;
    double[] x = new double[INTERVALS];
    double[] y = new double[INTERVALS];
    Arrays.setAll(x, i -> least + (i + .5) * width);
    for (double value : values) {
      y[Math.min((int) ((value - least) / width), INTERVALS - 1)] += 1 / (width * values.length);
    }
    return new Line(name, x, y, dashed);
  }

  /** Posterior means of held-out data sets against the parameters that made them. */
  static List<Captioned> recovery(DiagnosticsReport diagnostics) {
    return diagnostics.parameters().stream()
        .map(
            row -> {
              Recovery recovery = row.recovery();
              double least = Math.min(recovery.truths().min(), recovery.means().min());
              double most = Math.max(recovery.truths().max(), recovery.means().max());
              double[] ends = {least, most};
              return new Captioned(
                  "Recovery of %s: posterior means of %d held-out data sets, correlation %.3f."
                      .formatted(row.name(), diagnostics.dataSets(), recovery.correlation()),
                  chart(
                      "true " + row.name(),
                      "posterior mean",
                      "Posterior means of %s against the truth",
                      List.of(
                          Line.dots(
                              "data sets", recovery.truths().toArray(), recovery.means().toArray()),
                          new Line("truth", ends, ends, true)),
                      null));
            })
        .toList();
  }

  /** The empirical distribution of ranks less the uniform one, in its simultaneous band. */
  static List<Captioned> calibration(DiagnosticsReport diagnostics) {
    double[] x = diagnostics.band().points().toArray();
    Band band =
        new Band(x, less(diagnostics.band().lower(), x), less(diagnostics.band().upper(), x));
    return diagnostics.parameters().stream()
        .map(
            row ->
                new Captioned(
                    "Ranks of %s among %d draws, %d data sets; %s the 95 %% band."
                        .formatted(
                            row.name(),
                            diagnostics.draws(),
                            diagnostics.dataSets(),
                            row.calibrated() ? "inside" : "outside"),
                    chart(
                        "rank of " + row.name(),
                        "share less uniform",
                        "Ranks: %s",
                        List.of(new Line(row.name(), x, less(row.ecdf(), x), false)),
                        band)))
        .toList();
  }

  private static double[] less(Vector values, double[] x) {
    double[] difference = values.toArray();
    Arrays.setAll(difference, i -> difference[i] - x[i]);
    return difference;
  }

  /** The losses of each network. */
  static List<Captioned> training(List<TrainingHistory> histories) {
    List<Captioned> figures = new ArrayList<>();
    for (int m = 0; m < histories.size(); m++) {
      TrainingHistory history = histories.get(m);
      double[] epoch = IntStream.rangeClosed(1, history.epochs().size()).asDoubleStream().toArray();
      double[] training = history.epochs().stream().mapToDouble(e -> e.trainingLoss()).toArray();
      double[] validation =
          history.epochs().stream().mapToDouble(e -> e.validationLoss()).toArray();
      figures.add(
          new Captioned(
              "Losses of network %d: weights of epoch %d kept, validation loss %.4f."
                  .formatted(m + 1, history.best() + 1, history.validationLoss()),
              chart(
                  "epoch",
                  "loss (nats)",
                  "Losses by %s",
                  List.of(
                      new Line("training", epoch, training, false),
                      new Line("validation", epoch, validation, false)),
                  null)));
    }
    return figures;
  }

  private static Chart chart(String x, String y, String description, List<Line> lines, Band band) {
    return new Chart(
        new Layout(WIDTH, HEIGHT, x, y, false, false),
        description.formatted(x),
        lines,
        Optional.ofNullable(band));
  }
}
