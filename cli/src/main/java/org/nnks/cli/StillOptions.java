package org.nnks.cli;

import java.util.Map;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A declared economy, and an aggregate state in which it stays. */
final class StillOptions {

  @Parameters(
      paramLabel = "MODEL",
      description = "a declared one: khan-thomas, inventories (no transitions) or your own")
  private String model;

  @Mixin private CalibrationOptions calibrations = new CalibrationOptions();

  @Option(
      names = "--state",
      paramLabel = "N",
      description =
          "the aggregate state, from 1, in which the economy stays; default the middle one")
  private Integer state;

  /**
   * The economy.
   *
   * @throws InvalidInputException if the model is none that is declared
   */
  DeclaredEconomy economy() {
    return economy(Map.of());
  }

  /** The economy with some parameters changed. */
  DeclaredEconomy economy(Map<String, String> changes) {
    return economy(Models.find(model), changes);
  }

  private <C extends Record> DeclaredEconomy economy(
      ModelEntry<C> entry, Map<String, String> changes) {
    C calibration = StrictJson.with(calibrations.calibration(entry), changes);
    return entry
        .declaration(calibration)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "%s is not declared, and stationary equilibria and transitions are computed from declarations: take khan-thomas or an economy of your own"
                        .formatted(entry.name())));
  }

  /**
   * The aggregate state, counted from zero.
   *
   * @throws InvalidInputException if there is no such state
   */
  int state(DeclaredEconomy economy) {
    int states = economy.aggregate().size();
    if (state != null && (state < 1 || state > states)) {
      throw new InvalidInputException(
          "--state must be from 1 to %d for %s but is %d".formatted(states, economy.name(), state));
    }
    return state == null ? states / 2 : state - 1;
  }
}
