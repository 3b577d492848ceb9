package org.nnks.cli.report;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nnks.cli.report.Figures.Captioned;
import org.nnks.cli.results.CertificateTables;
import org.nnks.cli.results.RulesTables;
import org.nnks.cli.tables.GapTable;
import org.nnks.cli.tables.TextTable;
import org.nnks.core.accuracy.CertificateLimits;
import org.nnks.core.archive.Accuracy;
import org.nnks.core.archive.CertificateFile;
import org.nnks.core.archive.Manifest;
import org.nnks.core.archive.PathCsv;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.archive.RunResults;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.io.StrictJson;
import org.nnks.core.model.Economy;
import org.nnks.core.run.Provenance;
import org.nnks.core.sequence.RulesError;
import org.nnks.core.simulate.ClearingReport;
import org.nnks.core.statistics.ComparisonTable;

/** The report of a run: {@code report.html}, which needs no other file and no network. */
public final class HtmlReport {

  private HtmlReport() {}

  /**
   * Writes the report, atomically, and its figures as files beside it.
   *
   * @param manifest of the finished run
   * @param economy that was solved
   * @param description of the model, one line
   * @param tables what the economy adds up to, and published numbers beside ours
   * @param published whether the calibration is that of the papers whose figures captions name
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public static <C extends Record> void write(
      RunFolder folder,
      Manifest<C> manifest,
      Economy economy,
      String description,
      RunResults results,
      List<ComparisonTable> tables,
      boolean published) {
    Optional<PathCsv> reference =
        Files.exists(folder.reference())
            ? Optional.of(PathCsv.read(folder.reference()))
            : Optional.empty();
    Optional<CertificateFile> certificate =
        Files.exists(folder.certificate())
            ? Optional.of(StrictJson.read(folder.certificate(), CertificateFile.class))
            : Optional.empty();
    List<Captioned> solution = Figures.solution(results.figures(), published);
    List<Captioned> denHaan = Figures.denHaan(economy, results);
    List<Captioned> paths = Figures.paths(economy, results, reference);
    Captioned convergence =
        Figures.convergence(results.history(), manifest.settings().solver().tolerance());
    Manifest.Outcome outcome = manifest.outcome().orElseThrow();
    StringBuilder body = new StringBuilder();
    body.append("<header><h1>%s</h1>%n".formatted(Html.escape(manifest.model())))
        .append(Html.paragraph(capital(description)))
        .append(verdict(outcome, results.warnings(), certificate))
        .append("</header>\n<main>\n")
        .append(summary(economy, results, outcome, certificate))
        .append(Html.section("tables", "Results", HtmlTable.all(tables)))
        .append(
            Html.section("functions", "Values, decisions, distribution", Figures.html(solution)))
        .append(Html.section("forecasts", "Forecasts", Figures.html(denHaan)))
        .append(
            Html.section(
                "paths", "Simulated paths", Figures.html(paths) + gaps(results, reference)))
        .append(certificate.map(HtmlReport::certificate).orElse(""))
        .append(Files.exists(folder.rulesError()) ? rulesError(folder) : "")
        .append(Html.section("convergence", "Convergence", Figures.html(List.of(convergence))))
        .append(Html.section("clearing", "How the markets cleared", clearing(results)))
        .append(Html.section("timing", "Timing", timing(outcome)))
        .append(Html.section("provenance", "Provenance", provenance(manifest)))
        .append("</main>\n");
    AtomicFiles.write(folder.report(), HtmlPage.of(manifest.model() + " – nnks", body.toString()));
    FigureFiles.write(
        folder.figureFiles(),
        Stream.of(solution, denHaan, paths, List.of(convergence)).flatMap(List::stream).toList());
  }

  /** Never green over a warning, nor over another method that does not agree. */
  private static String verdict(
      Manifest.Outcome outcome, List<String> notes, Optional<CertificateFile> certificate) {
    List<String> warnings = new ArrayList<>(notes);
    certificate.filter(file -> !file.certified()).ifPresent(file -> warnings.add(file.verdict()));
    String colour =
        !outcome.status().equals("CONVERGED") ? "bad" : warnings.isEmpty() ? "good" : "warned";
    StringBuilder html = new StringBuilder("<div class=\"verdict %s\">\n".formatted(colour));
    html.append(Html.paragraph(sentence(outcome.verdict())));
    warnings.forEach(warning -> html.append(Html.paragraph(sentence("warning: " + warning))));
    return html.append("</div>\n").toString();
  }

  private static String sentence(String verdict) {
    return capital(verdict) + ".";
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private static String summary(
      Economy economy,
      RunResults results,
      Manifest.Outcome outcome,
      Optional<CertificateFile> certificate) {
    Accuracy accuracy = results.accuracy();
    Map<String, String> facts = new LinkedHashMap<>();
    accuracy
        .equations()
        .values()
        .forEach(
            error ->
                facts.put(
                    error.description(),
                    "mean %s, largest %s"
                        .formatted(
                            TextTable.number(error.mean(), TextTable.decimals(error)),
                            TextTable.number(error.max(), TextTable.decimals(error)))));
    facts.put(
        "dynamic forecasts on fresh shocks",
        accuracy.freshFailure().orElseGet(() -> within(economy, accuracy.freshPath())));
    facts.put("largest clearing residual", number(results.moments().clearing().largestResidual()));
    facts.put(
        "certificate",
        certificate
            .map(CertificateFile::verdict)
            .orElse("none; ./nnks certify asks another method"));
    facts.put(
        "wall time",
        "%.1f s".formatted(outcome.seconds().values().stream().mapToDouble(x -> x).sum()));
    return HtmlTable.facts("At a glance", facts);
  }

  private static String number(double size) {
    return TextTable.number(size, ComparisonTable.SCIENTIFIC);
  }

  private static String within(Economy economy, Accuracy.DynamicForecast forecast) {
    return Stream.of(forecast.prices(), forecast.moments())
        .flatMap(errors -> errors.entrySet().stream())
        .map(e -> "%s within %.3f %%".formatted(economy.label(e.getKey()), e.getValue().max()))
        .collect(Collectors.joining(", "));
  }

  private static String gaps(RunResults results, Optional<PathCsv> reference) {
    return reference
        .map(
            other ->
                HtmlTable.of(
                    GapTable.of(
                        "Gap to the reference path (%)",
                        results.path().gaps(other, results.moments().burnIn()))))
        .orElse("");
  }

  private static String certificate(CertificateFile certificate) {
    StringBuilder html = new StringBuilder();
    html.append(
        "<p class=\"verdict %s\">%s</p>%n"
            .formatted(
                certificate.certified() ? "good" : "bad",
                Html.escape(sentence(certificate.verdict()))));
    certificate.violations().forEach(violation -> html.append(Html.paragraph(sentence(violation))));
    CertificateTables.larger(certificate)
        .ifPresent(side -> html.append(Html.paragraph(sentence(side))));
    CertificateLimits limits = certificate.limits();
    html.append(
        Html.paragraph(
            "Limits: largest gap in each price %s %%, in each moment %s %%; mean Bellman error %s."
                .formatted(limits.price(), limits.capital(), limits.bellman())));
    return Html.section(
        "certificate",
        "Certificate",
        html.append(HtmlTable.all(CertificateTables.of(certificate))).toString());
  }

  private static String rulesError(RunFolder folder) {
    RulesError error = StrictJson.read(folder.rulesError(), RulesError.class);
    return Html.section(
        "rules",
        "What the rules get wrong",
        Html.paragraph(sentence(RulesTables.verdict(error)))
            + HtmlTable.all(RulesTables.of(error)));
  }

  private static String clearing(RunResults results) {
    ClearingReport clearing = results.moments().clearing();
    int periods = results.path().periods();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("periods", Integer.toString(periods));
    facts.put("periods that did not clear", Integer.toString(clearing.failures()));
    facts.put("largest residual", number(clearing.largestResidual()));
    facts.put(
        "candidate prices evaluated",
        "%d, %.1f a period"
            .formatted(clearing.evaluations(), (double) clearing.evaluations() / periods));
    facts.put("bracket expansions", Integer.toString(Math.toIntExact(clearing.expansions())));
    facts.put("largest share of agents at an end of a grid", number(clearing.largestEdgeMass()));
    return HtmlTable.facts("The last simulation", facts);
  }

  private static String timing(Manifest.Outcome outcome) {
    Map<String, String> facts = new LinkedHashMap<>();
    outcome.seconds().forEach((part, seconds) -> facts.put(part, "%.2f s".formatted(seconds)));
    return HtmlTable.facts("Wall time", facts);
  }

  private static <C extends Record> String provenance(Manifest<C> manifest) {
    Provenance provenance = manifest.provenance();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("command", String.join(" ", manifest.command()));
    facts.put(
        "nnks", provenance.nnks() + provenance.gitCommit().map(c -> ", commit " + c).orElse(""));
    facts.put("Java", provenance.java());
    facts.put("system", provenance.os() + ", " + provenance.architecture());
    facts.put("processors", Integer.toString(provenance.cores()));
    if (!provenance.engine().equals(Provenance.UNUSED)) {
      facts.put("engine", "DJL " + provenance.djl() + ", " + provenance.engine());
    }
    facts.put("device", manifest.outcome().orElseThrow().device());
    facts.put("seed", Long.toString(manifest.settings().seed()));
    facts.put("started", provenance.started());
    facts.put("finished", manifest.outcome().orElseThrow().finished());
    return HtmlTable.facts("What made this", facts)
        + Html.folded("Settings", StrictJson.write(manifest.settings()))
        + Html.folded("Calibration", StrictJson.write(manifest.calibration()));
  }
}
