package org.nnks.cli.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.nnks.cli.report.Figures.Captioned;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.sbi.Draws;
import org.nnks.sbi.Parameter;
import org.nnks.sbi.Prior;
import org.nnks.sbi.TrainingHistory;
import org.nnks.sbi.diagnostics.DiagnosticsReport;

/** A posterior as a page that needs no other file and no network. */
public final class EstimatePage {

  private EstimatePage() {}

  /**
   * Writes the page, atomically, and its figures as files beside it.
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
    List<Captioned> pairs = List.of(PosteriorFigures.pairs(draws, truth));
    List<Captioned> priors = PosteriorFigures.priors(prior, draws, truth);
    List<Captioned> recovery = PosteriorFigures.recovery(diagnostics);
    List<Captioned> calibration = PosteriorFigures.calibration(diagnostics);
    List<Captioned> training = PosteriorFigures.training(histories);
    String body =
        "<header><h1>%s</h1>%n<p class=\"verdict %s\">%s.</p></header>%n<main>%n"
                .formatted(
                    Html.escape(title),
                    trustworthy ? "good" : "bad",
                    Html.escape(Character.toUpperCase(verdict.charAt(0)) + verdict.substring(1)))
            + Html.section("posterior", "Posterior", Figures.html(pairs))
            + Html.section("tables", "Tables", HtmlTable.all(tables))
            + Html.section("prior", "Prior", Figures.html(priors) + priorTable(prior))
            + Html.section("recovery", "Recovery", Figures.html(recovery))
            + Html.section("calibration", "Calibration", Figures.html(calibration))
            + Html.section("training", "Training", Figures.html(training))
            + Html.section("provenance", "Provenance", HtmlTable.facts("What made this", facts))
            + "</main>\n";
    AtomicFiles.write(file, HtmlPage.of(title + " – nnks", body));
    FigureFiles.write(
        file.resolveSibling("figures"),
        Stream.of(pairs, priors, recovery, calibration, training).flatMap(List::stream).toList());
  }

  /** Such as {@code uniform: lower 0.9, upper 0.999}. */
  static String words(Parameter parameter) {
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < parameter.arguments().size(); i++) {
      arguments.add(parameter.law().arguments().get(i) + " " + parameter.arguments().get(i));
    }
    String law = parameter.law().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return "%s: %s".formatted(law, String.join(", ", arguments));
  }

  private static String priorTable(Prior prior) {
    Map<String, String> facts = new java.util.LinkedHashMap<>();
    prior.parameters().forEach(parameter -> facts.put(parameter.name(), words(parameter)));
    return HtmlTable.facts("Laws of the parameters", facts);
  }
}
