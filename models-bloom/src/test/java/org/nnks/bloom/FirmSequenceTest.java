package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.run.Seeds;
import org.nnks.core.sequence.RepeatedTransition;
import org.nnks.core.sequence.SequenceConfig;
import org.nnks.core.sequence.SequenceSolution;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;

/** Firms without rules. */
class FirmSequenceTest {

  private static final int BURN_IN = 200;

  /**
   * Of two states of which one is certain to come firms know all there is to know: values a period
   * back are those of the solver by rules, where the next values are.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0, .5})
  void aStepBackIsTheBellmanEquationOfTheGrid(double inverseFrisch) {
    Bloom economy = new Bloom(SmallEconomy.calibration().withInverseFrisch(inverseFrisch));
    ExactBellman solver = new ExactBellman(economy);
    ExactSolution solution = solver.solve(solver.coldStart());
    FirmSequence firms = new FirmSequence(solution);
    int state = economy.start().aggregateState();
    double capital = economy.meanCapital().get(1); // a node, where nothing is interpolated
    double nextCapital = solution.rules().nextCapital(state, capital);
    double[][] next = new double[economy.states().size()][firms.size()];
    for (int a = 0; a < next.length; a++) {
      firms.start(a, new double[] {nextCapital}, next[a]);
    }
    double[] values = new double[firms.size()];
    double[] prices = solution.rules().prices(state, capital);
    firms.backward(state, new double[] {capital}, prices, next, values);
    double[] solved = solution.values(state, capital);
    double largest = Arrays.stream(solved).map(Math::abs).max().orElseThrow();
    for (int cell = 0; cell < values.length; cell++) {
      assertThat(values[cell]).isCloseTo(solved[cell], within(1e-5 * largest));
    }
  }

  /** The result of docs/approximate-aggregation.md. */
  @Test
  @Tag("paper")
  void rulesMissMoreThanHalfAPercentOfCapital() {
    Bloom economy = new Bloom(BloomCalibration.replication());
    Seeds seeds = new Seeds(1);
    int start = economy.start().aggregateState();
    int[] shocks = economy.aggregate().simulate(start, 1_000, seeds.stream("aggregate"));
    Solution rules =
        new KrusellSmithSolver(BloomSettings.solver().withBurnIn(BURN_IN))
            .solve(economy, new ExactBellman(economy), shocks, seeds);
    SequenceConfig config =
        new SequenceConfig(BURN_IN, BloomSettings.PATH_TOLERANCE, BloomSettings.MAX_ITERATIONS);
    SequenceSolution solution =
        new RepeatedTransition(config, (iteration, change, state) -> {})
            .solve(new FirmSequence((ExactSolution) rules.agents()), rules.path());
    SimulatedPath path = solution.path();
    assertThat(solution.converged()).isTrue();
    assertThat(path.clearing().failures()).isZero();
    assertThat(Arrays.stream(path.finalAgents().toArray()).sum()).isCloseTo(1, within(1e-9));
    PathGap gap = PathGap.of("K", rules.path().capital(), path.capital(), BURN_IN);
    assertThat(gap.meanAbsolute()).isBetween(.5, 1.2);
  }
}
