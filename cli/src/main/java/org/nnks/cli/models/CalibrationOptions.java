package org.nnks.cli.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
import picocli.CommandLine.Option;

/** The options that choose the parameters of an economy. */
public final class CalibrationOptions {

  @Option(
      names = "--calibration",
      paramLabel = "NAME",
      description = "a published calibration; nnks models lists them")
  private String calibration;

  @Option(
      names = "--config",
      paramLabel = "FILE.json",
      description = "the calibration, with all its keys; see nnks models")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = "one parameter of the calibration; may be repeated")
  private List<String> assignments = new ArrayList<>();

  /** The name of a calibration, if one is given. */
  public Optional<String> name() {
    return Optional.ofNullable(calibration);
  }

  /**
   * The calibration asked for.
   *
   * @throws InvalidInputException as the method below
   */
  public <C extends Record> C calibration(ModelEntry<C> entry) {
    return calibration(entry.calibration(), entry, name(), Map.of());
  }

  /**
   * A calibration from a name or {@code --config}, and {@code --set}.
   *
   * @param base what they change
   * @param varied values that are applied last; all are before the calibration is checked
   * @throws InvalidInputException if a name or key is unknown, a key is missing, or the values do
   *     not make a calibration together
   */
  public <C extends Record> C calibration(
      C base, ModelEntry<C> entry, Optional<String> name, Map<String, String> varied) {
    if (name.isPresent() && config != null) {
      throw new InvalidInputException(
          "--calibration and --config both give a whole calibration: leave one out");
    }
    Map<String, String> values = assigned("--set", assignments);
    values.putAll(varied);
    return config == null
        ? StrictJson.with(name.map(entry::calibration).orElse(base), values)
        : StrictJson.read(config, entry.calibrationType(), values);
  }

  /**
   * Assignments key=value as a map.
   *
   * @throws InvalidInputException if one is not such
   */
  public static Map<String, String> assigned(String option, List<String> assignments) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw new InvalidInputException(
            "%s needs key=value, such as maxFixedCost=0.02, but got '%s'"
                .formatted(option, assignment));
      }
      values.put(assignment.substring(0, equals).strip(), assignment.substring(equals + 1).strip());
    }
    return values;
  }
}
