package org.nnks.krusellsmith.rbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Grid;

class RbcTest {

  private static final Rbc LIU = new Rbc(RbcCalibration.liu2024());
  private static final Rbc BROCK_MIRMAN = new Rbc(RbcCalibration.brockMirman());

  @Test
  void steadyStateIsAFixedPointOfBothEquations() {
    Rbc economy = new Rbc(RbcCalibration.withoutShocks());
    double capital = economy.steadyCapital();
    RbcRule keeping = RbcRule.keepingCapital(economy);

    assertThat(economy.impliedConsumption(keeping, 0, capital))
        .isCloseTo(keeping.consumption(0, capital), within(1e-12));
    // Reference: k_ss = (alpha / (1/beta - 1 + delta))^(1/(1-alpha)), worked out by hand.
    assertThat(capital).isCloseTo(19.3038, within(5e-5));
  }

  @Test
  void endogenousGridFindsBrockMirman() {
    RbcSolution solution = RbcEndogenousGrid.standard().solve(BROCK_MIRMAN);
    BrockMirman exact = new BrockMirman(BROCK_MIRMAN);
    Grid grid = RbcEulerError.grid(BROCK_MIRMAN, .5);

    assertThat(solution.converged()).isTrue();
    for (int z = 0; z < BROCK_MIRMAN.productivity().size(); z++) {
      for (int i = 0; i < grid.size(); i++) {
        double k = grid.get(i);
        // Consumption is linear in cash here, so interpolation adds nothing.
        assertThat(solution.rule().consumption(z, k))
            .isCloseTo(exact.consumption(z, k), within(1e-10));
      }
    }
  }

  @Test
  void brockMirmanSolvesItsBellmanEquation() {
    BrockMirman exact = new BrockMirman(BROCK_MIRMAN);
    for (int z = 0; z < BROCK_MIRMAN.productivity().size(); z++) {
      double k = .15;
      double c = exact.consumption(z, k);
      double nextCapital = BROCK_MIRMAN.cash(z, k) - c;
      double expected = 0;
      for (int next = 0; next < BROCK_MIRMAN.productivity().size(); next++) {
        expected +=
            BROCK_MIRMAN.productivity().probability(z, next) * exact.value(next, nextCapital);
      }
      double bellman = Math.log(c) + .98 * expected;

      assertThat(exact.value(z, k)).isCloseTo(bellman, within(1e-9));
      assertThat(exact.actionValue(z, k, c)).isCloseTo(bellman, within(1e-9));
      assertThat(exact.actionValue(z, k, .99 * c)).isLessThan(bellman);
      assertThat(exact.actionValue(z, k, 1.01 * c)).isLessThan(bellman);
    }
  }

  @Test
  void logLinearRuleIsExactForBrockMirman() {
    LogLinearConsumption rule = LogLinearConsumption.of(BROCK_MIRMAN);

    assertThat(rule.capitalElasticity()).isCloseTo(.33, within(1e-12));
    assertThat(rule.productivityElasticity()).isCloseTo(1, within(1e-12));
  }

  @Test
  void logLinearRuleIsTheTangentOfTheExactRule() {
    // Small shocks: with larger ones, risk moves the exact rule itself.
    Rbc quiet =
        new Rbc(RbcCalibration.liu2024().withProductivity(new LogAutoregression(0, .95, 1e-4, 3)));
    RbcRule exact = RbcEndogenousGrid.standard().solve(quiet).rule();
    LogLinearConsumption tangent = LogLinearConsumption.of(quiet);
    double k = quiet.steadyCapital();
    double step = .01;
    double inCapital =
        Math.log(
                exact.consumption(1, k * Math.exp(step))
                    / exact.consumption(1, k * Math.exp(-step)))
            / (2 * step);
    double inProductivity =
        Math.log(exact.consumption(2, k) / exact.consumption(0, k))
            / (Math.log(quiet.productivity().level(2)) - Math.log(quiet.productivity().level(0)));

    assertThat(exact.consumption(1, k)).isCloseTo(tangent.steadyConsumption(), within(1e-5));
    // The central difference has an error of the order of step squared.
    assertThat(inCapital).isCloseTo(tangent.capitalElasticity(), within(1e-4));
    assertThat(inProductivity).isCloseTo(tangent.productivityElasticity(), within(1e-3));
  }

  @Test
  void endogenousGridIsAccurate() {
    RbcSolution solution = RbcEndogenousGrid.standard().solve(LIU);
    RbcEulerError error = RbcEulerError.of(LIU, solution.rule(), RbcEulerError.grid(LIU, .5));

    assertThat(solution.converged()).isTrue();
    assertThat(error.points()).isEqualTo(31 * 600);
    assertThat(error.meanSquare()).isLessThan(1e-14);
    assertThat(error.meanLog10()).isLessThan(-7.5);
    assertThat(error.max()).isLessThan(1e-6);
  }

  @Test
  void simpleRulesHaveTheErrorsOfAnIndependentProgram() {
    // Reference: a separate NumPy program, three digits; liu2024, 31 states, 600 points in k.
    RbcRule logLinear = LogLinearConsumption.of(LIU);
    RbcRule keeping = RbcRule.keepingCapital(LIU);

    assertThat(meanSquare(logLinear, .5)).isCloseTo(1.67e-6, within(.02e-6));
    assertThat(meanSquare(logLinear, .2)).isCloseTo(3.5e-7, within(.05e-7));
    assertThat(meanSquare(keeping, .5)).isCloseTo(1.48e-4, within(.01e-4));
    assertThat(meanSquare(keeping, .2)).isCloseTo(1.26e-4, within(.01e-4));
  }

  @Test
  void valueIterationOfThePaperHasItsError() {
    RbcValueIteration solver = RbcValueIteration.liu2024();
    RbcSolution solution = solver.solve(LIU);
    RbcEulerError error = RbcEulerError.of(LIU, solution.rule(), solver.grid(LIU));

    assertThat(solution.converged()).isTrue();
    // Liu (2024) appendix A prints "around 1e-7"; a separate NumPy program gives 9.87e-8.
    assertThat(error.meanSquare()).isCloseTo(9.87e-8, within(.01e-8));
  }

  @Test
  void valueIterationAndEndogenousGridAgree() {
    RbcValueIteration solver = RbcValueIteration.liu2024();
    RbcRule discrete = solver.solve(LIU).rule();
    RbcRule smooth = RbcEndogenousGrid.standard().solve(LIU).rule();
    Grid grid = solver.grid(LIU);
    double step = grid.get(1) - grid.get(0);
    // Far from the ends of the discrete grid, which bind and are felt long before they do.
    double worst = 0;
    for (int z = 10; z <= 20; z++) {
      for (int i = 0; i < grid.size(); i++) {
        double k = grid.get(i);
        if (Math.abs(k / LIU.steadyCapital() - 1) < .2) {
          worst = Math.max(worst, Math.abs(discrete.consumption(z, k) - smooth.consumption(z, k)));
        }
      }
    }
    assertThat(worst).isLessThan(step);
  }

  @Test
  void shortCutsOfValueIterationLeaveItsResult() {
    Rbc economy =
        new Rbc(
            RbcCalibration.liu2024()
                .withDiscountFactor(.9) // few sweeps
                .withProductivity(new LogAutoregression(0, .95, .02, 3)));
    RbcValueIteration solver = new RbcValueIteration(401, .3, 1e-10, 500);
    Grid grid = solver.grid(economy);
    int[][] choice = bruteForce(economy, grid);
    RbcRule rule = solver.solve(economy).rule();

    for (int z = 0; z < 3; z++) {
      for (int i = 0; i < grid.size(); i++) {
        double k = grid.get(i);
        assertThat(rule.consumption(z, k))
            .isCloseTo(economy.cash(z, k) - grid.get(choice[z][i]), within(1e-12));
      }
    }
  }

  @Test
  void closedFormRejectsOtherEconomies() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BrockMirman(LIU))
        .withMessage("the closed form needs depreciation 1 but it is 0.025");
  }

  @Test
  void badCalibrationsAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RbcCalibration.liu2024().withDiscountFactor(1))
        .withMessage("discountFactor must be in (0, 1) but is 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RbcCalibration.liu2024().productivity().withSd(-.1))
        .withMessage("sd must be zero or positive but is -0.1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RbcCalibration.liu2024().productivity().withSd(0))
        .withMessage("states must be 1 where sd is 0 but is 31");
  }

  private static double meanSquare(RbcRule rule, double width) {
    return RbcEulerError.of(LIU, rule, RbcEulerError.grid(LIU, width)).meanSquare();
  }

  /** Plain value iteration: every k' for every k, in every sweep. */
  private static int[][] bruteForce(Rbc economy, Grid grid) {
    int n = grid.size();
    double[][] value = new double[3][n];
    int[][] choice = new int[3][n];
    double change = 1;
    while (change > 1e-9) {
      change = 0;
      double[][] next = new double[3][n];
      for (int z = 0; z < 3; z++) {
        double[] expected = new double[n];
        for (int to = 0; to < 3; to++) {
          for (int j = 0; j < n; j++) {
            expected[j] +=
                economy.discountFactor() * economy.productivity().probability(z, to) * value[to][j];
          }
        }
        for (int i = 0; i < n; i++) {
          double cash = economy.cash(z, grid.get(i));
          next[z][i] = Double.NEGATIVE_INFINITY;
          for (int j = 0; j < n && grid.get(j) < cash; j++) {
            double v = Math.log(cash - grid.get(j)) + expected[j];
            if (v > next[z][i]) {
              next[z][i] = v;
              choice[z][i] = j;
            }
          }
          change = Math.max(change, Math.abs(next[z][i] - value[z][i]));
        }
      }
      value = next;
    }
    return choice;
  }
}
