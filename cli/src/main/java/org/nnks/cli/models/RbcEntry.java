package org.nnks.cli.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nnks.cli.impulse.Impulse;
import org.nnks.cli.impulse.ImpulseOptions;
import org.nnks.cli.impulse.StateImpulse;
import org.nnks.cli.progress.LearningListener;
import org.nnks.core.archive.RunResults;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.economy.NamedCalibration;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.model.Economy;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.sequence.SequenceAgents;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.ddpg.DdpgConfig;
import org.nnks.ddpg.modelbased.GradientConfig;
import org.nnks.ddpg.solve.Learning;
import org.nnks.ddpg.solve.LearningSolver;
import org.nnks.ddpg.solve.PolishedSolver;
import org.nnks.krusellsmith.projection.GrowthProjection;
import org.nnks.krusellsmith.rbc.Rbc;
import org.nnks.krusellsmith.rbc.RbcCalibration;
import org.nnks.krusellsmith.rbc.RbcEndogenousGrid;
import org.nnks.krusellsmith.rbc.RbcRule;
import org.nnks.krusellsmith.rbc.RbcTables;
import org.nnks.krusellsmith.rbc.RbcValueIteration;
import org.nnks.krusellsmith.rbc.RepresentativeAgent;
import org.nnks.krusellsmith.rbc.RepresentativeSequence;
import org.nnks.krusellsmith.rbc.RepresentativeSolution;

/** The representative-agent economy of Liu (2024) appendix A. */
public final class RbcEntry implements ModelEntry<RbcCalibration> {

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
        NamedMethod.of(RunSettings.Method.PROJECTION),
        NamedMethod.of(RunSettings.Method.DDPG),
        NamedMethod.of(RunSettings.Method.TRANSITION));
  }

  /** The endogenous grid is judged by a projection, for value iteration has the larger error. */
  @Override
  public Optional<RunSettings.Method> rival(RunSettings.Method method, RbcCalibration calibration) {
    return Optional.of(
        method == RunSettings.Method.EXACT
            ? RunSettings.Method.PROJECTION
            : RunSettings.Method.EXACT);
  }

  @Override
  public boolean judgedAtOnce(RunSettings.Method method) {
    return method == RunSettings.Method.DDPG || method == RunSettings.Method.PROJECTION;
  }

  @Override
  public BellmanSolver open(
      RbcCalibration calibration, RunSettings settings, Device device, LearningListener training) {
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
    Seeds seeds = new Seeds(settings.seed());
    try {
      return switch (settings.method()) {
        case DDPG -> learned(economy, settings, device, seeds, training);
        case PROJECTION ->
            new RepresentativeAgent(economy, it -> GrowthProjection.solve(it, training, seeds));
        case VFI -> new RepresentativeAgent(economy, RbcValueIteration.liu2024()::solve);
        default -> new RepresentativeAgent(economy, RbcEndogenousGrid.standard()::solve);
      };
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }

  private static BellmanSolver learned(
      Rbc economy, RunSettings settings, Device device, Seeds seeds, LearningListener listener) {
    boolean paper = settings.preset() == RunSettings.Preset.PAPER;
    Optional<Integer> iterations = settings.training().flatMap(RunSettings.Training::iterations);
    DdpgConfig table2 = DdpgConfig.TABLE2;
    GradientConfig best = GradientConfig.GROWTH;
    LearningSolver<RbcRule> learning =
        paper
            ? Learning.ddpg(
                economy,
                iterations.map(table2::withIterations).orElse(table2),
                listener,
                device,
                seeds)
            : Learning.modelBased(
                economy,
                iterations.map(best::withIterations).orElse(best),
                listener,
                device,
                seeds);
    return settings.training().map(RunSettings.Training::polish).orElse(false)
        ? PolishedSolver.of(economy, learning, listener, seeds)
        : learning;
  }

  @Override
  public Optional<SequenceAgents> withoutRules(BellmanSolution agents) {
    return agents instanceof RepresentativeSolution solution
        ? Optional.of(new RepresentativeSequence(solution))
        : Optional.empty();
  }

  @Override
  public List<ComparisonTable> tables(RunResults results, double solveSeconds) {
    List<ComparisonTable> tables =
        new ArrayList<>(List.of(RbcTables.eulerErrors(results.accuracy())));
    LearningTables.polish(results).ifPresent(tables::add);
    return tables;
  }

  @Override
  public List<String> impulses() {
    return List.of(StateImpulse.TFP);
  }

  @Override
  public Impulse impulse(String shock, RbcCalibration calibration, ImpulseOptions options) {
    return StateImpulse.tfp(economy(calibration), calibration.productivity().sd(), options);
  }
}
