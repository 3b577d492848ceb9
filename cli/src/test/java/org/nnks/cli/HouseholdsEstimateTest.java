package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.cli.estimate.EstimateFolder;
import org.nnks.cli.estimate.Estimation;
import org.nnks.cli.estimate.HouseholdsEstimate;
import org.nnks.cli.estimate.UnitsBeside;
import org.nnks.cli.progress.Progress;
import org.nnks.cli.progress.Stopwatch;
import org.nnks.cli.tables.TextTable;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.io.StrictJson;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.estimation.MicroMacroReport;
import org.nnks.estimation.households.PolicyCertificate;
import org.nnks.krusellsmith.conditioned.EconomySeries;
import org.nnks.krusellsmith.conditioned.MeasurementError;
import org.nnks.krusellsmith.conditioned.PanelEulerError;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.LikelihoodPowers;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.diagnostics.Recovery;

/**
 * {@code nnks estimate liu2024} on the nine economies of a coarse design; the whole experiment is
 * the paper test {@code KrusellSmithEstimationTest}.
 */
class HouseholdsEstimateTest {

  private static final int COARSE = 1;

  /**
   * As long as those of Liu (2024), of an economy of fewer households that forgets its start
   * sooner.
   */
  private static final EconomySeries FEW = new EconomySeries(200, 100, 100, 50);

  @TempDir private Path folder;

  @Test
  void theEconomyOfLiuStandsBesideHisTableWithACertificate() throws Exception {
    Path out = folder.resolve("liu");
    Estimation.Result result = run(FEW, 100, out);
    List<ComparisonTable> tables = result.tables();
    assertThat(tables)
        .extracting(ComparisonTable::title)
        .contains(
            "Beside Liu (2024), Tables 4 and 5",
            "Errors of the policy, in posterior standard deviations",
            "Euler errors at the posterior mean, in millionths of consumption");
    assertThat(TextTable.of(tables.get(1))).contains("rho_l", "0.9411", "0.4270");
    assertThat(result.verdict()).contains("measured without error, as no data are");
    assertThat(Files.readString(out.resolve("report.html"))).contains("Lines mark the true values");
  }

  /** A few households, whose labour tells mu_l, which aggregates hardly know. */
  @Test
  @Tag("paper")
  void householdsStandBesideTheSummary() {
    Path out = folder.resolve("households");
    MeasurementError error = new MeasurementError(0.01, 0.05);
    Estimation.Result result =
        run(EconomySeries.liu2024().interviewing(20).measuredWith(error), 50, out);
    ComparisonTable contraction =
        result.tables().stream()
            .filter(table -> table.title().startsWith("What units tell beyond aggregates"))
            .findFirst()
            .orElseThrow();
    assertThat(contraction.columns()).containsExactly("summary", "aggregates", "units", "both");
    Vector labour = contraction.rows().get(3).cells();
    assertThat(contraction.rows().get(3).label()).isEqualTo("mu_l");
    assertThat(labour.get(1)).isLessThan(0.5);
    assertThat(labour.get(2)).isGreaterThan(0.7);
    assertThat(labour.get(3)).isGreaterThan(0.7);
    assertThat(result.verdict())
        .contains(
            "measurement errors have a standard deviation of 0.01 in log aggregates and 0.05");
    EstimateFolder.Summary summary =
        StrictJson.read(out.resolve("summary.json"), EstimateFolder.Summary.class);
    assertThat(summary.experiment()).containsEntry("households interviewed", 20.0);
    assertThat(NamedArrays.read(out.resolve(UnitsBeside.BOTH_FILE)).get("mu_l"))
        .hasSizeGreaterThan(1_000);
    assertThat(out.resolve(EstimateFolder.CHECKPOINT)).doesNotExist();
  }

  private static Estimation.Result run(EconomySeries series, int held, Path out) {
    Progress progress = new Progress(new PrintWriter(Writer.nullWriter()), Progress.style(true));
    HouseholdsEstimate estimate =
        HouseholdsEstimate.solve(COARSE, series, Optional.empty(), 1, progress);
    Simulations simulations = estimate.simulations(200 + held);
    assertThat(simulations.failures()).isZero();
    EstimatorConfig config = EstimatorConfig.standard().withEpochs(2);
    Estimation estimation = new Estimation(config, 1, 500, out, progress, new Stopwatch(), "nnks");
    return estimation.run(estimate.problem(simulations, 200, estimation));
  }

  @Test
  void whatSpeaksAgainstThePolicyIsSaid() {
    List<String> names = List.of("mu_z", "rho_z");
    PanelEulerError small = new PanelEulerError(1, 1e-5, 1e-3, 0, -5);
    PanelEulerError large = new PanelEulerError(1, 3e-5, 1e-3, 0, -5);
    Vector none = Vector.of(0.01, 0.02);
    assertThat(
            HouseholdsEstimate.violations(
                names, new PolicyCertificate(none, Vector.of(0.3, 0.9), small, small, true)))
        .isEmpty();
    assertThat(
            HouseholdsEstimate.violations(
                names, new PolicyCertificate(none, Vector.of(0.3, 1.25), large, small, false)))
        .containsExactly(
            "an exact solve at the posterior mean did not converge, so the policy is unjudged",
            "the policy's Euler error at the posterior mean is 3.0 times a fresh exact solve's",
            "the policy's errors move the posterior mean of rho_z by 1.25 of its standard deviations");
    assertThat(
            HouseholdsEstimate.violations(
                names, new PolicyCertificate(none, Vector.of(0, Double.NaN), small, small, true)))
        .hasSize(1);
  }

  /** Ranks that leave their own band are a remark, those that leave the joint one a violation. */
  @Test
  void ranksGivenUnitsThatLeaveTheirBandsAreSaid() {
    MicroMacroReport report =
        new MicroMacroReport(
            100,
            List.of(
                row(MicroMacroReport.UNITS, "mu_l", false, false, 0.5),
                row(MicroMacroReport.BOTH, "mu_l", true, true, 0.91),
                row(MicroMacroReport.BOTH, "rho_l", false, true, 0.82),
                row(MicroMacroReport.BOTH, "sigma_l", false, false, 0.77)),
            0);
    assertThat(UnitsBeside.ranks(report))
        .containsExactly(
            "given units, the ranks of sigma_l leave the joint 95 % band (100 data sets)");
    assertThat(UnitsBeside.remarks(new LikelihoodPowers(Vector.of(0.9, 0.7), 90), report))
        .containsExactly(
            "given units, the learned likelihood of aggregates is raised to the power 0.90 and that of units to 0.70, as 90 economies that were not learned from ask for",
            "given units, 90 % sets hold 77 to 91 % of 100 truths",
            "given units, the ranks of rho_l leave their own 95 % band, though not the joint one");
    assertThat(UnitsBeside.remarks(LikelihoodPowers.ones(2), report).get(0))
        .isEqualTo(
            "given units, learned likelihoods are taken at their word: there are too few simulations to judge them by");
  }

  private static MicroMacroReport.Row row(
      String source, String parameter, boolean inBand, boolean jointly, double coverage90) {
    Vector none = Vector.of(0, 0);
    Recovery recovery = new Recovery(parameter, none, none, 0, 1, 0, 1, 0);
    return new MicroMacroReport.Row(source, parameter, inBand, jointly, 0.5, coverage90, recovery);
  }
}
