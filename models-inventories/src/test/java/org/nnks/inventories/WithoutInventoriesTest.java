package org.nnks.inventories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnks.core.io.CsvTable;
import org.nnks.core.numeric.Vector;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.SolverConfig;
import org.nnks.core.solve.SolverState;
import org.nnks.core.statistics.BusinessCycleTable;
import org.nnks.core.statistics.BusinessCycleTable.Series;
import org.nnks.core.statistics.HodrickPrescott;

/** The control against the reference's, a two-sector model solved globally. */
class WithoutInventoriesTest {

  /**
   * What log-linear rules cost: the reference's own program without stocks, against its global
   * solution, is .0234, .0140 and .075 % off at most.
   */
  private static final double P = .03;

  private static final double Q = .02;
  private static final double K = .09;

  private static final double TOLERANCE = 1e-5;

  @Test
  void theControlFollowsTheReferencesGlobalSolution() {
    WithoutInventories economy = new WithoutInventories(InventoriesCalibration.khanThomas2007());
    SimulatedPath path;
    try (ProjectionSolver solver = new ProjectionSolver(economy, Device.cpu(), new Seeds(1))) {
      path =
          new KrusellSmithSolver(SolverConfig.standard().withTolerance(TOLERANCE))
              .solve(
                  economy,
                  solver,
                  Reference.states(),
                  SolverState.initial(solver.coldStart()),
                  new Seeds(1))
              .requireConverged()
              .path();
    }
    CsvTable reference = Reference.table("control_path.csv");
    assertThat(gap(path.prices().get(0), reference.column("p"))).as("p, %%").isLessThan(P);
    assertThat(gap(path.prices().get(1), reference.column("q"))).as("q, %%").isLessThan(Q);
    assertThat(gap(path.moments().get(0), reference.column("K"))).as("K, %%").isLessThan(K);
    BusinessCycleTable cycles =
        BusinessCycleTable.of(
            List.of(
                series("GDP", path.crossSection().get("GDP")),
                series("X", path.crossSection().get("X")),
                series("C", path.consumption()),
                series("I", path.investment()),
                series("N", path.hours())),
            HodrickPrescott.lambda(4),
            1);
    // The reference's README, by its global solution.
    sd(cycles, "GDP", 1.6392);
    sd(cycles, "X", 2.6224);
    sd(cycles, "C", .6753);
    sd(cycles, "I", 12.0839);
    sd(cycles, "N", 1.0507);
  }

  private static double gap(Vector ours, Vector theirs) {
    double largest = 0;
    for (int t = Reference.FROM; t < ours.size(); t++) {
      largest = Math.max(largest, 100 * Math.abs(ours.get(t) / theirs.get(t) - 1));
    }
    return largest;
  }

  private static Series series(String name, Vector levels) {
    return new Series(name, levels.slice(Reference.FROM, levels.size()));
  }

  private static void sd(BusinessCycleTable cycles, String name, double expected) {
    assertThat(cycles.row(name).sdPercent())
        .as("sd of %s", name)
        .isCloseTo(expected, within(1e-3 * expected));
  }
}
