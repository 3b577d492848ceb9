package org.nnks.cli.solve;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.nnks.cli.impulse.Impulse;
import org.nnks.cli.impulse.ImpulseOptions;
import org.nnks.cli.impulse.StateImpulse;
import org.nnks.cli.models.ModelEntry;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.DivergedException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.ImpulseResponse;
import org.nnks.core.statistics.Figure;

/**
 * The responses that every report shows, to a shock of standard size: of few economies, for {@code
 * nnks irf} has more.
 */
final class StandardImpulse {

  /** Pairs of economies, at most: standard errors are seen. */
  private static final int PAIRS = 50;

  /**
   * Periods of the solved history for each pair, which lasts some 45 twice: a report takes no
   * longer than some two more histories.
   */
  private static final int PERIODS_PER_PAIR = 40;

  /** Standard errors need two. */
  private static final int FEWEST_PAIRS = 2;

  private static final int HORIZON = 20;

  /** Standard errors on either side of a mean: about 95 % of samples fall within two. */
  private static final double ERRORS = 2;

  private StandardImpulse() {}

  /**
   * Plots of the responses to productivity, or to the first shock that the model knows; none if it
   * has none, or economies end in the middle.
   *
   * @param periods of the history that was solved with
   */
  static <C extends Record> List<Figure> figures(
      ModelEntry<C> entry,
      C calibration,
      Economy economy,
      BellmanSolution agents,
      int periods,
      Seeds seeds) {
    List<String> shocks = entry.impulses();
    if (shocks.isEmpty()) {
      return List.of();
    }
    String shock = shocks.contains(StateImpulse.TFP) ? StateImpulse.TFP : shocks.get(0);
    int pairs = Math.max(FEWEST_PAIRS, Math.min(PAIRS, periods / PERIODS_PER_PAIR));
    ImpulseOptions options =
        new ImpulseOptions(OptionalDouble.empty(), OptionalInt.of(pairs), HORIZON, null);
    try {
      Impulse impulse = entry.impulse(shock, calibration, options);
      return figures(economy, impulse.respond(agents, seeds, done -> {}));
    } catch (InvalidInputException | DivergedException e) {
      return List.of();
    }
  }

  private static List<Figure> figures(Economy economy, ImpulseResponse response) {
    Vector horizon =
        Vector.of(IntStream.rangeClosed(0, response.shock().horizon()).asDoubleStream().toArray());
    List<Figure> figures = new ArrayList<>();
    for (ImpulseResponse.Response one : response.responses()) {
      if (one.mean().min() == one.mean().max()) {
        continue;
      }
      String label = economy.label(one.name());
      figures.add(
          new Figure(
              "Response of %s to %s; mean of %d pairs of economies, %s."
                  .formatted(
                      label, response.shock().title(), response.shock().economies(), Figure.BAND),
              "The response of %s in percent of where it would be without the shock"
                  .formatted(label),
              "%ss since the shock".formatted(economy.period()),
              label + " (%)",
              false,
              false,
              List.of(
                  new Figure.Line("mean", horizon, one.mean()),
                  new Figure.Line(Figure.BAND, horizon, shifted(one, -ERRORS)),
                  new Figure.Line(Figure.BAND, horizon, shifted(one, ERRORS)))));
    }
    return figures;
  }

  private static Vector shifted(ImpulseResponse.Response one, double errors) {
    return Vector.of(
        IntStream.range(0, one.mean().size())
            .mapToDouble(h -> one.mean().get(h) + errors * one.standardError().get(h))
            .toArray());
  }
}
