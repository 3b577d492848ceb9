package org.nnks.cli.results;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.archive.RunResults;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.run.Seeds;
import org.nnks.core.solve.Solution;
import org.nnks.core.statistics.Figure;
import org.nnks.ddpg.solve.LearningSolver;
import org.nnks.ddpg.solve.PolishedSolver;

/** What a run that learned leaves beyond any other: its curve, and what a polish owes to it. */
public final class LearningResults {

  /** The learning curve. */
  private static final String CURVE = "learning.csv";

  private LearningResults() {}

  private static Optional<LearningSolver<?>> learning(BellmanSolver solver) {
    if (solver instanceof PolishedSolver<?> polished) {
      return Optional.of(polished.learning());
    }
    return solver instanceof LearningSolver<?> learning ? Optional.of(learning) : Optional.empty();
  }

  /**
   * The plots of the curve beside an exact solution's line; none of a method that did not learn.
   */
  public static List<Figure> figures(BellmanSolver solver, BellmanSolution exact) {
    return learning(solver).map(learning -> learning.figures(exact)).orElse(List.of());
  }

  /** Writes the curve, if something learned. */
  public static void write(BellmanSolver solver, RunFolder folder) {
    learning(solver)
        .ifPresent(learning -> learning.curve().table().write(folder.path().resolve(CURVE)));
  }

  /** Results with the statistics of a polish, if there was one. */
  public static RunResults in(
      RunResults results, BellmanSolver solver, Solution solution, Seeds seeds) {
    if (!(solver instanceof PolishedSolver<?> polished)) {
      return results;
    }
    Map<String, Double> statistics = new LinkedHashMap<>(results.statistics());
    statistics.putAll(
        polished.statistics(solution.agents(), solution.path(), solution.config().burnIn(), seeds));
    return results.withStatistics(statistics);
  }
}
