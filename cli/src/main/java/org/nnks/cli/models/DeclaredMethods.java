package org.nnks.cli.models;

import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Optional;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.neural.NeuralBellman;
import org.nnks.core.neural.NeuralTraining;
import org.nnks.core.oracle.GridOracle;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.tensor.Readout;

/** The methods for any declared economy, by name. */
public final class DeclaredMethods {

  /** The first is the default: the fastest. */
  private static final List<NamedMethod> ALL =
      List.of(
          NamedMethod.of(RunSettings.Method.PROJECTION),
          NamedMethod.of(RunSettings.Method.NEURAL),
          NamedMethod.of(RunSettings.Method.TRANSITION),
          NamedMethod.of(RunSettings.Method.ORACLE));

  private DeclaredMethods() {}

  /** The methods for economies with so many endogenous states. */
  public static List<NamedMethod> of(int states) {
    return states <= GridOracle.MAX_STATES ? ALL : ALL.subList(0, ALL.size() - 1);
  }

  /** The judge of a method: the oracle of the others, the projection of the oracle. */
  public static Optional<RunSettings.Method> rival(RunSettings.Method method, int states) {
    if (method == RunSettings.Method.ORACLE) {
      return Optional.of(RunSettings.Method.PROJECTION);
    }
    return states <= GridOracle.MAX_STATES
        ? Optional.of(RunSettings.Method.ORACLE)
        : Optional.empty();
  }

  /**
   * A solver; the caller closes it.
   *
   * @throws InvalidInputException if an option means nothing to it
   */
  public static BellmanSolver open(DeclaredEconomy economy, RunSettings settings, Device device) {
    if (settings.clearing() != RunSettings.Clearing.STANDARD) {
      throw new InvalidInputException(
          "--clearing is for models with a choice of it: %s by --method %s clears by its own rule, leave it out"
              .formatted(economy.name(), settings.method().label()));
    }
    economy.check();
    Seeds seeds = new Seeds(settings.seed());
    return switch (settings.method()) {
      case PROJECTION -> new ProjectionSolver(economy, device, seeds);
      case NEURAL ->
          new NeuralBellman(
              economy,
              training(economy, settings.preset()),
              device,
              precision(economy),
              seeds,
              new Readout());
      case ORACLE -> new GridOracle(economy);
      case EXACT, DIRECT, INTERPOLATED, TERRY, VFI, DDPG, THRESHOLDS, MARGINAL_VALUE, TRANSITION ->
          throw new IllegalArgumentException(
              "declared economies are not solved by " + settings.method().label());
    };
  }

  /**
   * Single precision, unless several markets clear together: that search follows differences of
   * residuals which single precision rounds away, and takes ten times as many evaluations on them.
   */
  private static DataType precision(DeclaredEconomy economy) {
    return economy.prices().size() > 1 ? DataType.FLOAT64 : DataType.FLOAT32;
  }

  private static NeuralTraining training(DeclaredEconomy economy, RunSettings.Preset preset) {
    return switch (preset) {
      case DEFAULT -> NeuralTraining.standard(economy);
      case PAPER -> NeuralTraining.yokomoto2026();
    };
  }
}
