package org.nnks.krusellsmith.conditioned;

import static org.apache.commons.math3.stat.StatUtils.mean;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nnks.core.nets.InputBox;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.core.solve.Status;
import org.nnks.krusellsmith.GridHouseholds;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;

class DetrendedSolverTest {

  private static final Seeds SEEDS = new Seeds(1);
  private static final DetrendedEconomy TRUTH =
      DetrendedEconomy.liu2024(new Ar1(.95, .03), new Ar1(.95, .03));

  private static SolvedEconomy solved;

  @BeforeAll
  static void solve() {
    solved = DetrendedSolver.standard().solve(TRUTH, SEEDS);
  }

  @Test
  void theTruthOfLiuIsSolved() {
    assertThat(solved.converged()).isTrue();
    PanelEulerError error = PanelEulerError.of(solved.consumption(), new Seeds(2));
    assertThat(error.points()).isEqualTo(20_000);
    assertThat(error.mean()).isLessThan(1e-4);
    assertThat(error.meanLog10()).isLessThan(-4);
    assertThat(Math.abs(error.bias())).isLessThan(5e-5);
  }

  /** A law that is off by 1e-5 a period, its tolerance, is off by 20 times that for good. */
  @Test
  void aNeighboursSolutionLeadsToTheSame() {
    DetrendedEconomy other = DetrendedEconomy.liu2024(new Ar1(.95, .03), new Ar1(.95, .04));
    SolvedEconomy start = DetrendedSolver.standard().solve(other, SEEDS);
    SolvedEconomy again = DetrendedSolver.standard().solve(TRUTH, start, SEEDS);
    assertThat(again.consumption().distance(solved.consumption())).isLessThan(2e-4);
    assertThat(start.consumption().distance(solved.consumption())).isGreaterThan(1e-2);
  }

  /**
   * The solver of the package above has chains of seven states, other units, another grid, a
   * histogram and a log-linear rule for each state. On its own path of z our economy has its K.
   */
  @Test
  void theSolverOnChainsHasTheSameCapital() {
    KrusellSmithCalibration calibration =
        KrusellSmithCalibration.liu2024Section4().withHistogramNodes(300);
    KrusellSmith chains = new KrusellSmith(calibration);
    int periods = 2_500;
    int burnIn = 500;
    int[] states = chains.aggregate().simulate(3, periods, SEEDS.stream("aggregate"));
    try (GridHouseholds households = new GridHouseholds(chains, 100, 8)) {
      Solution solution =
          new KrusellSmithSolver(SolverConfig.standard().withBurnIn(burnIn).withTolerance(1e-4))
              .solve(chains, households, states, SEEDS);
      LargeEconomy economy =
          new LargeEconomy(
              solved.consumption(), 500, logLevel(chains, states[0]), SEEDS.stream("p"));
      double gap = 0;
      for (int t = 0; t + 1 < periods; t++) {
        economy.decide();
        if (t >= burnIn) {
          double ours = economy.logCapital() + TRUTH.logScale(economy.logProductivity());
          double theirs = Math.log(solution.path().capital().get(t) / chains.meanLabour(states[t]));
          gap += Math.abs(ours - theirs) / (periods - 1 - burnIn);
        }
        economy.advance(logLevel(chains, states[t + 1]));
      }
      assertThat(gap).isLessThan(.005);
    }
  }

  private static double logLevel(KrusellSmith economy, int state) {
    return Math.log(economy.aggregate().level(state));
  }

  @Test
  void aPanelStandsForAContinuum() {
    LargeEconomy economy = new LargeEconomy(solved.consumption(), 300, .05, SEEDS.stream("panel"));
    for (int t = 0; t < 50; t++) {
      economy.decide();
      HouseholdPanel households = economy.households();
      double[] lambda = households.logLabour();
      double square = 0;
      for (double l : lambda) {
        square += l * l / lambda.length;
      }
      assertThat(mean(lambda)).isCloseTo(0, within(1e-12));
      assertThat(Math.sqrt(square)).isCloseTo(TRUTH.labour().unconditionalSd(), within(1e-12));
      double goods = economy.output() + (1 - TRUTH.depreciation()) * mean(households.capital());
      double used = mean(households.consumption()) + mean(households.savings());
      assertThat(used).isCloseTo(goods, within(1e-12 * goods));
      economy.advance(.95 * economy.logProductivity());
    }
  }

  /** Where a few households have most labour: N does not move, so x is log z plus a constant. */
  @Test
  void aggregateLabourIsThatOfTheLawAtTheCornerOfThePrior() {
    DetrendedEconomy corner = DetrendedEconomy.liu2024(new Ar1(.95, .03), new Ar1(.999, .05));
    ConsumptionTable table =
        new ConsumptionTable(
            corner, solved.consumption().shape(), solved.consumption().valuesUnsafe());
    double logN = Math.pow(corner.labour().unconditionalSd(), 2) / 2;
    for (int seed = 0; seed < 3; seed++) {
      LargeEconomy economy = new LargeEconomy(table, 500, 0, new Seeds(seed).stream("panel"));
      for (int t = 0; t < 50; t++) {
        economy.decide();
        double x =
            Math.log(economy.output())
                - corner.capitalShare() * Math.log(mean(economy.households().capital()));
        assertThat(x).isCloseTo((1 - corner.capitalShare()) * logN, within(1e-10));
        assertThat(Math.log(mean(economy.households().labour()))).isCloseTo(logN, within(1e-10));
        economy.advance(.95 * economy.logProductivity() + .01);
      }
    }
  }

  /** One rule outside of the table: a household's consumption goes on in lambda along a line. */
  @Test
  void decisionsGoOnBeyondTheHighestLabour() {
    PeriodRule rule = new PeriodRule(solved.consumption());
    rule.set(Math.log(TRUTH.steadyCapital()), 0);
    double end = TableShape.REACH * TRUTH.labour().unconditionalSd();
    double step = .01;
    for (int side : new int[] {-1, 1}) {
      double inside = rule.consumption(side * (end - step), 20, 0);
      double at = rule.consumption(side * end, 20, 0);
      double outside = rule.consumption(side * (end + step), 20, 0);
      assertThat(outside - at).isCloseTo(at - inside, within(1e-10));
      assertThat(Math.abs(at - inside)).isGreaterThan(1e-6);
    }
  }

  /** What a policy does about it: it starts cold. */
  @Test
  void aStartWithoutNumbersIsReportedAsDiverged() {
    double[] none = new double[TableShape.standard().size()];
    Arrays.fill(none, Double.NaN);
    SolvedEconomy start =
        new SolvedEconomy(
            new ConsumptionTable(TRUTH, TableShape.standard(), none),
            solved.law(),
            1,
            1,
            0,
            Status.CONVERGED);
    SolvedEconomy result = DetrendedSolver.standard().solve(TRUTH, start, SEEDS);
    assertThat(result.status()).isEqualTo(Status.DIVERGED);
    assertThat(result.converged()).isFalse();
  }

  /**
   * The scaling law on the solver that does not know it: quantities times exp(mu_z/(1-a) + mu_l).
   */
  @Test
  void meansOfShocksAreUnitsOfAccount() {
    KrusellSmithCalibration base =
        KrusellSmithCalibration.liu2024Section4()
            .withProductivity(
                KrusellSmithCalibration.liu2024Section4().productivity().withStates(3))
            .withLabour(KrusellSmithCalibration.liu2024Section4().labour().withStates(3))
            .withHistogramNodes(200);
    double muZ = .08;
    double muL = -.05;
    double units = Math.exp(muZ / (1 - base.capitalShare()) + muL);
    KrusellSmithCalibration scaled =
        base.withProductivity(base.productivity().withLogMean(muZ))
            .withLabour(base.labour().withLogMean(muL))
            .withCapitalMax(units * base.capitalMax())
            .withMeanCapitalMax(units * base.meanCapitalMax())
            .withMeanCapitalMin(units * base.meanCapitalMin());
    Solution one = chains(base);
    Solution other = chains(scaled);
    for (int t = 0; t < 300; t++) {
      assertThat(other.path().capital().get(t))
          .isCloseTo(units * one.path().capital().get(t), within(1e-4 * units));
      assertThat(other.path().price().get(t)).isCloseTo(one.path().price().get(t), within(1e-6));
    }
  }

  private static Solution chains(KrusellSmithCalibration calibration) {
    KrusellSmith economy = new KrusellSmith(calibration);
    int[] shocks = economy.aggregate().simulate(1, 600, SEEDS.stream("aggregate"));
    try (GridHouseholds households = new GridHouseholds(economy, 60, 6)) {
      return new KrusellSmithSolver(SolverConfig.standard().withBurnIn(200))
          .solve(economy, households, shocks, SEEDS);
    }
  }

  @Test
  void quadratureIsExactForPolynomials() {
    for (int size : new int[] {3, 5, 7}) {
      NormalQuadrature normal = new NormalQuadrature(size);
      double moment = 1;
      for (int degree = 0; degree < 2 * size; degree += 2) {
        double even = 0;
        double odd = 0;
        for (int i = 0; i < size; i++) {
          even += normal.probability(i) * Math.pow(normal.node(i), degree);
          odd += normal.probability(i) * Math.pow(normal.node(i), degree + 1);
        }
        assertThat(even).isCloseTo(moment, within(1e-9 * moment));
        assertThat(odd).isCloseTo(0, within(1e-9 * moment));
        moment *= degree + 1;
      }
    }
  }

  @Test
  void anAxisGoesOnLinearly() {
    Axis axis = new Axis(new InputBox(-2, 2), 5);
    double[] weights = new double[5];
    for (double x : new double[] {-3, -2, .7, 2, 2.5}) {
      axis.weights(x, weights);
      double value = 0;
      for (int i = 0; i < 5; i++) {
        value += weights[i] * (3 - 2 * axis.points()[i]);
      }
      assertThat(value).isCloseTo(3 - 2 * x, within(1e-12));
    }
  }

  @Test
  void badNumbersAreRefused() {
    assertThatThrownBy(() -> new Ar1(1, .03)).hasMessageContaining("in (0, 1) but is 1.0");
    assertThatThrownBy(() -> new Ar1(.9, 0)).hasMessageContaining("sd must be positive but is 0");
    assertThatThrownBy(() -> new DetrendedEconomy(1, .33, .025, TRUTH.labour(), TRUTH.labour()))
        .hasMessageContaining("discountFactor must be in (0, 1)");
    assertThatThrownBy(() -> new DetrendedSolver(TableShape.standard(), 3, 500, 5, 300))
        .hasMessageContaining("7 periods");
    assertThatThrownBy(() -> new TableShape(60, 1, 5, 5)).hasMessageContaining("at least 2 nodes");
    assertThatThrownBy(() -> new CapitalLaw(3, 0, Vector.of(1, 2, 3, 4, 5, 6)))
        .hasMessageContaining("positive standard deviation");
    assertThatThrownBy(() -> new CapitalLaw(3, .1, Vector.of(1, 2)))
        .hasMessageContaining("6 coefficients");
    assertThat(Vector.of(TRUTH.steadyCapital()).get(0)).isCloseTo(19.3038, within(1e-3));
  }
}
