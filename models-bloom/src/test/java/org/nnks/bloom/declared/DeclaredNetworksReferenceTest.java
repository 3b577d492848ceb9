package org.nnks.bloom.declared;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.BloomCalibration;
import org.nnks.bloom.BloomSettings;
import org.nnks.bloom.DiscreteChoices;
import org.nnks.bloom.ExactBellman;
import org.nnks.bloom.ExactSolution;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.neural.NeuralBellman;
import org.nnks.core.neural.NeuralTraining;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverState;
import org.nnks.core.tensor.Readout;

/**
 * The general networks of the declared economy beside the exact solver, at its rules and at their
 * own, on the small calibration. Branches are chosen by their values.
 */
@Tag("paper")
class DeclaredNetworksReferenceTest {

  /** Lenient accuracy of networks of 128 x 2; Yokomoto (2026), Table 13. */
  private static final double PUBLISHED = .902;

  /** Quarters from which rules are estimated, and those of the paths that are compared. */
  private static final int ESTIMATED = 1_500;

  private static final int COMPARED = 600;

  /** Quarters in which the start is forgotten. */
  private static final int FROM = 200;

  /** Change of forecasts at which the loop of networks stops. */
  private static final double TOLERANCE = 1e-3;

  /** Points at which the Bellman equation is judged. */
  private static final int JUDGED = 4_000;

  private static final BloomCalibration CALIBRATION = BloomCalibration.small();

  @Test
  void networksDecideAsFirmsDo() {
    Bloom economy = new Bloom(CALIBRATION);
    BloomDeclaration declared = new BloomDeclaration(CALIBRATION);
    int[] states =
        economy
            .aggregate()
            .simulate(economy.start().aggregateState(), ESTIMATED, new Seeds(1).stream("shocks"));
    int[] compared = Arrays.copyOf(states, COMPARED);
    EconomySimulator simulator = new EconomySimulator();
    try (ExactBellman grid = new ExactBellman(economy);
        NeuralBellman networks = networks(declared)) {
      ForecastRules rules =
          new KrusellSmithSolver(BloomSettings.solver())
              .solve(economy, grid, states, new Seeds(1))
              .rules();
      ExactSolution exact = grid.solve(rules);
      SimulatedPath theirs = simulator.simulate(exact.policies(), compared);
      networks.observe(simulator.simulate(networks.solve(rules).policies(), compared));
      AgentSolution firms = networks.solve(rules);
      DiscreteChoices choices =
          DiscreteChoices.overGrid(economy, exact, new DeclaredRule(firms, economy));
      SimulatedPath path = simulator.simulate(firms.policies(), compared);
      double ofPrice = gap(path.price(), theirs.price(), FROM);
      double ofCapital = gap(path.capital(), theirs.capital(), FROM);
      System.out.printf(
          "p %.3f %%, K %.3f %%; right %.2f %%, lenient %.2f %%, median loss %.1e; %s%n",
          100 * ofPrice,
          100 * ofCapital,
          100 * choices.right(),
          100 * choices.lenient(),
          choices.lossQuantile(.5),
          networks.gap(JUDGED));
      assertThat(choices.lenient()).isGreaterThanOrEqualTo(PUBLISHED);
      assertThat(ofPrice).as("p").isLessThan(.005);
      assertThat(ofCapital).as("K").isLessThan(.015);
    }
  }

  /** Some 25 minutes of processor time. */
  @Test
  void theLoopSettlesWhereTheExactOneDoes() {
    Bloom economy = new Bloom(CALIBRATION);
    BloomDeclaration declared = new BloomDeclaration(CALIBRATION);
    int[] states =
        economy
            .aggregate()
            .simulate(economy.start().aggregateState(), ESTIMATED, new Seeds(2).stream("shocks"));
    try (ExactBellman grid = new ExactBellman(economy);
        NeuralBellman networks = networks(declared)) {
      Solution exact =
          new KrusellSmithSolver(BloomSettings.solver())
              .solve(economy, grid, states, new Seeds(1))
              .requireConverged();
      Solution solution =
          new KrusellSmithSolver(BloomSettings.solver().withTolerance(TOLERANCE))
              .solve(
                  declared,
                  networks,
                  states,
                  SolverState.initial(networks.coldStart()),
                  new Seeds(1))
              .requireConverged();
      int from = BloomSettings.BURN_IN;
      double ofPrice = gap(solution.path().price(), exact.path().price(), from);
      double ofCapital = gap(solution.path().capital(), exact.path().capital(), from);
      System.out.printf(
          "%s; p %.3f %%, K %.3f %%; %s%n",
          solution.verdict(), 100 * ofPrice, 100 * ofCapital, networks.gap(JUDGED));
      assertThat(ofPrice).as("p").isLessThan(.005);
      assertThat(ofCapital).as("K").isLessThan(.015);
    }
  }

  private static NeuralBellman networks(BloomDeclaration declared) {
    return new NeuralBellman(
        declared,
        NeuralTraining.standard(declared),
        Device.cpu(),
        DataType.FLOAT32,
        new Seeds(1),
        new Readout());
  }

  /** |log x - log y|, mean. */
  private static double gap(Vector x, Vector y, int from) {
    double sum = 0;
    for (int t = from; t < x.size(); t++) {
      sum += Math.abs(Math.log(x.get(t) / y.get(t)));
    }
    return sum / (x.size() - from);
  }
}
