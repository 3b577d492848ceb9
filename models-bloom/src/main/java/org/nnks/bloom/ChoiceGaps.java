package org.nnks.bloom;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;

/** How discrete choices off the grid differ from the exact solver's, as the gaps of a solution. */
public final class ChoiceGaps {

  /** Wrong branches, as a share of firms. */
  public static final String WRONG_BY_MASS = "wrongChoiceByMass";

  /** The same by the lenient criterion. */
  public static final String WRONG_BY_MASS_LENIENT = "wrongChoiceByMassLenient";

  /** Wrong branches, as a share of grid points. */
  public static final String WRONG_BY_POINTS = "wrongChoiceByPoints";

  /** The same by the lenient criterion. */
  public static final String WRONG_BY_POINTS_LENIENT = "wrongChoiceByPointsLenient";

  /** What a wrong branch costs. */
  public static final String LOSS_OF_WRONG = "lossOfWrongChoice";

  /** Quarters after the burn-in that choices are compared in: enough for every aggregate state. */
  public static final int COMPARED_PERIODS = 500;

  /** Distance of compared quarters: firms move little from one to the next. */
  static final int COMPARED_EVERY = 5;

  private ChoiceGaps() {}

  /** The gaps of a decision rule; meant for solutions of the same forecast rules. */
  static Map<String, EquationError> between(
      Bloom economy,
      Supplier<DecisionRule<FirmDecisions>> rule,
      ExactSolution exact,
      SimulatedPath path,
      int from) {
    SampledHistory history = sampled(exact, from);
    new EconomySimulator().simulate(history, shown(path, from + COMPARED_PERIODS));
    DiscreteChoices mass = DiscreteChoices.atFirms(economy, exact, rule.get(), history.census());
    DiscreteChoices all = DiscreteChoices.overGrid(economy, exact, rule.get());
    Map<String, EquationError> gaps = new LinkedHashMap<>();
    gaps.put(
        WRONG_BY_MASS, share("Firms with another branch than the exact solver's", mass, false));
    gaps.put(WRONG_BY_MASS_LENIENT, share("The same by the lenient criterion", mass, true));
    gaps.put(
        WRONG_BY_POINTS, share("Grid points with another branch than the exact one", all, false));
    gaps.put(WRONG_BY_POINTS_LENIENT, share("The same by the lenient criterion", all, true));
    gaps.put(
        LOSS_OF_WRONG,
        new EquationError(
            "Median value lost by a wrong branch, in units of p, over grid points",
            all.losses().size(),
            all.lossQuantile(.5),
            all.lossQuantile(1),
            0.0));
    return gaps;
  }

  /** A history by the exact choices, whose firms are compared in some quarters after a burn-in. */
  public static SampledHistory sampled(ExactSolution exact, int from) {
    return new SampledHistory(
        exact.policies().begin(),
        t -> t >= from && t < from + COMPARED_PERIODS && (t - from) % COMPARED_EVERY == 0);
  }

  /** The first aggregate states of a path; all of them, if it is shorter. */
  static int[] shown(SimulatedPath path, int periods) {
    return Arrays.copyOf(path.stateArray(), Math.min(path.periods(), periods));
  }

  private static EquationError share(String description, DiscreteChoices choices, boolean lenient) {
    double right = lenient ? choices.lenient() : choices.right();
    return new EquationError(
        description, Math.toIntExact(choices.points()), 1 - right, choices.largest(), 0.0);
  }
}
