package org.nnks.krusellsmith.rbc;

import java.util.List;
import org.nnks.core.archive.Accuracy;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.core.statistics.ComparisonTable.Row;

/** The published numbers of Liu (2024) appendix A beside ours. */
public final class RbcTables {

  /** Liu (2024) appendix A, of value iteration and of reinforcement learning: "around 1e-7". */
  static final double LIU_LOG10_SQUARE = -7;

  private RbcTables() {}

  /** Euler errors; Liu does not print the range of k on which his are measured. */
  public static ComparisonTable eulerErrors(Accuracy accuracy) {
    return new ComparisonTable(
        "Euler equation, mean squared error in units of 1/c (Liu 2024, appendix A)",
        "log10 of the mean of (β E[R′/c′] − 1/c)² over all z and 600 k, unweighted. Liu's two"
            + " numbers are printed as \"around 1e-7\", without a range of k. A rule that is only"
            + " log-linear stands beside them.",
        List.of("Liu VFI", "Liu DDPG", "log-linear", ComparisonTable.OURS),
        List.of(
            row(
                accuracy,
                "log10 MSE, k within 20 % of the steady state",
                RepresentativeSolution.LOG_LINEAR_NARROW,
                RepresentativeSolution.SQUARE_NARROW),
            row(
                accuracy,
                "log10 MSE, k within 50 %",
                RepresentativeSolution.LOG_LINEAR_WIDE,
                RepresentativeSolution.SQUARE_WIDE)));
  }

  private static Row row(Accuracy accuracy, String label, String logLinear, String ours) {
    return new Row(
        label,
        2,
        Vector.of(
            LIU_LOG10_SQUARE,
            LIU_LOG10_SQUARE,
            Math.log10(accuracy.equation(logLinear).mean()),
            Math.log10(accuracy.equation(ours).mean())));
  }
}
