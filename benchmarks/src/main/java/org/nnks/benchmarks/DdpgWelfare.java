package org.nnks.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.ImpulseResponse;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.ddpg.modelbased.GradientConfig;
import org.nnks.ddpg.solve.Learning;
import org.nnks.krusellsmith.GridHouseholds;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.HouseholdSolution;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;
import org.nnks.krusellsmith.Transfer;
import org.nnks.krusellsmith.TransferResponse;
import org.nnks.krusellsmith.WelfareGap;
import org.nnks.krusellsmith.projection.HouseholdProjection;
import org.nnks.krusellsmith.projection.ProjectionConfig;

/**
 * What households lose that decide as was learned, in the economy of the exact solution, as
 * consumption equivalents; and their response to Liu's (2024) transfer, Figure 5, beside the exact
 * one: the gap in standard errors of the difference of two responses that are each measured on
 * their own, and in those of the difference economy by economy. Prints two Markdown tables.
 *
 * <p>Arguments: the method, ddpg (by gradients, households with a summary; default), ddpg-k (with
 * K) or projection; the calibration, liu2024 (default) or jedc2010; and the number of seeds
 * (default 3); or, in its place, folders of runs by that method with that calibration, whose
 * policies are not learned again. They are the same for the same seed: what is learned does not
 * depend on the nodes of the histogram or the periods of a run.
 */
public final class DdpgWelfare {

  private static final int SEEDS = 3;

  /** Fewer than the presets' 1,000, for time: the same for both solutions. */
  private static final int HISTOGRAM_NODES = 400;

  private static final int BURN_IN = 1_000;

  /** Periods in which a gap is measured: one history's luck is large beside small gaps. */
  private static final int MEASURED = 10_000;

  /** Periods after the burn-in, from which the forecast rules are estimated. */
  private static final int ESTIMATED = 3_000;

  /** Quarters after the transfer that are followed, and those that are printed. */
  private static final int HORIZON = 20;

  private static final List<Integer> PRINTED = List.of(0, 1, 2, 4, 10, 20);

  private static final double PERCENT = 100;

  private static final Map<String, Supplier<KrusellSmithCalibration>> CALIBRATIONS =
      Map.of(
          "liu2024", KrusellSmithCalibration::liu2024,
          "jedc2010", KrusellSmithCalibration::jedc2010);

  private DdpgWelfare() {}

  /** Solves and prints. */
  public static void main(String[] arguments) {
    String method = arguments.length > 0 ? arguments[0] : "ddpg";
    String name = arguments.length > 1 ? arguments[1] : "liu2024";
    List<String> learners = learners(arguments);
    if (!CALIBRATIONS.containsKey(name)) {
      throw new InvalidInputException(
          "unknown calibration '%s': give one of %s"
              .formatted(name, String.join(", ", new TreeSet<>(CALIBRATIONS.keySet()))));
    }
    KrusellSmith economy =
        new KrusellSmith(CALIBRATIONS.get(name).get().withHistogramNodes(HISTOGRAM_NODES));
    Device.cpu();
    int[] measured =
        economy
            .aggregate()
            .simulate(
                economy.start().aggregateState(),
                BURN_IN + WelfareGap.settling(economy) + MEASURED,
                new Seeds(1).stream("aggregate"));
    HouseholdRule exact = exact(economy, Arrays.copyOf(measured, BURN_IN + ESTIMATED));
    ImpulseResponse transfer = transfer(economy, exact);
    List<String> responses = new ArrayList<>();
    responses.add(row("exact", transfer, transfer));
    System.out.println(
        "| %s | welfare loss (%%) | standard error | poorest third | middle third | richest third"
                .formatted(name)
            + " | processor seconds to learn |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (String learner : learners) {
      double start = ProcessorTime.seconds();
      try (BellmanSolver solver =
          solver(method, economy, new Seeds(isSeed(learner) ? Long.parseLong(learner) : 1))) {
        if (!isSeed(learner)) {
          solver.restore(NamedArrays.read(RunFolder.open(Path.of(learner)).networks()));
        }
        HouseholdRule learned = ((HouseholdSolution) solver.solve(solver.coldStart())).rule();
        double learning = ProcessorTime.seconds() - start;
        WelfareGap gap = WelfareGap.of(economy, learned, exact, measured, BURN_IN);
        Vector thirds = gap.thirds().map(x -> PERCENT * x);
        System.out.printf(
            Locale.ROOT,
            "| %s | %.4f | %.4f | %.4f | %.4f | %.4f | %.0f |%n",
            label(learner),
            PERCENT * gap.mean(),
            PERCENT * gap.standardError(),
            thirds.get(0),
            thirds.get(1),
            thirds.get(2),
            learning);
        responses.add(row(label(learner), transfer(economy, learned), transfer));
      }
    }
    System.out.println();
    System.out.println(
        "| %s, C of the middle third (%%) | %s | largest gap to exact (%%) | largest gap in standard errors | in paired standard errors |"
            .formatted(
                name, PRINTED.stream().map(String::valueOf).collect(Collectors.joining(" | "))));
    System.out.println("|---".repeat(PRINTED.size() + 4) + "|");
    responses.forEach(System.out::println);
  }

  /** Seeds from 1 on, or folders of runs. */
  private static List<String> learners(String[] arguments) {
    if (arguments.length > 2 && !isSeed(arguments[2])) {
      return List.of(arguments).subList(2, arguments.length);
    }
    int seeds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : SEEDS;
    return IntStream.rangeClosed(1, seeds).mapToObj(String::valueOf).toList();
  }

  private static boolean isSeed(String learner) {
    return learner.chars().allMatch(Character::isDigit);
  }

  private static String label(String learner) {
    return isSeed(learner) ? "seed " + learner : Path.of(learner).getFileName().toString();
  }

  private static BellmanSolver solver(String method, KrusellSmith economy, Seeds seeds) {
    Device cpu = Device.cpu();
    return switch (method) {
      case "ddpg" ->
          Learning.modelBased(
              economy, GradientConfig.HOUSEHOLDS_SUMMARY, progress -> {}, cpu, seeds);
      case "ddpg-k" ->
          Learning.modelBased(economy, GradientConfig.HOUSEHOLDS, progress -> {}, cpu, seeds);
      case "projection" ->
          new HouseholdProjection(economy, ProjectionConfig.STANDARD, progress -> {}, cpu, seeds);
      default ->
          throw new InvalidInputException(
              "unknown method '%s': give ddpg, ddpg-k or projection".formatted(method));
    };
  }

  private static ImpulseResponse transfer(KrusellSmith economy, HouseholdRule rule) {
    Transfer transfer = new Transfer(Transfer.LIU_AMOUNT, Transfer.ECONOMIES, HORIZON);
    return TransferResponse.of(economy, rule, transfer, new Seeds(1), done -> {});
  }

  private static String row(String name, ImpulseResponse response, ImpulseResponse exact) {
    ImpulseResponse.Response middle = response.response(TransferResponse.MIDDLE_CONSUMPTION);
    ImpulseResponse.Response other = exact.response(TransferResponse.MIDDLE_CONSUMPTION);
    double largest = 0;
    double inErrors = 0;
    double inPairedErrors = 0;
    for (int h = 1; h <= HORIZON; h++) { // at once nothing moves the middle third
      double gap = Math.abs(middle.mean().get(h) - other.mean().get(h));
      largest = Math.max(largest, gap);
      if (gap > 0) { // the exact solution is as near to itself as can be
        double apart = Math.hypot(middle.standardError().get(h), other.standardError().get(h));
        inErrors = Math.max(inErrors, gap / apart);
        inPairedErrors = Math.max(inPairedErrors, gap / middle.pairedError(other, h));
      }
    }
    String cells =
        PRINTED.stream()
            .map(h -> "%.4f (%.4f)".formatted(middle.mean().get(h), middle.standardError().get(h)))
            .collect(Collectors.joining(" | "));
    return "| %s | %s | %.4f | %.2f | %.1f |"
        .formatted(name, cells, largest, inErrors, inPairedErrors);
  }

  private static HouseholdRule exact(KrusellSmith economy, int[] shocks) {
    try (GridHouseholds grid =
        new GridHouseholds(
            economy, GridHouseholds.CAPITAL_NODES, GridHouseholds.MEAN_CAPITAL_NODES)) {
      Solution solution =
          new KrusellSmithSolver(SolverConfig.standard().withBurnIn(BURN_IN))
              .solve(economy, grid, shocks, new Seeds(1))
              .requireConverged();
      return ((HouseholdSolution) solution.agents()).rule();
    }
  }
}
