package org.nnks.bloom.declared;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.BloomCalibration;
import org.nnks.bloom.ChoiceGaps;
import org.nnks.bloom.DiscreteChoices;
import org.nnks.bloom.ExactBellman;
import org.nnks.bloom.ExactComparison;
import org.nnks.bloom.ExactSolution;
import org.nnks.bloom.ReferenceRun;
import org.nnks.bloom.SampledHistory;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.archive.Moments;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.statistics.BusinessCycleTable;

/**
 * One iteration of the general projection at full size beside the exact solver, at the rules and
 * shocks of the reference run. The exact solver has the nodes of K of {@code refined} and grids
 * twice as fine: the published ones are further from the truth than the projection is.
 */
@Tag("paper")
class DeclaredReferenceTest {

  private static final int PERIODS = ReferenceRun.FROM + ChoiceGaps.COMPARED_PERIODS;
  private static final BloomCalibration REFINED = BloomCalibration.refined();
  private static final BloomDeclaration DECLARED =
      new BloomDeclaration(BloomCalibration.replication());

  @TempDir private static Path folder;

  @Test
  void theProjectionChoosesAndClearsAsTheExactSolverDoes() {
    Bloom economy = new Bloom(REFINED);
    Bloom finer = new Bloom(REFINED.finer(ExactComparison.FINER, ExactComparison.FINER));
    ReferenceRun reference = ReferenceRun.read(economy, folder);
    int[] states = Arrays.copyOf(reference.states(), PERIODS);
    try (ExactBellman grid = new ExactBellman(economy);
        ExactBellman finerGrid = new ExactBellman(finer);
        ProjectionSolver projection = new ProjectionSolver(DECLARED, Device.cpu(), new Seeds(1))) {
      projection.observe(
          new EconomySimulator().simulate(grid.solve(reference.rules()).policies(), states));
      AgentSolution solution = projection.solve(reference.rules());
      assertThat(solution.converged()).isTrue();
      SimulatedPath ours = new EconomySimulator().simulate(solution.policies(), states);
      assertThat(ours.clearing().failures()).isZero();

      ExactSolution exact = finerGrid.solve(reference.rules());
      SampledHistory history = ChoiceGaps.sampled(exact, ReferenceRun.FROM);
      SimulatedPath theirs = new EconomySimulator().simulate(history, states);
      double gap = 0;
      for (int t = ReferenceRun.FROM; t < PERIODS; t++) {
        double log = Math.log(ours.price().get(t) / theirs.price().get(t));
        gap += Math.abs(log) / (PERIODS - ReferenceRun.FROM);
      }
      assertThat(gap).as("mean gap in p").isLessThan(.0025);
      BusinessCycleTable cycle = Moments.of(DECLARED, ours, ReferenceRun.FROM).businessCycle();
      BusinessCycleTable exactCycle = Moments.of(finer, theirs, ReferenceRun.FROM).businessCycle();
      double right =
          DiscreteChoices.atFirms(finer, exact, new DeclaredRule(solution, finer), history.census())
              .right();
      assertThat(right).as("firms with the exact branch").isGreaterThan(.97);
      for (String name : List.of("Y", "I", "N", "C")) {
        assertThat(cycle.row(name).sdPercent() / exactCycle.row(name).sdPercent())
            .as("standard deviation of " + name)
            .isBetween(.97, 1.03);
      }
    }
  }
}
