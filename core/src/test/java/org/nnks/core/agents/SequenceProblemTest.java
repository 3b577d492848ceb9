package org.nnks.core.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.ExogenousShock;
import org.nnks.core.economy.TaxedFirms;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.forecast.LogLinearRule;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.sequence.RepeatedTransition;
import org.nnks.core.sequence.SequenceConfig;
import org.nnks.core.sequence.SequenceSolution;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.simulate.Simulator;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;

/** A declared economy without rules, beside the same with rules. */
class SequenceProblemTest {

  private static final int BURN_IN = 200;
  private static final int PERIODS = 700;
  private static final RepeatedTransition METHOD =
      new RepeatedTransition(SequenceConfig.standard(BURN_IN), (iteration, change, state) -> {});

  @Test
  void firmsWithoutRulesClearTheirMarketsNearThePathOfRules() {
    DeclaredEconomy economy = TaxedFirms.of(.02);
    Seeds seeds = new Seeds(1);
    int[] shocks = economy.aggregate().simulate(0, PERIODS, seeds.stream("aggregate"));
    try (ProjectionSolver projection = new ProjectionSolver(economy, Device.cpu(), seeds)) {
      Solution rules = new KrusellSmithSolver().solve(economy, projection, shocks, seeds);
      SequenceProblem agents = new SequenceProblem((AgentSolution) rules.agents());
      SequenceSolution solution = METHOD.solve(agents, rules.path());
      SimulatedPath path = solution.path();
      assertThat(solution.converged()).isTrue();
      assertThat(path.clearing().failures()).isZero();
      assertThat(Arrays.stream(path.finalAgents().toArray()).sum()).isCloseTo(1, within(1e-12));
      for (PathGap gap : PathGap.between(path, rules.path(), BURN_IN).subList(0, 2)) {
        assertThat(gap.meanAbsolute()).isBetween(1e-5, .1);
      }
      double loss = loss(solution);
      assertThat(loss).isBetween(0.0, 1e-6);

      // What wrong forecasts of K' cost is of second order: twice the error costs four times.
      double once = loss(METHOD.solve(misled(rules, projection, .005), rules.path()));
      double twice = loss(METHOD.solve(misled(rules, projection, .01), rules.path()));
      assertThat(once).isGreaterThan(2 * loss);
      assertThat(twice / once).isCloseTo(4, within(1.0));
    }
  }

  private static double loss(SequenceSolution solution) {
    Vector losses = solution.losses().orElseThrow();
    return losses.slice(BURN_IN, losses.size()).mean();
  }

  /** Firms who expect more capital, in logs, than the rules forecast. */
  private static SequenceProblem misled(Solution rules, ProjectionSolver projection, double error) {
    LogLinearRule capital = rules.rules().capital();
    LogLinearRule wrong =
        new LogLinearRule(capital.intercept().map(a -> a + error), capital.slopes());
    return new SequenceProblem(projection.solve(new ForecastRules(wrong, rules.rules().price())));
  }

  /**
   * A state of high productivity from which the economy returns for certain, step by step, and in
   * which nobody expected to be: period by period against the whole path at once.
   */
  @Test
  void aPathThatReturnsForCertainIsThePerfectForesightTransition() {
    int steps = 12;
    double size = .02;
    double persistence = .6;
    double[] levels = new double[steps + 1];
    double[][] rows = new double[steps + 1][steps + 1];
    for (int j = 0; j <= steps; j++) {
      levels[j] = j == steps ? 1 : Math.exp(size * Math.pow(persistence, j));
      rows[j][Math.min(j + 1, steps)] = 1;
    }
    DeclaredEconomy economy =
        new TaxedFirms(.1, .02, new MarkovChain(Vector.of(levels), Matrix.ofRows(rows)));
    int horizon = 80;
    int[] states = new int[BURN_IN + 50 + horizon];
    Arrays.fill(states, steps);
    int date = BURN_IN + 50;
    for (int j = 0; j < steps; j++) {
      states[date + j] = j;
    }
    try (ProjectionSolver projection = new ProjectionSolver(economy, Device.cpu(), new Seeds(1))) {
      AgentSolution start = projection.solve(projection.coldStart());
      SimulatedPath path =
          METHOD
              .solve(new SequenceProblem(start), new Simulator().simulate(start.policies(), states))
              .path();
      ForesightPath known =
          new PerfectForesight(economy, ExogenousShock.variables(economy).get(0), steps, horizon)
              .shock(size, persistence);
      double impact = Math.log(path.output().get(date) / path.output().get(date - 1));
      assertThat(impact).isGreaterThan(.5 * size);
      for (int t = 0; t < 20; t++) {
        double output = 100 * Math.log(path.output().get(date + t) / path.output().get(date - 1));
        double capital =
            100 * Math.log(path.capital().get(date + t) / path.capital().get(date - 1));
        assertThat(output).isCloseTo(known.deviations("Y").get(t), within(100 * size * .01));
        assertThat(capital).isCloseTo(known.deviations("K").get(t), within(100 * size * .01));
      }
    }
  }
}
