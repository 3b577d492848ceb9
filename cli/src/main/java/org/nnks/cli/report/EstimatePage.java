package org.nnks.cli.report;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.sbi.Draws;
import org.nnks.sbi.Prior;
import org.nnks.sbi.TrainingHistory;
import org.nnks.sbi.diagnostics.DiagnosticsReport;

/** A posterior as a page that needs no other file and no network. */
public final class EstimatePage {

  private static final int WIDTH = 420;
  private static final int HEIGHT = 280;

  private EstimatePage() {}

  /**
   * Writes the page, atomically.
   *
   * @param truth the true parameters, if known
   * @param tables of the posterior and its diagnostics
   * @param facts what made them
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public static void write(
      Path file,
      String title,
      String verdict,
      boolean trustworthy,
      Prior prior,
      Draws draws,
      Optional<Vector> truth,
      DiagnosticsReport diagnostics,
      List<TrainingHistory> histories,
      List<ComparisonTable> tables,
      Map<String, String> facts) {
    StringBuilder html = new StringBuilder();
    tables.forEach(table -> html.append(HtmlTable.of(table)));
    String caption =
        "%,d draws. Each panel spans the draws.".formatted(draws.size())
            + (truth.isPresent() ? " Lines mark the true values." : "");
    String body =
        "<header><h1>%s</h1>%n<p class=\"verdict %s\">%s.</p></header>%n<main>%n"
                .formatted(
                    Html.escape(title),
                    trustworthy ? "good" : "bad",
                    Html.escape(Character.toUpperCase(verdict.charAt(0)) + verdict.substring(1)))
            + Html.section(
                "posterior", "Posterior", Html.figure(CornerPlot.svg(draws, truth), caption))
            + Html.section("tables", "Tables", html.toString())
            + Html.section("calibration", "Calibration", calibration(diagnostics))
            + Html.section("training", "Training", training(histories))
            + Html.section("prior", "Prior", priorTable(prior))
            + Html.section("provenance", "Provenance", HtmlTable.facts("What made this", facts))
            + "</main>\n";
    AtomicFiles.write(file, HtmlPage.of(title + " – nnks", body));
  }

  /** The empirical distribution of ranks less the uniform one, in its simultaneous band. */
  private static String calibration(DiagnosticsReport diagnostics) {
    StringBuilder html = new StringBuilder();
    double[] x = diagnostics.band().points().toArray();
    double[] lower = less(diagnostics.band().lower(), x);
    double[] upper = less(diagnostics.band().upper(), x);
    for (DiagnosticsReport.Row row : diagnostics.parameters()) {
      String svg =
          new Chart(
                  new Chart.Layout(WIDTH, HEIGHT, "rank", "share less uniform", false, false),
                  "Ranks of " + row.name(),
                  List.of(new Chart.Line(row.name(), x, less(row.ecdf(), x), false)),
                  Optional.of(new Chart.Band(x, lower, upper)))
              .svg();
      html.append(
          Html.figure(
              svg,
              "%s: ranks among %d draws, %d data sets; %s the 95 %% band."
                  .formatted(
                      row.name(),
                      diagnostics.draws(),
                      diagnostics.dataSets(),
                      row.calibrated() ? "inside" : "outside")));
    }
    return html.toString();
  }

  private static double[] less(Vector values, double[] x) {
    double[] difference = values.toArray();
    Arrays.setAll(difference, i -> difference[i] - x[i]);
    return difference;
  }

  private static String training(List<TrainingHistory> histories) {
    StringBuilder html = new StringBuilder();
    for (int m = 0; m < histories.size(); m++) {
      TrainingHistory history = histories.get(m);
      int n = history.epochs().size();
      double[] x = new double[n];
      double[] training = new double[n];
      double[] validation = new double[n];
      for (int i = 0; i < n; i++) {
        x[i] = i + 1;
        training[i] = history.epochs().get(i).trainingLoss();
        validation[i] = history.epochs().get(i).validationLoss();
      }
      html.append(
          Html.figure(
              new Chart(
                      new Chart.Layout(WIDTH, HEIGHT, "epoch", "loss (nats)", false, false),
                      "Losses of network " + (m + 1),
                      List.of(
                          new Chart.Line("training", x, training, false),
                          new Chart.Line("validation", x, validation, false)))
                  .svg(),
              "Network %d: weights of epoch %d kept, validation loss %.4f."
                  .formatted(m + 1, history.best() + 1, history.validationLoss())));
    }
    return html.toString();
  }

  private static String priorTable(Prior prior) {
    Map<String, String> facts = new java.util.LinkedHashMap<>();
    prior
        .parameters()
        .forEach(
            p ->
                facts.put(
                    p.name(), "%s %s %s".formatted(p.law(), p.law().arguments(), p.arguments())));
    return HtmlTable.facts("Laws of the parameters", facts);
  }
}
