package org.nnks.cli.models;

import org.nnks.core.archive.RunSettings;
import org.nnks.core.io.InvalidInputException;
import org.nnks.khanthomas.exact.GridBellman;
import org.nnks.khanthomas.exact.LumpyBellman;
import org.nnks.khanthomas.exact.LumpyInvestment;
import org.nnks.khanthomas.exact.TargetSearch;
import org.nnks.khanthomas.exact.TerryBellman;

/** The grid methods of Khan and Thomas (2008), which know the shape of its firms' problem. */
final class LumpyMethods {

  private LumpyMethods() {}

  /**
   * A solver; the caller closes it.
   *
   * @throws InvalidInputException if markets are to clear in a way that this solver does not know
   */
  static LumpyBellman open(LumpyInvestment economy, RunSettings settings) {
    if (settings.clearing() != RunSettings.Clearing.STANDARD) {
      throw new InvalidInputException(
          "--clearing is for models whose excess demand jumps: %s clears exactly, leave it out"
              .formatted(economy.name()));
    }
    return switch (settings.method()) {
      case EXACT -> grid(economy, settings, TargetSearch.MAXIMISER);
      case DIRECT -> grid(economy, settings, TargetSearch.DIRECT);
      case INTERPOLATED -> grid(economy, settings, TargetSearch.INTERPOLATED);
      case TERRY -> new TerryBellman(economy);
      case NEURAL, PROJECTION, THRESHOLDS, MARGINAL_VALUE, ORACLE, VFI, DDPG, TRANSITION ->
          throw new IllegalArgumentException("no grid of firms solves by " + settings.method());
    };
  }

  private static LumpyBellman grid(
      LumpyInvestment economy, RunSettings settings, TargetSearch search) {
    RunSettings.Knots knots = settings.knots();
    return new GridBellman(economy, knots.capital(), knots.meanCapital(), search);
  }
}
