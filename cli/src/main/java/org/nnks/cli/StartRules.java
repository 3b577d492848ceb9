package org.nnks.cli;

import org.nnks.core.archive.RunSettings;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.model.Economy;
import org.nnks.core.solve.ColdStart;

/** The forecast rules that a solve starts from. */
final class StartRules {

  private static final String PART = "steady states";

  private StartRules() {}

  /**
   * The rules that settings give, or those of the steady states.
   *
   * @throws InvalidInputException if there is no equilibrium in the economy's price bracket
   */
  static ForecastRules of(
      RunSettings settings, Economy economy, Progress progress, Stopwatch stopwatch) {
    if (settings.startRules().isPresent()) {
      return settings.startRules().get();
    }
    progress.part(PART + ", to start from");
    try {
      return stopwatch.time(PART, () -> ColdStart.rules(economy));
    } catch (IllegalArgumentException e) {
      progress.done();
      throw new InvalidInputException(e.getMessage(), e);
    }
  }
}
