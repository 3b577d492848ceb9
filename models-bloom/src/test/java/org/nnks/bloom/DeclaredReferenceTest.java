package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.numeric.Vector;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.simulate.Simulator;

/**
 * One iteration of the general projection at full size beside the exact solver, at the rules and
 * shocks of the reference run. The exact solver has the nodes of K that {@code refined} gives it:
 * those of the published grids are further from the truth than the projection is.
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
    ReferenceRun reference = ReferenceRun.read(economy, folder);
    int[] states = Arrays.copyOf(reference.states(), PERIODS);
    try (ExactBellman grid = new ExactBellman(economy);
        ProjectionSolver projection = new ProjectionSolver(DECLARED, Device.cpu(), new Seeds(1))) {
      SimulatedPath theirs =
          new Simulator().simulate(grid.solve(reference.rules()).policies(), states);
      projection.observe(theirs);
      AgentSolution solution = projection.solve(reference.rules());
      assertThat(solution.converged()).isTrue();
      SimulatedPath ours = new Simulator().simulate(solution.policies(), states);
      assertThat(ours.clearing().failures()).isZero();
      assertThat(gap(ours.price(), theirs.price())).as("mean gap in p").isLessThan(.0025);
      assertThat(sd(ours.price()) / sd(theirs.price())).isBetween(.97, 1.03);
      assertThat(sd(ours.output()) / sd(theirs.output())).isBetween(.97, 1.03);
      assertThat(sd(ours.investment()) / sd(theirs.investment())).isBetween(.97, 1.03);
      assertThat(sd(ours.hours()) / sd(theirs.hours())).isBetween(.97, 1.03);
      assertThat(sd(ours.consumption()) / sd(theirs.consumption())).isBetween(.97, 1.03);
      assertThat(rightByMassOnFinerGrids(solution, reference, states)).isGreaterThan(.97);
    }
  }

  /** On grids twice as fine, where no node need be far from what the projection decides. */
  private static double rightByMassOnFinerGrids(
      AgentSolution solution, ReferenceRun reference, int[] states) {
    Bloom finer = new Bloom(REFINED.finer(ExactComparison.FINER, ExactComparison.FINER));
    try (ExactBellman grid = new ExactBellman(finer)) {
      ExactSolution exact = grid.solve(reference.rules());
      SampledHistory history = ChoiceGaps.sampled(exact, ReferenceRun.FROM);
      new Simulator().simulate(history, states);
      return DiscreteChoices.atFirms(
              finer, exact, new DeclaredRule(solution, finer), history.census())
          .right();
    }
  }

  /** |log x - log y|, mean. */
  private static double gap(Vector x, Vector y) {
    double sum = 0;
    for (int t = ReferenceRun.FROM; t < PERIODS; t++) {
      sum += Math.abs(Math.log(x.get(t) / y.get(t)));
    }
    return sum / (PERIODS - ReferenceRun.FROM);
  }

  /** The standard deviation of logs. */
  private static double sd(Vector x) {
    Vector logs = x.slice(ReferenceRun.FROM, PERIODS).map(Math::log);
    double mean = logs.mean();
    return Math.sqrt(logs.map(each -> (each - mean) * (each - mean)).mean());
  }
}
