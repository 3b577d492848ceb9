package org.nnks.cli.solve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nnks.cli.models.ModelEntry;
import org.nnks.core.archive.PathCsv;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.forecast.RuleRegression;
import org.nnks.core.io.CsvTable;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.ShockFile;
import org.nnks.core.model.Economy;
import org.nnks.core.run.Seeds;

/** The aggregate shocks of a run: from a file or drawn, and kept with the run. */
public final class Shocks {

  /** The stream of random numbers that draws them. */
  public static final String STREAM = "aggregate";

  private Shocks() {}

  /**
   * The shocks that options ask for: a file, cut to {@code --periods} if that is given, or a draw.
   *
   * @throws InvalidInputException if the file cannot be read, holds a state outside the chain, or
   *     is shorter than the periods asked for
   */
  public static int[] of(
      SolveOptions options, RunSettings base, ModelEntry<?> entry, Economy economy) {
    return of(
        options.shocks(), options.periods(), base.periods(), options.seed(base), entry, economy);
  }

  /** As above with the parts. */
  public static int[] of(
      Optional<Path> file,
      Optional<Integer> periods,
      int defaultPeriods,
      long seed,
      ModelEntry<?> entry,
      Economy economy) {
    if (periods.isPresent() && periods.get() < 1) {
      throw new InvalidInputException("--periods must be at least 1 but is " + periods.get());
    }
    if (file.isEmpty()) {
      return economy
          .aggregate()
          .simulate(
              economy.start().aggregateState(),
              periods.orElse(defaultPeriods),
              new Seeds(seed).stream(STREAM));
    }
    int[] all = entry.shocks(file.get(), economy);
    int length = periods.orElse(all.length);
    if (length > all.length) {
      throw new InvalidInputException(
          "%s has %d periods, fewer than the %d of --periods"
              .formatted(file.get(), all.length, length));
    }
    return Arrays.copyOf(all, length);
  }

  /**
   * Makes sure that every aggregate state, or the one it takes its slope from, comes often enough
   * to estimate its rule, if agents follow rules.
   *
   * @throws InvalidInputException if one does not
   */
  public static void requireVisits(
      int[] shocks, RunSettings settings, ModelEntry<?> entry, Economy economy) {
    if (entry.followsRules(settings.method())) {
      requireVisits(shocks, settings.solver().burnIn(), economy);
    }
  }

  /** As above, for agents who follow rules. */
  public static void requireVisits(int[] shocks, int burnIn, Economy economy) {
    for (int a = 0; a < economy.aggregate().size(); a++) {
      long visits =
          Math.max(
              RuleRegression.visits(shocks, burnIn, a),
              RuleRegression.visits(shocks, burnIn, economy.neighbour(a)));
      if (visits < RuleRegression.minimum(1)) {
        throw new InvalidInputException(
            ("aggregate state %d comes %d times after the burn-in of %d periods, and its forecast"
                    + " rule needs at least %d: simulate more periods, shorten --burn-in, or take fewer"
                    + " states")
                .formatted(a + 1, visits, burnIn, RuleRegression.minimum(1)));
      }
    }
  }

  /** Keeps the shocks, and the path they came with if it is one, in the run folder. */
  public static void write(RunFolder folder, int[] shocks, Optional<Path> source) {
    CsvTable.of(states(shocks)).write(folder.shocks());
    source.flatMap(file -> path(file, shocks)).ifPresent(path -> path.write(folder.reference()));
  }

  /**
   * The path that shocks came with, if it is one; the shocks themselves stand for its states if it
   * names them in the model's own way.
   */
  private static Optional<CsvTable> path(Path file, int[] shocks) {
    List<String> names = CsvTable.header(file);
    if (names.containsAll(PathCsv.COMMON)) {
      return Optional.of(CsvTable.read(file, PathCsv.COMMON).requireValues(file, PathCsv.COMPARED));
    }
    if (!names.containsAll(PathCsv.COMPARED)) {
      return Optional.empty();
    }
    CsvTable table = CsvTable.read(file, PathCsv.COMPARED).requireValues(file, PathCsv.COMPARED);
    if (table.rows() != shocks.length) {
      return Optional.empty();
    }
    List<CsvTable.Column> columns = new ArrayList<>();
    columns.add(CsvTable.Column.integer("t", IntStream.rangeClosed(1, shocks.length).toArray()));
    columns.add(states(shocks));
    for (String name : PathCsv.COMPARED) {
      columns.add(CsvTable.Column.real(name, table.column(name)));
    }
    return Optional.of(new CsvTable(columns));
  }

  private static CsvTable.Column states(int[] shocks) {
    return CsvTable.Column.integer(
        ShockFile.COLUMN, Arrays.stream(shocks).map(state -> state + 1).toArray());
  }

  /** The shocks kept in a run folder. */
  public static int[] read(RunFolder folder, Economy economy) {
    return ShockFile.read(folder.shocks(), economy.aggregate().size());
  }
}
