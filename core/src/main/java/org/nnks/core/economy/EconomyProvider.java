package org.nnks.core.economy;

import java.util.List;
import java.util.Map;
import org.nnks.core.io.InvalidInputException;

/**
 * Brings a declared economy to the command line: {@code nnks} finds it with {@link
 * java.util.ServiceLoader} in the jars of {@code --with} and on the class path, and gives it every
 * command.
 *
 * <p>An implementation is public, has a public constructor without parameters, and is named in the
 * file {@code META-INF/services/org.nnks.core.economy.EconomyProvider} of its jar.
 *
 * @param <C> the calibration: a public record of numbers, and of records of numbers, that checks
 *     itself
 */
public interface EconomyProvider<C extends Record> {

  /** What the economy is, in one line. */
  String description();

  /** The calibrations that have a name, at least one; the first is the default. */
  List<NamedCalibration<C>> calibrations();

  /**
   * What the parameters are, by their names: symbol, meaning, unit, range and source, for {@code
   * nnks models}.
   */
  default Map<String, String> parameters() {
    return Map.of();
  }

  /**
   * The economy with these parameters; its name is the same for all of them.
   *
   * @throws IllegalArgumentException if there is none; the message says what to change
   */
  DeclaredEconomy economy(C calibration);

  /** The economy of the first calibration. */
  default DeclaredEconomy economy() {
    if (calibrations().isEmpty()) {
      throw new InvalidInputException(
          "%s has no calibration: calibrations() must give at least one"
              .formatted(getClass().getName()));
    }
    return economy(calibrations().get(0).parameters());
  }
}
