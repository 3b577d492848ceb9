package org.nnks.benchmarks;

import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.BloomCalibration;
import org.nnks.bloom.ChoiceGaps;
import org.nnks.bloom.ExactBellman;
import org.nnks.bloom.ExactSolution;
import org.nnks.bloom.YokomotoTables;
import org.nnks.bloom.networks.PaperBellman;
import org.nnks.bloom.networks.PaperSolution;
import org.nnks.bloom.networks.PaperTraining;
import org.nnks.core.archive.RulesFile;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.SimulatedPath;

/**
 * The paper's networks for Bloom et al. (2018) by architecture: Yokomoto (2026) Table 13 and Figure
 * 14. As in appendix B.1 each is trained once, with forecast rules held fixed and at forecast
 * prices only, and its choices are compared with the exact solver's at the same rules. Prints two
 * Markdown tables: accuracy, and the validation loss by iteration.
 *
 * <p>Arguments: {@code small} or {@code replication}, points (k, n_-1, K, p) for each policy in one
 * iteration, each of which teaches all exogenous states, iterations, initial learning rate, number
 * of seeds, a file of forecast rules ({@code rules.json} of a run) or {@code cold-start}, and
 * architectures, such as {@code 256x3}, if not all five. The paper has 500,000 points in one state
 * each, 300 iterations and a rate of 5e-4, at the rules of a converged grid solution; its final
 * rate is a tenth of the initial one, and so it is here.
 */
public final class BloomArchitectures {

  /** Width and number of hidden layers, in the paper's order. */
  private static final List<Architecture> ARCHITECTURES =
      List.of(
          new Architecture(128, 2),
          new Architecture(128, 3),
          new Architecture(128, 4),
          new Architecture(256, 3),
          new Architecture(256, 4));

  /** Quarters of the exact history along which firms' choices are compared, and the burn-in. */
  private static final int PERIODS = 200;

  private static final int BURN_IN = 100;

  /** The final rate relative to the initial one; Yokomoto (2026) Table 14. */
  private static final double DECAY = .1;

  /** Nodes of K of the small calibration, with lines between them: a third of the points. */
  private static final int SMALL_MEAN_CAPITAL_NODES = 3;

  private static final double PERCENT = 100;

  /** In place of a file: the rules through the steady states without adjustment costs. */
  private static final String COLD_START = "cold-start";

  /** The row of Yokomoto (2026) Table 13 with the share of correct choices. */
  private static final int PUBLISHED_SHARE = 2;

  private BloomArchitectures() {}

  private record Architecture(int width, int layers) {
    PaperTraining of(PaperTraining training) {
      return training.withHidden(Collections.nCopies(layers, width).toArray(Integer[]::new));
    }

    String label() {
      return "%d×%d".formatted(width, layers);
    }
  }

  private record Trained(
      EquationError bellman,
      Map<String, EquationError> choices,
      Vector validation,
      double seconds,
      double processorSeconds) {

    double right(String name) {
      return PERCENT * (1 - choices.get(name).mean());
    }
  }

  private record Measure(String name, String format, ToDoubleFunction<Trained> value) {}

  private static final List<Measure> MEASURES =
      List.of(
          new Measure(
              "grid points with the exact branch, %",
              "%.2f", run -> run.right(ChoiceGaps.WRONG_BY_POINTS)),
          new Measure(
              "the same, lenient, %", "%.2f", run -> run.right(ChoiceGaps.WRONG_BY_POINTS_LENIENT)),
          new Measure(
              "firms with the exact branch, %", "%.2f", run -> run.right(ChoiceGaps.WRONG_BY_MASS)),
          new Measure(
              "median loss of a wrong branch",
              "%.1e",
              run -> run.choices().get(ChoiceGaps.LOSS_OF_WRONG).mean()),
          new Measure("mean Bellman error at nodes", "%.1e", run -> run.bellman().mean()),
          new Measure(
              "validation loss, last",
              "%.1e",
              run -> run.validation().get(run.validation().size() - 1)),
          new Measure("wall time, s", "%.0f", Trained::seconds),
          new Measure("processor time, s", "%.0f", Trained::processorSeconds));

  /** Trains and prints. */
  public static void main(String[] arguments) {
    if (arguments.length < 6) {
      throw new InvalidInputException(
          "expected at least six arguments: small or replication, points, iterations, initial rate,"
              + " seeds, rules.json of a run or cold-start, and architectures if not all");
    }
    Bloom economy = new Bloom(calibration(arguments[0]));
    int points = Integer.parseInt(arguments[1]);
    int iterations = Integer.parseInt(arguments[2]);
    double rate = Double.parseDouble(arguments[3]);
    int seeds = Integer.parseInt(arguments[4]);
    PaperTraining training =
        PaperTraining.yokomoto2026()
            .withoutPriceNoise()
            .withLength(points, iterations, iterations)
            .withRates(rate, rate, DECAY * rate);
    List<Architecture> architectures =
        chosen(Arrays.asList(arguments).subList(6, arguments.length));
    List<List<Trained>> runs = new ArrayList<>();
    try (ExactBellman grid = new ExactBellman(economy)) {
      ForecastRules rules = rules(arguments[5], grid, economy);
      ExactSolution exact = grid.solve(rules);
      int[] shocks =
          economy
              .aggregate()
              .simulate(
                  economy.start().aggregateState(), PERIODS, new Seeds(1).stream("aggregate"));
      SimulatedPath path = new EconomySimulator().simulate(exact.policies(), shocks);
      for (Architecture architecture : architectures) {
        List<Trained> bySeed = new ArrayList<>();
        for (long seed = 1; seed <= seeds; seed++) {
          bySeed.add(train(economy, architecture.of(training), exact, path, seed));
          System.err.println(architecture.label() + ", seed " + seed + " done");
        }
        runs.add(bySeed);
      }
    }
    printAccuracy(architectures, runs);
    printValidation(architectures, runs, iterations);
  }

  /** The rules of a run's {@code rules.json}, or those of the cold start. */
  static ForecastRules rules(String name, BellmanSolver solver, Bloom economy) {
    return name.equals(COLD_START)
        ? solver.coldStart()
        : RulesFile.readStart(Path.of(name), economy.states().size());
  }

  private static BloomCalibration calibration(String name) {
    return switch (name) {
      case "replication" -> BloomCalibration.replication();
      case "small" ->
          BloomCalibration.small()
              .withMeanCapitalDegree(1)
              .withMeanCapitalNodes(SMALL_MEAN_CAPITAL_NODES);
      default ->
          throw new InvalidInputException(
              "the calibration must be small or replication but is " + name);
    };
  }

  private static List<Architecture> chosen(List<String> labels) {
    List<Architecture> chosen =
        ARCHITECTURES.stream()
            .filter(a -> labels.isEmpty() || labels.contains(a.label().replace('×', 'x')))
            .toList();
    if (!labels.isEmpty() && chosen.size() != labels.size()) {
      throw new InvalidInputException(
          "architectures must be among 128x2, 128x3, 128x4, 256x3 and 256x4 but are " + labels);
    }
    return chosen;
  }

  private static Trained train(
      Bloom economy, PaperTraining training, ExactSolution exact, SimulatedPath path, long seed) {
    try (PaperBellman solver =
        new PaperBellman(
            economy,
            training,
            JumpClearing.Rule.MIXED,
            Device.cpu(),
            DataType.FLOAT32,
            new Seeds(seed))) {
      long start = System.nanoTime();
      double processor = ProcessorTime.seconds();
      PaperSolution solution = solver.solve(exact.rules());
      double seconds = (System.nanoTime() - start) * 1e-9;
      processor = ProcessorTime.seconds() - processor;
      return new Trained(
          solution.errors(path, BURN_IN, new Seeds(seed)).get(PaperSolution.BELLMAN_AT_NODES),
          solution.gaps(exact, path, BURN_IN),
          solution.validation(),
          seconds,
          processor);
    }
  }

  private static void printAccuracy(List<Architecture> architectures, List<List<Trained>> runs) {
    printHeader("", architectures);
    for (Measure measure : MEASURES) {
      StringBuilder row = new StringBuilder("| " + measure.name() + " |");
      for (List<Trained> bySeed : runs) {
        SummaryStatistics statistics = new SummaryStatistics();
        bySeed.forEach(run -> statistics.addValue(measure.value().applyAsDouble(run)));
        row.append(" ").append(measure.format().formatted(statistics.getMean()));
        if (bySeed.size() > 1) {
          row.append(" (%s)".formatted(measure.format().formatted(spread(statistics))));
        }
        row.append(" |");
      }
      System.out.println(row);
    }
    StringBuilder published =
        new StringBuilder("| Yokomoto (2026) Table 13, all 3,367,000 points, lenient, % |");
    Vector shares = YokomotoTables.YOKOMOTO_13.get(PUBLISHED_SHARE).cells();
    architectures.forEach(
        a -> published.append(" %.2f |".formatted(shares.get(ARCHITECTURES.indexOf(a)))));
    System.out.println(published);
  }

  private static double spread(SummaryStatistics statistics) {
    return statistics.getStandardDeviation();
  }

  private static void printHeader(String first, List<Architecture> architectures) {
    StringBuilder header = new StringBuilder("| " + first + " |");
    StringBuilder line = new StringBuilder("|---|");
    for (Architecture architecture : architectures) {
      header.append(" ").append(architecture.label()).append(" |");
      line.append("---|");
    }
    System.out.println();
    System.out.println(header);
    System.out.println(line);
  }

  /** Validation losses of the first seed. */
  private static void printValidation(
      List<Architecture> architectures, List<List<Trained>> runs, int iterations) {
    printHeader("iteration", architectures);
    for (int i = 0; i <= iterations; i++) {
      StringBuilder row =
          new StringBuilder(i < iterations ? "| %d |".formatted(i + 1) : "| fits |");
      for (List<Trained> bySeed : runs) {
        Vector validation = bySeed.get(0).validation();
        row.append(i < validation.size() ? " %.2e |".formatted(validation.get(i)) : " |");
      }
      System.out.println(row);
    }
  }
}
