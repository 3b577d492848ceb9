package org.nnks.cli;

import java.util.ArrayList;
import java.util.List;
import org.nnks.core.archive.Moments;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.BusinessCycleTable;
import org.nnks.core.statistics.ComparisonTable;

/** The business cycle of a path as a table to print. */
final class MomentsTable {

  private static final int DECIMALS = 4;

  private MomentsTable() {}

  /** The table of these moments. */
  static ComparisonTable of(Moments moments) {
    List<ComparisonTable.Row> rows = new ArrayList<>();
    for (BusinessCycleTable.Row row : moments.businessCycle().rows()) {
      rows.add(
          new ComparisonTable.Row(
              row.name(),
              DECIMALS,
              Vector.of(
                  mean(moments, row.name()), row.sdPercent(), row.ratio(), row.correlation())));
    }
    return new ComparisonTable(
        "Business cycle, HP(%.0f), after %d periods"
            .formatted(moments.businessCycle().lambda(), moments.burnIn()),
        "",
        List.of("mean", "sd (%)", "relative to Y", "correlation with Y"),
        rows);
  }

  private static double mean(Moments moments, String name) {
    return switch (name) {
      case "Y" -> moments.means().output();
      case "I" -> moments.means().investment();
      case "N" -> moments.means().hours();
      case "C" -> moments.means().consumption();
      default -> Double.NaN;
    };
  }
}
