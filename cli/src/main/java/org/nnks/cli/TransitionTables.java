package org.nnks.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nnks.core.agents.ForesightPath;
import org.nnks.core.agents.PerfectForesight;
import org.nnks.core.agents.RestingEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable;

/** Perfect-foresight transitions as tables. */
final class TransitionTables {

  private static final int DECIMALS = 4;

  /** Dates that are shown. */
  private static final int[] DATES = {0, 1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 100};

  /** Sizes relative to the shock asked for; 1.5 and 2 are those of Terry (2017), Table D1. */
  private static final double[] SIZES = {-2, -1.5, -1, 1, 1.5, 2};

  /** What business-cycle tables know. */
  private static final List<String> QUANTITIES = List.of("Y", "I", "C", "N");

  private TransitionTables() {}

  /** Deviations from where the transition ends, by date. */
  static ComparisonTable dates(RestingEconomy end, Exogenous variable, ForesightPath path) {
    List<String> names = new ArrayList<>(end.variables().prices());
    names.addAll(end.variables().moments());
    QUANTITIES.stream().filter(path.series()::containsKey).forEach(names::add);
    List<String> columns = new ArrayList<>(List.of(variable.name()));
    columns.addAll(names);
    double last = path.level().last();
    List<ComparisonTable.Row> rows = new ArrayList<>();
    for (int date : DATES) {
      if (date < path.level().size()) {
        double[] cells = new double[columns.size()];
        cells[0] = 100 * Math.log(path.level().get(date) / last);
        for (int i = 0; i < names.size(); i++) {
          cells[i + 1] = path.deviations(names.get(i)).get(date);
        }
        rows.add(new ComparisonTable.Row("date " + date, DECIMALS, Vector.ofUnsafe(cells)));
      }
    }
    return new ComparisonTable(
        "Transition of %s (%%), by %s".formatted(end.economy().name(), end.economy().period()),
        "100 log deviations from where it ends.",
        columns,
        rows);
  }

  /** What larger, smaller and opposite shocks do, relative to their size. */
  static ComparisonTable sizes(PerfectForesight foresight, double size, double persistence) {
    List<ComparisonTable.Row> rows = new ArrayList<>();
    ForesightPath linear = foresight.linear(size, persistence);
    List<String> names = QUANTITIES.stream().filter(linear.series()::containsKey).toList();
    for (double share : SIZES) {
      ForesightPath path = foresight.shock(share * size, persistence);
      rows.add(
          row(
              String.format(Locale.ROOT, "%+.0f %% of it", 100 * share)
                  + (path.converged() ? "" : " (not cleared)"),
              names,
              path,
              share));
    }
    rows.add(row("linear response", names, linear, 1));
    return new ComparisonTable(
        "Responses at date 0 relative to the size of the shock (%)",
        "Those of a linear economy do not depend on size and sign.", names, rows);
  }

  private static ComparisonTable.Row row(
      String label, List<String> names, ForesightPath path, double share) {
    return new ComparisonTable.Row(
        label,
        DECIMALS,
        Vector.ofUnsafe(
            names.stream().mapToDouble(name -> path.deviations(name).get(0) / share).toArray()));
  }

  /** One sentence. */
  static String verdict(ForesightPath path) {
    return String.format(
        Locale.ROOT,
        "%s in %d steps: the largest residual of a market at any date is %.1e; on the last date the"
            + " economy is %.2g %% from where it ends%s",
        path.converged() ? "converged" : "not converged",
        path.errors().size() - 1,
        path.errors().min(),
        100 * path.unrest(),
        path.settled() ? "" : ": lengthen --horizon");
  }
}
