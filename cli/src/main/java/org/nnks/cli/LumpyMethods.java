package org.nnks.cli;

import ai.djl.ndarray.types.DataType;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.lumpy.GridBellman;
import org.nnks.core.lumpy.LeastSquaresBellman;
import org.nnks.core.lumpy.LumpyBellman;
import org.nnks.core.lumpy.LumpyInvestment;
import org.nnks.core.lumpy.PaperBellman;
import org.nnks.core.lumpy.PaperTraining;
import org.nnks.core.lumpy.TargetSearch;
import org.nnks.core.lumpy.TerryBellman;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/** The methods for economies of firms with lumpy investment. */
final class LumpyMethods {

  private LumpyMethods() {}

  /**
   * A solver; the caller closes it.
   *
   * @throws InvalidInputException if markets are to clear in a way that this solver does not know
   */
  static LumpyBellman open(LumpyInvestment economy, RunSettings settings, Device device) {
    if (settings.clearing() != RunSettings.Clearing.STANDARD) {
      throw new InvalidInputException(
          "--clearing is for models whose excess demand jumps: %s clears exactly, leave it out"
              .formatted(economy.name()));
    }
    return switch (settings.method()) {
      case NEURAL -> neural(economy, settings, device);
      case EXACT -> grid(economy, settings, TargetSearch.MAXIMISER);
      case DIRECT -> grid(economy, settings, TargetSearch.DIRECT);
      case INTERPOLATED -> grid(economy, settings, TargetSearch.INTERPOLATED);
      case TERRY -> new TerryBellman(economy);
      case VFI, PROJECTION, DDPG ->
          throw new IllegalArgumentException(
              "firms with lumpy investment are not solved by " + settings.method());
    };
  }

  private static LumpyBellman grid(
      LumpyInvestment economy, RunSettings settings, TargetSearch search) {
    RunSettings.Knots knots = settings.knots();
    return new GridBellman(economy, knots.capital(), knots.meanCapital(), search);
  }

  private static LumpyBellman neural(LumpyInvestment economy, RunSettings settings, Device device) {
    Seeds seeds = new Seeds(settings.seed());
    boolean policyNetwork = settings.policy() == RunSettings.Policy.NETWORK;
    return switch (settings.preset()) {
      case DEFAULT -> new LeastSquaresBellman(economy, policyNetwork, device, seeds);
      case PAPER ->
          new PaperBellman(economy, PaperTraining.yokomoto2026(), device, DataType.FLOAT32, seeds);
    };
  }
}
