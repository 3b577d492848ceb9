package org.nnks.bloom.transition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.BloomCalibration;
import org.nnks.bloom.BloomSettings;
import org.nnks.bloom.ExactBellman;
import org.nnks.bloom.ExactSolution;
import org.nnks.bloom.FactoredChoice;
import org.nnks.bloom.FirmHistogram;
import org.nnks.bloom.GridChoices;
import org.nnks.bloom.SmallEconomy;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.run.Seeds;
import org.nnks.core.sequence.RepeatedTransition;
import org.nnks.core.sequence.SequenceAgents;
import org.nnks.core.sequence.SequenceConfig;
import org.nnks.core.sequence.SequenceSolution;
import org.nnks.core.simulate.EconomySimulator;
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

  /**
   * Firms of one quarter who expect what will be lose nothing by it; those whose rules are five
   * percent off lose what the values of the solver say of their choices, cell by cell.
   */
  @Test
  void whatWrongRulesCostIsTheDifferenceOfBellmanValues() {
    Bloom economy = SmallEconomy.create();
    ExactBellman solver = new ExactBellman(economy);
    ExactSolution solution = solver.solve(solver.coldStart());
    FirmSequence firms = new FirmSequence(solution);
    int state = economy.start().aggregateState();
    FirmHistogram start = FirmHistogram.start(economy);
    double mean = start.meanCapital();
    double price = solution.rules().price(state, mean);
    double expected = solution.rules().nextCapital(state, mean);
    assertThat(loss(firms, economy, state, price, expected)).isCloseTo(0, within(1e-12));
    double nextCapital = 1.05 * expected;
    double[] continuation = solution.continuation(state, nextCapital);
    double[] believed = solution.continuation(state, expected);
    GridChoices best = new GridChoices(economy);
    GridChoices theirs = new GridChoices(economy);
    double[] bestValues = new double[economy.cells()];
    double[] hopedFor = new double[economy.cells()];
    double level = economy.states().level(state);
    FactoredChoice choice = new FactoredChoice(economy);
    choice.solve(
        price, economy.calibration().disutility(), level, continuation, bestValues, 0, best);
    choice.solve(price, economy.calibration().disutility(), level, believed, hopedFor, 0, theirs);
    int hours = economy.hours().size();
    int block = economy.capital().size() * hours;
    double value = 0;
    double lost = 0;
    for (int cell = 0; cell < bestValues.length; cell++) {
      int to = cell - cell % block + theirs.capital(cell) * hours + theirs.hours(cell);
      double got = hopedFor[cell] - believed[to] + continuation[to];
      value += start.mass(cell) * bestValues[cell];
      lost += start.mass(cell) * (bestValues[cell] - got);
    }
    assertThat(lost).isPositive();
    double share = lost / value / (1 - economy.discountFactor());
    assertThat(loss(firms, economy, state, price, nextCapital))
        .isCloseTo(share, within(1e-6 * share));
  }

  /** The loss of the first quarter, if K' will be this much. */
  private static double loss(
      FirmSequence firms, Bloom economy, int state, double price, double nextCapital) {
    double[][] next = new double[economy.states().size()][firms.size()];
    for (int a = 0; a < next.length; a++) {
      firms.start(a, new double[] {nextCapital}, next[a]);
    }
    double[] losses = new double[1];
    SequenceAgents.Beliefs beliefs =
        new SequenceAgents.Beliefs() {
          @Override
          public double[][] next(int period, double[] moments) {
            return next;
          }

          @Override
          public double[] nextMoments(int period, double[] moments) {
            return new double[] {nextCapital};
          }

          @Override
          public double[] prices(int period) {
            return new double[] {price};
          }

          @Override
          public double[] nextPrices(int period, int nextState, double[] nextMoments) {
            return new double[] {price};
          }
        };
    new EconomySimulator()
        .simulate(firms.regretful(beliefs, losses).orElseThrow(), new int[] {state});
    return losses[0];
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
