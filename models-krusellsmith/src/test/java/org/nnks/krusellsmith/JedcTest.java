package org.nnks.krusellsmith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.ImpulseResponse;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;

/** The economy of the comparison project, at full length. */
class JedcTest {

  private static final int PERIODS = 11_000;
  private static final int BURN_IN = 1_000;
  private static final Seeds SEEDS = new Seeds(1);
  private static final KrusellSmith ECONOMY = new KrusellSmith(KrusellSmithCalibration.jedc2010());

  private static Solution solution;

  @BeforeAll
  static void solve() {
    int[] shocks = ECONOMY.aggregate().simulate(1, PERIODS, SEEDS.stream("aggregate"));
    try (GridHouseholds households =
        new GridHouseholds(
            ECONOMY, GridHouseholds.CAPITAL_NODES, GridHouseholds.MEAN_CAPITAL_NODES)) {
      solution =
          new KrusellSmithSolver(SolverConfig.standard().withBurnIn(BURN_IN))
              .solve(ECONOMY, households, shocks, SEEDS)
              .requireConverged();
    }
  }

  @Test
  void capitalIsWherePublishedSolversPutIt() {
    double mean = solution.path().capital().slice(BURN_IN, PERIODS).mean();

    // 39.4 to 40.7 are published, each on its own shocks, whose luck moves K by about one percent.
    assertThat(mean).isBetween(39., 41.);
  }

  @Test
  void theLawOfMotionIsThatOfMaliarMaliarAndValli() {
    // Reference: good log K' = .137800 + .963238 log K, bad .123815 + .965565 log K. One line in
    // the other's place would be .013 away; .0005 is a fifth of the difference that 1 % of K makes.
    for (double k : new double[] {37, 39.4, 42}) {
      assertThat(Math.log(solution.rules().nextCapital(1, k)))
          .isCloseTo(.137800 + .963238 * Math.log(k), within(5e-4));
      assertThat(Math.log(solution.rules().nextCapital(0, k)))
          .isCloseTo(.123815 + .965565 * Math.log(k), within(5e-4));
    }
  }

  /** The figures of README and docs/krusell-smith.md, and a quarter of them. */
  @Test
  void dynamicForecastsAreAccurate() {
    assertThat(solution.accuracy().freshPath().capitalMean()).isLessThan(1.25 * .045);
    assertThat(solution.accuracy().freshPath().capitalMax()).isLessThan(1.25 * .19);
    assertThat(solution.accuracy().freshCapital().rSquared()).isGreaterThan(.99999);
  }

  @Test
  void decisionsSatisfyTheEulerEquation() {
    assertThat(solution.accuracy().headline().mean()).isLessThan(2e-5);
    assertThat(solution.accuracy().equations().get(HouseholdSolution.LOG10_EULER).mean())
        .isLessThan(-5);
    assertThat(solution.accuracy().headline().max()).isLessThan(1e-2);
  }

  @Test
  void nothingLeaks() {
    // Y - C - I, with C added up over households: benefits equal taxes.
    assertThat(solution.path().clearing().largestResidual()).isLessThan(1e-11);
    assertThat(solution.path().clearing().largestEdgeMass()).isLessThan(1e-6);
  }

  @Test
  void aTransferHardlyMovesTheMiddleThird() {
    ImpulseResponse response = transfer(Transfer.LIU_AMOUNT);
    ImpulseResponse.Response middle = response.response(TransferResponse.MIDDLE_CONSUMPTION);

    assertThat(response.response("C of the poorest third").mean().get(0)).isPositive();
    assertThat(response.response("C of the richest third").mean().get(0)).isNegative();
    // Mean capital, and with it every price, is the same in the period of the transfer.
    assertThat(middle.mean().get(0)).isCloseTo(0, within(1e-9));
    assertThat(response.response("K of the middle third").mean().get(0)).isCloseTo(0, within(1e-9));
    assertThat(middle.mean().map(Math::abs).max()).isLessThan(.05);
    // The poorest save less of it than the richest give up: K falls, and with it wages.
    assertThat(middle.mean().last()).isNegative();
    assertThat(middle.standardError().last()).isPositive();
    assertThat(middle.mean().size()).isEqualTo(21);
  }

  @Test
  void aTransferOfMoreThanTheRichestOwnIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> transfer(1_000))
        .withMessageStartingWith("cannot take 1000.0 from households that own ");
  }

  private static ImpulseResponse transfer(double amount) {
    HouseholdRule rule = ((HouseholdSolution) solution.agents()).rule();
    return TransferResponse.of(ECONOMY, rule, new Transfer(amount, 10, 20), SEEDS, done -> {});
  }
}
