package org.nnks.cli.transition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nnks.core.agents.ForesightPath;
import org.nnks.core.agents.PerfectForesight;
import org.nnks.core.agents.RestingEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable;

/** Perfect-foresight transitions as tables. */
public final class TransitionTables {

  private static final int DECIMALS = 4;

  /** Dates that are shown. */
  private static final int[] DATES = {0, 1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 100};

  /** Sizes relative to the shock asked for; 1.5 and 2 are those of Terry (2017), Table D1. */
  private static final double[] SIZES = {-2, -1.5, -1, 1, 1.5, 2};

  /** What business-cycle tables know. */
  private static final List<String> QUANTITIES = List.of("Y", "I", "C", "N");

  private TransitionTables() {}

  /** Deviations from where the transition ends, by date. */
  public static ComparisonTable dates(RestingEconomy end, Exogenous variable, ForesightPath path) {
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

  /**
   * The response to a shock of another size.
   *
   * @param label of its row
   * @param share of the shock asked for, by which responses are divided
   * @param path the transition, or the linear response
   */
  public record Sized(String label, double share, ForesightPath path) {}

  /**
   * What larger, smaller and opposite shocks lead to, and the linear response.
   *
   * @param asked the transition after the shock asked for
   */
  public static List<Sized> sizes(
      PerfectForesight foresight, ForesightPath asked, double size, double persistence) {
    List<Sized> sizes = new ArrayList<>();
    for (double share : SIZES) {
      sizes.add(
          new Sized(
              String.format(Locale.ROOT, "%+.0f %% of it", 100 * share),
              share,
              share == 1 ? asked : foresight.shock(share * size, persistence)));
    }
    sizes.add(new Sized("linear response", 1, foresight.linear(size, persistence)));
    return sizes;
  }

  /** What they do, relative to their size. */
  public static ComparisonTable relative(List<Sized> sizes) {
    Map<String, Vector> shown = sizes.get(0).path().series();
    List<String> names = QUANTITIES.stream().filter(shown::containsKey).toList();
    return new ComparisonTable(
        "Responses at date 0 relative to the size of the shock (%)",
        "Those of a linear economy do not depend on size and sign.",
        names,
        sizes.stream().map(sized -> row(sized, names)).toList());
  }

  private static ComparisonTable.Row row(Sized sized, List<String> names) {
    ForesightPath path = sized.path();
    return new ComparisonTable.Row(
        sized.label() + (path.converged() ? "" : " (not cleared)"),
        DECIMALS,
        Vector.ofUnsafe(
            names.stream()
                .mapToDouble(name -> path.deviations(name).get(0) / sized.share())
                .toArray()));
  }

  /** A sentence for each size whose markets do not clear. */
  public static List<String> uncleared(List<Sized> sizes) {
    return sizes.stream()
        .filter(sized -> !sized.path().converged())
        .map(sized -> sized.label() + ": " + clearing(sized.path()))
        .toList();
  }

  /** One sentence. */
  public static String verdict(ForesightPath path) {
    return String.format(
        Locale.ROOT,
        "%s; on the last date the economy is %.2g %% from where it ends%s",
        clearing(path),
        100 * path.unrest(),
        path.settled() ? "" : ": lengthen --horizon");
  }

  /** Whether markets clear, and what is shown where they do not. */
  private static String clearing(ForesightPath path) {
    return String.format(
        Locale.ROOT,
        path.converged()
            ? "converged in %d steps: the largest residual of a market at any date is %.1e"
            : "not converged in %d steps: shown is the path that came nearest, with a residual of"
                + " %.1e in a market at some date",
        path.errors().size() - 1,
        path.errors().min());
  }
}
