package org.nnks.cli.tables;

import java.util.Map;
import java.util.stream.Collectors;
import org.nnks.core.statistics.ComparisonTable;

/** Tables as LaTeX with the package booktabs: a {@code tabular}, to be input into a table. */
public final class LatexTable {

  /** What LaTeX gives a meaning, and what its text fonts lack. */
  private static final Map<String, String> ESCAPED =
      Map.ofEntries(
          Map.entry("\\", "\\textbackslash{}"),
          Map.entry("{", "\\{"),
          Map.entry("}", "\\}"),
          Map.entry("%", "\\%"),
          Map.entry("&", "\\&"),
          Map.entry("_", "\\_"),
          Map.entry("#", "\\#"),
          Map.entry("$", "\\$"),
          Map.entry("^", "\\textasciicircum{}"),
          Map.entry("~", "\\textasciitilde{}"),
          Map.entry("[", "{[}"), // a row that begins so would be an option of the one before
          Map.entry("*", "{*}"), // the same
          Map.entry("|", "$|$"),
          Map.entry("<", "$<$"),
          Map.entry(">", "$>$"),
          Map.entry("′", "$'$"),
          Map.entry("²", "$^2$"),
          Map.entry("−", "$-$"),
          Map.entry("–", "--"),
          Map.entry("≥", "$\\geq$"),
          Map.entry("≤", "$\\leq$"),
          Map.entry("·", "$\\cdot$"),
          Map.entry("∞", "$\\infty$"),
          Map.entry("α", "$\\alpha$"),
          Map.entry("β", "$\\beta$"),
          Map.entry("γ", "$\\gamma$"),
          Map.entry("δ", "$\\delta$"),
          Map.entry("ε", "$\\epsilon$"),
          Map.entry("η", "$\\eta$"),
          Map.entry("θ", "$\\theta$"),
          Map.entry("κ", "$\\kappa$"),
          Map.entry("λ", "$\\lambda$"),
          Map.entry("μ", "$\\mu$"),
          Map.entry("ν", "$\\nu$"),
          Map.entry("ξ", "$\\xi$"),
          Map.entry("ρ", "$\\rho$"),
          Map.entry("σ", "$\\sigma$"),
          Map.entry("ω", "$\\omega$"),
          Map.entry("×", "$\\times$"),
          Map.entry("…", "..."));

  private static final char FIRST_SUBSCRIPT = '₀';
  private static final char LAST_SUBSCRIPT = '₉';

  private LatexTable() {}

  /** The table, its title and note in comments. */
  public static String of(ComparisonTable table) {
    StringBuilder text = new StringBuilder("% " + table.title() + "\n");
    if (!table.note().isEmpty()) {
      text.append("% ").append(table.note()).append('\n');
    }
    text.append("\\begin{tabular}{l%s}\n\\toprule\n".formatted("r".repeat(table.columns().size())));
    table.columns().forEach(column -> text.append(" & ").append(escaped(column)));
    text.append(" \\\\\n\\midrule\n");
    for (ComparisonTable.Row row : table.rows()) {
      text.append(escaped(row.label()));
      row.cells().stream().forEach(cell -> text.append(" & ").append(number(cell, row.decimals())));
      text.append(" \\\\\n");
    }
    return text.append("\\bottomrule\n\\end{tabular}\n").toString();
  }

  private static String number(double value, int decimals) {
    return escaped(TextTable.number(value, decimals).replace('-', '−'));
  }

  private static String escaped(String text) {
    return text.codePoints().mapToObj(LatexTable::escaped).collect(Collectors.joining());
  }

  private static String escaped(int point) {
    if (point >= FIRST_SUBSCRIPT && point <= LAST_SUBSCRIPT) {
      return "$_%d$".formatted(point - FIRST_SUBSCRIPT);
    }
    String character = Character.toString(point);
    return ESCAPED.getOrDefault(character, character);
  }
}
