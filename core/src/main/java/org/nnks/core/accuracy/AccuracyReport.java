package org.nnks.core.accuracy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.model.Economy;
import org.nnks.core.model.Variables;
import org.nnks.core.numeric.DivergedException;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;

/**
 * How accurate a solution is, measured where it was not fitted: errors of the agents' equations off
 * the solver's points, and forecasts on shocks that did not estimate the rules.
 *
 * @param equations errors of the agents' equations by short names; the first is the headline
 * @param samePath dynamic forecasts on the path that estimated the rules
 * @param freshPath dynamic forecasts on fresh shocks
 * @param freshPrices one-period forecasts of each price on fresh shocks, by name
 * @param freshMoments one-period forecasts of each next moment on fresh shocks, by name
 * @param freshFailure why the economy could not be simulated on fresh shocks, in a sentence, where
 *     it could not; what is measured there is then undefined
 */
public record AccuracyReport(
    Map<String, EquationError> equations,
    DenHaan samePath,
    DenHaan freshPath,
    Map<String, ForecastFit> freshPrices,
    Map<String, ForecastFit> freshMoments,
    Optional<String> freshFailure) {

  /** Keeps its own, in order. */
  public AccuracyReport {
    equations = Collections.unmodifiableMap(new LinkedHashMap<>(equations));
    freshPrices = Collections.unmodifiableMap(new LinkedHashMap<>(freshPrices));
    freshMoments = Collections.unmodifiableMap(new LinkedHashMap<>(freshMoments));
  }

  /** The error that decides whether a solution counts as converged. */
  public EquationError headline() {
    return equations.values().iterator().next();
  }

  /** One-period forecasts of the first price; undefined without prices. */
  public ForecastFit freshPrice() {
    return first(freshPrices);
  }

  /** One-period forecasts of the first moment. */
  public ForecastFit freshCapital() {
    return first(freshMoments);
  }

  private static ForecastFit first(Map<String, ForecastFit> fits) {
    return fits.values().stream().findFirst().orElseGet(() -> ForecastFit.undefined(0));
  }

  /**
   * What can be said of agents who decide along one path only: nothing on fresh shocks.
   *
   * @param samePath forecasts of rules that describe the path
   * @param states aggregate states
   */
  public static AccuracyReport ofPath(
      Map<String, EquationError> equations, DenHaan samePath, Variables variables, int states) {
    return new AccuracyReport(
        equations,
        samePath,
        DenHaan.undefined(variables),
        ForecastFit.undefined(variables.prices(), states),
        ForecastFit.undefined(variables.moments(), states),
        Optional.empty());
  }

  /**
   * Measures a solution. Shocks that did not solve the economy may lead where its markets do not
   * clear: that is said, and speaks against the solution's accuracy, but takes nothing away.
   *
   * @param simulator for the fresh shocks
   * @param path the history simulated in the last iteration
   * @param burnIn periods discarded at the start
   */
  public static AccuracyReport of(
      Economy economy,
      EconomySimulator simulator,
      BellmanSolution solution,
      SimulatedPath path,
      int burnIn,
      Seeds seeds) {
    int states = economy.aggregate().size();
    int[] shocks =
        economy
            .aggregate()
            .simulate(
                economy.start().aggregateState(), path.periods(), seeds.stream("accuracy-shocks"));
    Map<String, EquationError> equations = solution.errors(path, burnIn, seeds);
    DenHaan same = DenHaan.of(path, solution.rules(), burnIn - 1);
    try {
      SimulatedPath fresh = simulator.simulate(solution.policies(), shocks);
      return new AccuracyReport(
          equations,
          same,
          DenHaan.of(fresh, solution.rules(), burnIn - 1),
          ForecastFit.ofPrices(fresh, burnIn, states),
          ForecastFit.ofMoments(fresh, burnIn, states),
          Optional.empty());
    } catch (DivergedException e) {
      return new AccuracyReport(
          equations,
          same,
          DenHaan.undefined(path.variables()),
          ForecastFit.undefined(path.variables().prices(), states),
          ForecastFit.undefined(path.variables().moments(), states),
          Optional.of("not simulated on fresh shocks: " + e.getMessage()));
    }
  }
}
