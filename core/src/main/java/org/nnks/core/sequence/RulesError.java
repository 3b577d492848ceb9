package org.nnks.core.sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.SimulatedPath;

/**
 * What forecast rules get wrong: the path of agents who decide by them against the path of agents
 * who need none, on the same shocks.
 *
 * @param iterations of the method without rules
 * @param change of its last iteration, in logs
 * @param converged whether it has
 * @param farShare share of states that do not come without a near neighbour on the path
 * @param burnIn periods not compared
 * @param gaps of the rules' path to the other, in percent
 * @param byState the same of the first price and moment in each aggregate state that comes
 * @param half gaps of the first moment and price between half the path and all of it, in percent:
 *     what more periods change; absent if half of it leaves a state out, or has not converged
 * @param ignored moments other than the first, which near periods need not share
 */
public record RulesError(
    int iterations,
    double change,
    boolean converged,
    double farShare,
    int burnIn,
    List<PathGap> gaps,
    List<InState> byState,
    Optional<List<PathGap>> half,
    List<String> ignored) {

  /**
   * Gaps in one aggregate state.
   *
   * @param state counted from zero
   * @param productivity its level
   * @param periods in which it came
   * @param gaps of the first price, if there is one, and the first moment
   */
  public record InState(int state, double productivity, int periods, List<PathGap> gaps) {}

  /**
   * Compares.
   *
   * @param rules the path by rules
   * @param solution the path without, on the same shocks
   * @param half the path without on the first half of them, if that could be solved
   */
  public static RulesError of(
      MarkovChain chain,
      SimulatedPath rules,
      SequenceSolution solution,
      Optional<SequenceSolution> half,
      int burnIn) {
    SimulatedPath path = solution.path();
    List<String> moments = path.variables().moments();
    List<InState> byState = new ArrayList<>();
    for (int a = 0; a < chain.size(); a++) {
      int state = a;
      int[] periods =
          IntStream.range(burnIn, path.periods())
              .filter(t -> path.states().get(t) == state)
              .toArray();
      if (periods.length > 0) {
        byState.add(
            new InState(a, chain.level(a), periods.length, firstGaps(rules, path, periods)));
      }
    }
    return new RulesError(
        solution.changes().size(),
        solution.changes().last(),
        solution.converged(),
        solution.farShare(),
        burnIn,
        PathGap.between(rules, path, burnIn),
        byState,
        half.filter(SequenceSolution::converged)
            .map(
                shorter ->
                    firstGaps(
                        shorter.path(),
                        path,
                        IntStream.range(burnIn, shorter.path().periods()).toArray())),
        moments.subList(1, moments.size()));
  }

  private static List<PathGap> firstGaps(SimulatedPath one, SimulatedPath other, int[] periods) {
    List<PathGap> gaps = new ArrayList<>();
    if (!one.prices().isEmpty()) {
      gaps.add(gap(one.variables().prices().get(0), one.price(), other.price(), periods));
    }
    gaps.add(gap(one.variables().moments().get(0), one.capital(), other.capital(), periods));
    return gaps;
  }

  private static PathGap gap(String name, Vector one, Vector other, int[] periods) {
    return PathGap.of(name, at(one, periods), at(other, periods), 0);
  }

  private static Vector at(Vector series, int[] periods) {
    return Vector.ofUnsafe(IntStream.of(periods).mapToDouble(series::get).toArray());
  }
}
