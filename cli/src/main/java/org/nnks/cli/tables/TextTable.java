package org.nnks.cli.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.statistics.ComparisonTable;

/** Tables in fixed-width text. */
public final class TextTable {

  private static final int GAP = 2;

  private static final int LOGARITHM_DECIMALS = 2;

  private TextTable() {}

  /** A table with its title. */
  public static String of(ComparisonTable table) {
    List<List<String>> lines = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of(""));
    header.addAll(table.columns());
    lines.add(header);
    for (ComparisonTable.Row row : table.rows()) {
      List<String> line = new ArrayList<>(List.of(row.label()));
      for (int j = 0; j < table.columns().size(); j++) {
        line.add(number(row.cells().get(j), row.decimals()));
      }
      lines.add(line);
    }
    StringBuilder text = new StringBuilder(table.title()).append('\n');
    int[] widths = widths(lines);
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int j = 0; j < line.size(); j++) {
        String blank = " ".repeat(widths[j] - line.get(j).length());
        row.append(j == 0 ? line.get(j) + blank : " ".repeat(GAP) + blank + line.get(j));
      }
      text.append("  ").append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** The digits of an error: an exponent, but where the error is a logarithm. */
  public static int decimals(EquationError error) {
    return error.mean() < 0 ? LOGARITHM_DECIMALS : ComparisonTable.SCIENTIFIC;
  }

  /** A number with so many digits after the point or an exponent, or a dash; zero has no sign. */
  public static String number(double value, int decimals) {
    if (Double.isNaN(value)) {
      return "–";
    }
    if (decimals == ComparisonTable.SCIENTIFIC && value != 0) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    String text = String.format(Locale.ROOT, "%." + Math.max(0, decimals) + "f", value);
    return Double.parseDouble(text) == 0 ? text.replace("-", "") : text;
  }

  private static int[] widths(List<List<String>> lines) {
    int[] widths = new int[lines.get(0).size()];
    for (List<String> line : lines) {
      for (int j = 0; j < widths.length; j++) {
        widths[j] = Math.max(widths[j], line.get(j).length());
      }
    }
    return widths;
  }
}
