package org.nnks.cli.transition;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.nnks.cli.models.CalibrationOptions;
import org.nnks.cli.progress.ExitCode;
import org.nnks.cli.report.TransitionFigures;
import org.nnks.cli.tables.ResultsFile;
import org.nnks.cli.tables.TableFiles;
import org.nnks.cli.tables.TextTable;
import org.nnks.core.agents.ForesightPath;
import org.nnks.core.agents.PerfectForesight;
import org.nnks.core.agents.RestingEconomy;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.ExogenousShock;
import org.nnks.core.io.CsvTable;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.Spelling;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.model.Economy;
import org.nnks.core.statistics.ComparisonTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nnks transition}: perfect foresight after something that nobody expected. */
@Command(
    name = "transition",
    description = {
      "The perfect-foresight transition of an economy after a surprise at date 0.",
      "The surprise is a shock that dies out, or parameters that change for ever (--set-after)."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit codes: 0 done; 1 markets do not clear (sizes for which they do not are named), or no rest",
      "by the last date; 2 bad input."
    })
public final class TransitionCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StillOptions still = new StillOptions();

  @Option(
      names = "--shock",
      paramLabel = "NAME",
      description = "the aggregate variable that moves; default the first that nnks models lists")
  private String shock;

  @Option(
      names = "--size",
      paramLabel = "X",
      description = "in standard deviations of its innovation, may be negative; default 1")
  private Double size;

  @Option(
      names = "--persistence",
      paramLabel = "X",
      description = "of its log, a period, in [0, 1); default that of its chain")
  private Double persistence;

  @Option(
      names = "--set-after",
      paramLabel = "key=value",
      description = "a parameter from date 0 on, instead of a shock; may be repeated")
  private List<String> after = new ArrayList<>();

  @Option(
      names = "--horizon",
      paramLabel = "N",
      defaultValue = "200",
      description = "dates until the economy stands still again; default ${DEFAULT-VALUE}")
  private int horizon;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "a new folder for transition.csv, results.npz, tables and figures")
  private Path out;

  /** Created by picocli. */
  public TransitionCommand() {}

  @Override
  public Integer call() {
    if (horizon < 2) {
      throw new InvalidInputException("--horizon must be at least 2 but is " + horizon);
    }
    if (persistence != null && !(persistence >= 0 && persistence < 1)) {
      throw new InvalidInputException("--persistence must be in [0, 1) but is " + persistence);
    }
    if (size != null && (!Double.isFinite(size) || size == 0)) {
      throw new InvalidInputException("--size must be a number other than 0 but is " + size);
    }
    if (out != null) {
      RunFolder.requireFree(out);
    }
    boolean lasting = !after.isEmpty();
    if (lasting && (shock != null || size != null || persistence != null)) {
      throw new InvalidInputException(
          "--set-after is a change for ever, --shock, --size and --persistence are of one that dies out: give one or the other");
    }
    Map<String, String> changes = CalibrationOptions.assigned("--set-after", after);
    RestingEconomy before = still.economy(Map.of());
    RestingEconomy end = lasting ? still.economy(changes) : before;
    requireSameStates(before.economy(), end.economy());
    Exogenous variable = variable(end);
    MarkovChain chain = end.economy().aggregate();
    PerfectForesight foresight = new PerfectForesight(end, variable, horizon);
    double change = (size == null ? 1 : size) * ExogenousShock.innovationSd(chain, variable);
    double dying =
        persistence == null ? PerfectForesight.persistence(chain, variable) : persistence;
    ForesightPath path = lasting ? foresight.from(before) : foresight.shock(change, dying);
    List<ComparisonTable> tables = new ArrayList<>();
    tables.add(TransitionTables.dates(end, variable, path));
    List<String> uncleared = List.of();
    if (!lasting) {
      List<TransitionTables.Sized> sizes = TransitionTables.sizes(foresight, path, change, dying);
      tables.add(TransitionTables.relative(sizes));
      uncleared = TransitionTables.uncleared(sizes);
    }
    print(end.economy(), path, variable, tables, uncleared);
    return path.converged() && path.settled() && uncleared.isEmpty()
        ? ExitCode.OK
        : ExitCode.NOT_CONVERGED;
  }

  private static void requireSameStates(Economy before, Economy after) {
    int states = before.aggregate().size();
    if (after.aggregate().size() != states) {
      throw new InvalidInputException(
          "--set-after changes the number of aggregate states from %d to %d, but the economy stays in one of them: leave it"
              .formatted(states, after.aggregate().size()));
    }
  }

  private Exogenous variable(RestingEconomy rest) {
    List<Exogenous> variables = rest.shocks();
    List<String> names = variables.stream().map(Exogenous::name).toList();
    if (shock == null && !variables.isEmpty()) {
      return variables.get(0);
    }
    return variables.stream()
        .filter(each -> each.name().equals(shock))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "unknown shock '%s' of %s; %s"
                        .formatted(
                            shock,
                            rest.economy().name(),
                            Spelling.suggestion("shock", shock, names))));
  }

  private void print(
      Economy economy,
      ForesightPath path,
      Exogenous variable,
      List<ComparisonTable> tables,
      List<String> uncleared) {
    PrintWriter print = spec.commandLine().getOut();
    tables.forEach(table -> print.println(TextTable.of(table)));
    print.println(TransitionTables.verdict(path));
    uncleared.forEach(sentence -> print.println("warning: " + sentence));
    if (out != null) {
      RunFolder folder = RunFolder.create(out);
      List<CsvTable.Column> columns = new ArrayList<>();
      columns.add(
          CsvTable.Column.integer("date", IntStream.range(0, path.level().size()).toArray()));
      columns.add(CsvTable.Column.real(variable.name(), path.level()));
      path.series().forEach((name, values) -> columns.add(CsvTable.Column.real(name, values)));
      CsvTable table = new CsvTable(columns);
      table.write(folder.path().resolve("transition.csv"));
      TableFiles.write(folder.tables(), tables);
      TransitionFigures.write(folder.figureFiles(), economy, path, tables.get(0));
      ResultsFile.write(folder, "date", table, List.of());
      print.println("written to: " + out);
    }
    print.flush();
  }
}
