package org.nnks.khanthomas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
    CsvTable path = KhanThomasReference.table("khan-thomas-frisch-" + kappa + "-path.csv");
    long began = processorTime();
    ForecastRules start = solver.coldStart();
    Solution solution =
        new KrusellSmithSolver()
            .solve(economy, solver, terry.states(), SolverState.initial(start), new Seeds(1))
            .requireConverged();
    double seconds = (processorTime() - began) * 1e-9;
    double p = gap(solution.path().prices().get(0), path.column("p"));
    double w = gap(solution.path().prices().get(1), path.column("W"));
    double k = gap(solution.path().moments().get(0), path.column("K"));
    System.err.printf(
        "%s kappa %s: p %.4f W %.4f K %.4f %% %d iterations %.1f s%n",
        solver.getClass().getSimpleName(), kappa, p, w, k, solution.history().size(), seconds);
    assertThat(p).isLessThan(PRICE_LIMIT);
    assertThat(w).isLessThan(PRICE_LIMIT);
    assertThat(k).isLessThan(CAPITAL_LIMIT);
  }

  private static long processorTime() {
    return ((com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static double gap(Vector ours, Vector reference) {
    double largest = 0;
    for (int t = FROM; t < reference.size(); t++) {
      largest = Math.max(largest, 100 * Math.abs(ours.get(t) / reference.get(t) - 1));
    }
    return largest;
  }
}
