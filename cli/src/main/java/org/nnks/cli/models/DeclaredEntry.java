package org.nnks.cli.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.cli.impulse.Impulse;
import org.nnks.cli.impulse.ImpulseOptions;
import org.nnks.cli.impulse.StateImpulse;
import org.nnks.cli.progress.LearningListener;
import org.nnks.core.archive.RunResults;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.bellman.ExactProvider;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.EconomyProvider;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.ExogenousShock;
import org.nnks.core.economy.NamedCalibration;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.run.Device;
import org.nnks.core.solve.RuleChange;
import org.nnks.core.statistics.ComparisonTable;

/**
 * A declared economy that somebody else brings.
 *
 * @param provider where it comes from
 * @param name of the economy
 * @param calibrations of the provider
 * @param states how many endogenous states its agents have
 * @param moments how many moments they look at
 * @param shocks aggregate variables to which there can be shocks, by their symbols
 * @param <C> the type of the calibration
 */
record DeclaredEntry<C extends Record>(
    EconomyProvider<C> provider,
    String name,
    List<NamedCalibration<C>> calibrations,
    int states,
    int moments,
    List<String> shocks)
    implements ModelEntry<C> {

  /**
   * Root mean squared change of forecasts, in logs, at which a loop of trained networks stops where
   * agents look at several moments. With two kinds of capital standard deviations are then within
   * .12 % of the projection's; at a change of 4e-4 that of hours is still .4 % off.
   */
  private static final double NETWORKS_TOLERANCE = 2e-4;

  /** What can stand on a command line and in the name of a folder. */
  private static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*";

  /**
   * The entry of a provider.
   *
   * @throws InvalidInputException if it cannot make the economy of its first calibration, or that
   *     has no fit name
   */
  static <C extends Record> DeclaredEntry<C> of(EconomyProvider<C> provider) {
    DeclaredEconomy economy;
    try {
      economy = provider.economy();
    } catch (InvalidInputException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "%s: its first calibration makes no economy: %s"
              .formatted(provider.getClass().getName(), e.getMessage()),
          e);
    }
    if (!economy.name().matches(NAME)) {
      throw new InvalidInputException(
          "%s: the name of an economy must be small letters, digits and hyphens, such as revenue-tax, but is '%s'"
              .formatted(provider.getClass().getName(), economy.name()));
    }
    return new DeclaredEntry<>(
        provider,
        economy.name(),
        provider.calibrations(),
        economy.states().size(),
        economy.moments().size(),
        ExogenousShock.variables(economy).stream().map(Exogenous::name).toList());
  }

  @Override
  public String description() {
    return provider.description();
  }

  @Override
  public Map<String, String> parameters() {
    return provider.parameters();
  }

  @Override
  @SuppressWarnings("unchecked") // every calibration has the provider's type
  public Class<C> calibrationType() {
    return (Class<C>) calibration().getClass();
  }

  @Override
  public DeclaredEconomy economy(C calibration) {
    return provider.economy(calibration);
  }

  @Override
  public List<NamedMethod> methods() {
    List<NamedMethod> general = DeclaredMethods.of(states);
    if (!exactlySolved()) {
      return general;
    }
    List<NamedMethod> methods = new ArrayList<>(general);
    methods.add(NamedMethod.of(RunSettings.Method.EXACT));
    return methods;
  }

  /** Whether the provider has an exact solver of its own. */
  private boolean exactlySolved() {
    return provider instanceof ExactProvider;
  }

  /**
   * Coefficients on several moments are no measure of what networks find: logs of moments move
   * together, and what one slope loses another gains. So their loops stop by forecasts.
   */
  @Override
  public RunSettings settings(RunSettings.Method method, RunSettings.Preset preset) {
    RunSettings general = RunSettings.of(method, preset);
    return moments > 1
            && method == RunSettings.Method.NEURAL
            && preset == RunSettings.Preset.DEFAULT
        ? general.withSolver(general.solver().withChange(RuleChange.FORECASTS, NETWORKS_TOLERANCE))
        : general;
  }

  @Override
  public RunSettings.Method beforeTransition() {
    return RunSettings.Method.PROJECTION;
  }

  @Override
  public Optional<RunSettings.Method> rival(RunSettings.Method method, C calibration) {
    if (!exactlySolved()) {
      return DeclaredMethods.rival(method, states);
    }
    return Optional.of(
        method == RunSettings.Method.EXACT
            ? RunSettings.Method.PROJECTION
            : RunSettings.Method.EXACT);
  }

  @Override
  public BellmanSolver open(
      C calibration, RunSettings settings, Device device, LearningListener training) {
    if (settings.method() == RunSettings.Method.EXACT
        && provider instanceof ExactProvider<C> exact) {
      requireStandard(settings);
      economy(calibration).check();
      return exact.exact(calibration);
    }
    return DeclaredMethods.open(economy(calibration), settings, device);
  }

  /** Refuses options of other exact solvers. */
  private void requireStandard(RunSettings settings) {
    if (settings.clearing() != RunSettings.Clearing.STANDARD) {
      throw new InvalidInputException(
          "--clearing is for models with a choice of it: %s clears exactly, leave it out"
              .formatted(name));
    }
    if (!settings.knots().equals(settings(settings.method(), settings.preset()).knots())) {
      throw new InvalidInputException(
          "--capital-knots and --mean-capital-nodes are not for %s, whose exact solver has grids of its own: leave them out"
              .formatted(name));
    }
  }

  @Override
  public List<ComparisonTable> tables(RunResults results, double solveSeconds) {
    return List.of();
  }

  @Override
  public List<String> impulses() {
    return shocks;
  }

  @Override
  public Impulse impulse(String shock, C calibration, ImpulseOptions options) {
    return StateImpulse.exogenous(economy(calibration), shock, options);
  }
}
