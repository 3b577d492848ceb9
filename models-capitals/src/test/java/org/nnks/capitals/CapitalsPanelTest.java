package org.nnks.capitals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.agents.TablePolicies;
import org.nnks.core.numeric.Vector;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;

/** Firms one by one beside their histogram, by the same rules along the same shocks. */
class CapitalsPanelTest {

  private static final int PERIODS = 300;
  private static final int BURN_IN = 50;
  private static final Seeds SEEDS = new Seeds(1);

  /**
   * What draws leave falls at least with this power of the number of firms; that of independent
   * draws with -1/2.
   */
  private static final double POWER = -.7;

  /** The same where several states are sorted one after another. */
  private static final double POWER_OF_SEVERAL = -.55;

  /** Series of 4,000 firms beside those of the histogram, in percent. */
  private static final double MEAN_LIMIT = .05;

  private static final double DEVIATION_LIMIT = .5;

  /** What is left of markets that have cleared. */
  private static final double ROUNDING = 1e-12;

  private static double processorSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() * 1e-3;
  }

  /** A path of so many firms who decide as others have solved; zero for the histogram. */
  private static SimulatedPath path(
      AgentSolution solved, CapitalsCalibration calibration, int firms, int[] shocks) {
    Capitals economy = new Capitals(calibration.withFirms(firms));
    AgentSolution agents =
        new AgentSolution(
            economy,
            solved.rules(),
            solved.table(),
            SEEDS,
            x -> new TablePolicies(economy, solved.rules(), solved.table(), x),
            solved.sweeps(),
            solved.change(),
            solved.converged());
    double begun = processorSeconds();
    SimulatedPath path = new EconomySimulator().simulate(agents.policies(), shocks);
    System.out.printf(
        "%s, J = %d: %.1f ms a period%n",
        firms == 0 ? "histogram" : "%,d firms".formatted(firms),
        calibration.kinds(),
        1e3 * (processorSeconds() - begun) / shocks.length);
    return path;
  }

  /** How far K_1 of the firms that are drawn is from what was expected, root mean square. */
  private static double drawn(SimulatedPath path) {
    double[] gaps = new double[path.periods() - 1];
    for (int t = 0; t < gaps.length; t++) {
      gaps[t] = path.capital().get(t + 1) / path.nextCapital().get(t) - 1;
    }
    return Math.sqrt(StatUtils.sumSq(gaps) / gaps.length);
  }

  /** Gaps of means and standard deviations to a judge's, in percent, and what they may be. */
  private static void beside(SimulatedPath ours, SimulatedPath judge, double room) {
    beside("p", ours.price(), judge.price(), room);
    beside("Y", ours.output(), judge.output(), room);
    beside("N", ours.hours(), judge.hours(), room);
    for (int j = 0; j < ours.moments().size(); j++) {
      beside("K" + (j + 1), ours.moments().get(j), judge.moments().get(j), room);
    }
    System.out.println();
  }

  private static void beside(String name, Vector ours, Vector theirs, double room) {
    Vector path = ours.slice(BURN_IN, PERIODS);
    Vector judge = theirs.slice(BURN_IN, PERIODS);
    double mean = 100 * (path.mean() / judge.mean() - 1);
    double deviation =
        100 * Math.sqrt(StatUtils.variance(path.toArray()) / StatUtils.variance(judge.toArray()))
            - 100;
    System.out.printf("  %s: mean %.4f %%, s.d. %.3f %%", name, mean, deviation);
    assertThat(Math.abs(mean)).as("mean of %s", name).isLessThan(room * MEAN_LIMIT);
    assertThat(Math.abs(deviation)).as("s.d. of %s", name).isLessThan(room * DEVIATION_LIMIT);
  }

  /** The fewer firms the more luck, and the more kinds: draws are 3 times as far off with three. */
  private static double luck(int kinds, int firms) {
    return kinds * Math.max(1, Math.sqrt(4_000.0 / firms));
  }

  /**
   * Gaps and what draws leave, by the number of firms; the largest panel judges the histogram in
   * its turn, whose nodes are no closer than they are.
   *
   * @param nodes how far off they may be, in limits of a large panel of one kind
   */
  private static void fallWithTheNumberOfFirms(
      int kinds, double power, double nodes, List<Integer> numbers) {
    CapitalsCalibration calibration = CapitalsCalibration.of(kinds);
    Capitals economy = new Capitals(calibration);
    int[] shocks = economy.aggregate().simulate(1, PERIODS, SEEDS.stream("aggregate"));
    try (ProjectionSolver solver = new ProjectionSolver(economy, Device.cpu(), SEEDS)) {
      AgentSolution solved = solver.solve(solver.coldStart());
      SimulatedPath histogram = path(solved, calibration, 0, shocks);
      assertThat(drawn(histogram)).isZero();
      List<SimulatedPath> panels = new ArrayList<>();
      for (int firms : numbers) {
        SimulatedPath panel = path(solved, calibration, firms, shocks);
        panels.add(panel);
        System.out.printf("  draws: %.1e of K_1; less the histogram:%n", drawn(panel));
        beside(panel, histogram, nodes + luck(kinds, firms));
        assertThat(panel.clearing().largestResidual()).isLessThan(ROUNDING);
      }
      int last = numbers.size() - 1;
      double slope =
          Math.log(drawn(panels.get(last)) / drawn(panels.get(0)))
              / Math.log((double) numbers.get(last) / numbers.get(0));
      System.out.printf("draws fall with the power %.2f of the number of firms%n", slope);
      assertThat(slope).isLessThan(power);
      for (int k = 0; k < last; k++) {
        System.out.printf("%,d firms less %,d:%n", numbers.get(k), numbers.get(last));
        beside(panels.get(k), panels.get(last), luck(kinds, numbers.get(k)));
      }
      System.out.println("the histogram less the largest panel:");
      beside(histogram, panels.get(last), nodes);
    }
  }

  @Test
  void theLuckOfManyFirmsIsSmallerThanThatOfFew() {
    fallWithTheNumberOfFirms(1, POWER, 1, List.of(1_000, 4_000));
  }

  /** On 100 nodes. */
  @Test
  @Tag("paper")
  void oneKind() {
    fallWithTheNumberOfFirms(1, POWER, 1, List.of(1_000, 4_000, 16_000));
  }

  /** On 40 nodes of each kind. */
  @Test
  @Tag("paper")
  void twoKinds() {
    fallWithTheNumberOfFirms(2, POWER_OF_SEVERAL, 2, List.of(1_000, 4_000, 16_000));
  }

  /** On 20 nodes of each kind. */
  @Test
  @Tag("paper")
  void threeKinds() {
    fallWithTheNumberOfFirms(3, POWER_OF_SEVERAL, 4, List.of(1_000, 4_000, 16_000));
  }

  /** Kinds that differ in their number only are sorted one before the other, and are the same. */
  @Test
  @Tag("paper")
  void likeKindsAreInterchangeable() {
    Kind kind = new Kind(.128, .069, .0025);
    CapitalsCalibration calibration = CapitalsCalibration.of(2).with(List.of(kind, kind));
    Capitals economy = new Capitals(calibration);
    int[] shocks = economy.aggregate().simulate(1, PERIODS, SEEDS.stream("aggregate"));
    try (ProjectionSolver solver = new ProjectionSolver(economy, Device.cpu(), SEEDS)) {
      SimulatedPath path = path(solver.solve(solver.coldStart()), calibration, 4_000, shocks);
      Vector first = path.moments().get(0).slice(BURN_IN, PERIODS);
      Vector second = path.moments().get(1).slice(BURN_IN, PERIODS);
      double gap = 100 * (first.mean() / second.mean() - 1);
      System.out.printf("K_1 less K_2: %.4f %%%n", gap);
      assertThat(Math.abs(gap)).isLessThan(MEAN_LIMIT);
    }
  }

  /** The loop settles: it draws the same in every iteration. */
  @Test
  @Tag("paper")
  void theLoopSettlesAsThatOfTheHistogramDoes() {
    Solution panel = solve(4_000);
    Solution histogram = solve(0);
    beside(panel.path(), histogram.path(), 1);
    assertThat(panel.history().size()).isLessThanOrEqualTo(2 * histogram.history().size());
  }

  private static Solution solve(int firms) {
    Capitals economy = new Capitals(CapitalsCalibration.of(1).withFirms(firms));
    int[] shocks = economy.aggregate().simulate(1, PERIODS, SEEDS.stream("aggregate"));
    try (ProjectionSolver solver = new ProjectionSolver(economy, Device.cpu(), SEEDS)) {
      Solution solution =
          new KrusellSmithSolver(SolverConfig.standard().withBurnIn(BURN_IN).withTolerance(1e-4))
              .solve(economy, solver, shocks, SEEDS)
              .requireConverged();
      System.out.printf("%d firms: %s%n", firms, solution.verdict());
      return solution;
    }
  }
}
