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
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.ImpulseResponse;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.ddpg.DdpgConfig;
import org.nnks.ddpg.DdpgListener;
import org.nnks.ddpg.DdpgSolver;
import org.nnks.ddpg.EulerConfig;
import org.nnks.krusellsmith.GridHouseholds;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.HouseholdSolution;
import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;
import org.nnks.krusellsmith.TabulatedHouseholds;
import org.nnks.krusellsmith.Transfer;
import org.nnks.krusellsmith.TransferResponse;
import org.nnks.krusellsmith.WelfareGap;

/**
 * What households lose that decide as the preset HOUSEHOLDS of DDPG has learned, in the economy of
 * the exact solution, as consumption equivalents; and their response to Liu's (2024) transfer,
 * Figure 5, beside the exact one: the gap in standard errors of the difference of two responses
 * that are each measured on their own, and in those of the difference economy by economy. Prints
 * two Markdown tables. Learned rules are tabulated on the exact solver's grid, which the preset
 * allows: it sees K and N only.
 *
 * <p>Arguments: the calibration, liu2024 (default) or jedc2010, and the number of seeds (default
 * 3); or, in its place, folders of runs by {@code nnks solve krusell-smith --method ddpg} with that
 * calibration, whose policies are not learned again. They are the same for the same seed: what is
 * learned does not depend on the nodes of the histogram or the periods of a run.
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
    String name = arguments.length > 0 ? arguments[0] : "liu2024";
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
            + " | largest error of the table (%) | processor seconds to learn |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (String learner : learners) {
      double start = ProcessorTime.seconds();
      try (DdpgSolver solver =
          DdpgSolver.of(
              economy,
              DdpgConfig.HOUSEHOLDS,
              EulerConfig.HOUSEHOLDS,
              new DdpgListener() {},
              Device.cpu(),
              new Seeds(isSeed(learner) ? Long.parseLong(learner) : 1))) {
        if (!isSeed(learner)) {
          solver.restore(NamedArrays.read(RunFolder.open(Path.of(learner)).networks()));
        }
        HouseholdRule network = ((HouseholdSolution) solver.solve(solver.coldStart())).rule();
        double learning = ProcessorTime.seconds() - start;
        HouseholdRule learned = tabulated(economy, network);
        WelfareGap gap = WelfareGap.of(economy, learned, exact, measured, BURN_IN);
        Vector thirds = gap.thirds().map(x -> PERCENT * x);
        System.out.printf(
            Locale.ROOT,
            "| %s | %.4f | %.4f | %.4f | %.4f | %.4f | %.4f | %.0f |%n",
            label(learner),
            PERCENT * gap.mean(),
            PERCENT * gap.standardError(),
            thirds.get(0),
            thirds.get(1),
            thirds.get(2),
            PERCENT * difference(economy, network, learned),
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
    if (arguments.length > 1 && !isSeed(arguments[1])) {
      return List.of(arguments).subList(1, arguments.length);
    }
    int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : SEEDS;
    return IntStream.rangeClosed(1, seeds).mapToObj(String::valueOf).toList();
  }

  private static boolean isSeed(String learner) {
    return learner.chars().allMatch(Character::isDigit);
  }

  private static String label(String learner) {
    return isSeed(learner) ? "seed " + learner : Path.of(learner).getFileName().toString();
  }

  private static HouseholdRule tabulated(KrusellSmith economy, HouseholdRule rule) {
    return TabulatedHouseholds.of(
        economy, rule, GridHouseholds.CAPITAL_NODES, GridHouseholds.MEAN_CAPITAL_NODES);
  }

  /**
   * The largest difference of k', relative to K, at the nodes of the histogram, in all aggregate
   * states and at every K halfway, in logs, between nodes of the table.
   */
  private static double difference(KrusellSmith economy, HouseholdRule one, HouseholdRule other) {
    KrusellSmithCalibration calibration = economy.calibration();
    Vector means =
        Grid.logarithmic(
                calibration.meanCapitalMin(),
                calibration.meanCapitalMax(),
                GridHouseholds.MEAN_CAPITAL_NODES)
            .nodes();
    double[][] capital = new double[economy.states()][];
    Arrays.fill(capital, economy.capital().nodes().toArray());
    double[][] ours = new double[capital.length][capital[0].length];
    double[][] theirs = new double[capital.length][capital[0].length];
    double largest = 0;
    for (int a = 0; a < economy.aggregate().size(); a++) {
      for (int j = 0; j + 1 < means.size(); j++) {
        double mean = Math.sqrt(means.get(j) * means.get(j + 1));
        Households households = Households.equal(economy, a, mean);
        one.nextCapital(households, capital, ours);
        other.nextCapital(households, capital, theirs);
        for (int s = 0; s < ours.length; s++) {
          for (int i = 0; i < ours[s].length; i++) {
            largest = Math.max(largest, Math.abs(ours[s][i] - theirs[s][i]) / mean);
          }
        }
      }
    }
    return largest;
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
