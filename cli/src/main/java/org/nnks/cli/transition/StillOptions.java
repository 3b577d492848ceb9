package org.nnks.cli.transition;

import java.util.Map;
import org.nnks.cli.models.CalibrationOptions;
import org.nnks.cli.models.ModelEntry;
import org.nnks.cli.models.ModelNames;
import org.nnks.cli.models.Models;
import org.nnks.core.agents.RestingEconomy;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A declared economy, and an aggregate state in which it stays. */
public final class StillOptions {

  @Parameters(
      paramLabel = "MODEL",
      completionCandidates = ModelNames.class,
      description = "khan-thomas, inventories, krusell-smith, bloom, or one that you have declared")
  private String model;

  @Mixin private CalibrationOptions calibrations = new CalibrationOptions();

  @Option(
      names = "--state",
      paramLabel = "N",
      description =
          "the aggregate state, from 1, in which the economy stays; default the middle one")
  private Integer state;

  /**
   * The economy, in the state in which it stays.
   *
   * @param changes of its parameters
   * @throws InvalidInputException if nothing is known of this model at rest, or there is no such
   *     state
   */
  public RestingEconomy economy(Map<String, String> changes) {
    return economy(Models.find(model), changes);
  }

  private <C extends Record> RestingEconomy economy(
      ModelEntry<C> entry, Map<String, String> changes) {
    C calibration = StrictJson.with(calibrations.calibration(entry), changes);
    return entry.atRest(calibration, state(entry, calibration));
  }

  /** Makes sure that the model, its parameters and the state exist. */
  public void check() {
    check(Models.find(model));
  }

  private <C extends Record> void check(ModelEntry<C> entry) {
    state(entry, calibrations.calibration(entry));
  }

  /** The aggregate state, counted from zero. */
  private <C extends Record> int state(ModelEntry<C> entry, C calibration) {
    int standard = entry.restingState(calibration);
    int states = entry.economy(calibration).aggregate().size();
    if (state != null && (state < 1 || state > states)) {
      throw new InvalidInputException(
          "--state must be from 1 to %d for %s but is %d".formatted(states, entry.name(), state));
    }
    return state == null ? standard : state - 1;
  }
}
