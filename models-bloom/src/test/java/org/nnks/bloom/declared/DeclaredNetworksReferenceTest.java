package org.nnks.bloom.declared;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.BloomCalibration;
import org.nnks.bloom.BloomSettings;
import org.nnks.bloom.DiscreteChoices;
import org.nnks.bloom.ExactBellman;
import org.nnks.bloom.ReferenceRun;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.neural.BranchRule;
import org.nnks.core.neural.NeuralBellman;
import org.nnks.core.neural.NeuralTraining;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.core.tensor.Readout;

/**
 * The whole outer loop by the general networks of 128 x 2, with a discrete policy learnt by classes
 * as in Yokomoto (2026), beside the exact solver's on the shocks of the reference run.
 *
 * <p>Never run to its end: docs/bloom.md has what its parts take, hours together. The bounds are
 * aimed at, and what was trained on the small calibration is far from them.
 */
@Tag("paper")
class DeclaredNetworksReferenceTest {

  /** Lenient accuracy of this architecture; Yokomoto (2026), Table 13. */
  private static final double PUBLISHED = .902;

  private static final BloomCalibration CALIBRATION = BloomCalibration.replication();

  /** Where Terry (2017) stops: gradients do not find rules to six digits. */
  private static final SolverConfig UNTIL = BloomSettings.solver().withTolerance(1e-3);

  @TempDir private static Path folder;

  @Test
  void networksSolveTheEconomyAsThePaperDoes() {
    Bloom economy = new Bloom(CALIBRATION);
    BloomDeclaration declared = new BloomDeclaration(CALIBRATION);
    int[] states = ReferenceRun.read(economy, folder).states();
    NeuralTraining training =
        NeuralTraining.standard().withHidden(128, 128).withBranchRule(BranchRule.CLASSES);
    try (ExactBellman grid = new ExactBellman(economy);
        NeuralBellman networks =
            new NeuralBellman(
                declared, training, Device.cpu(), DataType.FLOAT32, new Seeds(1), new Readout())) {
      SimulatedPath theirs =
          new KrusellSmithSolver(BloomSettings.solver())
              .solve(economy, grid, states, new Seeds(1))
              .path();
      Solution solution =
          new KrusellSmithSolver(UNTIL)
              .solve(declared, networks, states, new Seeds(1))
              .requireConverged();
      AgentSolution firms = networks.current(solution.rules());
      DiscreteChoices choices =
          DiscreteChoices.overGrid(
              economy, grid.solve(solution.rules()), new DeclaredRule(firms, economy));
      assertThat(choices.lenient()).isGreaterThanOrEqualTo(PUBLISHED);
      assertThat(gap(solution.path().price(), theirs.price())).as("p").isLessThan(.005);
      assertThat(gap(solution.path().capital(), theirs.capital())).as("K").isLessThan(.015);
    }
  }

  /** |log x - log y|, mean. */
  private static double gap(Vector x, Vector y) {
    double sum = 0;
    for (int t = ReferenceRun.FROM; t < x.size(); t++) {
      sum += Math.abs(Math.log(x.get(t) / y.get(t)));
    }
    return sum / (x.size() - ReferenceRun.FROM);
  }
}
