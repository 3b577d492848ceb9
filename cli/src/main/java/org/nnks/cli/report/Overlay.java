package org.nnks.cli.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.nnks.core.archive.PathCsv;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.model.Economy;
import org.nnks.core.statistics.ComparisonTable;

/** Two paths on the same shocks in the same figures, and a page of them. */
public final class Overlay {

  private Overlay() {}

  /**
   * Writes a figure of each variable that both paths have, as SVG and PDF, and {@code compare.html}
   * with tables and figures.
   *
   * @param folder for the figures, in the place of earlier files
   * @param economy whose words are used, if it is known
   * @param firstName of the first path, in the legends
   * @param first drawn in full
   * @param secondName of the second path
   * @param second dashed
   * @param tables of the two
   * @throws java.io.UncheckedIOException if they cannot be written
   */
  public static void write(
      Path folder,
      Optional<Economy> economy,
      String firstName,
      PathCsv first,
      String secondName,
      PathCsv second,
      List<ComparisonTable> tables) {
    List<Figures.Captioned> figures =
        Figures.overlay(economy, firstName, first, secondName, second);
    FigureFiles.write(folder, figures);
    String title = "%s and %s".formatted(firstName, secondName);
    String body =
        "<header><h1>%s</h1></header>%n<main>%n".formatted(Html.escape(title))
            + Html.section("tables", "Tables", HtmlTable.all(tables))
            + Html.section("paths", "Paths", Figures.html(figures))
            + "</main>\n";
    AtomicFiles.write(folder.resolve("compare.html"), HtmlPage.of(title + " – nnks", body));
  }
}
