package org.nnks.cli;

import java.util.List;
import java.util.Map;
import org.nnks.core.archive.RunResults;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.Spelling;
import org.nnks.core.model.Economy;
import org.nnks.core.simulate.ImpulseResponse;
import org.nnks.core.statistics.ComparisonTable;

/**
 * What the command line must know of a model. A model becomes a command by one entry in {@link
 * Models}; nothing else asks which model it is.
 *
 * @param <C> its calibration: a record of numbers that checks itself
 */
interface ModelEntry<C extends Record> {

  /** The name on the command line and in files. */
  String name();

  /** One line for the list of models. */
  String description();

  /** The published calibrations; the first is used unless the user says otherwise. */
  List<NamedCalibration<C>> calibrations();

  /** The parameters that are used unless the user says otherwise. */
  default C calibration() {
    return calibrations().get(0).parameters();
  }

  /**
   * The parameters of a name.
   *
   * @throws InvalidInputException if there are none; the message names the nearest
   */
  default C calibration(String name) {
    return calibrations().stream()
        .filter(calibration -> calibration.name().equals(name))
        .findFirst()
        .map(NamedCalibration::parameters)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "unknown calibration '%s'; %s"
                        .formatted(
                            name,
                            Spelling.suggestion(
                                "calibration",
                                name,
                                calibrations().stream().map(NamedCalibration::name).toList()))));
  }

  /** Published forecast rules to start from, by name. */
  Map<String, ForecastRules> rules();

  /** The type of the parameters. */
  Class<C> calibrationType();

  /** The economy with these parameters. */
  Economy economy(C calibration);

  /**
   * Published numbers beside ours, in the order to print.
   *
   * @param solveSeconds wall time of the solve
   */
  List<ComparisonTable> tables(RunResults results, double solveSeconds);

  /** Standard deviation of the innovation to log A, in which shocks are measured. */
  double aggregateSd(C calibration);

  /** Published impulse responses beside ours; none if the shock is not the published one. */
  List<ComparisonTable> impulseTables(ImpulseResponse response);
}
