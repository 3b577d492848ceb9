package org.nnks.benchmarks;

import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.nnks.benchmarks.WholeSolves.Timed;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.archive.Moments;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.neural.NeuralBellman;
import org.nnks.core.neural.NeuralTraining;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.core.statistics.BusinessCycleTable;
import org.nnks.core.tensor.Readout;
import org.nnks.khanthomas.KhanThomas;
import org.nnks.khanthomas.KhanThomasCalibration;
import org.nnks.khanthomas.KhanThomasDeclaration;
import org.nnks.khanthomas.exact.LumpySolution;

/**
 * The spread of Khan-Thomas solutions across five seeds, after Table 3 of Yokomoto (2026), and
 * their bias against the exact solution: for the projection, to 1e-6, and for networks, by Terry's
 * stopping rule. Times are of the processor. Prints the Markdown table of docs/accuracy.md. The
 * argument is a file of aggregate shocks.
 */
public final class SeedTable {

  private static final KhanThomas ECONOMY = new KhanThomas(KhanThomasCalibration.terry2017());

  /** Runs in Yokomoto (2026). */
  private static final int SEEDS = 5;

  private SeedTable() {}

  private record Measure(String name, ToDoubleFunction<Timed> value) {}

  private static Measure of(String name, ToDoubleFunction<Solution> value) {
    return new Measure(name, timed -> value.applyAsDouble(timed.solution()));
  }

  /** Solves and prints. */
  public static void main(String[] arguments) {
    WholeSolves solves = WholeSolves.create(Optional.of(Path.of(arguments[0])));
    KhanThomasDeclaration declared = new KhanThomasDeclaration(ECONOMY.calibration());
    Timed exact = solves.toConvergence(Method.EXACT);
    List<Measure> measures = measures(exact.solution().path());
    List<Timed> projection =
        runs(
            solves,
            SolverConfig.standard(),
            seed -> new ProjectionSolver(declared, Device.cpu(), new Seeds(seed)));
    List<Timed> neural =
        runs(
            solves,
            SolverConfig.terry2017(),
            seed ->
                new NeuralBellman(
                    declared,
                    NeuralTraining.standard(),
                    Device.cpu(),
                    DataType.FLOAT32,
                    new Seeds(seed),
                    new Readout()));
    System.out.println(
        "| | exact | projection, mean (s.d.) | projection, worst | neural, mean (s.d.) | neural, worst |");
    System.out.println("|---|---|---|---|---|---|");
    for (Measure measure : measures) {
      System.out.printf(
          "| %s | %.4g | %s | %s |%n",
          measure.name(),
          measure.value().applyAsDouble(exact),
          summary(projection, measure),
          summary(neural, measure));
    }
    System.out.printf(
        "largest gap in p between two seeds, %%: projection %.4f, neural %.4f%n",
        spread(projection), spread(neural));
  }

  private static List<Timed> runs(
      WholeSolves solves, SolverConfig config, LongFunction<BellmanSolver> open) {
    List<Timed> runs = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      try (BellmanSolver solver = open.apply(seed)) {
        runs.add(solves.solve(solver, config, new Seeds(seed)));
      }
    }
    return runs;
  }

  private static List<Measure> measures(SimulatedPath exact) {
    List<Measure> measures = new ArrayList<>();
    for (String name : List.of("Y", "I", "N", "C")) {
      measures.add(of("sd of " + name + ", %", s -> row(s, name).sdPercent()));
      measures.add(of("correlation of " + name, s -> row(s, name).correlation()));
    }
    measures.add(of("mean Bellman error", s -> bellman(s).mean()));
    measures.add(of("largest Bellman error", s -> bellman(s).max()));
    measures.add(of("Den Haan max p, %", s -> s.accuracy().freshPath().priceMax()));
    measures.add(of("Den Haan mean p, %", s -> s.accuracy().freshPath().priceMean()));
    measures.add(of("Den Haan max K, %", s -> s.accuracy().freshPath().capitalMax()));
    measures.add(of("Den Haan mean K, %", s -> s.accuracy().freshPath().capitalMean()));
    measures.add(of("RMSE p, %", s -> s.accuracy().freshPrice().rmse()));
    measures.add(of("RMSE K', %", s -> s.accuracy().freshCapital().rmse()));
    measures.add(of("bias of p to exact, %", s -> gap(s, exact, 0).mean()));
    measures.add(of("largest gap in p to exact, %", s -> gap(s, exact, 0).max()));
    measures.add(of("bias of K to exact, %", s -> gap(s, exact, 1).mean()));
    measures.add(of("largest gap in K to exact, %", s -> gap(s, exact, 1).max()));
    measures.add(of("iterations", s -> s.history().size()));
    measures.add(new Measure("first firms' problem, s", Timed::firms));
    measures.add(new Measure("first history, s", Timed::history));
    measures.add(new Measure("whole loop, s", Timed::loop));
    return measures;
  }

  /** Of declared economies as a share of |V| where firms are; else on the paper's points. */
  private static EquationError bellman(Solution solution) {
    Map<String, EquationError> errors = solution.accuracy().equations();
    return errors.getOrDefault(AgentSolution.BELLMAN, errors.get(LumpySolution.BELLMAN_ON_GRID));
  }

  private static BusinessCycleTable.Row row(Solution solution, String name) {
    return Moments.of(ECONOMY, solution.path(), solution.config().burnIn())
        .businessCycle()
        .row(name);
  }

  private static PathGap gap(Solution solution, SimulatedPath exact, int variable) {
    return PathGap.between(solution.path(), exact, solution.config().burnIn()).get(variable);
  }

  private static String summary(List<Timed> runs, Measure measure) {
    SummaryStatistics statistics = new SummaryStatistics();
    double worst = 0;
    for (Timed run : runs) {
      double value = measure.value().applyAsDouble(run);
      statistics.addValue(value);
      worst = Math.abs(value) > Math.abs(worst) ? value : worst;
    }
    return "%.4g (%.2g) | %.4g"
        .formatted(statistics.getMean(), statistics.getStandardDeviation(), worst);
  }

  private static double spread(List<Timed> runs) {
    double largest = 0;
    for (Timed first : runs) {
      for (Timed second : runs) {
        largest = Math.max(largest, gap(first.solution(), second.solution().path(), 0).max());
      }
    }
    return largest;
  }
}
