package org.nnks.khanthomas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.core.agents.AgentProblem;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.agents.StationaryEquilibrium;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.CsvTable;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.oracle.GridOracle;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverState;
import org.nnks.reference.KhanThomasReference;

/**
 * Labour supply that costs more at the margin, so that two prices clear: against a program written
 * for this purpose that shares no code with the library; the README of the reference folder says
 * how.
 */
class FiniteFrischTest {

  private static final int FROM = 500;

  /** The largest gaps allowed to the reference path, in percent. */
  private static final double PRICE_LIMIT = .03;

  private static final double CAPITAL_LIMIT = .12;

  /** Hours of the reference's stationary economy, from which it has chi = 4.177105730. */
  private static final double CHI_HALF = 4.177105730;

  private static final double CHI_TWO = 22.02257752;

  /** Largest error of V, relative. */
  private static final double VALUE_LIMIT = 1e-4;

  /** Largest error of a threshold, in hours, beyond the largest cost too: 1e-4 is asked for. */
  private static final double THRESHOLD_LIMIT = 1e-4;

  private static KhanThomasCalibration calibration(double inverseFrisch) {
    return KhanThomasCalibration.terry2017().withInverseFrisch(inverseFrisch);
  }

  @Test
  void normalHoursGiveTheReferenceItsChi() {
    KhanThomasCalibration terry = KhanThomasCalibration.terry2017();
    double hours = terry.normalHours();
    assertThat(terry.disutility() / Math.sqrt(hours)).isCloseTo(CHI_HALF, within(1e-8));
    assertThat(terry.disutility() / (hours * hours)).isCloseTo(CHI_TWO, within(1e-7));
  }

  @Test
  void theDeclarationPassesItsCheckWithTwoPrices() {
    KhanThomasDeclaration economy = new KhanThomasDeclaration(calibration(.5));
    economy.check();
    assertThat(economy.prices()).extracting("name").containsExactly("p", "W");
  }

  /** chi is such that the economy without aggregate risk does not depend on kappa. */
  @ParameterizedTest
  @ValueSource(doubles = {.5, 2})
  void theStationaryEconomyIsTheSameForEveryElasticity(double inverseFrisch) {
    StationaryEquilibrium linear =
        StationaryEquilibrium.of(new KhanThomasDeclaration(calibration(0)), 2);
    StationaryEquilibrium found =
        StationaryEquilibrium.of(new KhanThomasDeclaration(calibration(inverseFrisch)), 2);
    assertThat(found.prices()[0] / linear.prices()[0]).isCloseTo(1, within(1e-4));
    assertThat(found.prices()[1] / 2.4).isCloseTo(1, within(2e-4));
    assertThat(found.moments()[0] / linear.moments()[0]).isCloseTo(1, within(5e-4));
  }

  @Test
  void methodsWithOnePriceRefuseIt() {
    KhanThomasCalibration two = calibration(.5);
    assertThatThrownBy(() -> new KhanThomas(two))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("inverseFrisch must be 0 for a method with one price but is 0.5");
  }

  /**
   * Values and thresholds at the reference's own rules. A path cannot tell a firm that values an
   * hour of adjustment at 2.4 from one that values it at W; these can.
   */
  @ParameterizedTest
  @ValueSource(strings = {"0.5", "2"})
  void valuesAndThresholdsAreTheReferencesAtItsStates(String inverseFrisch) {
    KhanThomasDeclaration economy =
        new KhanThomasDeclaration(calibration(Double.parseDouble(inverseFrisch)));
    CsvTable points = table(inverseFrisch, "points");
    double value = 0;
    double threshold = 0;
    try (ProjectionSolver solver = new ProjectionSolver(economy, Device.cpu(), new Seeds(1))) {
      AgentSolution solution = solver.solve(rules(inverseFrisch));
      for (int i = 0; i < points.column("V").size(); i++) {
        double w = points.column("W").get(i);
        int cell = (int) points.column("z_index").get(i) - 1;
        AgentProblem firm = atPoint(solution, points, i);
        double found = (firm.value(1)[cell] - firm.value(0)[cell]) / w;
        value = Math.max(value, Math.abs(firm.value()[cell] / points.column("V").get(i) - 1));
        threshold = Math.max(threshold, Math.abs(found - points.column("xi_star").get(i)));
      }
    }
    assertThat(value).isLessThan(VALUE_LIMIT);
    assertThat(threshold).isLessThan(THRESHOLD_LIMIT);
  }

  private static AgentProblem atPoint(AgentSolution solution, CsvTable points, int i) {
    DeclaredEconomy economy = solution.economy();
    int a = (int) points.column("A_index").get(i) - 1;
    double[] moments = {points.column("K").get(i)};
    AgentProblem firm =
        new AgentProblem(
            economy, solution.table().grid(), new double[][] {{points.column("k").get(i)}});
    double[][] continuation = new double[economy.own().size()][solution.table().grid().size()];
    solution.table().continuation(a, new double[] {points.column("K_next").get(i)}, continuation);
    firm.state(a, moments);
    firm.prices(new double[] {points.column("p").get(i), points.column("W").get(i)});
    firm.solve(continuation);
    return firm;
  }

  private static CsvTable table(String kappa, String what) {
    return KhanThomasReference.table("khan-thomas-frisch-" + kappa + "-" + what + ".csv");
  }

  private static ForecastRules rules(String kappa) {
    CsvTable rules = table(kappa, "rules");
    double[] coefficients =
        Stream.of("a_K", "b_K", "a_p", "b_p", "a_W", "b_W")
            .flatMapToDouble(name -> rules.column(name).stream())
            .toArray();
    return ForecastRules.ofCoefficients(1, 2, coefficients);
  }

  @Tag("paper")
  @ParameterizedTest
  @ValueSource(strings = {"0.5", "2"})
  void theProjectionFollowsTheReferencePath(String inverseFrisch) {
    KhanThomasDeclaration economy =
        new KhanThomasDeclaration(calibration(Double.parseDouble(inverseFrisch)));
    Seeds seeds = new Seeds(1);
    try (ProjectionSolver solver = new ProjectionSolver(economy, Device.cpu(), seeds)) {
      follows(economy, solver, inverseFrisch);
    }
  }

  @Tag("paper")
  @ParameterizedTest
  @ValueSource(strings = {"0.5", "2"})
  void theOracleFollowsTheReferencePath(String inverseFrisch) {
    KhanThomasDeclaration economy =
        new KhanThomasDeclaration(calibration(Double.parseDouble(inverseFrisch)));
    try (GridOracle solver = new GridOracle(economy)) {
      follows(economy, solver, inverseFrisch);
    }
  }

  private static void follows(DeclaredEconomy economy, BellmanSolver solver, String kappa) {
    KhanThomasReference terry = KhanThomasReference.load();
    CsvTable path = table(kappa, "path");
    ForecastRules start = solver.coldStart();
    Solution solution =
        new KrusellSmithSolver()
            .solve(economy, solver, terry.states(), SolverState.initial(start), new Seeds(1))
            .requireConverged();
    double p = gap(solution.path().prices().get(0), path.column("p"));
    double w = gap(solution.path().prices().get(1), path.column("W"));
    double k = gap(solution.path().moments().get(0), path.column("K"));
    assertThat(p).isLessThan(PRICE_LIMIT);
    assertThat(w).isLessThan(PRICE_LIMIT);
    assertThat(k).isLessThan(CAPITAL_LIMIT);
  }

  private static double gap(Vector ours, Vector reference) {
    double largest = 0;
    for (int t = FROM; t < reference.size(); t++) {
      largest = Math.max(largest, 100 * Math.abs(ours.get(t) / reference.get(t) - 1));
    }
    return largest;
  }
}
