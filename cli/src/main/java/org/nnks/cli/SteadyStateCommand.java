package org.nnks.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.nnks.core.agents.AgentHistogram;
import org.nnks.core.agents.StationaryEquilibrium;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.core.statistics.LabelledArray;
import org.nnks.npy.NpzFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nnks steady-state}: a declared economy whose aggregate state never changes. */
@Command(
    name = "steady-state",
    description = {
      "The stationary equilibrium of a declared economy: its aggregate state never changes.",
      "Agents' own states go on changing. Shows prices, moments and what the economy shows."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Exit codes: 0 done; 2 bad input, or no such equilibrium."})
final class SteadyStateCommand implements Callable<Integer> {

  private static final int DECIMALS = 6;

  @Spec private CommandSpec spec;

  @Mixin private StillOptions still = new StillOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "a new folder for the table and results.npz with the distribution of agents")
  private Path out;

  /** Created by picocli. */
  SteadyStateCommand() {}

  @Override
  public Integer call() {
    if (out != null) {
      RunFolder.requireFree(out);
    }
    DeclaredEconomy economy = still.economy();
    economy.check();
    int state = still.state(economy);
    StationaryEquilibrium equilibrium = StationaryEquilibrium.of(economy, state);
    ComparisonTable table = table(economy, state, equilibrium);
    PrintWriter print = spec.commandLine().getOut();
    print.println(TextTable.of(table));
    if (out != null) {
      RunFolder folder = RunFolder.create(out);
      TableFiles.write(folder.tables(), List.of(table));
      NpzFile.write(folder.results(), arrays(economy, equilibrium));
      print.println("written to: " + out);
    }
    print.flush();
    return ExitCode.OK;
  }

  private static List<LabelledArray> arrays(
      DeclaredEconomy economy, StationaryEquilibrium equilibrium) {
    List<LabelledArray> arrays = new ArrayList<>();
    Vector mass = Vector.of(equilibrium.distribution().toArray());
    arrays.add(new LabelledArray("histogram", new AgentHistogram(economy).axes(), mass));
    Map<String, Double> levels = new LinkedHashMap<>(equilibrium.series());
    for (int j = 0; j < economy.prices().size(); j++) {
      levels.put(economy.prices().get(j).name(), equilibrium.prices()[j]);
    }
    for (int j = 0; j < economy.moments().size(); j++) {
      levels.put(economy.moments().get(j).name(), equilibrium.moments()[j]);
    }
    levels.forEach((name, level) -> arrays.add(LabelledArray.of("at_" + name, level)));
    return arrays;
  }

  private static ComparisonTable table(
      DeclaredEconomy economy, int state, StationaryEquilibrium equilibrium) {
    List<ComparisonTable.Row> rows = new ArrayList<>();
    for (int j = 0; j < economy.prices().size(); j++) {
      rows.add(row(economy.label(economy.prices().get(j).name()), equilibrium.prices()[j]));
    }
    for (int j = 0; j < economy.moments().size(); j++) {
      rows.add(row(economy.label(economy.moments().get(j).name()), equilibrium.moments()[j]));
    }
    equilibrium.series().forEach((name, level) -> rows.add(row(economy.label(name), level)));
    return new ComparisonTable(
        "Stationary equilibrium of %s in aggregate state %d".formatted(economy.name(), state + 1),
        "No aggregate risk; agents' own states move on.",
        List.of("level"),
        rows);
  }

  private static ComparisonTable.Row row(String name, double level) {
    return new ComparisonTable.Row(name, DECIMALS, Vector.of(level));
  }
}
