package org.nnks.cli;

import ai.djl.ndarray.types.DataType;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.bellman.GridBellman;
import org.nnks.core.bellman.LeastSquaresBellman;
import org.nnks.core.bellman.PaperBellman;
import org.nnks.core.bellman.PaperTraining;
import org.nnks.core.bellman.TargetSearch;
import org.nnks.core.bellman.TerryBellman;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.model.Economy;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/** Opens the solver of the firms' problem that settings ask for. */
final class FirmsProblem {

  private FirmsProblem() {}

  /** A solver; the caller closes it. */
  static BellmanSolver open(Economy economy, RunSettings settings, Device device) {
    return switch (settings.method()) {
      case NEURAL -> neural(economy, settings, device);
      case EXACT -> grid(economy, settings, TargetSearch.MAXIMISER);
      case DIRECT -> grid(economy, settings, TargetSearch.DIRECT);
      case INTERPOLATED -> grid(economy, settings, TargetSearch.INTERPOLATED);
      case TERRY -> new TerryBellman(economy);
    };
  }

  private static BellmanSolver grid(Economy economy, RunSettings settings, TargetSearch search) {
    RunSettings.Knots knots = settings.knots();
    return new GridBellman(economy, knots.capital(), knots.meanCapital(), search);
  }

  private static BellmanSolver neural(Economy economy, RunSettings settings, Device device) {
    Seeds seeds = new Seeds(settings.seed());
    boolean policyNetwork = settings.policy() == RunSettings.Policy.NETWORK;
    return switch (settings.preset()) {
      case DEFAULT -> new LeastSquaresBellman(economy, policyNetwork, device, seeds);
      case PAPER ->
          new PaperBellman(economy, PaperTraining.yokomoto2026(), device, DataType.FLOAT32, seeds);
    };
  }

  /**
   * The device that settings ask for; starts the engine.
   *
   * @throws InvalidInputException if it does not exist
   */
  static Device device(RunSettings settings) {
    try {
      Device.Choice choice =
          settings.method() != RunSettings.Method.NEURAL ? Device.Choice.CPU : settings.device();
      return Device.open(choice, settings.threads());
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }
}
