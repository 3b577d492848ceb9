package org.nnks.benchmarks;

import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.BloomCalibration;
import org.nnks.bloom.ExactBellman;
import org.nnks.bloom.GridFreeSolution;
import org.nnks.bloom.declared.BloomDeclaration;
import org.nnks.bloom.networks.PaperBellman;
import org.nnks.bloom.networks.PaperTraining;
import org.nnks.bloom.thresholds.ThresholdBellman;
import org.nnks.core.agents.AgentHistogram;
import org.nnks.core.agents.AgentHistory;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.neural.NeuralBellman;
import org.nnks.core.neural.NeuralTraining;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.History;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.Period;
import org.nnks.core.simulate.Policies;
import org.nnks.core.tensor.Readout;

/**
 * One row of Yokomoto (2026) Table 6: the time of simulated quarters of Bloom et al. (2018) by the
 * size of the histogram, with the memory it takes. Prints one line of a Markdown table. A process
 * times one row, so that memory is that row's.
 *
 * <p>The economy is the same in every row. Networks are fitted at the original size and decide for
 * the firms of any; the exact solver solves on the finer grids that it searches.
 *
 * <p>Arguments: {@code exact}, {@code table} (exact choices at fixed prices only, interpolated
 * between them: Algorithm 3 of the paper), {@code thresholds}, {@code maximiser} (of the same
 * fitted value, at every price), {@code neural} (the paper's networks of 128×2, as the run left
 * them in whose folder the rules are), {@code paper} (256×3 networks, trained so shortly that their
 * decisions mean nothing: they cost the same) or {@code networks} (core's own networks of the
 * declared economy, 2×128, trained as shortly); the size, 1, 5, 10, 20, 40 or 80; timed quarters;
 * {@code rules.json} of a converged run, whose prices are near their forecasts, or {@code
 * cold-start}; kappa, the inverse of the Frisch elasticity, 0 as published; {@code header} to print
 * the table's head first.
 */
public final class BloomHistograms {

  /**
   * Quarters before those timed: code is compiled, and firms spread from where they start, far from
   * prices that thresholds know.
   */
  private static final int WARM_UP = 60;

  /** The same of core's networks, whose quarters take seconds: firms have spread by then. */
  private static final int NETWORKS_WARM_UP = 20;

  /** The same of the paper's: by decisions that mean nothing markets soon do not clear. */
  private static final int PAPER_WARM_UP = 1;

  /** Training of core's networks that ends at once: what decisions cost is independent of it. */
  private static final NeuralTraining SHORT =
      NeuralTraining.standard().withHidden(128, 128).withSteps(1, 20, 1).withFits(1);

  private static final int TABLE_PERIODS = 1_000;

  /**
   * Intervals of k and n for each of the original: Yokomoto (2026) states them for 10× and lets 5×
   * be seen; the others go on in the same way.
   */
  private static final Map<Integer, int[]> SIZES = sizes();

  /**
   * Nodes of K of the exact solver, so few that large grids fit into memory: a price's work does
   * not depend on their number. Its prices are a little farther from forecasts of ten nodes' rules.
   */
  private static final int MEAN_CAPITAL_NODES = 3;

  private static final double MEBIBYTE = 1 << 20;

  private BloomHistograms() {}

  private static Map<Integer, int[]> sizes() {
    Map<Integer, int[]> sizes = new LinkedHashMap<>();
    sizes.put(1, new int[] {1, 1});
    sizes.put(5, new int[] {5, 1});
    sizes.put(10, new int[] {5, 2});
    sizes.put(20, new int[] {10, 2});
    sizes.put(40, new int[] {10, 4});
    sizes.put(80, new int[] {20, 4});
    return sizes;
  }

  private static int[] times(int size) {
    int[] times = SIZES.get(size);
    if (times == null) {
      throw new InvalidInputException(
          "the size must be one of %s but is %d".formatted(SIZES.keySet(), size));
    }
    return times;
  }

  /** The economy with grids of a size, for the exact solver. */
  static Bloom economy(int size) {
    return economy(size, 0);
  }

  private static Bloom economy(int size, double inverseFrisch) {
    return new Bloom(
        BloomCalibration.replication()
            .withInverseFrisch(inverseFrisch)
            .withMeanCapitalNodes(MEAN_CAPITAL_NODES)
            .finer(times(size)[0], times(size)[1]));
  }

  private static BellmanSolver open(String method, int size, double inverseFrisch) {
    Bloom original = new Bloom(BloomCalibration.replication().withInverseFrisch(inverseFrisch));
    return switch (method) {
      case "exact" -> new ExactBellman(economy(size, inverseFrisch));
      case "table" ->
          new ExactBellman(economy(size, inverseFrisch), JumpClearing.Rule.INTERPOLATED);
      case "thresholds", "maximiser" ->
          new ThresholdBellman(
              original,
              method.equals("thresholds"),
              JumpClearing.Rule.MIXED,
              Device.cpu(),
              new Seeds(1));
      case "neural" -> paper(original, PaperTraining.smallest());
      case "paper" ->
          paper(
              original,
              PaperTraining.yokomoto2026().withLength(10_240, 1, 1).withRates(1e-3, 1e-3, 1e-3));
      case "networks" ->
          new NeuralBellman(
              new BloomDeclaration(original.calibration()),
              SHORT,
              Device.cpu(),
              DataType.FLOAT32,
              new Seeds(1),
              new Readout());
      default ->
          throw new InvalidInputException(
              "the method must be exact, table, thresholds, maximiser, neural, paper or networks but is "
                  + method);
    };
  }

  private static PaperBellman paper(Bloom economy, PaperTraining training) {
    return new PaperBellman(
        economy, training, JumpClearing.Rule.MIXED, Device.cpu(), DataType.FLOAT32, new Seeds(1));
  }

  private static BellmanSolution solution(
      String method, BellmanSolver solver, ForecastRules rules, Path rulesFile) {
    if (!method.equals("neural")) {
      return solver.solve(rules);
    }
    Path run = rulesFile.toAbsolutePath().getParent();
    solver.restore(NamedArrays.read(RunFolder.open(run).networks()));
    return solver.current(rules);
  }

  private static Policies policies(BellmanSolution solution, Bloom economy, int size) {
    if (solution instanceof GridFreeSolution anywhere) {
      return anywhere.policies(times(size)[0], times(size)[1]);
    }
    if (solution instanceof AgentSolution networks) {
      BloomDeclaration finer = new BloomDeclaration(economy.calibration());
      return () ->
          new AgentHistory(
              new AgentHistogram(finer), networks.rules()::prices, networks::decidingAt);
    }
    return solution.policies();
  }

  /** Times one row and prints it. */
  public static void main(String[] arguments) {
    if (arguments.length < 5) {
      throw new InvalidInputException(
          "expected five arguments: method, size, quarters, rules.json of a run or cold-start, and"
              + " kappa, 0 as published");
    }
    int size = Integer.parseInt(arguments[1]);
    int quarters = Integer.parseInt(arguments[2]);
    double inverseFrisch = Double.parseDouble(arguments[4]);
    Bloom economy = economy(size, inverseFrisch);
    try (BellmanSolver solver = open(arguments[0], size, inverseFrisch)) {
      ForecastRules rules = BloomArchitectures.rules(arguments[3], solver, economy);
      double solving = ProcessorTime.seconds();
      History history =
          policies(solution(arguments[0], solver, rules, Path.of(arguments[3])), economy, size)
              .begin();
      solving = ProcessorTime.seconds() - solving;
      int warmUp =
          switch (arguments[0]) {
            case "networks" -> NETWORKS_WARM_UP;
            case "paper" -> PAPER_WARM_UP;
            default -> WARM_UP;
          };
      int[] states =
          economy
              .aggregate()
              .simulate(
                  economy.start().aggregateState(),
                  warmUp + quarters + 1,
                  new Seeds(1).stream("aggregate"));
      long evaluations = 0;
      long start = 0;
      double processor = 0;
      for (int t = 0; t < warmUp + quarters; t++) {
        if (t == warmUp) {
          start = System.nanoTime();
          processor = ProcessorTime.seconds();
        }
        Period period = history.step(t + 1, states[t]);
        evaluations += t < warmUp ? 0 : period.evaluations();
        history.advance(states[t + 1]);
      }
      double wall = (System.nanoTime() - start) * 1e-9;
      processor = ProcessorTime.seconds() - processor;
      System.gc();
      double heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBIBYTE;
      if (arguments.length > 5) {
        System.out.println(
            "| method | size | points | quarters timed | prices a quarter | ms a price (CPU) |"
                + " 1,000 quarters, s (CPU) | 1,000 quarters, s (wall) | solving, s (CPU) |"
                + " heap in use, MiB | process, MiB |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
      }
      System.out.printf(
          "| %s | %d× | %,d | %d | %.1f | %.2f | %.1f | %.1f | %.0f | %.0f | %s |%n",
          arguments[0],
          size,
          economy.cells(),
          quarters,
          (double) evaluations / quarters,
          1_000 * processor / evaluations,
          processor * TABLE_PERIODS / quarters,
          wall * TABLE_PERIODS / quarters,
          solving,
          heap,
          residentMebibytes());
      // The history must outlive the measurement of the heap.
      System.err.printf("share of cells with firms %.2f%n", occupied(history));
    }
  }

  private static double occupied(History history) {
    double[] mass = history.distribution().toArray();
    return (double) Arrays.stream(mass).filter(firms -> firms > 0).count() / mass.length;
  }

  /** The largest resident memory of this process so far, where Linux tells it. */
  private static String residentMebibytes() {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return "–";
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024)
          .map(Object::toString)
          .findFirst()
          .orElse("–");
    } catch (IOException e) {
      return "–";
    }
  }
}
