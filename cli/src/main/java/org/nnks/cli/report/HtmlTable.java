package org.nnks.cli.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.nnks.cli.tables.TextTable;
import org.nnks.core.statistics.ComparisonTable;

/** Tables in HTML: captioned, with row and column headers that screen readers announce. */
final class HtmlTable {

  private HtmlTable() {}

  /** One table after the other. */
  static String all(List<ComparisonTable> tables) {
    return tables.stream().map(HtmlTable::of).collect(Collectors.joining());
  }

  /** A table of numbers, with its note below. */
  static String of(ComparisonTable table) {
    StringBuilder html = new StringBuilder("<div class=\"wide\"><table>\n<caption>");
    html.append(Html.escape(table.title())).append("</caption>\n<thead><tr><td></td>");
    for (String column : table.columns()) {
      html.append("<th scope=\"col\"%s>".formatted(emphasis(column)))
          .append(Html.escape(column))
          .append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (ComparisonTable.Row row : table.rows()) {
      html.append("<tr><th scope=\"row\">").append(Html.escape(row.label())).append("</th>");
      for (int j = 0; j < table.columns().size(); j++) {
        html.append("<td%s>".formatted(emphasis(table.columns().get(j))))
            .append(number(row.cells().get(j), row.decimals()))
            .append("</td>");
      }
      html.append("</tr>\n");
    }
    html.append("</tbody></table></div>\n");
    if (!table.note().isEmpty()) {
      html.append("<p class=\"note\">").append(Html.escape(table.note())).append("</p>\n");
    }
    return html.toString();
  }

  /** A table of facts: a name and a value in each row. */
  static String facts(String caption, Map<String, String> facts) {
    StringBuilder html =
        new StringBuilder("<div class=\"wide\"><table class=\"facts\">\n<caption>");
    html.append(Html.escape(caption)).append("</caption>\n<tbody>\n");
    facts.forEach(
        (name, value) ->
            html.append("<tr><th scope=\"row\">")
                .append(Html.escape(name))
                .append("</th><td>")
                .append(Html.escape(value))
                .append("</td></tr>\n"));
    return html.append("</tbody></table></div>\n").toString();
  }

  private static String emphasis(String column) {
    return column.equals(ComparisonTable.OURS) ? " class=\"ours\"" : "";
  }

  private static String number(double value, int decimals) {
    return Double.isNaN(value)
        ? "<span aria-label=\"none\">–</span>"
        : TextTable.number(value, decimals).replace('-', '−');
  }
}
