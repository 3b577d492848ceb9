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
 * @param loss what an agent loses who decides by the rules, if the agents know
 * @param others what rules get wrong by their form, lines of the run first; absent where agents
 *     follow none, or would have to be trained for them
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
    Optional<Loss> loss,
    Optional<List<OtherRules>> others) {

  private static final double PERCENT = 100;

  /**
   * What an agent loses who decides by the rules among others who need none.
   *
   * @param of of what it is a share: consumption, or the value of firms
   * @param mean over periods, in percent
   * @param largest if every period were as bad as the worst, in percent
   */
  public record Loss(String of, double mean, double largest) {

    static Loss of(String of, Vector shares) {
      return new Loss(of, PERCENT * shares.mean(), PERCENT * shares.max());
    }
  }

  /**
   * What rules of another form get wrong, if all agents decide by them.
   *
   * @param form in words
   * @param iterations from the first fit; none for lines of the run
   * @param converged whether they are found
   * @param gaps of the first price, if there is one, of the first moment, and of Y
   */
  public record OtherRules(String form, int iterations, boolean converged, List<PathGap> gaps) {

    /** Compares their path with the one without, from a period on. */
    public static OtherRules of(
        String form,
        int iterations,
        boolean converged,
        SimulatedPath rules,
        SimulatedPath path,
        int burnIn) {
      int[] periods = IntStream.range(burnIn, rules.periods()).toArray();
      List<PathGap> gaps = firstGaps(rules, path, periods);
      gaps.add(PathGap.of("Y", rules.output(), path.output(), burnIn));
      return new OtherRules(form, iterations, converged, gaps);
    }

    /** The mean absolute gap of the first moment: what forms are chosen by. */
    public double momentGap() {
      return gaps.get(gaps.size() - 2).meanAbsolute();
    }
  }

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
   * @param lossOf of what losses are shares
   * @param others what rules of each form get wrong
   */
  public static RulesError of(
      MarkovChain chain,
      SimulatedPath rules,
      SequenceSolution solution,
      Optional<SequenceSolution> half,
      int burnIn,
      String lossOf,
      Optional<List<OtherRules>> others) {
    SimulatedPath path = solution.path();
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
        solution.losses().map(losses -> Loss.of(lossOf, losses.slice(burnIn, losses.size()))),
        others);
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
