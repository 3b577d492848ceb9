package org.nnks.cli.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.core.archive.RunResults;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.ddpg.solve.PolishedSolver;

/** What a polished solution owes to learning. */
final class LearningTables {

  private static final int DECIMALS = 4;

  private LearningTables() {}

  /** The polished numbers beside those by gradients alone and those without learning, if any. */
  static Optional<ComparisonTable> polish(RunResults results) {
    Map<String, Double> statistics = results.statistics();
    List<ComparisonTable.Row> rows = new ArrayList<>();
    for (String name : statistics.keySet()) {
      if (name.startsWith(PolishedSolver.POLISHED)) {
        String what = name.substring(PolishedSolver.POLISHED.length());
        boolean square = what.contains("MSE");
        rows.add(
            new ComparisonTable.Row(
                square ? "log10 " + what : what,
                DECIMALS,
                Vector.of(
                    number(statistics.get(PolishedSolver.UNPOLISHED + what), square),
                    number(statistics.get(name), square),
                    number(statistics.get(PolishedSolver.UNLEARNED + what), square))));
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ComparisonTable(
                "What learning did, and what least squares did",
                "Polished: a projection on drawn features that starts from what gradients learned."
                    + " No learning: the same projection from the policy that keeps capital.",
                List.of("gradients alone", "polished", "no learning"),
                rows));
  }

  private static double number(double value, boolean square) {
    return square ? Math.log10(value) : value;
  }
}
