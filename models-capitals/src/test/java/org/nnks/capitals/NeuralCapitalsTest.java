package org.nnks.capitals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.agents.CellDecisions;
import org.nnks.core.economy.Branch;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.neural.NeuralBellman;
import org.nnks.core.neural.NeuralPeriod;
import org.nnks.core.neural.NeuralPolicies;
import org.nnks.core.neural.NeuralTraining;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.tensor.Readout;

/** Networks of firms with several kinds of capital. */
class NeuralCapitalsTest {

  private static final int PERIODS = 500;
  private static final int BURN_IN = 100;

  /** What is aimed at. */
  private static final double BELLMAN_LIMIT = 1e-3;

  /** Firms that a branch cannot tell apart share an answer: it is that of each of them alone. */
  @Test
  void firmsDecideAsTheyWouldAlone() {
    Capitals economy = new Capitals(CapitalsCalibration.of(2));
    NeuralTraining training =
        NeuralTraining.standard().withHidden(8, 8).withBatch(32).withSteps(2, 20, 10).withFits(1);
    double[][] firms = new double[2][12];
    for (int i = 0; i < firms[0].length; i++) {
      firms[0][i] = economy.states().get(0).grid().get(5 * (i / 3));
      firms[1][i] = economy.states().get(1).grid().get(15 * (i % 3));
    }
    double[] moments = economy.initial().moments().toArray();
    try (NeuralBellman solver =
        new NeuralBellman(
            economy, training, Device.cpu(), DataType.FLOAT64, new Seeds(1), new Readout())) {
      ForecastRules rules = solver.coldStart();
      solver.solve(rules);
      CellDecisions together = decide(solver, rules, moments, firms);
      for (int i = 0; i < firms[0].length; i++) {
        CellDecisions alone =
            decide(solver, rules, moments, new double[][] {{firms[0][i]}, {firms[1][i]}});
        for (int b = 0; b < economy.branches().size(); b++) {
          Branch branch = economy.branches().get(b);
          assertThat(together.probability(b)[i]).isCloseTo(alone.probability(b)[0], within(1e-10));
          for (int c = 0; c < branch.controls().size(); c++) {
            assertThat(together.control(b, c)[i])
                .as(branch.name())
                .isCloseTo(alone.control(b, c)[0], within(1e-12));
          }
        }
      }
    }
  }

  /**
   * Three kinds, where no grid holds the states: at the rules that solves start from, networks keep
   * the Bellman equation at firms between the nodes of the distribution that the projection's path
   * ends with.
   */
  @Test
  @Tag("paper")
  void valuesOfThreeKindsKeepTheBellmanEquation() {
    Capitals economy = new Capitals(CapitalsCalibration.of(3));
    Seeds seeds = new Seeds(1);
    int[] shocks = economy.aggregate().simulate(1, PERIODS, seeds.stream("aggregate"));
    try (ProjectionSolver projection = new ProjectionSolver(economy, Device.cpu(), seeds);
        NeuralBellman networks =
            new NeuralBellman(
                economy,
                NeuralTraining.standard(economy),
                Device.cpu(),
                DataType.FLOAT32,
                seeds,
                new Readout())) {
      ForecastRules rules = projection.coldStart();
      SimulatedPath path =
          new EconomySimulator().simulate(projection.solve(rules).policies(), shocks);
      networks.observe(path);
      AgentSolution solution = networks.solve(rules);
      double error = solution.errors(path, BURN_IN, seeds).get(AgentSolution.BELLMAN).mean();
      System.out.printf("three kinds by networks: %.1e of |V|%n", error);
      assertThat(error).isLessThan(BELLMAN_LIMIT);
    }
  }

  private static CellDecisions decide(
      NeuralBellman solver, ForecastRules rules, double[] moments, double[][] firms) {
    try (NeuralPolicies policies = solver.policies(rules, firms)) {
      NeuralPeriod period = policies.period(1, moments);
      return period.decide(period.prices()[0] * 1.001);
    }
  }
}
