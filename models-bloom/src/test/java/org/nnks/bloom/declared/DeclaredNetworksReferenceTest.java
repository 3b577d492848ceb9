package org.nnks.bloom.declared;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.BloomCalibration;
import org.nnks.bloom.BloomSettings;
import org.nnks.bloom.DiscreteChoices;
import org.nnks.bloom.ExactBellman;
import org.nnks.core.agents.AgentSolution;
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
 * The whole outer loop by the general networks of the declared economy, beside the exact solver's
 * on the same shocks, on the small calibration and 1,500 quarters. Branches are chosen by their
 * values.
 */
@Tag("paper")
class DeclaredNetworksReferenceTest {

  /** Lenient accuracy of networks of 128 x 2; Yokomoto (2026), Table 13. */
  private static final double PUBLISHED = .902;

  private static final int QUARTERS = 1_500;

  /** Points at which the Bellman equation is judged. */
  private static final int JUDGED = 4_000;

  /** Quarters in which the start is forgotten. */
  private static final int FROM = 200;

  private static final BloomCalibration CALIBRATION = BloomCalibration.small();

  /** Where Terry (2017) stops: gradients do not find rules to six digits. */
  private static final SolverConfig UNTIL = BloomSettings.solver().withTolerance(1e-3);

  @Test
  void networksSolveTheEconomyAsThePaperDoes() {
    Bloom economy = new Bloom(CALIBRATION);
    BloomDeclaration declared = new BloomDeclaration(CALIBRATION);
    int[] states =
        economy
            .aggregate()
            .simulate(economy.start().aggregateState(), QUARTERS, new Seeds(1).stream("shocks"));
    NeuralTraining training = NeuralTraining.standard(declared);
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
      System.out.printf(
          "%s; p %.3f %%, K %.3f %%; right %.2f %%, lenient %.2f %%; %s%n",
          solution.verdict(),
          100 * gap(solution.path().price(), theirs.price()),
          100 * gap(solution.path().capital(), theirs.capital()),
          100 * choices.right(),
          100 * choices.lenient(),
          networks.gap(JUDGED));
      assertThat(choices.lenient()).isGreaterThanOrEqualTo(PUBLISHED);
      assertThat(gap(solution.path().price(), theirs.price())).as("p").isLessThan(.005);
      assertThat(gap(solution.path().capital(), theirs.capital())).as("K").isLessThan(.015);
    }
  }

  /** |log x - log y|, mean. */
  private static double gap(Vector x, Vector y) {
    double sum = 0;
    for (int t = FROM; t < x.size(); t++) {
      sum += Math.abs(Math.log(x.get(t) / y.get(t)));
    }
    return sum / (x.size() - FROM);
  }
}
