package org.nnks.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.nnks.core.agents.StationaryEquilibrium;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  /** Created by picocli. */
  SteadyStateCommand() {}

  @Override
  public Integer call() {
    DeclaredEconomy economy = still.economy();
    economy.check();
    int state = still.state(economy);
    StationaryEquilibrium equilibrium = StationaryEquilibrium.of(economy, state);
    PrintWriter out = spec.commandLine().getOut();
    out.println(TextTable.of(table(economy, state, equilibrium)));
    out.flush();
    return ExitCode.OK;
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
