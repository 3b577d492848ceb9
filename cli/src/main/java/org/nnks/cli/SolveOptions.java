package org.nnks.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nnks.core.archive.RulesFile;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
import org.nnks.core.run.Device;
import org.nnks.core.solve.RuleUpdate;
import org.nnks.core.solve.SolverConfig;
import picocli.CommandLine.Option;

/** The options of {@code solve} that decide what it computes; those not given are null. */
final class SolveOptions {

  /** How the rules follow from one another. */
  enum Update {
    /** Anderson acceleration. */
    ANDERSON,
    /** Half of each change, as Terry (2017). */
    DAMPED
  }

  @Option(
      names = "--method",
      description =
          "neural (default): networks; exact: the grid solver that checks them; terry: the algorithm"
              + " of Terry's (2017) code")
  private RunSettings.Method method;

  @Option(
      names = "--preset",
      description = "default: nnks's own neural method; paper: Yokomoto's (2026) to the letter")
  private RunSettings.Preset preset;

  @Option(
      names = "--policy",
      description =
          "network (default) or maximiser: whether simulated firms use the policy network or the"
              + " exact maximiser of the value network")
  private RunSettings.Policy policy;

  @Option(
      names = "--config",
      paramLabel = "FILE.json",
      description = "the calibration, with all its keys; see nnks models")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = "one parameter of the calibration; may be repeated")
  private List<String> assignments = new ArrayList<>();

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

  @Option(names = "--tolerance", description = "largest rule change at which the loop stops")
  private Double tolerance;

  @Option(names = "--update", description = "anderson (default) or damped")
  private Update update;

  @Option(names = "--max-iterations", description = "outer iterations before the loop gives up")
  private Integer maxIterations;

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description =
          "forecast rules to start from, a rules.json or a CSV with columns a_K, b_K, a_p, b_p;"
              + " default: those of the steady states")
  private Path rules;

  @Option(names = "--device", description = "auto (default), cpu or gpu")
  private Device.Choice device;

  @Option(
      names = "--threads",
      description = "threads of the tensor engine; default " + Device.DEFAULT_THREADS)
  private Integer threads;

  /** The settings of the method and preset asked for, before the other options. */
  RunSettings base() {
    return RunSettings.of(
        orElse(method, RunSettings.Method.NEURAL), orElse(preset, RunSettings.Preset.DEFAULT));
  }

  /** The file of aggregate shocks, if one is given. */
  Optional<Path> shocks() {
    return Optional.ofNullable(shocks);
  }

  /** The number of periods, if one is given. */
  Optional<Integer> periods() {
    return Optional.ofNullable(periods);
  }

  /**
   * Settings with the options given.
   *
   * @param periods the length of the shocks
   * @throws InvalidInputException if a value is out of its range
   */
  RunSettings settings(RunSettings base, int periods, int aggregateStates) {
    Optional<ForecastRules> start =
        rules == null
            ? base.startRules()
            : Optional.of(RulesFile.readStart(rules, aggregateStates));
    try {
      return new RunSettings(
          orElse(method, base.method()),
          orElse(preset, base.preset()),
          orElse(policy, base.policy()),
          solver(base.solver()),
          periods,
          seed(base),
          orElse(device, base.device()),
          orElse(threads, base.threads()),
          start);
    } catch (InvalidInputException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }

  private SolverConfig solver(SolverConfig base) {
    return new SolverConfig(
        orElse(burnIn, base.burnIn()),
        orElse(tolerance, base.tolerance()),
        orElse(maxIterations, base.maxIterations()),
        update == null
            ? base.update()
            : update == Update.ANDERSON ? RuleUpdate.anderson() : RuleUpdate.damped(),
        base.clearing(),
        base.bellmanLimit());
  }

  /** The seed given, or the base's. */
  long seed(RunSettings base) {
    return orElse(seed, base.seed());
  }

  /**
   * A calibration from {@code --config} and {@code --set}.
   *
   * @throws InvalidInputException if a key is unknown or missing, or a value is out of its range
   */
  <C extends Record> C calibration(C base, Class<C> type) {
    C calibration = config == null ? base : StrictJson.read(config, type);
    return assign(calibration, assignments);
  }

  /**
   * Assigns all values, in whatever order keeps the record valid on the way: a lower bound may only
   * be allowed above its old upper bound once the new upper bound is set.
   */
  private static <C extends Record> C assign(C calibration, List<String> assignments) {
    List<String> pending = new ArrayList<>(assignments);
    C result = calibration;
    while (!pending.isEmpty()) {
      List<String> rejected = new ArrayList<>();
      InvalidInputException first = null;
      for (String assignment : pending) {
        try {
          result = assign(result, assignment);
        } catch (InvalidInputException e) {
          first = first == null ? e : first;
          rejected.add(assignment);
        }
      }
      if (rejected.size() == pending.size()) {
        throw first;
      }
      pending = rejected;
    }
    return result;
  }

  private static <C extends Record> C assign(C calibration, String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new InvalidInputException(
          "--set needs key=value, such as maxFixedCost=0.02, but got '%s'".formatted(assignment));
    }
    return StrictJson.with(
        calibration,
        assignment.substring(0, equals).strip(),
        assignment.substring(equals + 1).strip());
  }

  private static <T> T orElse(T given, T base) {
    return given == null ? base : given;
  }
}
