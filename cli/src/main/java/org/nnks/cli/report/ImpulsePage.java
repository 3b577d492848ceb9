package org.nnks.cli.report;

import java.util.List;
import java.util.Map;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.ImpulseResponse;
import org.nnks.core.statistics.ComparisonTable;

/** Impulse responses as a page: {@code irf.html}, which needs no other file and no network. */
public final class ImpulsePage {

  private ImpulsePage() {}

  /**
   * Writes the page, atomically, and its figures as files beside it.
   *
   * @param economy whose responses they are
   * @param beside mean responses of others by variable, by the name of who responds: drawn dashed
   * @param tables responses and what they are compared with
   * @param facts what made them
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public static void write(
      RunFolder folder,
      Economy economy,
      ImpulseResponse response,
      Map<String, Map<String, Vector>> beside,
      List<ComparisonTable> tables,
      Map<String, String> facts) {
    String title = "%s: response to %s".formatted(economy.name(), response.shock().title());
    List<Figures.Captioned> figures = Figures.impulseResponses(economy, response, beside);
    FigureFiles.write(folder.figureFiles(), figures);
    String body =
        "<header><h1>%s</h1></header>%n<main>%n".formatted(Html.escape(title))
            + Html.section("responses", "Responses", Figures.html(figures))
            + Html.section("tables", "Tables", HtmlTable.all(tables))
            + Html.section("provenance", "Provenance", HtmlTable.facts("What made this", facts))
            + "</main>\n";
    AtomicFiles.write(folder.impulsePage(), HtmlPage.of(title + " – nnks", body));
  }
}
