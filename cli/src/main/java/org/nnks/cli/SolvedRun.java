package org.nnks.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.nnks.core.archive.Manifest;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.archive.RulesFile;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
import org.nnks.core.model.Economy;
import org.nnks.core.run.Device;

/**
 * A run that was solved, opened to use its decisions again.
 *
 * @param folder where it is
 * @param entry its model
 * @param manifest what it was asked
 * @param economy its economy
 * @param <C> the type of the calibration
 */
record SolvedRun<C extends Record>(
    RunFolder folder, ModelEntry<C> entry, Manifest<C> manifest, Economy economy) {

  /**
   * Opens the run in a folder.
   *
   * @throws InvalidInputException if it holds none, or one that has not finished or not found
   *     anything
   */
  static SolvedRun<?> open(Path path) {
    RunFolder folder = RunFolder.open(path);
    return open(folder, Models.find(Manifest.model(folder.manifest())));
  }

  private static <C extends Record> SolvedRun<C> open(RunFolder folder, ModelEntry<C> entry) {
    Manifest<C> manifest = Manifest.read(folder.manifest(), entry.calibrationType());
    Manifest.Outcome outcome =
        manifest
            .outcome()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "the run in %s has not finished: continue it with nnks solve %s --resume --out %s"
                            .formatted(folder.path(), entry.name(), folder.path())));
    if (outcome.status().equals(SimulateCommand.SIMULATED)) {
      throw new InvalidInputException(
          folder.path() + " holds a simulation: give the folder of the solve that it came from");
    }
    if (!Files.exists(folder.rules())) {
      throw new InvalidInputException(
          "the run in %s has found no solution: it is %s"
              .formatted(folder.path(), outcome.verdict()));
    }
    return new SolvedRun<>(folder, entry, manifest, entry.economy(manifest.calibration()));
  }

  /** A solver of its calibration by other settings; the caller closes it. */
  BellmanSolver open(RunSettings settings, Device device) {
    return entry.open(manifest.calibration(), settings, device);
  }

  /** How it was solved. */
  RunSettings settings() {
    return manifest.settings();
  }

  /** The rules that its agents used. */
  ForecastRules rules() {
    return StrictJson.read(folder.rules(), RulesFile.class).used();
  }

  /**
   * The solver of the agents' problem as the run left it; the caller closes it.
   *
   * @throws InvalidInputException if its state cannot be read or does not fit the settings
   */
  BellmanSolver restore(Device device) {
    Map<String, double[]> state = NamedArrays.read(folder.networks());
    BellmanSolver solver = entry.open(manifest.calibration(), settings(), device);
    try {
      solver.restore(state);
      return solver;
    } catch (IllegalArgumentException e) {
      solver.close();
      throw new InvalidInputException("%s: %s".formatted(folder.networks(), e.getMessage()), e);
    }
  }
}
