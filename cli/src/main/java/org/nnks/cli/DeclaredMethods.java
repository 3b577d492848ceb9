package org.nnks.cli;

import java.util.List;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/** The methods for any declared economy, by name. */
final class DeclaredMethods {

  /** The first is the default: the fastest. */
  static final List<NamedMethod> ALL = List.of(NamedMethod.of(RunSettings.Method.PROJECTION));

  private DeclaredMethods() {}

  /**
   * A solver; the caller closes it.
   *
   * @throws InvalidInputException if an option means nothing to it
   */
  static BellmanSolver open(DeclaredEconomy economy, RunSettings settings, Device device) {
    if (settings.clearing() != RunSettings.Clearing.STANDARD) {
      throw new InvalidInputException(
          "--clearing is for models with a choice of it: %s by --method %s clears by its own rule, leave it out"
              .formatted(economy.name(), settings.method().label()));
    }
    Seeds seeds = new Seeds(settings.seed());
    return switch (settings.method()) {
      case PROJECTION -> new ProjectionSolver(economy, device, seeds);
      case NEURAL, EXACT, DIRECT, INTERPOLATED, TERRY, VFI, DDPG ->
          throw new IllegalArgumentException(
              "declared economies are not solved by " + settings.method().label());
    };
  }
}
