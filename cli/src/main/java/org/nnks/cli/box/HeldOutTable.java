package org.nnks.cli.box;

import java.util.ArrayList;
import java.util.List;
import org.nnks.core.numeric.Vector;
import org.nnks.core.parameters.HeldOutGap;
import org.nnks.core.parameters.HeldOutPoint;
import org.nnks.core.parameters.HeldOutReport;
import org.nnks.core.statistics.ComparisonTable;

/** Gaps of a conditioned solution to exact solves as a table to print. */
public final class HeldOutTable {

  private static final int DECIMALS = 4;
  private static final String TITLE =
      "Held-out parameters against fresh exact solves (gaps in %, times in s)";

  private HeldOutTable() {}

  /** The table of a report. */
  public static ComparisonTable of(HeldOutReport report) {
    return of(report, TITLE);
  }

  /** The table of a report under a title of its own. */
  public static ComparisonTable of(HeldOutReport report, String title) {
    List<ComparisonTable.Row> rows = new ArrayList<>();
    for (HeldOutPoint point : report.points()) {
      rows.add(
          row(
              report.box().text(point.theta()),
              point.evaluated(),
              point.refined(),
              point.exactSeconds()));
    }
    return new ComparisonTable(
        title,
        "p and K: mean absolute gap on the same shocks; moment: the largest gap of any. Evaluated:"
            + " nothing is solved; refined: the agents' problem is solved given the rules.",
        List.of(
            "p, evaluated",
            "K",
            "moment",
            "time",
            "p, refined",
            "K",
            "moment",
            "time",
            "exact solve"),
        rows);
  }

  private static ComparisonTable.Row row(
      String label, HeldOutGap evaluated, HeldOutGap refined, double exactSeconds) {
    return new ComparisonTable.Row(
        label,
        DECIMALS,
        Vector.of(
            evaluated.price(),
            evaluated.capital(),
            evaluated.moment(),
            evaluated.seconds(),
            refined.price(),
            refined.capital(),
            refined.moment(),
            refined.seconds(),
            exactSeconds));
  }
}
