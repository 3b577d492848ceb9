package org.nnks.core.bellman;

import java.util.List;
import java.util.Map;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.Policies;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.statistics.Figure;
import org.nnks.core.statistics.LabelledArray;

/** A solution of the agents' problem given forecast rules. Valid while its solver is open. */
public interface BellmanSolution {

  /** The forecast rules it was solved with. */
  ForecastRules rules();

  /** Sweeps of the Bellman or Euler operator, or training steps, that it took. */
  int sweeps();

  /** The last change by the solver's own measure, such as of V on its own points. */
  double change();

  /** Whether that change is below the solver's tolerance. */
  boolean converged();

  /** What agents decide in a simulation. */
  Policies policies();

  /**
   * Whether decisions depend on the forecast rules; if not, the same solver's next solution decides
   * the same, and its history differs by what the rules forecast alone.
   */
  default boolean followsRules() {
    return true;
  }

  /**
   * How well the agents' problem is solved, off the solver's own points, by short names. The first
   * is the one that decides whether a solution counts as converged.
   *
   * @param path a history simulated with these decisions
   * @param burnIn periods discarded at its start
   */
  Map<String, EquationError> errors(SimulatedPath path, int burnIn, Seeds seeds);

  /**
   * How far these decisions are from another solution's, at the states of a path, by short names;
   * nothing if the two cannot be compared.
   *
   * @param from the first period compared
   */
  default Map<String, EquationError> gaps(BellmanSolution other, SimulatedPath path, int from) {
    return Map.of();
  }

  /** Values, policies and distribution as plots; nothing if there is nothing to show. */
  default List<Figure> figures(SimulatedPath path, int burnIn) {
    return List.of();
  }

  /**
   * The same plots with another solution's lines in them, dashed; without, where a model does not
   * know how.
   *
   * @param name what the other is called in legends
   * @param otherPath the other's own history, on the same shocks
   */
  default List<Figure> figuresBeside(
      SimulatedPath path, int burnIn, String name, BellmanSolution other, SimulatedPath otherPath) {
    return figures(path, burnIn);
  }

  /**
   * The plots, and what else tables of the solution need that its history does not say, such as
   * comparisons with another solver. Made once for each solve, so it may take as long as a
   * simulation.
   */
  default Exhibits exhibits(SimulatedPath path, int burnIn) {
    return new Exhibits(figures(path, burnIn), Map.of());
  }

  /**
   * Values, policies and distributions with their axes, for other programs. {@code histogram} is
   * the distribution after the last period, {@code mean_histogram} its average over time.
   */
  default List<LabelledArray> arrays(SimulatedPath path, int burnIn) {
    return List.of();
  }
}
