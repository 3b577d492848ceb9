package org.nnks.core.archive;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nnks.core.bellman.Exhibits;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.io.Records;
import org.nnks.core.io.StrictJson;
import org.nnks.core.model.Economy;
import org.nnks.core.solve.Iteration;
import org.nnks.core.solve.Solution;
import org.nnks.core.statistics.Figure;
import org.nnks.core.statistics.LabelledArray;

/**
 * What a finished solve found, in files: everything a report needs, so that a report made later is
 * the report made at once.
 *
 * @param rules forecast rules
 * @param history outer iterations
 * @param path the simulated history
 * @param moments what it adds up to
 * @param accuracy how far from the truth
 * @param figures what the model shows of its solution
 * @param statistics what else it measured of it, by name, for its tables
 * @param warnings what should be known of a solution within its limits, one sentence each
 * @param arrays the same with axes, for other programs; empty if read from files
 */
public record RunResults(
    RulesFile rules,
    List<Iteration> history,
    PathCsv path,
    Moments moments,
    Accuracy accuracy,
    List<Figure> figures,
    Map<String, Double> statistics,
    List<String> warnings,
    List<LabelledArray> arrays) {

  /** {@code figures.json}. */
  private record Figures(List<Figure> figures) {}

  /** {@code statistics.json}. */
  private record Statistics(Map<String, Double> statistics) {}

  /** {@code warnings.json}. */
  private record Warnings(List<String> warnings) {}

  /** The results of a solution. */
  public static RunResults of(Economy economy, Solution solution) {
    int burnIn = solution.config().burnIn();
    Exhibits exhibits = solution.agents().exhibits(solution.path(), burnIn);
    return new RunResults(
        new RulesFile(solution.rules(), solution.estimated()),
        solution.history(),
        PathCsv.of(solution.path(), solution.accuracy().samePath()),
        Moments.of(economy, solution.path(), burnIn),
        Accuracy.of(solution.accuracy()),
        exhibits.figures(),
        exhibits.statistics(),
        solution.warnings(),
        solution.agents().arrays(solution.path(), burnIn));
  }

  /** The same with more figures. */
  public RunResults withMore(List<Figure> more) {
    return withFigures(Stream.concat(figures.stream(), more.stream()).toList());
  }

  /** The same with other figures. */
  public RunResults withFigures(List<Figure> figures) {
    return Records.with(this, "figures", figures);
  }

  /** The same with other statistics. */
  public RunResults withStatistics(Map<String, Double> statistics) {
    return Records.with(this, "statistics", statistics);
  }

  /**
   * Writes each part to its file, atomically.
   *
   * @throws java.io.UncheckedIOException if one cannot be written
   */
  public void write(RunFolder folder) {
    rules.write(folder.rules());
    HistoryCsv.write(folder.history(), history);
    path.table().write(folder.pathCsv());
    json(folder.moments(), moments);
    json(folder.accuracy(), accuracy);
    json(folder.figures(), new Figures(figures));
    json(folder.statistics(), new Statistics(statistics));
    json(folder.warnings(), new Warnings(warnings));
  }

  /**
   * Reads the results of a run.
   *
   * @throws org.nnks.core.io.InvalidInputException if a file is missing or damaged
   */
  public static RunResults read(RunFolder folder) {
    return new RunResults(
        StrictJson.read(folder.rules(), RulesFile.class),
        HistoryCsv.read(folder.history()),
        PathCsv.read(folder.pathCsv()),
        StrictJson.read(folder.moments(), Moments.class),
        StrictJson.read(folder.accuracy(), Accuracy.class),
        StrictJson.read(folder.figures(), Figures.class).figures(),
        StrictJson.read(folder.statistics(), Statistics.class).statistics(),
        warnings(folder),
        List.of());
  }

  /** None in folders made before there were any. */
  private static List<String> warnings(RunFolder folder) {
    return Files.exists(folder.warnings())
        ? StrictJson.read(folder.warnings(), Warnings.class).warnings()
        : List.of();
  }

  private static void json(Path file, Record content) {
    AtomicFiles.write(file, StrictJson.write(content));
  }
}
