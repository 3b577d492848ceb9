package org.nnks.cli.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nnks.cli.impulse.Impulse;
import org.nnks.cli.impulse.ImpulseOptions;
import org.nnks.cli.impulse.StateImpulse;
import org.nnks.cli.impulse.TransferImpulse;
import org.nnks.cli.progress.LearningListener;
import org.nnks.core.agents.RestingEconomy;
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
import org.nnks.krusellsmith.GridHouseholds;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.HouseholdSolution;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;
import org.nnks.krusellsmith.KrusellSmithTables;
import org.nnks.krusellsmith.marginal.MarginalValueHouseholds;
import org.nnks.krusellsmith.projection.HouseholdProjection;
import org.nnks.krusellsmith.projection.ProjectionConfig;
import org.nnks.krusellsmith.transition.HouseholdSequence;
import org.nnks.krusellsmith.transition.RestingHouseholds;

/** Krusell and Smith (1998). */
public final class KrusellSmithEntry implements ModelEntry<KrusellSmithCalibration> {

  /** The comparison project simulates 11,000 periods. */
  private static final int PERIODS = 11_000;

  /** Wealth starts equal and takes long to spread. */
  private static final int BURN_IN = 1_000;

  /**
   * Learned and projected households need no forecast rules, and each of their periods asks a
   * network for every cell: enough for their welfare to be measured, which in JEDC's economy takes
   * 2,459 periods after the burn-in.
   */
  private static final int PERIODS_LEARNED = 3_000;

  private static final int BURN_IN_LEARNED = 500;

  @Override
  public String name() {
    return KrusellSmith.NAME;
  }

  @Override
  public String description() {
    return "Krusell and Smith (1998): households with uninsurable risk and aggregate productivity";
  }

  @Override
  public List<NamedCalibration<KrusellSmithCalibration>> calibrations() {
    return List.of(
        new NamedCalibration<>(
            "jedc2010",
            "unemployment risk; the comparison project of Den Haan, Judd and Juillard (2010)",
            KrusellSmithCalibration.jedc2010()),
        new NamedCalibration<>(
            "liu2024",
            "labour productivity risk; Liu (2024) Table 1, with mean labour 1",
            KrusellSmithCalibration.liu2024()),
        new NamedCalibration<>(
            "liu2024-literal",
            "the same with .117 as the mean of log labour: another unit of account",
            KrusellSmithCalibration.liu2024Literal()),
        new NamedCalibration<>(
            "liu2024-section4",
            "Liu (2024) Table 4: innovations of .03 to productivity and labour",
            KrusellSmithCalibration.liu2024Section4()));
  }

  @Override
  public Class<KrusellSmithCalibration> calibrationType() {
    return KrusellSmithCalibration.class;
  }

  @Override
  public Economy economy(KrusellSmithCalibration calibration) {
    return new KrusellSmith(calibration);
  }

  @Override
  public int restingState(KrusellSmithCalibration calibration) {
    return new KrusellSmith(calibration).start().aggregateState();
  }

  @Override
  public RestingEconomy atRest(KrusellSmithCalibration calibration, int aggregateState) {
    return RestingHouseholds.of(new KrusellSmith(calibration), aggregateState);
  }

  /** Learned households see the distribution itself. */
  @Override
  public boolean followsRules(RunSettings.Method method) {
    return method != RunSettings.Method.DDPG;
  }

  @Override
  public List<NamedMethod> methods() {
    return List.of(
        NamedMethod.of(RunSettings.Method.EXACT, "grid", "egm"),
        NamedMethod.of(RunSettings.Method.MARGINAL_VALUE),
        NamedMethod.of(RunSettings.Method.PROJECTION),
        NamedMethod.of(RunSettings.Method.DDPG),
        NamedMethod.of(RunSettings.Method.TRANSITION));
  }

  @Override
  public RunSettings settings(RunSettings.Method method, RunSettings.Preset preset) {
    RunSettings standard = RunSettings.of(method, preset);
    boolean learned = method == RunSettings.Method.DDPG || method == RunSettings.Method.PROJECTION;
    return standard
        .withKnots(
            new RunSettings.Knots(GridHouseholds.CAPITAL_NODES, GridHouseholds.MEAN_CAPITAL_NODES))
        .withSolver(standard.solver().withBurnIn(learned ? BURN_IN_LEARNED : BURN_IN))
        .withPeriods(learned ? PERIODS_LEARNED : PERIODS);
  }

  /** The projection of the marginal value was called neural. */
  @Override
  public RunSettings asNamedNow(RunSettings saved) {
    return saved.method() == RunSettings.Method.NEURAL
        ? saved.withMethod(RunSettings.Method.MARGINAL_VALUE)
        : saved;
  }

  @Override
  public Optional<RunSettings.Method> rival(
      RunSettings.Method method, KrusellSmithCalibration calibration) {
    return Optional.of(
        method.usesDevice() ? RunSettings.Method.EXACT : RunSettings.Method.MARGINAL_VALUE);
  }

  @Override
  public boolean judgedAtOnce(RunSettings.Method method) {
    return method != RunSettings.Method.EXACT;
  }

  @Override
  public BellmanSolver open(
      KrusellSmithCalibration calibration,
      RunSettings settings,
      Device device,
      LearningListener training) {
    if (settings.clearing() != RunSettings.Clearing.STANDARD) {
      throw new InvalidInputException(
          "--clearing is for models with a market to clear: in %s prices follow from K, leave it out"
              .formatted(name()));
    }
    KrusellSmith economy = new KrusellSmith(calibration);
    Seeds seeds = new Seeds(settings.seed());
    try {
      return switch (settings.method()) {
        case MARGINAL_VALUE -> new MarginalValueHouseholds(economy, device, seeds);
        case PROJECTION ->
            new HouseholdProjection(economy, ProjectionConfig.STANDARD, training, device, seeds);
        case DDPG -> learned(economy, settings, device, seeds, training);
        case EXACT ->
            new GridHouseholds(economy, settings.knots().capital(), settings.knots().meanCapital());
        default ->
            throw new IllegalArgumentException(name() + " has no method " + settings.method());
      };
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }

  private static BellmanSolver learned(
      KrusellSmith economy,
      RunSettings settings,
      Device device,
      Seeds seeds,
      LearningListener listener) {
    boolean paper = settings.preset() == RunSettings.Preset.PAPER;
    Optional<Integer> iterations = settings.training().flatMap(RunSettings.Training::iterations);
    DdpgConfig table2 = DdpgConfig.TABLE2;
    GradientConfig best = GradientConfig.HOUSEHOLDS;
    LearningSolver<HouseholdRule> learning =
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
        ? PolishedSolver.of(economy, learning, ProjectionConfig.STANDARD, listener, device, seeds)
        : learning;
  }

  @Override
  public Optional<SequenceAgents> withoutRules(BellmanSolution agents) {
    return agents instanceof HouseholdSolution solution
        ? Optional.of(new HouseholdSequence(solution))
        : Optional.empty();
  }

  @Override
  public List<ComparisonTable> tables(RunResults results, double solveSeconds) {
    List<ComparisonTable> tables =
        new ArrayList<>(
            KrusellSmithTables.lawOfMotion(
                results.rules().used(), results.accuracy(), solveSeconds));
    LearningTables.polish(results).ifPresent(tables::add);
    return tables;
  }

  @Override
  public List<String> impulses() {
    return List.of(TransferImpulse.NAME, StateImpulse.TFP);
  }

  @Override
  public Impulse impulse(
      String shock, KrusellSmithCalibration calibration, ImpulseOptions options) {
    KrusellSmith economy = new KrusellSmith(calibration);
    return shock.equals(TransferImpulse.NAME)
        ? TransferImpulse.of(economy, options)
        : StateImpulse.tfp(economy, calibration.productivity().sd(), options);
  }
}
