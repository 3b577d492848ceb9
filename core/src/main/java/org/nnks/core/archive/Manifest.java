package org.nnks.core.archive;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
import org.nnks.core.run.Provenance;

/**
 * What a run was asked to do, what did it, and how it ended: {@code manifest.json}.
 *
 * @param model the name of the economy
 * @param command the command line, word by word
 * @param provenance versions, machine, and when the run began
 * @param settings how it is solved
 * @param calibration the economy's parameters: a record that its model defines
 * @param outcome how it ended; absent while it runs
 * @param <C> the type of the calibration
 */
public record Manifest<C extends Record>(
    String model,
    List<String> command,
    Provenance provenance,
    RunSettings settings,
    C calibration,
    Optional<Outcome> outcome) {

  private static final String CALIBRATION = "calibration";

  /**
   * How a run ended.
   *
   * @param status a constant of {@link org.nnks.core.solve.Status}, or {@code SIMULATED}
   * @param verdict one sentence: why it has this status
   * @param device the device the networks lived on: cpu, gpu or none
   * @param finished when: ISO 8601, UTC, to the second
   * @param seconds wall time of each part of the command, in order
   */
  public record Outcome(
      String status, String verdict, String device, String finished, Map<String, Double> seconds) {}

  /** The parts that do not depend on the model, as they stand in the file. */
  private record Common(
      String model,
      List<String> command,
      Provenance provenance,
      RunSettings settings,
      Optional<Outcome> outcome) {}

  /** This manifest with an outcome. */
  public Manifest<C> withOutcome(Outcome outcome) {
    return new Manifest<>(model, command, provenance, settings, calibration, Optional.of(outcome));
  }

  /** This manifest with another calibration: one of a box of parameters that was solved. */
  public Manifest<C> withCalibration(C calibration) {
    return new Manifest<>(model, command, provenance, settings, calibration, outcome);
  }

  /** This manifest with other settings. */
  public Manifest<C> withSettings(RunSettings settings) {
    return new Manifest<>(model, command, provenance, settings, calibration, outcome);
  }

  /** This manifest with other settings and another command, and no outcome: a run that goes on. */
  public Manifest<C> continued(RunSettings settings, List<String> command) {
    return new Manifest<>(model, command, provenance, settings, calibration, Optional.empty());
  }

  /**
   * Writes the manifest, atomically.
   *
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void write(Path file) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("model", model);
    content.put("command", command);
    content.put("provenance", provenance);
    content.put("settings", settings);
    content.put(CALIBRATION, calibration);
    outcome.ifPresent(o -> content.put("outcome", o));
    AtomicFiles.write(file, StrictJson.write(content));
  }

  /**
   * The name of the model in a manifest, which decides the type of its calibration.
   *
   * @throws InvalidInputException if the file cannot be read or is no manifest
   */
  public static String model(Path file) {
    JsonElement model = tree(file).get("model");
    if (model == null || !model.isJsonPrimitive()) {
      throw new InvalidInputException(file + " names no model, so it is not the manifest of a run");
    }
    return model.getAsString();
  }

  /**
   * Reads a manifest.
   *
   * @throws InvalidInputException if the file cannot be read or is no manifest of such a model
   */
  public static <C extends Record> Manifest<C> read(Path file, Class<C> calibrationType) {
    JsonObject tree = tree(file);
    JsonElement calibration = tree.remove(CALIBRATION);
    if (calibration == null) {
      throw new InvalidInputException("%s: key '%s' is missing".formatted(file, CALIBRATION));
    }
    Common common =
        StrictJson.read(new StringReader(tree.toString()), file.toString(), Common.class);
    return new Manifest<>(
        common.model(),
        common.command(),
        common.provenance(),
        common.settings(),
        StrictJson.read(
            new StringReader(calibration.toString()), file + ", calibration", calibrationType),
        common.outcome());
  }

  private static JsonObject tree(Path file) {
    try {
      JsonElement root = JsonParser.parseString(Files.readString(file));
      if (root.isJsonObject()) {
        return root.getAsJsonObject();
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s cannot be read: check that the file exists and that you may read it".formatted(file),
          e);
    } catch (JsonParseException e) {
      throw new InvalidInputException(file + " is not valid JSON", e);
    }
    throw new InvalidInputException(file + " is not the manifest of a run");
  }
}
