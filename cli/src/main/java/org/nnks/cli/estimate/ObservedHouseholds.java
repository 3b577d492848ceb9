package org.nnks.cli.estimate;

import java.nio.file.Path;
import java.util.Optional;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.krusellsmith.conditioned.EconomyData;
import org.nnks.krusellsmith.conditioned.EconomySeries;
import org.nnks.krusellsmith.conditioned.MeasurementError;

/**
 * What is observed of a Krusell-Smith economy, and with which errors.
 *
 * @param series what an observer has
 * @param data if the user has them; otherwise they are simulated
 */
record ObservedHouseholds(EconomySeries series, Optional<EconomyData> data) {

  /**
   * What options say.
   *
   * @param observed a file of series, or null
   * @param units a number of households, a file of them, or null
   * @throws InvalidInputException if they do not fit, or households are seen without error
   */
  static ObservedHouseholds read(Path observed, String units, MeasurementError error) {
    EconomySeries series = EconomySeries.liu2024().measuredWith(error);
    if (units != null && !(error.aggregates() > 0 && error.households() > 0)) {
      throw new InvalidInputException(
          "--units needs measurement errors above 0, as no data are exact, but --measurement-error is %s,%s"
              .formatted(error.aggregates(), error.households()));
    }
    if (units != null && units.matches("-?\\d+")) {
      if (observed != null) {
        throw new InvalidInputException(
            "--observed series need households observed in the same economy: give --units a file of them");
      }
      return new ObservedHouseholds(series.interviewing(number(units)), Optional.empty());
    }
    if (units != null && observed == null) {
      throw new InvalidInputException(
          "--units %s needs --observed, the series of the same economy; or give --units a number of households to simulate"
              .formatted(units));
    }
    Matrix households =
        units == null
            ? Matrix.of(0, EconomySeries.interviews().size())
            : ObservedTable.read(Path.of(units)).named(EconomySeries.interviews());
    return new ObservedHouseholds(
        series.interviewing(households.rows()),
        Optional.ofNullable(observed)
            .map(
                file ->
                    new EconomyData(
                        ObservedTable.read(file).named(EconomySeries.names()), households)));
  }

  private static int number(String text) {
    try {
      int units = Integer.parseInt(text);
      if (units < 1) {
        throw new InvalidInputException("--units must be at least 1 but is " + units);
      }
      return units;
    } catch (NumberFormatException e) {
      throw new InvalidInputException("--units %s is too large".formatted(text), e);
    }
  }
}
