package org.nnks.cli.solve;

import java.util.function.Supplier;
import org.nnks.cli.progress.Progress;
import org.nnks.cli.progress.Stopwatch;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;

/** The forecast rules that a solve starts from. */
final class StartRules {

  private static final String PART = "steady states";

  private StartRules() {}

  /**
   * The rules that settings give, or those of the steady states.
   *
   * @param coldStart computes the latter
   * @throws InvalidInputException if there is no equilibrium in the economy's price bracket
   */
  static ForecastRules of(
      RunSettings settings,
      Supplier<ForecastRules> coldStart,
      Progress progress,
      Stopwatch stopwatch) {
    if (settings.startRules().isPresent()) {
      return settings.startRules().get();
    }
    progress.part(PART + ", to start from");
    try {
      return stopwatch.time(PART, coldStart::get);
    } catch (IllegalArgumentException e) {
      progress.done();
      throw new InvalidInputException(e.getMessage(), e);
    }
  }
}
