package org.nnks.cli.models;

import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.bloom.AggregateStates;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.BloomCalibration;
import org.nnks.bloom.BloomSettings;
import org.nnks.bloom.BloomTables;
import org.nnks.bloom.ExactBellman;
import org.nnks.bloom.ExactSolution;
import org.nnks.bloom.UncertaintyShock;
import org.nnks.bloom.declared.BloomDeclaration;
import org.nnks.bloom.networks.PaperBellman;
import org.nnks.bloom.networks.PaperTraining;
import org.nnks.bloom.thresholds.ThresholdBellman;
import org.nnks.bloom.transition.FirmSequence;
import org.nnks.bloom.transition.RestingFirms;
import org.nnks.cli.impulse.Impulse;
import org.nnks.cli.impulse.ImpulseOptions;
import org.nnks.cli.impulse.StateImpulse;
import org.nnks.cli.progress.LearningListener;
import org.nnks.core.agents.RestingEconomy;
import org.nnks.core.archive.RunResults;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.NamedCalibration;
import org.nnks.core.io.CsvTable;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.ShockFile;
import org.nnks.core.model.Economy;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.sequence.SequenceAgents;
import org.nnks.core.sequence.SequenceConfig;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.solve.SolverConfig;
import org.nnks.core.statistics.ComparisonTable;

/** Bloom, Floetotto, Jaimovich, Saporta-Eksten and Terry (2018). */
public final class BloomEntry implements ModelEntry<BloomCalibration> {

  /** Columns of a shock file in the model's own terms, both counted from one. */
  private static final String PRODUCTIVITY = "a_index";

  private static final String VOLATILITY = "s_index";

  private static final String UNCERTAINTY = "uncertainty";

  @Override
  public String name() {
    return Bloom.NAME;
  }

  @Override
  public String description() {
    return "Bloom et al. (2018): uncertainty shocks with adjustment costs of capital and labour";
  }

  @Override
  public List<NamedCalibration<BloomCalibration>> calibrations() {
    return List.of(
        new NamedCalibration<>(
            "replication",
            "the public code's parameters, which Yokomoto (2026) replicates",
            BloomCalibration.replication()),
        new NamedCalibration<>(
            "published",
            "the published table where it differs: F_L = .084, P(high to high) = .943",
            BloomCalibration.published()),
        new NamedCalibration<>(
            "refined",
            "the replication with cubics through 19 nodes of K instead of lines through 10",
            BloomCalibration.refined()),
        new NamedCalibration<>(
            "small",
            "another economy, a tenth of the work, to explore with",
            BloomCalibration.small()));
  }

  @Override
  public Class<BloomCalibration> calibrationType() {
    return BloomCalibration.class;
  }

  @Override
  public Economy economy(BloomCalibration calibration) {
    return new Bloom(calibration);
  }

  @Override
  public Optional<DeclaredEconomy> declaration(BloomCalibration calibration) {
    return Optional.of(new BloomDeclaration(calibration));
  }

  /** Middle productivity, low volatility. */
  @Override
  public int restingState(BloomCalibration calibration) {
    return new Bloom(calibration).start().aggregateState();
  }

  /**
   * The declaration's values do not settle: where branches are chosen hard, grids make them jump.
   */
  @Override
  public RestingEconomy atRest(BloomCalibration calibration, int aggregateState) {
    return RestingFirms.of(new Bloom(calibration), aggregateState);
  }

  @Override
  public List<NamedMethod> methods() {
    return List.of(
        NamedMethod.of(RunSettings.Method.THRESHOLDS),
        NamedMethod.of(RunSettings.Method.EXACT),
        NamedMethod.of(RunSettings.Method.NEURAL),
        NamedMethod.of(RunSettings.Method.PROJECTION),
        NamedMethod.of(RunSettings.Method.TRANSITION));
  }

  /** The exact solver judges the others. */
  @Override
  public Optional<RunSettings.Method> rival(
      RunSettings.Method method, BloomCalibration calibration) {
    return method == RunSettings.Method.EXACT
        ? Optional.empty()
        : Optional.of(RunSettings.Method.EXACT);
  }

  @Override
  public RunSettings settings(RunSettings.Method method, RunSettings.Preset preset) {
    RunSettings settings = RunSettings.of(method, preset);
    SolverConfig standard = settings.solver();
    SolverConfig own = BloomSettings.solver();
    return settings
        .withPeriods(BloomSettings.PERIODS)
        .withSolver(
            switch (method) {
              // Judged between the nodes of K; the others at nodes that they were not fitted at.
              case EXACT -> own;
              // Gradients do not find rules to five digits.
              case NEURAL ->
                  own.withTolerance(standard.tolerance()).withBellmanLimit(standard.bellmanLimit());
              default -> own.withBellmanLimit(standard.bellmanLimit());
            });
  }

  /**
   * Thresholds were called neural; they were held to the limit of nnks's own methods, trained
   * networks never are, and no option sets it.
   */
  @Override
  public RunSettings asNamedNow(RunSettings saved) {
    return saved.method() == RunSettings.Method.NEURAL
            && saved.solver().bellmanLimit() == SolverConfig.BELLMAN_LIMIT
        ? saved.withMethod(RunSettings.Method.THRESHOLDS)
        : saved;
  }

  @Override
  public BellmanSolver open(
      BloomCalibration calibration,
      RunSettings settings,
      Device device,
      LearningListener training) {
    if (!settings.knots().equals(settings(settings.method(), settings.preset()).knots())) {
      throw new InvalidInputException(
          "--capital-knots and --mean-capital-nodes are not for bloom, whose grids depreciate node"
              + " to node: use --set capitalNodes=N, hoursNodes=N or meanCapitalNodes=N");
    }
    if (settings.method() == RunSettings.Method.PROJECTION) {
      return DeclaredMethods.open(new BloomDeclaration(calibration), settings, device);
    }
    Bloom economy = new Bloom(calibration);
    JumpClearing.Rule clearing = rule(settings.clearing());
    Seeds seeds = new Seeds(settings.seed());
    return switch (settings.method()) {
      case EXACT -> new ExactBellman(economy, clearing);
      case THRESHOLDS ->
          new ThresholdBellman(
              economy, settings.policy() == RunSettings.Policy.NETWORK, clearing, device, seeds);
      case NEURAL ->
          new PaperBellman(
              economy, training(settings.preset()), clearing, device, DataType.FLOAT32, seeds);
      default -> throw new IllegalArgumentException(name() + " has no method " + settings.method());
    };
  }

  private static PaperTraining training(RunSettings.Preset preset) {
    return switch (preset) {
      case DEFAULT -> PaperTraining.smallest();
      case PAPER -> PaperTraining.yokomoto2026();
    };
  }

  @Override
  public Optional<SequenceAgents> withoutRules(BellmanSolution agents) {
    return agents instanceof ExactSolution exact
        ? Optional.of(new FirmSequence(exact))
        : ModelEntry.super.withoutRules(agents);
  }

  @Override
  public SequenceConfig sequence(RunSettings settings) {
    SolverConfig solver = settings.solver();
    return new SequenceConfig(
        solver.burnIn(), BloomSettings.PATH_TOLERANCE, solver.maxIterations());
  }

  private static JumpClearing.Rule rule(RunSettings.Clearing clearing) {
    return switch (clearing) {
      case STANDARD, MIXED -> JumpClearing.Rule.MIXED;
      case INTERPOLATED -> JumpClearing.Rule.INTERPOLATED;
      case BISECTION -> JumpClearing.Rule.BISECTION;
    };
  }

  /**
   * A file of aggregate states as for all models, or a table with the columns a_index and s_index;
   * volatility is low before its first row.
   */
  @Override
  public int[] shocks(Path file, Economy economy) {
    AggregateStates states = ((Bloom) economy).states();
    if (!CsvTable.header(file).containsAll(List.of(PRODUCTIVITY, VOLATILITY))) {
      return ShockFile.read(file, states.size());
    }
    return states.history(
        ShockFile.read(file, PRODUCTIVITY, states.productivityStates()),
        ShockFile.read(file, VOLATILITY, AggregateStates.VOLATILITIES),
        AggregateStates.LOW);
  }

  @Override
  public List<ComparisonTable> tables(RunResults results, double solveSeconds) {
    List<ComparisonTable> tables = new ArrayList<>();
    tables.add(BloomTables.times(results.history(), solveSeconds));
    tables.add(BloomTables.simulationTime(results.history(), results.path().periods()));
    tables.add(BloomTables.businessCycle(results.moments()));
    tables.add(BloomTables.forecasts(results.accuracy()));
    tables.add(BloomTables.forecastsByState(results.accuracy()));
    tables.addAll(BloomTables.networks(results.statistics(), results.history().size()));
    return tables;
  }

  @Override
  public List<String> impulses() {
    return List.of(UNCERTAINTY);
  }

  /** The uncertainty shock; a size is that of a fall in log a that comes with it, in percent. */
  @Override
  public Impulse impulse(String shock, BloomCalibration calibration, ImpulseOptions options) {
    if (options.state() != null) {
      throw new InvalidInputException(
          "--state is not for the uncertainty shock, whose economies come from all states: leave it"
              + " out");
    }
    Bloom economy = new Bloom(calibration);
    try {
      return new StateImpulse(
          economy,
          new UncertaintyShock(
              economy.states(),
              -options.size().orElse(0) / 100,
              options.economies().orElse(UncertaintyShock.ECONOMIES),
              options.horizon()),
          Map.of());
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }
}
