package org.nnks.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.Activation;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.ImpulseResponse;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.ddpg.DdpgConfig;
import org.nnks.ddpg.modelbased.GradientConfig;
import org.nnks.ddpg.modelbased.GradientConfig.Batches;
import org.nnks.ddpg.modelbased.GradientConfig.Networks;
import org.nnks.ddpg.modelbased.GradientConfig.Schedule;
import org.nnks.ddpg.modelbased.GradientConfig.Targets;
import org.nnks.ddpg.modelbased.ModelBasedGradient;
import org.nnks.ddpg.solve.Learning;
import org.nnks.ddpg.solve.LearningCurve;
import org.nnks.ddpg.solve.LearningSolver;
import org.nnks.ddpg.solve.Reading;
import org.nnks.krusellsmith.GridHouseholds;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.HouseholdSolution;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;
import org.nnks.krusellsmith.Transfer;
import org.nnks.krusellsmith.TransferResponse;
import org.nnks.krusellsmith.projection.GrowthProjection;
import org.nnks.krusellsmith.projection.HouseholdProjection;
import org.nnks.krusellsmith.projection.ProjectionConfig;
import org.nnks.krusellsmith.rbc.Rbc;
import org.nnks.krusellsmith.rbc.RbcCalibration;
import org.nnks.krusellsmith.rbc.RbcEndogenousGrid;
import org.nnks.krusellsmith.rbc.RepresentativeAgent;
import org.nnks.krusellsmith.rbc.RepresentativeSolution;

/**
 * What gradients alone reach, seed by seed, beside the exact solution on the same shocks; and what
 * the projection reaches without learning. Prints a row of a Markdown table for each seed, and of
 * households for each history, after a line for each point of its learning curve.
 *
 * <p>Arguments: the economy, rbc, jedc2010 or liu2024; what solves it: one of {@link #variants}, or
 * keep (the policy before the first iteration), projection or ddpg (Algorithm 1, Table 2);
 * iterations, 0 for the preset's; and seeds, such as 1 2 3.
 */
public final class LearnedBars {

  /** Nodes of the histogram: fewer than the calibrations' 1,000, for time. */
  private static final int NODES = 200;

  private static final int PERIODS = 1_000;
  private static final int BURN_IN = 200;

  /**
   * A history on which households are judged. All start from equal wealth, and K' depends on how
   * far wealth has spread: those who see K alone are right on average where they have learned.
   *
   * @param periods its length
   * @param burnIn first periods that are left out
   */
  private record History(int periods, int burnIn) {}

  /** The first is the one of every earlier table; in the second wealth has spread. */
  private static final List<History> HISTORIES =
      List.of(new History(PERIODS, BURN_IN), new History(3_000, 2_000));

  private static final double PERCENT = 100;

  /** Quarters after the transfer, and economies in which it is made: a fifth of the standard. */
  private static final int HORIZON = 20;

  private static final int ECONOMIES = 20;

  private LearnedBars() {}

  /** Each changes one thing of the preset. */
  private static Map<String, UnaryOperator<GradientConfig>> variants() {
    Map<String, UnaryOperator<GradientConfig>> all = new LinkedHashMap<>();
    all.put("base", c -> c);
    all.put("summary", c -> GradientConfig.HOUSEHOLDS_SUMMARY);
    all.put("tanh", c -> c.withNetworks(new Networks(c.networks().hidden(), Activation.TANH, 0)));
    targets().forEach((name, of) -> all.put(name, c -> c.withTargets(of.apply(c.targets()))));
    batches().forEach((name, of) -> all.put(name, c -> c.withBatches(of.apply(c.batches()))));
    schedules().forEach((name, of) -> all.put(name, c -> c.withSchedule(of.apply(c.schedule()))));
    return all;
  }

  private static Map<String, UnaryOperator<Targets>> targets() {
    Map<String, UnaryOperator<Targets>> all = new LinkedHashMap<>();
    all.put("levels", t -> Targets.oneStep(true, 0, t.follow()));
    all.put("draw", t -> Targets.oneStep(false, 1, t.follow()));
    all.put("draw-levels", t -> Targets.oneStep(false, 0, t.follow()));
    all.put("slow", t -> Targets.oneStep(true, 1, 1e-3));
    all.put("no-target", t -> Targets.oneStep(true, 1, 1));
    all.put("ten-steps", t -> new Targets(true, 1, t.follow(), 10, 1));
    all.put("ten-steps-levels", t -> new Targets(true, 0, t.follow(), 10, 1));
    all.put("short-horizon", t -> new Targets(true, 1, t.follow(), 1, 10));
    all.put("short-horizon-levels", t -> new Targets(true, 0, t.follow(), 1, 10));
    return all;
  }

  private static Map<String, UnaryOperator<Batches>> batches() {
    Map<String, UnaryOperator<Batches>> all = new LinkedHashMap<>();
    all.put("small-batch", b -> Batches.of(b.sections() / 4, b.members()));
    all.put("large-batch", b -> Batches.of(b.sections() * 4, b.members()));
    all.put("growing-batch", b -> new Batches(b.sections() / 4, b.sections() * 4, b.members(), 0));
    // The power of Schaul et al. (2016).
    all.put("prioritised", b -> new Batches(b.sections(), b.sections(), b.members(), .6));
    return all;
  }

  private static Map<String, UnaryOperator<Schedule>> schedules() {
    Map<String, UnaryOperator<Schedule>> all = new LinkedHashMap<>();
    all.put("no-warmup", s -> change(s, 0, s.finalRate(), s.averaging()));
    all.put("constant-rates", s -> change(s, s.warmup(), s.rate(), s.averaging()));
    all.put("slow-average", s -> change(s, s.warmup(), s.finalRate(), s.averaging() / 10));
    all.put("no-average", s -> change(s, s.warmup(), s.finalRate(), 1));
    return all;
  }

  private static Schedule change(Schedule s, int warmup, double finalRate, double averaging) {
    return new Schedule(s.iterations(), warmup, s.rate(), finalRate, averaging);
  }

  /** Solves and prints. */
  public static void main(String[] arguments) {
    if (arguments.length < 4) {
      throw new InvalidInputException("give an economy, a variant, iterations and seeds");
    }
    Device.cpu(); // the engine's start is not any variant's time
    int iterations = Integer.parseInt(arguments[2]);
    for (String seed : Arrays.asList(arguments).subList(3, arguments.length)) {
      if (arguments[0].equals("rbc")) {
        growth(arguments[1], iterations, Long.parseLong(seed));
      } else {
        households(arguments[0], arguments[1], iterations, Long.parseLong(seed));
      }
    }
  }

  private static GradientConfig config(GradientConfig preset, String variant, int iterations) {
    UnaryOperator<GradientConfig> change = variants().get(variant);
    if (change == null) {
      throw new InvalidInputException(
          "unknown variant '%s': give one of %s, keep, projection or ddpg"
              .formatted(variant, String.join(", ", variants().keySet())));
    }
    GradientConfig changed = change.apply(preset);
    return iterations > 0 ? changed.withIterations(iterations) : changed;
  }

  private static DdpgConfig table2(int iterations) {
    return iterations > 0 ? DdpgConfig.TABLE2.withIterations(iterations) : DdpgConfig.TABLE2;
  }

  private static void growth(String variant, int iterations, long seed) {
    Rbc economy = new Rbc(RbcCalibration.liu2024());
    Seeds seeds = new Seeds(seed);
    Device cpu = Device.cpu();
    double start = ProcessorTime.seconds();
    try (BellmanSolver solver =
        switch (variant) {
          case "projection" ->
              new RepresentativeAgent(
                  economy, it -> GrowthProjection.solve(it, progress -> {}, seeds));
          case "ddpg" -> Learning.ddpg(economy, table2(iterations), progress -> {}, cpu, seeds);
          default ->
              Learning.modelBased(
                  economy,
                  config(
                      GradientConfig.GROWTH, variant.equals("keep") ? "base" : variant, iterations),
                  progress -> {},
                  cpu,
                  seeds);
        }) {
      BellmanSolution solution = solution(solver, variant);
      double seconds = ProcessorTime.seconds() - start;
      int[] shocks =
          economy
              .aggregate()
              .simulate(economy.start().aggregateState(), PERIODS, seeds.stream("aggregate"));
      SimulatedPath path = new EconomySimulator().simulate(solution.policies(), shocks);
      var errors = solution.errors(path, BURN_IN, seeds);
      var exact =
          new RepresentativeAgent(economy, RbcEndogenousGrid.standard()::solve)
              .solve(solver.coldStart());
      curve(solver, exact);
      System.out.printf(
          Locale.ROOT,
          "| rbc, %s | %d | %.1e | %.1e | %.1e | %.0f |%n",
          variant,
          seed,
          errors.get(RepresentativeSolution.SQUARE_NARROW).mean(),
          errors.get(RepresentativeSolution.SQUARE_WIDE).mean(),
          solution.gaps(exact, path, BURN_IN).get(HouseholdSolution.CONSUMPTION_GAP).mean(),
          learned(solver, seconds));
    } catch (TrainingDivergedException e) {
      System.out.printf("| rbc, %s | %d | %s |%n", variant, seed, e.getMessage());
    }
  }

  private static void households(String name, String variant, int iterations, long seed) {
    KrusellSmithCalibration calibration =
        name.equals("liu2024")
            ? KrusellSmithCalibration.liu2024()
            : KrusellSmithCalibration.jedc2010();
    KrusellSmith economy = new KrusellSmith(calibration.withHistogramNodes(NODES));
    Seeds seeds = new Seeds(seed);
    Device cpu = Device.cpu();
    double start = ProcessorTime.seconds();
    try (BellmanSolver solver =
        switch (variant) {
          case "projection" ->
              new HouseholdProjection(
                  economy, ProjectionConfig.STANDARD, progress -> {}, cpu, seeds);
          case "ddpg" -> Learning.ddpg(economy, table2(iterations), progress -> {}, cpu, seeds);
          default ->
              Learning.modelBased(
                  economy,
                  config(
                      GradientConfig.HOUSEHOLDS,
                      variant.equals("keep") ? "base" : variant,
                      iterations),
                  progress -> {},
                  cpu,
                  seeds);
        }) {
      BellmanSolution solution = solution(solver, variant);
      double seconds = ProcessorTime.seconds() - start;
      for (History history : HISTORIES) {
        judge(economy, "%s, %s".formatted(name, variant), seed, solver, solution, seconds, history);
      }
    } catch (TrainingDivergedException e) {
      System.out.printf("| %s, %s | %d | %s |%n", name, variant, seed, e.getMessage());
    }
  }

  /** Beside the exact solution on the same shocks, which are the same for all seeds. */
  private static void judge(
      KrusellSmith economy,
      String row,
      long seed,
      BellmanSolver solver,
      BellmanSolution solution,
      double seconds,
      History history) {
    int burnIn = history.burnIn();
    int[] shocks =
        economy
            .aggregate()
            .simulate(
                economy.start().aggregateState(),
                history.periods(),
                new Seeds(1).stream("aggregate"));
    SimulatedPath path = new EconomySimulator().simulate(solution.policies(), shocks);
    try (GridHouseholds grid =
        new GridHouseholds(
            economy, GridHouseholds.CAPITAL_NODES, GridHouseholds.MEAN_CAPITAL_NODES)) {
      Solution exact =
          new KrusellSmithSolver(SolverConfig.standard().withBurnIn(burnIn))
              .solve(economy, grid, shocks, new Seeds(1));
      var errors = solution.errors(path, burnIn, new Seeds(seed));
      var gap = solution.gaps(exact.agents(), path, burnIn).get(HouseholdSolution.CONSUMPTION_GAP);
      if (history.equals(HISTORIES.get(0))) {
        curve(solver, exact.agents());
      }
      if (solver instanceof LearningSolver<?> learning
          && learning.learner() instanceof ModelBasedGradient learner
          && learner.config().networks().summaryOutputs() > 0) {
        System.out.println("  " + SummaryFit.of(economy, learner, shocks, burnIn));
      }
      System.out.printf(
          Locale.ROOT,
          "| %s, %d to %d | %d | %.2f | %.1e | %.1e | %+.3f | %.1e | %.1e | %.1f | %.0f |%n",
          row,
          burnIn,
          history.periods(),
          seed,
          errors.get(HouseholdSolution.LOG10_EULER).mean(),
          errors.get(HouseholdSolution.EULER).mean(),
          errors.get(HouseholdSolution.EULER).max(),
          PERCENT * (mean(path, burnIn) / mean(exact.path(), burnIn) - 1),
          gap.mean(),
          gap.max(),
          transfer(
              economy,
              ((HouseholdSolution) solution).rule(),
              ((HouseholdSolution) exact.agents()).rule()),
          learned(solver, seconds));
    }
  }

  /**
   * The gap of the responses of the middle third's consumption to Liu's (2024) transfer, Figure 5:
   * the largest within {@link #HORIZON} quarters, in standard errors of the difference of two
   * responses that are each measured on their own.
   */
  private static double transfer(KrusellSmith economy, HouseholdRule learned, HouseholdRule exact) {
    ImpulseResponse.Response ours = middle(economy, learned);
    ImpulseResponse.Response theirs = middle(economy, exact);
    double largest = 0;
    for (int h = 1; h <= HORIZON; h++) { // at once nothing moves the middle third
      double gap = Math.abs(ours.mean().get(h) - theirs.mean().get(h));
      double error = Math.hypot(ours.standardError().get(h), theirs.standardError().get(h));
      largest = Math.max(largest, gap / error);
    }
    return largest;
  }

  private static ImpulseResponse.Response middle(KrusellSmith economy, HouseholdRule rule) {
    Transfer transfer = new Transfer(Transfer.LIU_AMOUNT, ECONOMIES, HORIZON);
    return TransferResponse.of(economy, rule, transfer, new Seeds(1), done -> {})
        .response(TransferResponse.MIDDLE_CONSUMPTION);
  }

  private static BellmanSolution solution(BellmanSolver solver, String variant) {
    return variant.equals("keep")
        ? solver.current(solver.coldStart())
        : solver.solve(solver.coldStart());
  }

  private static double mean(SimulatedPath path, int burnIn) {
    return path.capital().slice(burnIn, path.periods()).mean();
  }

  /** Processor seconds of learning, without the curve's readings. */
  private static double learned(BellmanSolver solver, double all) {
    return solver instanceof LearningSolver<?> learning && !learning.curve().points().isEmpty()
        ? learning.curve().points().get(learning.curve().points().size() - 1).seconds()
        : all;
  }

  private static void curve(BellmanSolver solver, BellmanSolution exact) {
    if (solver instanceof LearningSolver<?> learning) {
      for (LearningCurve.Point point : learning.curve().points()) {
        System.out.printf(
            Locale.ROOT,
            "  %d, %.0f s: log10 %.2f, K %.3f%n",
            point.iteration(),
            point.seconds(),
            point.reading().log10Error(),
            point.reading().meanCapital());
      }
      Reading reading = learning.exact(exact);
      System.out.printf(
          Locale.ROOT,
          "  exact: log10 %.2f, K %.3f%n",
          reading.log10Error(),
          reading.meanCapital());
    }
  }
}
