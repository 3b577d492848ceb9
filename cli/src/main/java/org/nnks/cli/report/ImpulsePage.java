package org.nnks.cli.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.simulate.ImpulseResponse;
import org.nnks.core.statistics.ComparisonTable;

/** Impulse responses as a page: {@code irf.html}, which needs no other file and no network. */
public final class ImpulsePage {

  private ImpulsePage() {}

  /**
   * Writes the page, atomically.
   *
   * @param model the name of the economy
   * @param beside responses of the exact solution to the same shocks, drawn dashed
   * @param tables responses and what they are compared with
   * @param facts what made them
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public static void write(
      Path file,
      String model,
      ImpulseResponse response,
      Optional<ImpulseResponse> beside,
      List<ComparisonTable> tables,
      Map<String, String> facts) {
    StringBuilder html = new StringBuilder();
    tables.forEach(table -> html.append(HtmlTable.of(table)));
    String title = model + ", impulse responses";
    String body =
        "<header><h1>%s</h1></header>%n<main>%n".formatted(Html.escape(title))
            + Html.section("responses", "Responses", Figures.impulseResponses(response, beside))
            + Html.section("tables", "Tables", html.toString())
            + Html.section("provenance", "Provenance", HtmlTable.facts("What made this", facts))
            + "</main>\n";
    AtomicFiles.write(file, HtmlPage.of(title + " – nnks", body));
  }
}
