package org.nnks.cli.solve;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.nnks.core.archive.RulesFile;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.Spelling;

/** The forecast rules that {@code --rules} asks for. */
final class NamedRules {

  private NamedRules() {}

  /**
   * Published rules of a name, or else those in a file.
   *
   * @param states the number of aggregate states of the economy
   * @throws InvalidInputException if there are no such rules, or for another number of states
   */
  static ForecastRules find(String nameOrFile, int states, Map<String, ForecastRules> published) {
    ForecastRules named = published.get(nameOrFile);
    if (named == null) {
      Path file = Path.of(nameOrFile);
      if (!nameOrFile.contains(".") && !Files.exists(file)) {
        throw new InvalidInputException(
            "there is no file '%s', and no published rules have this name; %s"
                .formatted(
                    nameOrFile, Spelling.suggestion("name", nameOrFile, published.keySet())));
      }
      return RulesFile.readStart(file, states);
    }
    if (named.states() != states) {
      throw new InvalidInputException(
          "the rules '%s' are for %d aggregate states but the calibration has %d"
              .formatted(nameOrFile, named.states(), states));
    }
    return named;
  }
}
