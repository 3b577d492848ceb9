package org.nnks.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.core.archive.RunResults;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.economy.NamedCalibration;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.model.Economy;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.ImpulseResponse;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.ddpg.DdpgConfig;
import org.nnks.ddpg.DdpgListener;
import org.nnks.ddpg.DdpgSolver;
import org.nnks.ddpg.PolishConfig;
import org.nnks.krusellsmith.Rbc;
import org.nnks.krusellsmith.RbcCalibration;
import org.nnks.krusellsmith.RbcEndogenousGrid;
import org.nnks.krusellsmith.RbcTables;
import org.nnks.krusellsmith.RbcValueIteration;
import org.nnks.krusellsmith.RepresentativeAgent;

/** The representative-agent economy of Liu (2024) appendix A. */
final class RbcEntry implements ModelEntry<RbcCalibration> {

  @Override
  public String name() {
    return Rbc.NAME;
  }

  @Override
  public String description() {
    return "the representative-agent economy of Liu (2024) appendix A";
  }

  @Override
  public List<NamedCalibration<RbcCalibration>> calibrations() {
    return List.of(
        new NamedCalibration<>(
            "liu2024",
            "parameters of Liu (2024) Table 1; 7 states of productivity",
            RbcCalibration.liu2024Simulated()),
        new NamedCalibration<>(
            "brock-mirman",
            "the same with full depreciation, which has a closed form",
            RbcCalibration.brockMirman()));
  }

  @Override
  public Map<String, ForecastRules> rules() {
    return Map.of();
  }

  @Override
  public Class<RbcCalibration> calibrationType() {
    return RbcCalibration.class;
  }

  @Override
  public Economy economy(RbcCalibration calibration) {
    return new Rbc(calibration);
  }

  /** The agent's own law of motion is that of the economy. */
  @Override
  public boolean followsRules(RunSettings.Method method) {
    return false;
  }

  @Override
  public List<NamedMethod> methods() {
    return List.of(
        NamedMethod.of(RunSettings.Method.EXACT, "grid", "egm"),
        NamedMethod.of(RunSettings.Method.VFI),
        NamedMethod.of(RunSettings.Method.DDPG));
  }

  @Override
  public RunSettings settings(RunSettings.Method method, RunSettings.Preset preset) {
    return RunSettings.of(method, preset);
  }

  /** Value iteration is judged by the endogenous grid, and the other way round. */
  @Override
  public Optional<RunSettings.Method> rival(RunSettings.Method method) {
    return Optional.of(
        method == RunSettings.Method.EXACT ? RunSettings.Method.VFI : RunSettings.Method.EXACT);
  }

  @Override
  public boolean judgedAtOnce(RunSettings.Method method) {
    return method == RunSettings.Method.DDPG;
  }

  @Override
  public BellmanSolver open(RbcCalibration calibration, RunSettings settings, Device device) {
    return open(calibration, settings, device, new DdpgListener() {});
  }

  @Override
  public BellmanSolver open(
      RbcCalibration calibration, RunSettings settings, Device device, DdpgListener training) {
    if (settings.clearing() != RunSettings.Clearing.STANDARD) {
      throw new InvalidInputException(
          "--clearing is for models with a market to clear: %s has none, leave it out"
              .formatted(name()));
    }
    if (!settings.knots().equals(settings(settings.method(), settings.preset()).knots())) {
      throw new InvalidInputException(
          "--capital-knots and --mean-capital-nodes are not for %s, whose grids are fixed: leave them"
                  .formatted(name())
              + " out");
    }
    Rbc economy = new Rbc(calibration);
    if (settings.method() == RunSettings.Method.DDPG) {
      boolean paper = settings.preset() == RunSettings.Preset.PAPER;
      try {
        return DdpgSolver.of(
            economy,
            paper ? DdpgConfig.TABLE2 : DdpgConfig.STANDARD,
            paper ? null : PolishConfig.STANDARD,
            training,
            device,
            new Seeds(settings.seed()));
      } catch (IllegalArgumentException e) {
        throw new InvalidInputException(e.getMessage(), e);
      }
    }
    return settings.method() == RunSettings.Method.VFI
        ? new RepresentativeAgent(economy, RbcValueIteration.liu2024()::solve)
        : new RepresentativeAgent(economy, RbcEndogenousGrid.standard()::solve);
  }

  @Override
  public List<ComparisonTable> tables(RunResults results, double solveSeconds) {
    return List.of(RbcTables.eulerErrors(results.accuracy()));
  }

  @Override
  public List<String> impulses() {
    return List.of(StateImpulse.TFP);
  }

  @Override
  public Impulse impulse(String shock, RbcCalibration calibration, ImpulseOptions options) {
    return StateImpulse.tfp(economy(calibration), calibration.productivity().sd(), options);
  }

  @Override
  public List<ComparisonTable> impulseTables(ImpulseResponse response) {
    return List.of();
  }
}
