package org.nnks.cli.estimate;

import java.util.List;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.diagnostics.DiagnosticsReport;

/** What an estimate is worth, in a sentence or two. */
final class EstimateVerdict {

  private EstimateVerdict() {}

  /**
   * The verdict.
   *
   * @param simulations what they look like
   * @param clauses what else speaks against the draws, and remarks
   */
  static String of(
      Estimation.Problem problem,
      NeuralPosterior estimator,
      DiagnosticsReport diagnostics,
      SimulationsCheck simulations,
      List<String> clauses) {
    return sentence(problem, diagnostics, simulations, clauses) + cut(estimator, problem);
  }

  /** How much of the density was cut off at the bounds of the prior. */
  private static String cut(NeuralPosterior estimator, Estimation.Problem problem) {
    double acceptance = estimator.given(problem.sample().observed()).acceptance();
    if (acceptance == 1) {
      return "";
    }
    return "; %.1f %% of the density lay outside of the prior%s"
        .formatted(
            100 * (1 - acceptance),
            acceptance < NeuralPosterior.MIN_ACCEPTANCE
                ? ", so that of the probit map was taken"
                : " and was cut off");
  }

  private static String sentence(
      Estimation.Problem problem,
      DiagnosticsReport diagnostics,
      SimulationsCheck simulations,
      List<String> clauses) {
    List<String> outside =
        diagnostics.parameters().stream()
            .filter(row -> !row.jointly())
            .map(DiagnosticsReport.Row::name)
            .toList();
    String calibration =
        outside.isEmpty()
            ? "calibrated: the ranks of all parameters lie in their joint 95 %% band (%d data sets)"
                .formatted(diagnostics.dataSets())
            : "not calibrated: the ranks of %s leave the joint 95 %% band (%d data sets)"
                .formatted(String.join(", ", outside), diagnostics.dataSets());
    String data =
        diagnostics.misspecification().suspected()
            ? "the observed data are unlike the simulations (p = %.3f), so do not trust the posterior"
            : "the observed data look like the simulations (p = %.3f)";
    String failed =
        problem.sample().simulations().failures() == 0
            ? ""
            : "; %.1f %% of the draws from the prior could not be simulated"
                .formatted(100 * problem.sample().simulations().failureShare());
    String unpredicted =
        diagnostics
            .predictive()
            .filter(check -> check.statistics().isEmpty())
            .map(
                check ->
                    "; no predictive check: %d of %d draws of the posterior could not be simulated"
                        .formatted(check.failures(), check.draws()))
            .orElse("");
    String against = clauses.isEmpty() ? "" : "; " + String.join("; ", clauses);
    return calibration
        + "; "
        + data.formatted(diagnostics.misspecification().pValue())
        + failed
        + simulations.remark()
        + unpredicted
        + against;
  }
}
