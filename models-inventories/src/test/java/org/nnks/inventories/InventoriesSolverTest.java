package org.nnks.inventories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.numeric.Vector;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverState;
import org.nnks.core.statistics.BusinessCycleTable;
import org.nnks.core.statistics.BusinessCycleTable.Series;
import org.nnks.core.statistics.HodrickPrescott;

/** Paths of both solvers on the reference's shocks. */
class InventoriesSolverTest {

  private static final InventoriesCalibration BASELINE = InventoriesCalibration.khanThomas2007();

  /** What is asked of the exact solver, in percent. */
  private static final double PRICE_LIMIT = .05;

  private static final double MOMENT_LIMIT = .1;

  /** What is asked of the projection, in percent. */
  private static final double PROJECTION_PRICE_LIMIT = .1;

  private static final double PROJECTION_MOMENT_LIMIT = .3;

  /** At the reference's own rules nothing but grids differs: a tenth of what is asked. */
  @Test
  void atTheReferencesRulesThePathIsTheReferences() {
    try (InventoriesSolver solver = new InventoriesSolver(BASELINE)) {
      InventoriesSolution solution = solver.solve(Reference.rules());
      assertThat(solution.converged()).isTrue();
      SimulatedPath path = new EconomySimulator().simulate(solution.policies(), Reference.states());
      areWithin(Reference.gaps(path), PRICE_LIMIT / 10, MOMENT_LIMIT / 2);
      assertThat(path.clearing().failures()).isZero();
      assertThat(solution.errors(path, Reference.FROM, new Seeds(1)).values())
          .allSatisfy(error -> assertThat(error.max()).isLessThan(1e-3));
    }
  }

  /** A state saved and restored decides the same, to the last bit. */
  @Test
  void aRestoredSolverDecidesTheSame() {
    int[] states = Arrays.copyOf(Reference.states(), 50);
    try (InventoriesSolver solver = new InventoriesSolver(BASELINE);
        InventoriesSolver other = new InventoriesSolver(BASELINE)) {
      SimulatedPath path =
          new EconomySimulator().simulate(solver.solve(Reference.rules()).policies(), states);
      other.restore(solver.state());
      SimulatedPath again =
          new EconomySimulator().simulate(other.current(Reference.rules()).policies(), states);
      assertThat(again.prices()).isEqualTo(path.prices());
      assertThat(again.moments()).isEqualTo(path.moments());
    }
  }

  /** What accounting says of every quarter, of the declaration's histories too. */
  @Test
  void goodsAndIntermediatesAddUp() {
    int[] states = Arrays.copyOf(Reference.states(), 60);
    try (InventoriesSolver exact = new InventoriesSolver(BASELINE);
        ProjectionSolver projection =
            new ProjectionSolver(new Inventories(BASELINE), Device.cpu(), new Seeds(1))) {
      for (BellmanSolver solver : new BellmanSolver[] {exact, projection}) {
        SimulatedPath path =
            new EconomySimulator().simulate(solver.solve(Reference.rules()).policies(), states);
        for (int t = 0; t + 1 < states.length; t++) {
          double next = path.moments().get(1).get(t + 1);
          double ordered = path.crossSection().get("ordered").get(t);
          double used = path.crossSection().get("M").get(t);
          assertThat(path.moments().get(1).get(t) + ordered - used)
              .as("S' in quarter %d", t)
              .isCloseTo(next, within(1e-9));
          assertThat(path.output().get(t) - path.investment().get(t) - path.consumption().get(t))
              .as("storage in quarter %d", t)
              .isCloseTo(BASELINE.storageCost() * next, within(1e-9));
          assertThat(ordered).isCloseTo(path.crossSection().get("X").get(t), within(1e-6));
        }
      }
    }
  }

  @Tag("paper")
  @Test
  void theExactSolverFollowsTheReferencePath() {
    try (InventoriesSolver solver = new InventoriesSolver(BASELINE)) {
      SimulatedPath path = solve(solver).path();
      areWithin(Reference.gaps(path), PRICE_LIMIT, MOMENT_LIMIT);
      cyclesAreTheReferences(path);
    }
  }

  @Tag("paper")
  @Test
  void theProjectionFollowsTheReferencePath() {
    try (ProjectionSolver solver =
        new ProjectionSolver(new Inventories(BASELINE), Device.cpu(), new Seeds(1))) {
      areWithin(
          Reference.gaps(solve(solver).path()), PROJECTION_PRICE_LIMIT, PROJECTION_MOMENT_LIMIT);
    }
  }

  private static Solution solve(BellmanSolver solver) {
    return new KrusellSmithSolver()
        .solve(
            new Inventories(BASELINE),
            solver,
            Reference.states(),
            SolverState.initial(solver.coldStart()),
            new Seeds(1))
        .requireConverged();
  }

  private static void areWithin(double[] gaps, double prices, double moments) {
    assertThat(gaps[0]).as("largest gap in p, percent").isLessThan(prices);
    assertThat(gaps[1]).as("largest gap in q, percent").isLessThan(prices);
    assertThat(gaps[2]).as("largest gap in K, percent").isLessThan(moments);
    assertThat(gaps[3]).as("largest gap in S, percent").isLessThan(moments);
  }

  /** The reference's README: standard deviations of HP-filtered series, in percent, and signs. */
  private static void cyclesAreTheReferences(SimulatedPath path) {
    BusinessCycleTable cycles =
        BusinessCycleTable.of(
            List.of(
                series(path, "GDP"),
                series(path, "final sales"),
                series(path, "ordered"),
                series(path, "M"),
                series(path, "stock / final sales"),
                new Series("I", after(path.investment())),
                new Series("N", after(path.hours())),
                new Series("C", after(path.consumption())),
                new Series("s*", after(path.crossSection().get("s*")))),
            HodrickPrescott.lambda(4),
            1);
    sd(cycles, "GDP", 1.6731);
    sd(cycles, "final sales", 1.4243);
    sd(cycles, "ordered", 2.8209);
    sd(cycles, "M", 2.3107);
    sd(cycles, "stock / final sales", 1.1488);
    sd(cycles, "I", 10.5102);
    sd(cycles, "N", 1.1642);
    sd(cycles, "C", .6159);
    sd(cycles, "s*", 1.5081);
    assertThat(cycles.row("stock / final sales").correlation()).isCloseTo(-.6564, within(1e-3));
  }

  private static Series series(SimulatedPath path, String name) {
    return new Series(name, after(path.crossSection().get(name)));
  }

  private static Vector after(Vector series) {
    return series.slice(Reference.FROM, series.size());
  }

  /** One unit of the fourth digit. */
  private static void sd(BusinessCycleTable cycles, String name, double expected) {
    assertThat(cycles.row(name).sdPercent())
        .as("sd of %s", name)
        .isCloseTo(expected, within(1e-3 * expected));
  }
}
