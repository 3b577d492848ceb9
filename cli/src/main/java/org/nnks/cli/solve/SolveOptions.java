package org.nnks.cli.solve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.cli.models.CalibrationOptions;
import org.nnks.cli.models.ModelEntry;
import org.nnks.cli.models.NamedMethod;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.Spelling;
import org.nnks.core.run.Device;
import org.nnks.core.solve.RuleUpdate;
import org.nnks.core.solve.SolverConfig;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code solve} that decide what it computes; those not given are null. */
public final class SolveOptions {

  /** The method that --terry-literal stands for. */
  private static final String TERRY = "terry";

  /** How the rules follow from one another. */
  public enum Update {
    /** Anderson acceleration. */
    ANDERSON,
    /** Half of each change, as Terry (2017). */
    DAMPED
  }

  @Option(
      names = "--method",
      paramLabel = "NAME",
      description =
          "one of the model's, as nnks models lists them; projection: least squares on drawn"
              + " features, nothing is trained; thresholds and marginal-value: such projections of"
              + " bloom and krusell-smith; neural: networks trained by gradients; oracle: search on a"
              + " grid, for any declared economy of few states; exact, which household"
              + " models also call grid or egm: the grid solver that checks them; direct and"
              + " interpolated: Algorithms 2 and 3 of Yokomoto (2026) on Terry's grid; terry: the"
              + " algorithm of Terry's (2017) code; ddpg: reinforcement learning by gradients")
  private String method;

  @Option(
      names = "--terry-literal",
      description = "the same as --method terry: Terry's (2017) code to the letter")
  private boolean terryLiteral;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "with methods that train networks, default: nnks's own way; paper: the paper's (with"
              + " ddpg: Algorithm 1 and Table 2 of Liu (2024), 500,000 iterations, over an hour); or the name"
              + " of a calibration, as with --calibration")
  private String preset;

  @Option(
      names = "--policy",
      description =
          "with --method thresholds: network (default) or maximiser, whether simulated firms compare"
              + " with fitted thresholds or maximise over the fitted value")
  private RunSettings.Policy policy;

  @Option(
      names = "--capital-knots",
      paramLabel = "N",
      description =
          "knots in k of the methods exact (default "
              + RunSettings.Knots.FINE_CAPITAL
              + "), direct and interpolated (default "
              + RunSettings.Knots.TERRY_EACH
              + ")")
  private Integer capitalKnots;

  @Option(
      names = "--mean-capital-nodes",
      paramLabel = "N",
      description =
          "nodes in K of the methods exact (default "
              + RunSettings.Knots.FINE_MEAN_CAPITAL
              + "), direct and interpolated (default "
              + RunSettings.Knots.TERRY_EACH
              + ")")
  private Integer meanCapitalNodes;

  @Option(
      names = "--clearing",
      description =
          "how markets clear where excess demand jumps: mixed, interpolated or bisection; default as"
              + " the model says")
  private RunSettings.Clearing clearing;

  @Mixin private CalibrationOptions calibrations = new CalibrationOptions();

  @Option(names = "--seed", description = "seed of all random streams; default " + RunSettings.SEED)
  private Long seed;

  @Option(
      names = "--shocks",
      paramLabel = "FILE",
      description =
          "aggregate states from 1, one a line, or a CSV with a column A_index; a CSV with a whole"
              + " path is also compared with")
  private Path shocks;

  @Option(
      names = "--periods",
      description = "periods simulated; default " + RunSettings.PERIODS + ", or all of --shocks")
  private Integer periods;

  @Option(names = "--burn-in", description = "periods discarded; default " + SolverConfig.BURN_IN)
  private Integer burnIn;

  @Option(names = "--tolerance", description = "change of the rules at which the loop stops")
  private Double tolerance;

  @Option(
      names = "--update",
      description =
          "anderson or damped; default: damped by --method terry and, but for bloom, by --method"
              + " neural --preset paper, else anderson")
  private Update update;

  @Option(names = "--max-iterations", description = "outer iterations before the loop gives up")
  private Integer maxIterations;

  @Option(
      names = "--rules",
      paramLabel = "FILE|NAME",
      description =
          "forecast rules to start from: a rules.json, a CSV with columns a_K, b_K, a_p, b_p, or"
              + " published ones by name; default: those of the steady states")
  private String rules;

  @Option(names = "--device", description = "auto (default), cpu or gpu")
  private Device.Choice device;

  @Option(
      names = "--threads",
      description = "threads of the tensor engine; default " + Device.DEFAULT_THREADS)
  private Integer threads;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "iterations of the training of --method ddpg; default as the preset says")
  private Integer iterations;

  @Option(
      names = "--polish",
      description =
          "after the training of --method ddpg, least squares on drawn features from what was"
              + " learned; reported beside it without, and without learning")
  private boolean polish;

  /** The settings of the method and preset asked for, before the other options. */
  public RunSettings base(ModelEntry<?> entry) {
    return base(entry, entry.method());
  }

  /**
   * As above with another method where none is given.
   *
   * @throws InvalidInputException if networks are to be trained in some way by a method without
   */
  public RunSettings base(ModelEntry<?> entry, RunSettings.Method standard) {
    RunSettings.Method chosen = method(entry).orElse(standard);
    if (preset().isPresent() && !chosen.trains()) {
      throw new InvalidInputException(
          "--preset %s is for methods that train networks: %s by --method %s trains none, leave it out%s"
              .formatted(preset, entry.name(), chosen.label(), trainingMethods(entry)));
    }
    RunSettings.Method byRules =
        chosen == RunSettings.Method.TRANSITION ? entry.beforeTransition() : chosen;
    return entry.settings(byRules, preset().orElse(RunSettings.Preset.DEFAULT)).withMethod(chosen);
  }

  private static String trainingMethods(ModelEntry<?> entry) {
    List<String> names =
        entry.methods().stream()
            .map(NamedMethod::method)
            .filter(RunSettings.Method::trains)
            .map(RunSettings.Method::label)
            .toList();
    return names.isEmpty() ? "" : " or give --method " + String.join(" or ", names);
  }

  /** How networks are trained, if that is given. */
  private Optional<RunSettings.Preset> preset() {
    return Arrays.stream(RunSettings.Preset.values())
        .filter(value -> value.name().equalsIgnoreCase(preset))
        .findFirst();
  }

  /** The name of a calibration, if one is given. */
  private Optional<String> calibrationName(ModelEntry<?> entry) {
    if (preset == null || preset().isPresent()) {
      return calibrations.name();
    }
    if (calibrations.name().isPresent()) {
      throw new InvalidInputException(
          "--preset %s and --calibration both name a calibration: leave one out".formatted(preset));
    }
    List<String> names = new ArrayList<>(List.of("default", "paper"));
    entry.calibrations().forEach(known -> names.add(known.name()));
    Spelling.find("unknown preset '%s'".formatted(preset), "preset", preset, names);
    return Optional.of(preset);
  }

  /** The method, if one is given. */
  private Optional<RunSettings.Method> method(ModelEntry<?> entry) {
    Optional<RunSettings.Method> given =
        Optional.ofNullable(method).map(name -> NamedMethod.find(entry, name));
    if (!terryLiteral) {
      return given;
    }
    RunSettings.Method terry = NamedMethod.find(entry, TERRY);
    if (given.isEmpty() || given.get() == RunSettings.Method.EXACT || given.get() == terry) {
      return Optional.of(terry);
    }
    throw new InvalidInputException(
        "--terry-literal is a grid method and cannot be combined with --method " + method);
  }

  /** The file of aggregate shocks, if one is given. */
  public Optional<Path> shocks() {
    return Optional.ofNullable(shocks);
  }

  /** Whether rules to start from are given. */
  public boolean startsFromRules() {
    return rules != null;
  }

  /** The number of periods, if one is given. */
  public Optional<Integer> periods() {
    return Optional.ofNullable(periods);
  }

  /**
   * Settings with the options given.
   *
   * @param periods the length of the shocks
   * @param entry the model, with its methods and the forecast rules that have a name
   * @throws InvalidInputException if a value is out of its range
   */
  public RunSettings settings(
      RunSettings base, int periods, int aggregateStates, ModelEntry<?> entry) {
    Optional<ForecastRules> start =
        rules == null
            ? base.startRules()
            : Optional.of(NamedRules.find(rules, aggregateStates, entry.rules()));
    RunSettings.Method chosen = method(entry).orElse(base.method());
    boolean projected =
        chosen == RunSettings.Method.TRANSITION
            && entry.beforeTransition() == RunSettings.Method.PROJECTION;
    if ((chosen.usesDevice() || projected) && (capitalKnots != null || meanCapitalNodes != null)) {
      throw new InvalidInputException(
          "--capital-knots and --mean-capital-nodes are for grid methods, such as --method exact");
    }
    if (policy != null && chosen != RunSettings.Method.THRESHOLDS) {
      String instead =
          entry.method() == RunSettings.Method.PROJECTION
              ? "; for decisions by the exact maximiser give --method projection"
              : "";
      throw new InvalidInputException(
          "--policy is for --method thresholds, which decides with and without them: %s by --method %s has no such choice, leave it out%s"
              .formatted(entry.name(), chosen.label(), instead));
    }
    try {
      return new RunSettings(
          chosen,
          preset().orElse(base.preset()),
          orElse(policy, base.policy()),
          new RunSettings.Knots(
              orElse(capitalKnots, base.knots().capital()),
              orElse(meanCapitalNodes, base.knots().meanCapital())),
          orElse(clearing, base.clearing()),
          solver(base.solver()),
          periods,
          seed(base),
          orElse(device, base.device()),
          orElse(threads, base.threads()),
          start,
          training(base));
    } catch (InvalidInputException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }

  private Optional<RunSettings.Training> training(RunSettings base) {
    return iterations == null && !polish
        ? base.training()
        : Optional.of(new RunSettings.Training(Optional.ofNullable(iterations), polish));
  }

  private SolverConfig solver(SolverConfig base) {
    return new SolverConfig(
        orElse(burnIn, base.burnIn()),
        base.change(),
        orElse(tolerance, base.tolerance()),
        orElse(maxIterations, base.maxIterations()),
        update == null
            ? base.update()
            : update == Update.ANDERSON ? RuleUpdate.anderson() : RuleUpdate.damped(),
        base.bellmanLimit());
  }

  /** The seed given, or the base's. */
  public long seed(RunSettings base) {
    return orElse(seed, base.seed());
  }

  /**
   * A calibration from {@code --calibration} or {@code --config}, and {@code --set}.
   *
   * @param base what they change
   * @throws InvalidInputException if a name or key is unknown, a key is missing, or the values do
   *     not make a calibration together
   */
  public <C extends Record> C calibration(C base, ModelEntry<C> entry) {
    return calibration(base, entry, Map.of());
  }

  /**
   * As above with the values of parameters that the command varies, such as those of {@code --over}
   * or {@code --grid} at one point. All values are applied before the calibration is checked, those
   * that vary last.
   */
  public <C extends Record> C calibration(C base, ModelEntry<C> entry, Map<String, String> varied) {
    return calibrations.calibration(base, entry, calibrationName(entry), varied);
  }

  private static <T> T orElse(T given, T base) {
    return given == null ? base : given;
  }
}
