package org.nnks.cli.sweep;

import java.io.File;
import java.io.StringReader;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.nnks.cli.models.Economies;
import org.nnks.cli.models.ModelEntry;
import org.nnks.cli.models.Models;
import org.nnks.cli.progress.Devices;
import org.nnks.cli.solve.Shocks;
import org.nnks.core.archive.Accuracy;
import org.nnks.core.archive.Moments;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
import org.nnks.core.model.Economy;
import org.nnks.core.run.Seeds;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverState;
import org.nnks.core.solve.Status;
import org.nnks.distributed.Point;
import org.nnks.distributed.PointOutcome;
import org.nnks.distributed.SweepModel;

/**
 * Any model of {@link Models} as a sweep sees it. It crosses to the workers as three texts.
 *
 * @param name the name of the model
 * @param settings {@link RunSettings} as JSON; a point replaces the seed
 * @param calibration the base calibration as JSON; a point replaces what the sweep varies
 */
record SweptModel(String name, String settings, String calibration) implements SweepModel {

  /** ND4J, 120 MB: only the driver writes files for NumPy. */
  private static final Pattern DRIVER_ONLY = Pattern.compile("(nd4j|openblas|javacpp)-.*");

  /** DJL records gradients for one thread of a process at a time. */
  private static final ReentrantLock TRAINING = new ReentrantLock();

  /** A model, and how to solve it. */
  static <C extends Record> SweptModel of(
      ModelEntry<C> entry, RunSettings settings, C calibration) {
    return new SweptModel(entry.name(), StrictJson.write(settings), StrictJson.write(calibration));
  }

  /**
   * The files that workers of other processes need: the class path without Spark, which they have,
   * and without what only the driver uses.
   */
  static List<String> jars() {
    String spark = File.separator + "spark" + File.separator + "jars" + File.separator;
    return Economies.classPath().stream()
        .filter(entry -> entry.endsWith(".jar") && !entry.contains(spark))
        .filter(entry -> !DRIVER_ONLY.matcher(new File(entry).getName()).matches())
        .toList();
  }

  @Override
  public Map<String, Object> description() {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("model", name);
    description.put("settings", runSettings());
    description.put("calibration", calibration(Models.find(name)));
    return description;
  }

  private RunSettings runSettings() {
    return StrictJson.read(new StringReader(settings), "settings", RunSettings.class);
  }

  private <C extends Record> C calibration(ModelEntry<C> entry) {
    return StrictJson.read(new StringReader(calibration), "calibration", entry.calibrationType());
  }

  @Override
  public List<String> parameters() {
    return parameters(Models.find(name));
  }

  /** The dotted keys of all numbers of a model's calibration. */
  static List<String> parameters(ModelEntry<?> entry) {
    List<String> names = new ArrayList<>();
    addNumbers("", entry.calibrationType(), names);
    return names;
  }

  private static void addNumbers(String prefix, Class<?> type, List<String> names) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getType() == double.class || component.getType() == int.class) {
        names.add(prefix + component.getName());
      } else if (component.getType().isRecord()) {
        addNumbers(prefix + component.getName() + ".", component.getType(), names);
      }
    }
  }

  @Override
  public void check(Point point) {
    check(Models.find(name), point);
  }

  private <C extends Record> void check(ModelEntry<C> entry, Point point) {
    try {
      shocks(entry, entry.economy(calibration(entry, point)), runSettings().withSeed(point.seed()));
    } catch (InvalidInputException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }

  /** The values of a point by the names of its parameters. */
  static Map<String, String> values(Point point) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < point.names().size(); i++) {
      values.put(point.names().get(i), point.text(i));
    }
    return values;
  }

  /** The base calibration with the parameters of a point. */
  private <C extends Record> C calibration(ModelEntry<C> entry, Point point) {
    return StrictJson.with(calibration(entry), values(point));
  }

  private static int[] shocks(ModelEntry<?> entry, Economy economy, RunSettings settings) {
    int[] shocks =
        economy
            .aggregate()
            .simulate(
                economy.start().aggregateState(),
                settings.periods(),
                new Seeds(settings.seed()).stream(Shocks.STREAM));
    Shocks.requireVisits(shocks, settings, entry, economy);
    return shocks;
  }

  @Override
  public PointOutcome solve(Point point) throws InterruptedException {
    RunSettings run = runSettings().withSeed(point.seed());
    if (!run.method().trains()) {
      return solve(Models.find(name), point, run);
    }
    TRAINING.lockInterruptibly();
    try {
      return solve(Models.find(name), point, run);
    } finally {
      TRAINING.unlock();
    }
  }

  private <C extends Record> PointOutcome solve(ModelEntry<C> entry, Point point, RunSettings run)
      throws InterruptedException {
    C parameters = calibration(entry, point);
    Economy economy = entry.economy(parameters);
    int[] shocks = shocks(entry, economy, run);
    try (BellmanSolver bellman = entry.open(parameters, run, Devices.of(run))) {
      ForecastRules rules = run.startRules().orElseGet(bellman::coldStart);
      Solution solution =
          new KrusellSmithSolver(run.solver())
              .solve(economy, bellman, shocks, SolverState.initial(rules), new Seeds(run.seed()));
      if (solution.status() == Status.INTERRUPTED) {
        throw new InterruptedException(point + " was stopped");
      }
      return new PointOutcome(
          solution.status() == Status.CONVERGED
              ? PointOutcome.Status.CONVERGED
              : PointOutcome.Status.NOT_CONVERGED,
          verdict(solution),
          values(economy, solution));
    }
  }

  /** The verdict, and what else should be known: a row has no other place for it. */
  private static String verdict(Solution solution) {
    StringBuilder verdict = new StringBuilder(solution.verdict());
    solution.warnings().forEach(warning -> verdict.append("; warning: ").append(warning));
    return verdict.toString();
  }

  /** The numbers of {@code moments.json} and {@code accuracy.json}, their keys joined by dots. */
  private static Map<String, Double> values(Economy economy, Solution solution) {
    Moments moments = Moments.of(economy, solution.path(), solution.config().burnIn());
    Accuracy accuracy = Accuracy.of(solution.accuracy());
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("iterations", (double) solution.history().size());
    Moments.Means means = moments.means();
    values.put("means.price", means.price());
    values.put("means.capital", means.capital());
    values.put("means.output", means.output());
    values.put("means.investment", means.investment());
    values.put("means.hours", means.hours());
    values.put("means.consumption", means.consumption());
    moments
        .businessCycle()
        .rows()
        .forEach(
            row -> {
              String place = "businessCycle." + row.name();
              values.put(place + ".sdPercent", row.sdPercent());
              values.put(place + ".correlation", row.correlation());
            });
    moments.crossSection().forEach((key, value) -> values.put("crossSection." + key, value));
    accuracy
        .equations()
        .forEach(
            (key, error) -> {
              values.put("equations." + key + ".mean", error.mean());
              values.put("equations." + key + ".max", error.max());
            });
    values.put("freshPath.priceMax", accuracy.freshPath().priceMax());
    values.put("freshPath.priceMean", accuracy.freshPath().priceMean());
    values.put("freshPath.capitalMax", accuracy.freshPath().capitalMax());
    values.put("freshPath.capitalMean", accuracy.freshPath().capitalMean());
    values.put("freshPrice.rSquared", accuracy.freshPrice().rSquared());
    values.put("freshCapital.rSquared", accuracy.freshCapital().rSquared());
    return values;
  }
}
