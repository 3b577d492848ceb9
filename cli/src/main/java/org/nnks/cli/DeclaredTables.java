package org.nnks.cli;

import java.util.ArrayList;
import java.util.List;
import org.nnks.core.archive.Moments;
import org.nnks.core.archive.RunResults;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable;

/** What any declared economy adds up to, with nothing published beside it. */
final class DeclaredTables {

  private static final int DECIMALS = 5;

  private static final List<String> OURS = List.of(ComparisonTable.OURS);

  private DeclaredTables() {}

  /** Means, the business cycle, and errors of equations. */
  static List<ComparisonTable> of(RunResults results) {
    Moments moments = results.moments();
    return List.of(means(moments), MomentsTable.of(moments), errors(results));
  }

  /** Average levels. */
  static ComparisonTable means(Moments moments) {
    List<ComparisonTable.Row> rows = new ArrayList<>();
    rows.add(row("p", moments.means().price()));
    rows.add(row("K", moments.means().capital()));
    moments.crossSection().forEach((name, mean) -> rows.add(row(name, mean)));
    return new ComparisonTable(
        "Means after %d periods".formatted(moments.burnIn()),
        "The first price, the first moment, the share of agents that takes each branch, and further"
            + " series of the economy.",
        OURS,
        rows);
  }

  /** Errors of equations, as the solution measures them. */
  static ComparisonTable errors(RunResults results) {
    List<ComparisonTable.Row> rows = new ArrayList<>();
    results
        .accuracy()
        .equations()
        .forEach(
            (name, error) ->
                rows.add(
                    new ComparisonTable.Row(
                        error.description(), DECIMALS + 2, Vector.of(error.mean(), error.max()))));
    return new ComparisonTable(
        "Errors of equations off the points of the solver", "", List.of("mean", "largest"), rows);
  }

  private static ComparisonTable.Row row(String label, double value) {
    return new ComparisonTable.Row(label, DECIMALS, Vector.of(value));
  }
}
