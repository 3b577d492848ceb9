package org.nnks.bloom;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.bloom.DiscreteChoices.Deviations;
import org.nnks.core.bellman.Exhibits;
import org.nnks.core.numeric.DivergedException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;

/**
 * Thresholds or networks held against the exact solver at the same forecast rules, as in Yokomoto
 * (2026) appendix B: what fills Tables 11 to 13 and draws the other line of Figures 4 and 7 to 13.
 * The firms' problem is solved exactly for it, from nothing: on the economy's grids, and on finer
 * ones, where fewer choices differ from exact ones merely because no node is there. Where that does
 * not converge, or its markets do not clear at the rules of the solution, this is shown alone and
 * there are no statistics.
 */
public final class ExactComparison {

  /** Evaluation points: all nodes. */
  static final String POINTS = "choices.points";

  /** Share of points with the exact branch. */
  static final String RIGHT = "choices.right";

  /** The same by the lenient criterion. */
  static final String RIGHT_LENIENT = "choices.rightLenient";

  /** Share of firms with the exact branch, along the exact history. */
  public static final String RIGHT_BY_MASS = "choices.rightByMass";

  /** The same by the lenient criterion. */
  public static final String RIGHT_BY_MASS_LENIENT = "choices.rightByMassLenient";

  /** The two shares along the exact history on finer grids. */
  public static final String RIGHT_BY_MASS_FINER = "choices.rightByMassFiner";

  static final String RIGHT_BY_MASS_FINER_LENIENT = "choices.rightByMassFinerLenient";

  /**
   * Intervals of k and of n of the finer grids for each of the economy's: what choices off the grid
   * differ by falls by a quarter, and with three, at twice the time, by another sixth.
   */
  public static final int FINER = 2;

  /** Remaining mismatches: |Delta I|, |Delta S|, |Delta RHS|. */
  static final List<String> DEVIATIONS =
      List.of("deviation.investment", "deviation.hiring", "deviation.rightHandSide");

  /** Statistics of each of them: quantiles, and the share above {@link #LARGE}. */
  static final List<String> SUFFIXES = List.of(".median", ".p95", ".p99", ".shareLarge");

  private static final double[] SHARES = {.5, .95, .99};

  /** What Yokomoto (2026) Table 12 counts as a large deviation. */
  private static final double LARGE = .5;

  private static final String OURS = "this run";
  private static final String EXACT = "exact";

  private ExactComparison() {}

  /** The plots and statistics of a solution. */
  public static Exhibits of(GridFreeSolution solution, SimulatedPath path, int burnIn) {
    Bloom economy = solution.economy;
    Drawn<FirmDecisions> ours =
        new Drawn<>(OURS, false, solution.rule(), new FirmDecisions(economy), path);
    try (ExactBellman solver = new ExactBellman(economy, solution.clearing)) {
      ExactSolution exact = solver.solve(solution.rules());
      if (!exact.converged()) {
        return shown(solution, burnIn, List.of(ours));
      }
      SampledHistory history = ChoiceGaps.sampled(exact, burnIn);
      SimulatedPath theirs =
          new EconomySimulator()
              .simulate(
                  history,
                  ChoiceGaps.shown(
                      path,
                      Math.max(BloomFigures.WINDOW_END, burnIn + ChoiceGaps.COMPARED_PERIODS)));
      Map<String, Double> statistics =
          statistics(
              DiscreteChoices.overGrid(economy, exact, solution.rule()),
              DiscreteChoices.atFirms(economy, exact, solution.rule(), history.census()));
      onFinerGrids(solution, path, burnIn, statistics);
      return shown(solution, burnIn, List.of(ours, exact.drawn(EXACT, true, theirs)))
          .and(List.of(), statistics);
    } catch (DivergedException e) {
      return shown(solution, burnIn, List.of(ours));
    }
  }

  private static Exhibits shown(FirmSolution solution, int burnIn, List<Drawn<?>> solutions) {
    return new Exhibits(
        new BloomFigures(solution.economy, solution.rules(), solutions, burnIn).all(), Map.of());
  }

  /** Adds the shares on finer grids; nothing where the exact solver has no solution there. */
  private static void onFinerGrids(
      GridFreeSolution solution, SimulatedPath path, int burnIn, Map<String, Double> statistics) {
    solution
        .againstExact(FINER, FINER, path, burnIn)
        .ifPresent(
            choices -> {
              statistics.put(RIGHT_BY_MASS_FINER, choices.right());
              statistics.put(RIGHT_BY_MASS_FINER_LENIENT, choices.lenient());
            });
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
