package org.nnks.core.accuracy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.model.Variables;
import org.nnks.core.simulate.SimulatedPath;

/**
 * One solution judged by another, obtained by a different method on the same calibration and
 * shocks. Forecast statistics cannot see a biased value function; a rival's path can.
 *
 * @param gaps path gaps of the solution to its rival, after the burn-in
 * @param decisions gaps of the two solutions' decisions at the solution's own states, by name
 * @param solution accuracy of the solution
 * @param rival accuracy of its rival
 * @param limits what was allowed
 * @param violations one sentence for every limit exceeded; empty if certified
 */
public record Certificate(
    List<PathGap> gaps,
    Map<String, EquationError> decisions,
    AccuracyReport solution,
    AccuracyReport rival,
    CertificateLimits limits,
    List<String> violations) {

  /** Whether the solution keeps all limits. */
  public boolean certified() {
    return violations.isEmpty();
  }

  /**
   * Judges a solution.
   *
   * @param path its history
   * @param rivalPath the rival's history on the same shocks
   * @param from the first period compared
   */
  public static Certificate of(
      BellmanSolution agents,
      SimulatedPath path,
      AccuracyReport solution,
      BellmanSolution rivalAgents,
      SimulatedPath rivalPath,
      AccuracyReport rival,
      int from,
      CertificateLimits limits) {
    List<PathGap> gaps = PathGap.between(path, rivalPath, from);
    List<String> violations = new ArrayList<>();
    check(violations, "the number of periods that do not clear", path.clearing().failures(), 0);
    checkGaps(violations, gaps, path.variables(), limits);
    check(
        violations,
        "the mean error of the " + solution.headline().description(),
        solution.headline().mean(),
        limits.bellman());
    return new Certificate(
        gaps,
        agents.gaps(rivalAgents, path, from),
        solution,
        rival,
        limits,
        List.copyOf(violations));
  }

  /** Holds every price and every moment to its limit; Y, I and N have none. */
  static void checkGaps(
      List<String> violations, List<PathGap> gaps, Variables variables, CertificateLimits limits) {
    for (PathGap gap : PathGap.judged(gaps)) {
      String what = "the largest gap in %s, in percent,".formatted(gap.name());
      boolean price = variables.prices().contains(gap.name());
      check(violations, what, gap.max(), price ? limits.price() : limits.capital());
    }
  }

  private static void check(List<String> violations, String what, double value, double limit) {
    if (!(value <= limit)) {
      violations.add("%s is %.3g, above the limit of %s".formatted(what, value, limit));
    }
  }
}
