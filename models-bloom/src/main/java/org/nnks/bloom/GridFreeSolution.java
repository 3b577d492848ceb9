package org.nnks.bloom;

import java.util.Map;
import java.util.Optional;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.numeric.DivergedException;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.Policies;
import org.nnks.core.simulate.SimulatedPath;

/**
 * Thresholds and networks: a solution that knows what firms decide anywhere, between the nodes of
 * its economy's grids too.
 */
public abstract class GridFreeSolution extends FirmSolution {

  public GridFreeSolution(Bloom economy, Solve solve) {
    super(economy, solve);
  }

  /**
   * What firms decide, for one user at a time.
   *
   * @param firms the economy in which they are: this one, or the same on finer grids
   */
  public abstract DecisionRule<FirmDecisions> rule(Bloom firms);

  /** What the firms of the economy decide, for one user at a time. */
  public final DecisionRule<FirmDecisions> rule() {
    return rule(economy);
  }

  @Override
  public final Policies policies() {
    return policies(economy);
  }

  /**
   * The same decisions of firms on a finer histogram, for which nothing is solved again: Yokomoto
   * (2026) Table 6.
   *
   * @param capitalTimes intervals of k for each of the economy's
   * @param hoursTimes intervals of n_-1 for each of the economy's
   * @throws IllegalArgumentException if one is below 1
   */
  public final Policies policies(int capitalTimes, int hoursTimes) {
    return policies(new Bloom(economy.calibration().finer(capitalTimes, hoursTimes)));
  }

  private Policies policies(Bloom firms) {
    return histories(firms, () -> rule(firms), () -> new FirmDecisions(firms));
  }

  /**
   * Choices against those of the exact solver on finer grids, at these forecast rules: by the mass
   * of firms along the exact history there.
   *
   * @param capitalTimes intervals of k for each of the economy's
   * @param hoursTimes intervals of n_-1 for each of the economy's
   * @param path whose aggregate states come
   * @param from the first quarter compared
   * @return nothing if the firms' problem does not converge there, or markets do not clear
   */
  public final Optional<DiscreteChoices> againstExact(
      int capitalTimes, int hoursTimes, SimulatedPath path, int from) {
    Bloom firms = new Bloom(economy.calibration().finer(capitalTimes, hoursTimes));
    try (ExactBellman solver = new ExactBellman(firms, clearing)) {
      ExactSolution exact = solver.solve(rules);
      if (!exact.converged()) {
        return Optional.empty();
      }
      SampledHistory history = ChoiceGaps.sampled(exact, from);
      new EconomySimulator()
          .simulate(history, ChoiceGaps.shown(path, from + ChoiceGaps.COMPARED_PERIODS));
      return Optional.of(DiscreteChoices.atFirms(firms, exact, rule(firms), history.census()));
    } catch (DivergedException e) {
      return Optional.empty();
    }
  }

  /**
   * How often the branch differs from the exact solver's: by mass along the first quarters of the
   * path, and over all nodes of the grids; strictly, and by the criterion of Yokomoto (2026)
   * footnote 27. The largest number is the largest share in one aggregate state and mean capital.
   */
  @Override
  public final Map<String, EquationError> gaps(
      BellmanSolution other, SimulatedPath path, int from) {
    return other instanceof ExactSolution exact
        ? ChoiceGaps.between(economy, this::rule, exact, path, from)
        : Map.of();
  }
}
