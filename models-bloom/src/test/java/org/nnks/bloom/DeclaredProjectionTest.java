package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.simulate.Simulator;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;

/** The general projection on the small calibration beside the exact solver on finer grids. */
@Tag("slow")
class DeclaredProjectionTest {

  private static final int PERIODS = 250;
  private static final int FROM = 100;

  private static final BloomCalibration CALIBRATION = BloomCalibration.small();
  private static final Bloom FINER = new Bloom(CALIBRATION.finer(2, 4));

  @Test
  void theProjectionFollowsTheExactSolverAtItsRules() {
    int[] states =
        FINER
            .aggregate()
            .simulate(FINER.start().aggregateState(), PERIODS, new Seeds(2).stream("shocks"));
    SolverConfig config = BloomSettings.solver().withBurnIn(FROM).withTolerance(1e-3);
    BloomDeclaration declared = new BloomDeclaration(CALIBRATION);
    try (ExactBellman coarse = new ExactBellman(new Bloom(CALIBRATION));
        ExactBellman grid = new ExactBellman(FINER);
        ProjectionSolver projection = new ProjectionSolver(declared, Device.cpu(), new Seeds(1))) {
      Solution rules =
          new KrusellSmithSolver(config)
              .solve(new Bloom(CALIBRATION), coarse, states, new Seeds(1));
      ExactSolution exact = grid.solve(rules.rules());
      SampledHistory history =
          new SampledHistory(exact.policies().begin(), t -> t >= FROM && t % 10 == 0);
      SimulatedPath theirs = new Simulator().simulate(history, states);
      projection.observe(rules.path());
      AgentSolution solution = projection.solve(rules.rules());
      SimulatedPath ours = new Simulator().simulate(solution.policies(), states);
      double price = 0;
      double capital = 0;
      for (int t = FROM; t < PERIODS; t++) {
        price += Math.abs(Math.log(ours.price().get(t) / theirs.price().get(t)));
        capital += Math.abs(Math.log(ours.capital().get(t) / theirs.capital().get(t)));
      }
      double right =
          DiscreteChoices.atFirms(FINER, exact, new DeclaredRule(solution, FINER), history.census())
              .right();
      assertThat(solution.converged()).isTrue();
      assertThat(ours.clearing().failures()).isZero();
      assertThat(price / (PERIODS - FROM)).as("mean gap in p").isLessThan(.0025);
      assertThat(capital / (PERIODS - FROM)).as("mean gap in K").isLessThan(.0025);
      assertThat(right).as("firms with the exact branch").isGreaterThan(.9);
    }
  }
}
