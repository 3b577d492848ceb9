package org.nnks.krusellsmith.conditioned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.InputBox;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.run.Seeds;

class ConditionedConsumptionTest {

  private static final Seeds SEEDS = new Seeds(1);
  private static final ShockBox SMALL =
      new ShockBox(new InputBox(.93, .97), new InputBox(.02, .04));
  private static final DetrendedSolver COARSE =
      new DetrendedSolver(new TableShape(40, 4, 4, 4), 3, 300, 600, 200);

  private static final List<SolvedEconomy> SOLVED = new ArrayList<>();

  private static ConditionedConsumption policy;

  @BeforeAll
  static void solve() {
    policy =
        ConditionedConsumption.solve(
            SMALL, 1, COARSE, SEEDS, (economy, solution, number, count) -> SOLVED.add(solution));
  }

  @Test
  void atAPointOfTheDesignItIsTheExactSolution() {
    assertThat(SOLVED).hasSize(9);
    for (SolvedEconomy exact : SOLVED) {
      ConsumptionTable read = policy.at(exact.consumption().economy());
      assertThat(read.distance(exact.consumption())).isLessThan(1e-10);
    }
  }

  /** The bar, in a small box: the Euler error at most twice that of a fresh exact solve. */
  @Test
  void elsewhereItsEulerErrorIsThatOfAFreshSolve() {
    RandomGenerator random = new Seeds(6).stream("held-out");
    for (int i = 0; i < 2; i++) {
      DetrendedEconomy economy = draw(SMALL, random);
      assertThat(certificate(policy, economy, COARSE).ratio()).isLessThan(2);
    }
  }

  /**
   * Euler errors at a theta.
   *
   * @param exact of a fresh solve
   * @param conditioned of the policy
   */
  private record Certificate(PanelEulerError exact, PanelEulerError conditioned) {

    double ratio() {
      return conditioned.mean() / exact.mean();
    }
  }

  private static Certificate certificate(
      ConditionedConsumption policy, DetrendedEconomy economy, DetrendedSolver solver) {
    SolvedEconomy fresh = solver.solve(economy, new Seeds(3));
    assertThat(fresh.converged()).isTrue();
    return new Certificate(
        PanelEulerError.of(fresh.consumption(), new Seeds(2)),
        PanelEulerError.of(policy.at(economy), new Seeds(2)));
  }

  private static DetrendedEconomy draw(ShockBox box, RandomGenerator random) {
    double[] theta = new double[ShockBox.DIMENSIONS];
    for (int i = 0; i < theta.length; i++) {
      InputBox interval = i % 2 == 0 ? box.persistence() : box.sd();
      theta[i] = random.nextDouble(interval.lower(), interval.upper());
    }
    return DetrendedEconomy.liu2024(new Ar1(theta[0], theta[1]), new Ar1(theta[2], theta[3]));
  }

  @Test
  void arraysKeepIt() {
    ConditionedConsumption read = ConditionedConsumption.of(policy.arrays());
    DetrendedEconomy economy = DetrendedEconomy.liu2024(new Ar1(.94, .025), new Ar1(.96, .035));
    assertThat(read.at(economy).values()).isEqualTo(policy.at(economy).values());
    assertThatThrownBy(() -> ConditionedConsumption.of(Map.of("format", new double[] {1})))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("array 'box' should have 4 values but is missing");
  }

  /** A policy read under other constants than it was solved with would be silently wrong. */
  @Test
  void arraysOfAnotherKindAreRefused() {
    refused("format", 0, 2, "array 'format' is [2.0] but this version reads [1.0]");
    refused(
        "discount_factor_capital_share_depreciation",
        0,
        .99,
        "is [0.99, 0.33, 0.025] but this version reads [0.98, 0.33, 0.025]; solve the policy again");
    refused("placement_of_nodes", 0, 500, "array 'placement_of_nodes' is [500.0,");
    refused("design", 0, 1.5, "should have whole numbers");
    refused("design", 0, 100, "level 100.0 needs more values");
    refused("design", 0, 2, "array 'log_consumption' should have");
    refused("design", 1, 1, "at least 2 nodes");
    refused("box", 0, -1, "persistence must be within (0, 1)");
    refused("log_consumption", 7, Double.NaN, "values that are not finite");
  }

  private static void refused(String name, int index, double value, String fault) {
    Map<String, double[]> arrays = new HashMap<>(policy.arrays());
    double[] changed = arrays.get(name).clone();
    changed[index] = value;
    arrays.put(name, changed);
    assertThatThrownBy(() -> ConditionedConsumption.of(arrays))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(fault);
  }

  @Test
  void economiesOutsideTheBoxAreRefused() {
    assertThatThrownBy(
            () -> policy.at(DetrendedEconomy.liu2024(new Ar1(.9, .03), new Ar1(.95, .03))))
        .hasMessage(
            "productivity persistence must be in [0.93, 0.97], which was solved, but is 0.9");
    assertThatThrownBy(
            () ->
                policy.at(
                    new DetrendedEconomy(.99, .33, .025, new Ar1(.95, .03), new Ar1(.95, .03))))
        .hasMessageContaining("only shocks vary in the box");
    assertThatThrownBy(() -> new ShockBox(new InputBox(.9, 1), new InputBox(.01, .05)))
        .hasMessageContaining("persistence must be within (0, 1)");
  }

  @Test
  void meansShiftLevelsAndNothingElse() {
    ConsumptionTable table =
        policy.at(DetrendedEconomy.liu2024(new Ar1(.95, .03), new Ar1(.95, .03)));
    EconomySeries series = new EconomySeries(50, 40, 60, 20);
    Matrix base = series.simulate(table, 0, 0, new Seeds(5).stream("path")).series();
    Matrix shifted = series.simulate(table, .1, -.05, new Seeds(5).stream("path")).series();
    double units = .1 / (1 - .33) - .05;
    double[] shifts = {units, units, units, -.05, 0, 0, 0};
    for (int t = 0; t < 50; t++) {
      for (int i = 0; i < shifts.length; i++) {
        assertThat(shifted.get(t, i)).isCloseTo(base.get(t, i) + shifts[i], within(1e-10));
      }
    }
  }

  /** K' = (1 - delta) K + Y - C in what is observed, and x is log z plus a constant. */
  @Test
  void theSeriesAreThoseOfAnEconomy() {
    ConsumptionTable table =
        policy.at(DetrendedEconomy.liu2024(new Ar1(.95, .03), new Ar1(.95, .03)));
    EconomySeries series = new EconomySeries(400, 100, 300, 50);
    Matrix path = series.simulate(table, .02, .03, new Seeds(5).stream("path")).series();
    for (int t = 0; t + 1 < path.rows(); t++) {
      double next =
          .975 * Math.exp(path.get(t, 2)) + Math.exp(path.get(t, 0)) - Math.exp(path.get(t, 1));
      assertThat(Math.exp(path.get(t + 1, 2))).isCloseTo(next, within(1e-9 * next));
    }
    double[] summary = SeriesSummary.of(path, .33).toArray();
    assertThat(summary).hasSameSizeAs(SeriesSummary.names().toArray());
    assertThat(Math.exp(summary[SeriesSummary.names().indexOf("x log residual sd")]))
        .isCloseTo(.03, within(.004));
    assertThat(summary[SeriesSummary.names().indexOf("x slope")]).isBetween(.88, .99);
    assertThat(EconomySeries.gini(new double[] {0, 0, 0, 1})).isCloseTo(.75, within(1e-12));
    assertThat(EconomySeries.gini(new double[] {2, 2})).isZero();
  }

  /**
   * Labour of those interviewed is an AR(1) measured with error: mean, variance and covariance of a
   * year are known. Consumption is relative to the aggregate, so that means of shocks are not in
   * it; and a panel with neither error nor interviews draws the same shocks.
   */
  @Test
  void interviewsAreOfHouseholdsMeasuredWithError() {
    ConsumptionTable table =
        policy.at(DetrendedEconomy.liu2024(new Ar1(.95, .03), new Ar1(.95, .03)));
    EconomySeries exact = new EconomySeries(50, 40, 60, 20);
    EconomySeries series = exact.interviewing(4_000).measuredWith(new MeasurementError(.01, .05));
    Matrix asked = series.simulate(table, .1, -.05, new Seeds(5).stream("path")).households();
    double variance = .03 * .03 / (1 - .95 * .95);
    double[] sums = new double[4];
    for (int i = 0; i < asked.rows(); i++) {
      double now = asked.get(i, 0) + .05;
      double later = asked.get(i, 1) + .05;
      sums[0] += now / asked.rows();
      sums[1] += now * now / asked.rows();
      sums[2] += now * later / asked.rows();
      sums[3] += asked.get(i, 2) / asked.rows();
    }
    double total = variance + .05 * .05;
    double covariance = Math.pow(.95, 4) * variance;
    double root = Math.sqrt(4_000);
    assertThat(sums[0]).isCloseTo(0, within(4 * Math.sqrt(total) / root));
    assertThat(sums[1]).isCloseTo(total, within(4 * Math.sqrt(2) * total / root));
    assertThat(sums[2]).isCloseTo(covariance, within(4 * Math.hypot(total, covariance) / root));
    // Mean log c lies a little below log C, by half the variance of log c.
    assertThat(sums[3]).isBetween(-.05, .02);
    Matrix other = series.simulate(table, 0, 0, new Seeds(5).stream("path")).households();
    assertThat(asked.get(7, 0)).isCloseTo(other.get(7, 0) - .05, within(1e-12));
    assertThat(asked.get(7, 3)).isCloseTo(other.get(7, 3), within(1e-12));

    Matrix without = exact.simulate(table, 0, 0, new Seeds(6).stream("path")).series();
    Matrix with =
        exact
            .measuredWith(new MeasurementError(.01, 0))
            .simulate(table, 0, 0, new Seeds(6).stream("path"))
            .series();
    assertThat(with.get(0, 0)).isNotEqualTo(without.get(0, 0));
    assertThat(with.get(0, 0)).isCloseTo(without.get(0, 0), within(.05));
    assertThatThrownBy(() -> new MeasurementError(-1, 0)).hasMessageContaining("at least 0");
  }

  /** The bar of the project, over the prior of Liu (2024): 20 held-out theta. */
  @Test
  @Tag("paper")
  void overLiusPriorItIsAsAccurateAsFreshSolves() {
    ConditionedConsumption whole =
        ConditionedConsumption.solve(
            ShockBox.liu2024(), 3, DetrendedSolver.standard(), SEEDS, (e, s, n, c) -> {});
    RandomGenerator random = new Seeds(7).stream("held-out");
    for (int i = 0; i < 20; i++) {
      DetrendedEconomy economy = draw(ShockBox.liu2024(), random);
      assertThat(certificate(whole, economy, DetrendedSolver.standard()).ratio())
          .as(economy.toString())
          .isLessThan(2);
    }
  }
}
