package org.nnks.core.solve;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.forecast.CurvedRegression;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.forecast.RuleRegression;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;

/**
 * The Krusell-Smith loop for rules of a curved form: agents decide by them, and rules of that form
 * are fitted to what happens, until they forecast the same. A step is damped by fitting what lies
 * between forecasts and what happens.
 *
 * @param path of agents who decide by the rules found
 * @param iterations so far
 * @param change root mean square of the changes of the logs of forecasts along the path in the last
 *     iteration
 * @param converged whether that is within the tolerance
 */
public record CurvedRules(SimulatedPath path, int iterations, double change, boolean converged) {

  /** From rules fitted to the truth about ten iterations are usual. */
  private static final int MAX_ITERATIONS = 60;

  /** A form of rules: {@link CurvedRegression#parabolas}, or {@link CurvedRegression#network}. */
  public interface Form extends BiFunction<CurvedRegression, ForecastRules, ForecastRules> {}

  /**
   * Solves.
   *
   * @param solver of the agents' problem; stays open, and is left at the last rules
   * @param start a path to fit the first rules to, whose shocks are kept
   * @param from first period that counts
   * @param tolerance change of forecasts at which rules are found
   * @throws org.nnks.core.numeric.DivergedException if markets do not clear
   */
  public static CurvedRules solve(
      Form form,
      Economy economy,
      BellmanSolver solver,
      SimulatedPath start,
      int from,
      double tolerance) {
    int[] states = start.stateArray();
    ForecastRules rules = fit(form, economy, start, targets(start), from);
    double step = 1;
    double smallest = Double.POSITIVE_INFINITY;
    for (int iteration = 1; ; iteration++) {
      SimulatedPath path = new EconomySimulator().simulate(solver.solve(rules).policies(), states);
      ForecastRules estimated = fit(form, economy, path, targets(path), from);
      List<Vector> believed = forecasts(path.forecastBy(rules));
      double change = distance(believed, forecasts(path.forecastBy(estimated)), from);
      if (change <= tolerance || iteration == MAX_ITERATIONS) {
        return new CurvedRules(path, iteration, change, change <= tolerance);
      }
      step = change < smallest ? step : step / 2;
      smallest = Math.min(smallest, change);
      rules = fit(form, economy, path, between(believed, targets(path), step), from);
    }
  }

  private static ForecastRules fit(
      Form form, Economy economy, SimulatedPath path, List<Vector> targets, int from) {
    int moments = path.moments().size();
    int[] states = path.stateArray();
    ForecastRules lines =
        new RuleRegression(
                states,
                path.moments(),
                targets.subList(0, moments),
                targets.subList(moments, targets.size()),
                from)
            .describe(economy.aggregate().size(), economy::neighbour);
    return form.apply(new CurvedRegression(states, path.moments(), targets, from), lines);
  }

  private static List<Vector> targets(SimulatedPath path) {
    return Stream.concat(path.nextMoments().stream(), path.prices().stream()).toList();
  }

  private static List<Vector> forecasts(SimulatedPath path) {
    return Stream.concat(path.momentForecasts().stream(), path.priceForecasts().stream()).toList();
  }

  /** The root mean square of the differences of logs. */
  private static double distance(List<Vector> one, List<Vector> other, int from) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < one.size(); i++) {
      for (int t = from; t < one.get(i).size(); t++, count++) {
        double away = Math.log(one.get(i).get(t) / other.get(i).get(t));
        sum += away * away;
      }
    }
    return Math.sqrt(sum / count);
  }

  private static List<Vector> between(List<Vector> one, List<Vector> other, double share) {
    List<Vector> between = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      double[] at = one.get(i).toArray();
      for (int t = 0; t < at.length; t++) {
        at[t] *= Math.pow(other.get(i).get(t) / at[t], share);
      }
      between.add(Vector.of(at));
    }
    return between;
  }
}
