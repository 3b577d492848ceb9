package org.nnks.cli.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What LaTeX would stop at in a table, without LaTeX: environments that do not close, rows with
 * more or fewer cells than columns, letters that mean something or that its fonts lack, braces and
 * dollars that do not pair, commands that are not known to be there.
 */
public final class LatexStructure {

  private static final Pattern BEGIN = Pattern.compile("\\\\begin\\{tabular}\\{([lcr]+)}");

  /** The lines between rows. */
  private static final List<String> RULES = List.of("\\toprule", "\\midrule", "\\bottomrule");

  /** Commands of plain LaTeX, in text and in formulas. */
  private static final List<String> TEXT =
      List.of("textbackslash", "textasciicircum", "textasciitilde");

  private static final List<String> FORMULA =
      List.of(
          "geq", "leq", "cdot", "infty", "times", "alpha", "beta", "delta", "epsilon", "eta",
          "gamma", "kappa", "lambda", "mu", "nu", "omega", "phi", "psi", "rho", "sigma", "tau",
          "theta", "xi");

  /** A character that LaTeX reads as itself only after a backslash. */
  private static final String SPECIAL = "%#_^~";

  private LatexStructure() {}

  /** Sentences about a table; none if all is well. */
  public static List<String> faults(String table) {
    List<String> faults = new ArrayList<>();
    List<String> lines = table.lines().filter(line -> !line.startsWith("%")).toList();
    Matcher begin = BEGIN.matcher(lines.get(0));
    if (!begin.matches()) {
      return List.of("does not begin with a tabular but with " + lines.get(0));
    }
    if (!lines.get(lines.size() - 1).equals("\\end{tabular}")) {
      faults.add("does not end with its tabular");
    }
    List<String> inside = lines.subList(1, lines.size() - 1);
    List<String> rules = inside.stream().filter(RULES::contains).toList();
    if (!rules.equals(RULES) || !inside.get(inside.size() - 1).equals(RULES.get(2))) {
      faults.add("rules are " + rules);
    }
    for (String line : inside) {
      if (!RULES.contains(line)) {
        row(line, begin.group(1).length()).forEach(fault -> faults.add(fault + ": " + line));
      }
    }
    return faults;
  }

  private static List<String> row(String line, int columns) {
    if (!line.endsWith(" \\\\")) {
      return List.of("a row does not end");
    }
    List<String> faults = new ArrayList<>();
    String cells = line.substring(0, line.length() - 3);
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(cells)) {
      faults.add("letters that fonts lack");
    }
    if (cells.startsWith("[") || cells.startsWith("*")) {
      faults.add("begins with what the row before takes for an option");
    }
    int count = 1;
    int depth = 0;
    boolean formula = false;
    for (int i = 0; i < cells.length(); i++) {
      char c = cells.charAt(i);
      if (c == '\\') {
        String command = cells.substring(i + 1).replaceAll("(?s)[^A-Za-z].*", "");
        if (command.isEmpty()) {
          i++; // an escaped character
          if (i == cells.length() || "\\&%$#_{}".indexOf(cells.charAt(i)) <= 0) {
            faults.add("an unknown escape");
          }
        } else if (!(formula ? FORMULA : TEXT).contains(command)) {
          faults.add("\\%s is no command %s".formatted(command, formula ? "of formulas" : "here"));
        }
      } else if (c == '$') {
        formula = !formula;
      } else if (c == '{' || c == '}') {
        depth += c == '{' ? 1 : -1;
        if (depth < 0) {
          faults.add("a brace closes that was not open");
        }
      } else if (c == '&') {
        count++;
        if (formula || depth != 0) {
          faults.add("a cell ends within a formula or braces");
        }
      } else if (!formula && SPECIAL.indexOf(c) >= 0 || c == '%' || c == '#') {
        faults.add("%s stands alone".formatted(c));
      } else if (!formula && "<>|".indexOf(c) >= 0) {
        faults.add("%s is another letter in fonts of text".formatted(c));
      }
    }
    if (count != columns) {
      faults.add("%d cells in %d columns".formatted(count, columns));
    }
    if (formula || depth != 0) {
      faults.add("a formula or brace stays open");
    }
    return faults;
  }
}
