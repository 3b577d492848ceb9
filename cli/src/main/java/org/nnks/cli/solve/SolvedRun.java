package org.nnks.cli.solve;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.nnks.cli.models.ModelEntry;
import org.nnks.cli.models.Models;
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
import org.nnks.core.numeric.Vector;
import org.nnks.core.parameters.ConditionedSolution;
import org.nnks.core.run.Device;

/**
 * A run that was solved, opened to use its decisions again.
 *
 * @param folder where it is
 * @param entry its model
 * @param manifest what it was asked
 * @param economy its economy
 * @param rules that its agents used
 * @param state of the solver of the agents' problem, read when it is needed
 * @param <C> the type of the calibration
 */
public record SolvedRun<C extends Record>(
    RunFolder folder,
    ModelEntry<C> entry,
    Manifest<C> manifest,
    Economy economy,
    ForecastRules rules,
    Supplier<Map<String, double[]>> state) {

  /**
   * Opens the run in a folder.
   *
   * @throws InvalidInputException if it holds none, or one that has not finished or not found
   *     anything
   */
  public static SolvedRun<?> open(Path path) {
    RunFolder folder = RunFolder.open(path);
    if (ConditionedSolution.isIn(path)) {
      throw new InvalidInputException(
          "%s holds a solution for a box of parameters: simulate one of them with nnks simulate %s --at"
              .formatted(path, path));
    }
    return open(folder, Models.find(Manifest.model(folder.manifest())));
  }

  /**
   * Opens a solve over a box of parameters at one of them.
   *
   * @throws InvalidInputException if the folder holds none, or the parameters are not in its box
   */
  public static SolvedRun<?> open(Path path, Map<String, Double> parameters) {
    RunFolder folder = RunFolder.open(path);
    if (!ConditionedSolution.isIn(path)) {
      throw new InvalidInputException(
          "%s holds no solution for a box of parameters, so --at has no meaning: leave it out, or"
                  .formatted(path)
              + " solve with --over");
    }
    return open(folder, Models.find(Manifest.model(folder.manifest())), parameters);
  }

  private static <C extends Record> SolvedRun<C> open(
      RunFolder folder, ModelEntry<C> entry, Map<String, Double> parameters) {
    Manifest<C> manifest = entry.manifest(folder.manifest());
    outcome(folder, entry, manifest);
    ConditionedSolution solution = ConditionedSolution.read(folder.path());
    Vector theta = solution.box().theta(parameters);
    C calibration = solution.box().calibrate(manifest.calibration(), theta);
    return new SolvedRun<>(
        folder,
        entry,
        manifest.withCalibration(calibration),
        entry.economy(calibration),
        solution.rules(theta),
        () -> solution.state(theta));
  }

  private static <C extends Record> SolvedRun<C> open(RunFolder folder, ModelEntry<C> entry) {
    Manifest<C> manifest = entry.manifest(folder.manifest());
    Manifest.Outcome outcome = outcome(folder, entry, manifest);
    if (outcome.status().equals(SimulateCommand.SIMULATED)) {
      throw new InvalidInputException(
          folder.path() + " holds a simulation: give the folder of the solve that it came from");
    }
    if (!Files.exists(folder.rules())) {
      throw new InvalidInputException(
          "the run in %s has found no solution: it is %s"
              .formatted(folder.path(), outcome.verdict()));
    }
    return new SolvedRun<>(
        folder,
        entry,
        manifest,
        entry.economy(manifest.calibration()),
        StrictJson.read(folder.rules(), RulesFile.class).used(),
        () -> NamedArrays.read(folder.networks()));
  }

  private static Manifest.Outcome outcome(
      RunFolder folder, ModelEntry<?> entry, Manifest<?> manifest) {
    return manifest
        .outcome()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "the run in %s has not finished: continue it with nnks solve %s --resume --out %s"
                        .formatted(folder.path(), entry.name(), folder.path())));
  }

  /** A solver of its calibration by other settings; the caller closes it. */
  public BellmanSolver open(RunSettings settings, Device device) {
    return entry.open(manifest.calibration(), settings, device);
  }

  /**
   * The settings of the method that judges it.
   *
   * @throws InvalidInputException if the model has no second method
   */
  public RunSettings rival() {
    return Rival.settings(entry, manifest.calibration(), settings());
  }

  /** How it was solved. */
  public RunSettings settings() {
    return manifest.settings();
  }

  /**
   * The solver of the agents' problem as the run left it; the caller closes it.
   *
   * @throws InvalidInputException if its state cannot be read or does not fit the settings
   */
  public BellmanSolver restore(Device device) {
    if (settings().method() == RunSettings.Method.TRANSITION) {
      throw new InvalidInputException(
          "the run in %s has no forecast rules, and its agents decide along its own path only: solve %s by another method for other shocks, responses and certificates"
              .formatted(folder.path(), entry.name()));
    }
    Map<String, double[]> saved = state.get();
    BellmanSolver solver = entry.open(manifest.calibration(), settings(), device);
    try {
      solver.restore(saved);
      return solver;
    } catch (IllegalArgumentException e) {
      solver.close();
      throw new InvalidInputException("%s: %s".formatted(folder.networks(), e.getMessage()), e);
    }
  }
}
