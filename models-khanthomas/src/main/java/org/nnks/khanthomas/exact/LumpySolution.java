package org.nnks.khanthomas.exact;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.statistics.Figure;
import org.nnks.core.statistics.LabelledArray;
import org.nnks.khanthomas.exact.BellmanError.Interval;

/**
 * A solution of the firms' problem given forecast rules.
 *
 * @param economy the economy that the firms live in
 * @param rules the forecast rules it was solved with
 * @param value V
 * @param policy how targets are chosen in the simulation
 * @param clearing how markets clear in the simulation
 * @param sweeps sweeps of the Bellman operator, or training steps, that it took
 * @param change the last change by the solver's own measure: of V on its own points, in the sup
 *     norm; in {@link TerryBellman}, of log targets and thresholds
 * @param converged whether that change is below the solver's tolerance
 */
public record LumpySolution(
    LumpyInvestment economy,
    ForecastRules rules,
    ValueFunction value,
    TargetRule policy,
    Clearing.Method clearing,
    int sweeps,
    double change,
    boolean converged)
    implements BellmanSolution {

  /** The Bellman error on the paper's 2,500 points. */
  public static final String BELLMAN_ON_GRID = "bellmanOnGrid";

  /** The Bellman error at 10,000 random points of the ergodic box. */
  public static final String BELLMAN_AT_RANDOM = "bellmanAtRandom";

  /** The gap of the targets used to the exact maximiser. */
  public static final String TARGET = "k*";

  /**
   * The ergodic interval of k, relative to the mean of K: 99.8 % of firms have k between .36 and
   * 2.2 times mean capital in the Khan-Thomas economy.
   */
  static final double ERGODIC_LOWER = 0.36;

  /** See {@link #ERGODIC_LOWER}. */
  static final double ERGODIC_UPPER = 2.2;

  @Override
  public LumpyPolicies policies() {
    return new LumpyPolicies(economy, rules, value, policy, clearing);
  }

  /** This solution with another rule for targets. */
  LumpySolution withPolicy(TargetRule other) {
    return new LumpySolution(economy, rules, value, other, clearing, sweeps, change, converged);
  }

  @Override
  public Map<String, EquationError> errors(SimulatedPath path, int burnIn, Seeds seeds) {
    Vector realised = path.capital().slice(burnIn, path.periods());
    Interval ergodicCapital =
        new Interval(
            economy.capital().clamp(ERGODIC_LOWER * realised.mean()),
            economy.capital().clamp(ERGODIC_UPPER * realised.mean()));
    Interval ergodicMean = new Interval(realised.min(), realised.max());
    Map<String, EquationError> errors = new LinkedHashMap<>();
    errors.put(BELLMAN_ON_GRID, BellmanError.onGrid(this));
    errors.put(
        BELLMAN_AT_RANDOM,
        BellmanError.atRandom(this, ergodicCapital, ergodicMean, seeds.stream("accuracy-points")));
    errors.put(TARGET, TargetError.along(this, path, burnIn));
    return errors;
  }

  @Override
  public Map<String, EquationError> gaps(BellmanSolution other, SimulatedPath path, int from) {
    return other instanceof LumpySolution rival
        ? Map.of(TARGET, TargetError.between(this, rival, path, from))
        : Map.of();
  }

  @Override
  public List<Figure> figures(SimulatedPath path, int burnIn) {
    return LumpyFigures.of(this, path, burnIn);
  }

  /** {@code value}: V; {@code policy}: k*; {@code histogram}: firms after the last period. */
  @Override
  public List<LabelledArray> arrays(SimulatedPath path, int burnIn) {
    return LumpyFigures.arrays(this, path, burnIn);
  }
}
