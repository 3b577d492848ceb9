package org.nnks.core.archive;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.forecast.LogLinearRule;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.io.CsvTable;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
import org.nnks.core.numeric.Vector;

/**
 * The forecast rules of a run: {@code rules.json}.
 *
 * @param used by firms in the last iteration
 * @param estimated on the history that they made
 */
public record RulesFile(ForecastRules used, ForecastRules estimated) {

  /** The columns of rules in a table: log K' = a_K + b_K log K, log p = a_p + b_p log K. */
  private static final List<String> COLUMNS = List.of("a_K", "b_K", "a_p", "b_p");

  /** Ends the columns in tables that hold more than one set of rules. */
  private static final String USED_SUFFIX = "_used";

  /** Checks that all are lines, as every solve leaves and updates them. */
  public RulesFile {
    Stream.of(used, estimated)
        .flatMap(rules -> Stream.concat(rules.moments().stream(), rules.prices().stream()))
        .filter(rule -> rule.curvature().isPresent())
        .findAny()
        .ifPresent(
            rule -> {
              throw new IllegalArgumentException(
                  "rules of a run are lines in the logs of moments but one has a curvature: leave it out");
            });
  }

  /**
   * Writes the rules, atomically.
   *
   * @throws java.io.UncheckedIOException if they cannot be written
   */
  public void write(Path file) {
    AtomicFiles.write(file, StrictJson.write(this));
  }

  /**
   * Rules to start from: those used in a {@code rules.json}, or a table with a row for each
   * aggregate state and the columns a_K, b_K, a_p, b_p, each with or without "_used" behind it.
   *
   * @param states the number of aggregate states of the economy
   * @throws InvalidInputException if the file cannot be read or has another form or size
   */
  public static ForecastRules readStart(Path file, int states) {
    ForecastRules rules =
        file.toString().endsWith(".json")
            ? StrictJson.read(file, RulesFile.class).used()
            : fromTable(file);
    if (rules.states() != states) {
      throw new InvalidInputException(
          "%s: expected rules for %d aggregate states but found %d"
              .formatted(file, states, rules.states()));
    }
    return rules;
  }

  private static ForecastRules fromTable(Path file) {
    boolean suffixed = CsvTable.header(file).contains(COLUMNS.get(0) + USED_SUFFIX);
    List<String> names =
        COLUMNS.stream().map(name -> suffixed ? name + USED_SUFFIX : name).toList();
    CsvTable table = CsvTable.read(file, names).requireValues(file, names);
    List<Vector> columns = names.stream().map(table::column).toList();
    return new ForecastRules(
        new LogLinearRule(columns.get(0), columns.get(1)),
        new LogLinearRule(columns.get(2), columns.get(3)));
  }
}
