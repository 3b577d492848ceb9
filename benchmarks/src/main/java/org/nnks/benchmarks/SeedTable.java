package org.nnks.benchmarks;

import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.archive.Moments;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.io.ShockFile;
import org.nnks.core.lumpy.GridBellman;
import org.nnks.core.lumpy.LeastSquaresBellman;
import org.nnks.core.lumpy.LumpySolution;
import org.nnks.core.lumpy.PaperBellman;
import org.nnks.core.lumpy.PaperTraining;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.Iteration;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.core.solve.SolverState;
import org.nnks.core.statistics.BusinessCycleTable;
import org.nnks.khanthomas.KhanThomas;
import org.nnks.khanthomas.KhanThomasCalibration;
import org.nnks.khanthomas.KhanThomasRules;

/**
 * The spread of Khan-Thomas solutions across five seeds, after Table 3 of Yokomoto (2026), and
 * their bias against the exact solution: for the preset {@code default}, to 1e-6, and the preset
 * {@code paper}, by Terry's stopping rule. Prints the Markdown table of docs/accuracy.md. The
 * argument is a file of aggregate shocks.
 */
public final class SeedTable {

  private static final KhanThomas ECONOMY = new KhanThomas(KhanThomasCalibration.terry2017());

  /** Runs in Yokomoto (2026). */
  private static final int SEEDS = 5;

  private static final double TERRY_BELLMAN_LIMIT = 1e-2;

  private SeedTable() {}

  private record Measure(String name, ToDoubleFunction<Solution> value) {}

  /** Solves and prints. */
  public static void main(String[] arguments) {
    int[] shocks = ShockFile.read(Path.of(arguments[0]), ECONOMY.aggregate().size());
    Solution exact;
    try (GridBellman grid = new GridBellman(ECONOMY)) {
      exact = solve(grid, shocks, SolverConfig.standard(), 1);
    }
    List<Measure> measures = measures(exact.path());
    List<Solution> byDefault =
        runs(
            shocks,
            SolverConfig.standard(),
            seed -> new LeastSquaresBellman(ECONOMY, true, Device.cpu(), new Seeds(seed)));
    SolverConfig terry = SolverConfig.terry2017().withBellmanLimit(TERRY_BELLMAN_LIMIT);
    List<Solution> paper =
        runs(
            shocks,
            terry,
            seed ->
                new PaperBellman(
                    ECONOMY,
                    PaperTraining.yokomoto2026(),
                    Device.cpu(),
                    DataType.FLOAT32,
                    new Seeds(seed)));
    System.out.println(
        "| | exact | default, mean (s.d.) | default, worst | paper, mean (s.d.) | paper, worst |");
    System.out.println("|---|---|---|---|---|---|");
    for (Measure measure : measures) {
      System.out.printf(
          "| %s | %.4g | %s | %s |%n",
          measure.name(),
          measure.value().applyAsDouble(exact),
          summary(byDefault, measure),
          summary(paper, measure));
    }
    System.out.printf(
        "largest gap in p between two seeds, %%: default %.4f, paper %.4f%n",
        spread(byDefault), spread(paper));
  }

  private static Solution solve(
      BellmanSolver solver, int[] shocks, SolverConfig config, long seed) {
    return new KrusellSmithSolver(config)
        .solve(
            ECONOMY,
            solver,
            shocks,
            SolverState.initial(KhanThomasRules.terry2017Initial()),
            new Seeds(seed));
  }

  private static List<Solution> runs(
      int[] shocks, SolverConfig config, LongFunction<BellmanSolver> open) {
    List<Solution> solutions = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      try (BellmanSolver solver = open.apply(seed)) {
        solutions.add(solve(solver, shocks, config, seed));
      }
    }
    return solutions;
  }

  private static List<Measure> measures(SimulatedPath exact) {
    List<Measure> measures = new ArrayList<>();
    for (String name : List.of("Y", "I", "N", "C")) {
      measures.add(new Measure("sd of " + name + ", %", s -> row(s, name).sdPercent()));
      measures.add(new Measure("correlation of " + name, s -> row(s, name).correlation()));
    }
    measures.add(
        new Measure(
            "mean Bellman error",
            s -> s.accuracy().equations().get(LumpySolution.BELLMAN_ON_GRID).mean()));
    measures.add(
        new Measure(
            "largest Bellman error",
            s -> s.accuracy().equations().get(LumpySolution.BELLMAN_ON_GRID).max()));
    measures.add(
        new Measure(
            "mean error of log k*",
            s -> s.accuracy().equations().get(LumpySolution.TARGET).mean()));
    measures.add(new Measure("Den Haan max p, %", s -> s.accuracy().freshPath().priceMax()));
    measures.add(new Measure("Den Haan mean p, %", s -> s.accuracy().freshPath().priceMean()));
    measures.add(new Measure("Den Haan max K, %", s -> s.accuracy().freshPath().capitalMax()));
    measures.add(new Measure("Den Haan mean K, %", s -> s.accuracy().freshPath().capitalMean()));
    measures.add(new Measure("RMSE p, %", s -> s.accuracy().freshPrice().rmse()));
    measures.add(new Measure("RMSE K', %", s -> s.accuracy().freshCapital().rmse()));
    measures.add(new Measure("bias of p to exact, %", s -> gap(s, exact, 0).mean()));
    measures.add(new Measure("largest gap in p to exact, %", s -> gap(s, exact, 0).max()));
    measures.add(new Measure("bias of K to exact, %", s -> gap(s, exact, 1).mean()));
    measures.add(new Measure("largest gap in K to exact, %", s -> gap(s, exact, 1).max()));
    measures.add(new Measure("iterations", s -> s.history().size()));
    measures.add(new Measure("first firms' problem, s", s -> s.history().get(0).bellmanSeconds()));
    measures.add(new Measure("first history, s", s -> s.history().get(0).simulationSeconds()));
    measures.add(new Measure("whole loop, s", SeedTable::seconds));
    return measures;
  }

  private static BusinessCycleTable.Row row(Solution solution, String name) {
    return Moments.of(ECONOMY, solution.path(), solution.config().burnIn())
        .businessCycle()
        .row(name);
  }

  private static PathGap gap(Solution solution, SimulatedPath exact, int variable) {
    return PathGap.between(solution.path(), exact, solution.config().burnIn()).get(variable);
  }

  private static double seconds(Solution solution) {
    double sum = 0;
    for (Iteration iteration : solution.history()) {
      sum += iteration.bellmanSeconds() + iteration.simulationSeconds();
    }
    return sum;
  }

  private static String summary(List<Solution> solutions, Measure measure) {
    SummaryStatistics statistics = new SummaryStatistics();
    double worst = 0;
    for (Solution solution : solutions) {
      double value = measure.value().applyAsDouble(solution);
      statistics.addValue(value);
      worst = Math.abs(value) > Math.abs(worst) ? value : worst;
    }
    return "%.4g (%.2g) | %.4g"
        .formatted(statistics.getMean(), statistics.getStandardDeviation(), worst);
  }

  private static double spread(List<Solution> solutions) {
    double largest = 0;
    for (Solution first : solutions) {
      for (Solution second : solutions) {
        largest = Math.max(largest, gap(first, second.path(), 0).max());
      }
    }
    return largest;
  }
}
