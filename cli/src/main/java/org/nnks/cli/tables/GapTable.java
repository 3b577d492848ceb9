package org.nnks.cli.tables;

import java.util.List;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable;

/** Gaps between paths as a table to print. */
public final class GapTable {

  private static final int DECIMALS = 4;

  private GapTable() {}

  /** The table of these gaps. */
  public static ComparisonTable of(String title, List<PathGap> gaps) {
    return new ComparisonTable(
        title,
        "100 log(path / reference), same shocks, after the burn-in.",
        List.of("mean", "mean absolute", "largest"),
        gaps.stream()
            .map(
                gap ->
                    new ComparisonTable.Row(
                        gap.name(), DECIMALS, Vector.of(gap.mean(), gap.meanAbsolute(), gap.max())))
            .toList());
  }
}
