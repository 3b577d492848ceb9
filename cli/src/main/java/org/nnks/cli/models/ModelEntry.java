package org.nnks.cli.models;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.cli.impulse.Impulse;
import org.nnks.cli.impulse.ImpulseOptions;
import org.nnks.cli.progress.LearningListener;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.agents.RestingEconomy;
import org.nnks.core.agents.SequenceProblem;
import org.nnks.core.agents.StationaryEquilibrium;
import org.nnks.core.archive.Manifest;
import org.nnks.core.archive.RunResults;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.NamedCalibration;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.ShockFile;
import org.nnks.core.io.Spelling;
import org.nnks.core.model.Economy;
import org.nnks.core.run.Device;
import org.nnks.core.sequence.SequenceAgents;
import org.nnks.core.sequence.SequenceConfig;
import org.nnks.core.simulate.ImpulseResponse;
import org.nnks.core.solve.SolverConfig;
import org.nnks.core.statistics.ComparisonTable;

/**
 * What the command line must know of a model. A model becomes a command by one entry in {@link
 * Models}; nothing else asks which model it is.
 *
 * @param <C> its calibration: a record of numbers that checks itself
 */
public interface ModelEntry<C extends Record> {

  /** The name on the command line and in files. */
  String name();

  /** One line for the list of models. */
  String description();

  /** The published calibrations; the first is used unless the user says otherwise. */
  List<NamedCalibration<C>> calibrations();

  /** The parameters that are used unless the user says otherwise. */
  default C calibration() {
    return calibrations().get(0).parameters();
  }

  /**
   * The parameters of a name.
   *
   * @throws InvalidInputException if there are none; the message names the nearest
   */
  default C calibration(String name) {
    List<String> names = calibrations().stream().map(NamedCalibration::name).toList();
    String refusal = "unknown calibration '%s'".formatted(name);
    return calibrations().get(Spelling.find(refusal, "calibration", name, names)).parameters();
  }

  /** What its parameters are, by their paths, where nnks does not know it already. */
  default Map<String, String> parameters() {
    return Map.of();
  }

  /** Published forecast rules to start from, by name. */
  default Map<String, ForecastRules> rules() {
    return Map.of();
  }

  /** The type of the parameters. */
  Class<C> calibrationType();

  /** The economy with these parameters. */
  Economy economy(C calibration);

  /** The economy as a declaration, if it has one. */
  default Optional<DeclaredEconomy> declaration(C calibration) {
    return economy(calibration) instanceof DeclaredEconomy declared
        ? Optional.of(declared)
        : Optional.empty();
  }

  /**
   * The aggregate state in which the economy rests unless the user says otherwise.
   *
   * @throws InvalidInputException if it has no stationary equilibrium with a distribution of agents
   */
  default int restingState(C calibration) {
    return declaration(calibration)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "%s has no stationary equilibrium with a distribution of agents: take khan-thomas, krusell-smith or an economy of your own"
                            .formatted(name())))
            .aggregate()
            .size()
        / 2;
  }

  /**
   * The stationary equilibrium in an aggregate state: {@code nnks steady-state}, and where {@code
   * nnks transition} ends. Not asked where {@link #restingState} refuses.
   *
   * @throws InvalidInputException if there is none, or it cannot be found
   */
  default RestingEconomy atRest(C calibration, int aggregateState) {
    DeclaredEconomy economy = declaration(calibration).orElseThrow();
    economy.check();
    return StationaryEquilibrium.of(economy, aggregateState);
  }

  /**
   * Whether solutions are smooth functions of the calibration, so that they can be interpolated
   * between calibrations: {@code nnks solve --over}. Values of firms that adjust with a probability
   * are; choices on grids, and savings with a kink at a borrowing limit that moves, are not.
   */
  default boolean smoothInParameters() {
    return false;
  }

  /**
   * Whether decisions by a method depend on forecast rules, so that every aggregate state needs one
   * of its own: {@link org.nnks.core.bellman.BellmanSolution#followsRules}, before there is one.
   */
  default boolean followsRules(RunSettings.Method method) {
    return true;
  }

  /** The methods that solve it; the first is used unless the user says otherwise. */
  List<NamedMethod> methods();

  /** The method that is used unless the user says otherwise. */
  default RunSettings.Method method() {
    return methods().get(0).method();
  }

  /**
   * What one of its methods, and a preset if it trains networks, uses unless the user says
   * otherwise.
   *
   * @throws InvalidInputException if the method has no such preset
   */
  default RunSettings settings(RunSettings.Method method, RunSettings.Preset preset) {
    return RunSettings.of(method, preset);
  }

  /**
   * The manifest of a saved run.
   *
   * @throws InvalidInputException if the file cannot be read or is no manifest of this model
   */
  default Manifest<C> manifest(Path file) {
    Manifest<C> saved = Manifest.read(file, calibrationType());
    return saved.withSettings(asNamedNow(saved.settings()));
  }

  /** Saved settings with the method's present name, where it had another when they were saved. */
  default RunSettings asNamedNow(RunSettings saved) {
    return saved;
  }

  /**
   * The method that judges solutions of a method: {@code nnks certify}. Nothing if the model has no
   * other.
   *
   * @param calibration with which a method may not be there
   */
  default Optional<RunSettings.Method> rival(RunSettings.Method method, C calibration) {
    return method.trains() ? Optional.of(RunSettings.Method.EXACT) : Optional.empty();
  }

  /**
   * Whether solves by a method are compared with the rival's at once: where it takes seconds, and
   * the method's own accuracy has to be seen beside it.
   */
  default boolean judgedAtOnce(RunSettings.Method method) {
    return false;
  }

  /**
   * A solver of the agents' problem; the caller closes it.
   *
   * @throws InvalidInputException if the settings do not fit the model
   */
  default BellmanSolver open(C calibration, RunSettings settings, Device device) {
    return open(calibration, settings, device, new LearningListener() {});
  }

  /**
   * The same, heard by a listener if it learns or projects.
   *
   * @throws InvalidInputException if the settings do not fit the model
   */
  BellmanSolver open(C calibration, RunSettings settings, Device device, LearningListener training);

  /**
   * The agents of a solution as a method without forecast rules needs them: {@code nnks certify
   * --rules}. Nothing if the solution's kind is not known to it.
   */
  default Optional<SequenceAgents> withoutRules(BellmanSolution agents) {
    return agents instanceof AgentSolution declared
        ? Optional.of(new SequenceProblem(declared))
        : Optional.empty();
  }

  /** The method by rules from which {@code --method transition} starts: one that it knows. */
  default RunSettings.Method beforeTransition() {
    return RunSettings.Method.EXACT;
  }

  /** How the transition method runs. */
  default SequenceConfig sequence(RunSettings settings) {
    SolverConfig solver = settings.solver();
    return new SequenceConfig(solver.burnIn(), SequenceConfig.TOLERANCE, solver.maxIterations());
  }

  /** Settings, with the method by rules that is behind them. */
  default RunSettings byRules(RunSettings settings) {
    return settings.method() == RunSettings.Method.TRANSITION
        ? settings.withMethod(beforeTransition())
        : settings;
  }

  /**
   * The aggregate states, counted from zero, in a user's file of shocks.
   *
   * @throws InvalidInputException if it cannot be read or holds other states
   */
  default int[] shocks(Path file, Economy economy) {
    return ShockFile.read(file, economy.aggregate().size());
  }

  /**
   * Published numbers beside ours, in the order to print.
   *
   * @param solveSeconds wall time of the solve
   */
  List<ComparisonTable> tables(RunResults results, double solveSeconds);

  /** The names of the shocks that {@link #impulse} knows. */
  List<String> impulses();

  /**
   * An impulse response by the name of its shock, one of {@link #impulses}.
   *
   * @throws InvalidInputException if an option is out of range
   */
  Impulse impulse(String shock, C calibration, ImpulseOptions options);

  /** Published impulse responses beside ours; none if the shock is not the published one. */
  default List<ComparisonTable> impulseTables(ImpulseResponse response) {
    return List.of();
  }
}
