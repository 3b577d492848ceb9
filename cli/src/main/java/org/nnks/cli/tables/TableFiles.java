package org.nnks.cli.tables;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nnks.core.statistics.ComparisonTable;

/** Tables as files: CSV with all digits, and LaTeX as printed. */
public final class TableFiles {

  private TableFiles() {}

  /** Writes each table twice, under a name made of its title, in the place of earlier ones. */
  public static void write(Path folder, List<ComparisonTable> tables) {
    FreshFolder fresh = FreshFolder.in(folder);
    FileNames names = new FileNames();
    for (ComparisonTable table : tables) {
      String name = names.of(table.title());
      fresh.write(name + ".csv", csv(table));
      fresh.write(name + ".tex", LatexTable.of(table));
    }
  }

  /** One line for the columns, one for each row; NaN marks what there is none of. */
  public static String csv(ComparisonTable table) {
    Stream<String> header = table.columns().stream().map(TableFiles::quoted);
    StringBuilder text = new StringBuilder(line("", header));
    for (ComparisonTable.Row row : table.rows()) {
      text.append(line(quoted(row.label()), row.cells().stream().mapToObj(Double::toString)));
    }
    return text.toString();
  }

  private static String line(String first, Stream<String> others) {
    return Stream.concat(Stream.of(first), others).collect(Collectors.joining(",")) + "\n";
  }

  private static String quoted(String text) {
    return text.matches("[^\",\n]*") ? text : "\"%s\"".formatted(text.replace("\"", "\"\""));
  }
}
