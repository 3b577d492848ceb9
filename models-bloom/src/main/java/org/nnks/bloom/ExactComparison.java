package org.nnks.bloom;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.bloom.DiscreteChoices.Deviations;
import org.nnks.core.bellman.Exhibits;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.simulate.Simulator;
import org.nnks.core.simulate.UnclearedMarketException;
import org.nnks.core.statistics.Figure;

/**
 * Networks held against the exact solver at the same forecast rules, as in Yokomoto (2026) appendix
 * B: what fills Tables 11 to 13 and draws the other line of Figures 4 and 7 to 13. The firms'
 * problem is solved exactly once for it, from nothing. Where that does not converge, or its markets
 * do not clear at rules that the networks found, the networks are shown alone and there are no
 * statistics.
 */
final class ExactComparison {

  /** Evaluation points: all nodes. */
  static final String POINTS = "choices.points";

  /** Share of points with the exact branch. */
  static final String RIGHT = "choices.right";

  /** The same by the lenient criterion. */
  static final String RIGHT_LENIENT = "choices.rightLenient";

  /** Share of firms with the exact branch, along the exact history. */
  static final String RIGHT_BY_MASS = "choices.rightByMass";

  /** The same by the lenient criterion. */
  static final String RIGHT_BY_MASS_LENIENT = "choices.rightByMassLenient";

  /** Remaining mismatches: |Delta I|, |Delta S|, |Delta RHS|. */
  static final List<String> DEVIATIONS =
      List.of("deviation.investment", "deviation.hiring", "deviation.rightHandSide");

  /** Statistics of each of them: quantiles, and the share above {@link #LARGE}. */
  static final List<String> SUFFIXES = List.of(".median", ".p95", ".p99", ".shareLarge");

  private static final double[] SHARES = {.5, .95, .99};

  /** What Yokomoto (2026) Table 12 counts as a large deviation. */
  private static final double LARGE = .5;

  private static final String NETWORK = "network";
  private static final String EXACT = "exact";

  private ExactComparison() {}

  /**
   * The plots and statistics of networks.
   *
   * @param ours their decisions, for one user at a time
   */
  static Exhibits of(
      Bloom economy,
      DecisionRule<FirmDecisions> ours,
      ForecastRules rules,
      JumpClearing.Rule clearing,
      SimulatedPath path,
      int burnIn) {
    try (ExactBellman solver = new ExactBellman(economy, clearing)) {
      Drawn<FirmDecisions> drawn =
          new Drawn<>(NETWORK, false, ours, new FirmDecisions(economy), path);
      ExactSolution exact = solver.solve(rules);
      if (!exact.converged()) {
        return alone(economy, rules, drawn, burnIn);
      }
      return compared(economy, ours, rules, drawn, exact, path, burnIn);
    }
  }

  private static Exhibits alone(
      Bloom economy, ForecastRules rules, Drawn<FirmDecisions> drawn, int burnIn) {
    return new Exhibits(new BloomFigures(economy, rules, List.of(drawn), burnIn).all(), Map.of());
  }

  private static Exhibits compared(
      Bloom economy,
      DecisionRule<FirmDecisions> ours,
      ForecastRules rules,
      Drawn<FirmDecisions> drawn,
      ExactSolution exact,
      SimulatedPath path,
      int burnIn) {
    try {
      int[] shown =
          Arrays.copyOf(path.stateArray(), Math.min(path.periods(), BloomFigures.WINDOW_END));
      SimulatedPath theirs = new Simulator().simulate(exact.policies(), shown);
      List<Figure> figures =
          new BloomFigures(economy, rules, List.of(drawn, exact.drawn(EXACT, true, theirs)), burnIn)
              .all();
      return new Exhibits(
          figures,
          statistics(
              DiscreteChoices.overGrid(economy, exact, ours),
              ChoiceGaps.byMass(economy, ours, exact, path, burnIn)));
    } catch (UnclearedMarketException e) {
      return alone(economy, rules, drawn, burnIn);
    }
  }

  private static Map<String, Double> statistics(DiscreteChoices all, DiscreteChoices mass) {
    Map<String, Double> statistics = new LinkedHashMap<>();
    statistics.put(POINTS, (double) all.points());
    statistics.put(RIGHT, all.right());
    statistics.put(RIGHT_LENIENT, all.lenient());
    statistics.put(RIGHT_BY_MASS, mass.right());
    statistics.put(RIGHT_BY_MASS_LENIENT, mass.lenient());
    List<Vector> deviations =
        List.of(
            all.remaining().investment(),
            all.remaining().hiring(),
            all.remaining().rightHandSide());
    for (int i = 0; i < deviations.size(); i++) {
      for (int j = 0; j < SHARES.length; j++) {
        statistics.put(
            DEVIATIONS.get(i) + SUFFIXES.get(j), Deviations.quantile(deviations.get(i), SHARES[j]));
      }
      statistics.put(
          DEVIATIONS.get(i) + SUFFIXES.get(SHARES.length),
          Deviations.shareAbove(deviations.get(i), LARGE));
    }
    return statistics;
  }
}
