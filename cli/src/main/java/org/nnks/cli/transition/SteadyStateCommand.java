package org.nnks.cli.transition;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.nnks.cli.progress.ExitCode;
import org.nnks.cli.tables.TableFiles;
import org.nnks.cli.tables.TextTable;
import org.nnks.core.agents.RestingEconomy;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.core.statistics.LabelledArray;
import org.nnks.npy.NpzFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nnks steady-state}: an economy whose aggregate state never changes. */
@Command(
    name = "steady-state",
    description = {
      "The stationary equilibrium of an economy: its aggregate state never changes.",
      "Agents' own states go on changing. Shows prices, moments and what the economy shows."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Exit codes: 0 done; 2 bad input, or no such equilibrium."})
public final class SteadyStateCommand implements Callable<Integer> {

  private static final int DECIMALS = 6;

  @Spec private CommandSpec spec;

  @Mixin private StillOptions still = new StillOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "a new folder for the table and results.npz with the distribution of agents")
  private Path out;

  /** Created by picocli. */
  public SteadyStateCommand() {}

  @Override
  public Integer call() {
    if (out != null) {
      RunFolder.requireFree(out);
    }
    RestingEconomy rest = still.economy(Map.of());
    ComparisonTable table = table(rest);
    PrintWriter print = spec.commandLine().getOut();
    print.println(TextTable.of(table));
    if (out != null) {
      RunFolder folder = RunFolder.create(out);
      TableFiles.write(folder.tables(), List.of(table));
      NpzFile.write(folder.results(), arrays(rest));
      print.println("written to: " + out);
    }
    print.flush();
    return ExitCode.OK;
  }

  private static List<LabelledArray> arrays(RestingEconomy rest) {
    List<LabelledArray> arrays = new ArrayList<>(List.of(rest.histogram()));
    levels(rest).forEach((name, level) -> arrays.add(LabelledArray.of("at_" + name, level)));
    return arrays;
  }

  /** Prices, moments and what else the economy shows, by name. */
  private static Map<String, Double> levels(RestingEconomy rest) {
    Map<String, Double> levels = new LinkedHashMap<>();
    List<String> prices = rest.variables().prices();
    for (int j = 0; j < prices.size(); j++) {
      levels.put(prices.get(j), rest.prices()[j]);
    }
    List<String> moments = rest.variables().moments();
    for (int j = 0; j < moments.size(); j++) {
      levels.put(moments.get(j), rest.moments()[j]);
    }
    rest.series().forEach(levels::putIfAbsent);
    return levels;
  }

  private static ComparisonTable table(RestingEconomy rest) {
    List<ComparisonTable.Row> rows = new ArrayList<>();
    levels(rest).forEach((name, level) -> rows.add(row(rest.economy().label(name), level)));
    return new ComparisonTable(
        "Stationary equilibrium of %s in aggregate state %d"
            .formatted(rest.economy().name(), rest.state() + 1),
        "No aggregate risk; agents' own states move on.",
        List.of("level"),
        rows);
  }

  private static ComparisonTable.Row row(String name, double level) {
    return new ComparisonTable.Row(name, DECIMALS, Vector.of(level));
  }
}
