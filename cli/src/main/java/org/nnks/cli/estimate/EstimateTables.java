package org.nnks.cli.estimate;

import java.util.ArrayList;
import java.util.List;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.core.statistics.ComparisonTable.Row;
import org.nnks.estimation.households.PolicyCertificate;
import org.nnks.krusellsmith.conditioned.PanelEulerError;
import org.nnks.sbi.Data;
import org.nnks.sbi.Draws;
import org.nnks.sbi.diagnostics.DiagnosticsReport;
import org.nnks.sbi.diagnostics.PredictiveCheck;
import org.nnks.sbi.diagnostics.Recovery;
import org.nnks.sbi.liu2024.ExactPosterior;
import org.nnks.sbi.liu2024.Published;
import org.nnks.sbi.liu2024.ShockProcesses;

/** Posteriors and their diagnostics as tables to print. */
final class EstimateTables {

  private static final int DECIMALS = 4;
  static final int DIAGNOSTIC_DECIMALS = 3;

  /** Columns of calibration and recovery. */
  static final List<String> JUDGED =
      List.of("cover 50 %", "cover 90 %", "correlation", "mean z", "sd z", "contraction");

  private static final double LEVEL = 0.9;
  private static final double MILLION = 1e6;

  private EstimateTables() {}

  /** Means, standard deviations and intervals. */
  static ComparisonTable posterior(String title, Draws draws) {
    List<Row> rows = new ArrayList<>();
    for (Draws.Row row : draws.table()) {
      Draws.Interval shortest = draws.shortestInterval(row.name(), LEVEL);
      rows.add(
          new Row(
              row.name(),
              DECIMALS,
              Vector.of(
                  row.mean(),
                  row.sd(),
                  row.lower5(),
                  row.median(),
                  row.upper95(),
                  shortest.lower(),
                  shortest.upper())));
    }
    return new ComparisonTable(
        title,
        "5 % to 95 % is the central 90 % interval; lower to upper is the shortest one.",
        List.of("mean", "sd", "5 %", "50 %", "95 %", "lower", "upper"),
        rows);
  }

  /** Liu (2024), Tables 4 and 5, beside ours of the same kind of data: the economy. */
  static ComparisonTable throughEconomy(Draws draws, boolean truthKnown) {
    List<Row> rows = new ArrayList<>();
    List<Draws.Row> table = draws.table();
    for (int j = 0; j < table.size(); j++) {
      double sd = table.get(j).sd();
      rows.add(
          new Row(
              table.get(j).name(),
              DECIMALS,
              Vector.of(
                  truthKnown ? ShockProcesses.truth().get(j) : Double.NaN,
                  table.get(j).mean(),
                  Published.mean().get(j),
                  sd,
                  Math.sqrt(Published.variance().get(j)),
                  1 - sd * sd / ShockProcesses.prior().variance(j),
                  Published.contraction(j))));
    }
    return new ComparisonTable(
        "Beside Liu (2024), Tables 4 and 5",
        "Contraction: 1 - posterior variance / prior variance, 0 if nothing was learned, 1 if"
            + " everything. Liu's data set is another one, and he does not name his series.",
        List.of(
            "truth",
            ComparisonTable.OURS,
            "Liu",
            "sd, ours",
            "sd, Liu",
            "contraction, ours",
            "contraction, Liu"),
        rows);
  }

  /** What the errors of the policy do to posterior means. */
  static ComparisonTable policyErrors(List<String> names, PolicyCertificate certificate) {
    List<Row> rows = new ArrayList<>();
    for (int j = 0; j < names.size(); j++) {
      rows.add(
          new Row(
              names.get(j),
              DIAGNOSTIC_DECIMALS,
              Vector.of(certificate.interpolation().get(j), certificate.total().get(j))));
    }
    return new ComparisonTable(
        "Errors of the policy, in posterior standard deviations",
        "Root mean square shift of posterior means where data are simulated by an exact solve instead."
            + " Interpolation: one on the design's own shocks. Total: one on other shocks and more"
            + " periods, hence with another estimate of the law of motion.",
        List.of("interpolation", "total"),
        rows);
  }

  /** Euler errors at the posterior mean. */
  static ComparisonTable eulerErrors(PanelEulerError policy, PanelEulerError exact) {
    return new ComparisonTable(
        "Euler errors at the posterior mean, in millionths of consumption",
        "One policy for the whole prior, and an exact solve of this economy alone on other shocks and"
            + " more periods; judged on shocks that neither has seen.",
        List.of("mean", "largest"),
        List.of(millionths("one policy", policy), millionths("exact", exact)));
  }

  private static Row millionths(String name, PanelEulerError error) {
    return new Row(name, 1, Vector.of(MILLION * error.mean(), MILLION * error.max()));
  }

  /** Liu (2024), Tables 4 and 5, beside ours and the exact posterior. */
  static List<ComparisonTable> shocks(
      Draws draws, ShockProcesses pair, Data data, boolean truthKnown) {
    List<Row> moments = new ArrayList<>();
    List<Row> contraction = new ArrayList<>();
    List<Draws.Row> table = draws.table();
    for (int j = 0; j < table.size(); j++) {
      ExactPosterior exact = pair.exact(data, j / 3);
      double variance = ShockProcesses.prior().variance(j);
      double sd = table.get(j).sd();
      double exactSd = exact.sd().get(j % 3);
      double paperSd = Math.sqrt(Published.variance().get(j));
      moments.add(
          new Row(
              table.get(j).name(),
              DECIMALS,
              Vector.of(
                  truthKnown ? ShockProcesses.truth().get(j) : Double.NaN,
                  table.get(j).mean(),
                  exact.mean().get(j % 3),
                  Published.mean().get(j),
                  sd,
                  exactSd,
                  paperSd)));
      contraction.add(
          new Row(
              table.get(j).name(),
              DIAGNOSTIC_DECIMALS,
              Vector.of(
                  1 - sd * sd / variance,
                  1 - exactSd * exactSd / variance,
                  Published.contraction(j))));
    }
    return List.of(
        new ComparisonTable(
            "Beside Liu (2024), Tables 4 and 5",
            "Liu's data set is another one, seen through a Krusell-Smith economy; here z and l are"
                + " observed directly. The exact posterior is that of our data.",
            List.of(
                "truth", ComparisonTable.OURS, "exact", "Liu", "sd, ours", "sd, exact", "sd, Liu"),
            moments),
        new ComparisonTable(
            "Contraction: 1 - posterior variance / prior variance",
            "0 if nothing was learned, 1 if everything. Liu's is computed from Tables 3 and 5.",
            List.of(ComparisonTable.OURS, "exact", "Liu"),
            contraction));
  }

  /** Calibration and recovery on held-out simulations. */
  static ComparisonTable diagnostics(DiagnosticsReport report) {
    List<Row> rows = new ArrayList<>();
    for (DiagnosticsReport.Row row : report.parameters()) {
      rows.add(
          new Row(
              row.name() + (row.calibrated() ? ", in band: yes" : ", in band: no"),
              DIAGNOSTIC_DECIMALS,
              judged(row.coverage50(), row.coverage90(), row.recovery())));
    }
    return new ComparisonTable(
        "Judged on %d simulations it has not seen".formatted(report.dataSets()),
        "In band: whether the ranks lie in the 95 % simultaneous band. z: (posterior mean - truth) / sd,"
            + " mean 0 and sd 1 if right; sd above 1 means overconfident. "
            + together(report),
        JUDGED,
        rows);
  }

  /** The cells of a row below {@link #JUDGED}. */
  static Vector judged(double coverage50, double coverage90, Recovery recovery) {
    return Vector.of(
        coverage50,
        coverage90,
        recovery.correlation(),
        recovery.meanZ(),
        recovery.sdZ(),
        recovery.contraction());
  }

  /** What ranks of single parameters cannot see. */
  private static String together(DiagnosticsReport report) {
    return "All parameters together: distances from random points (TARP) in band: %s%s."
        .formatted(
            report.distancesCalibrated() ? "yes" : "no",
            report
                .local()
                .map(l -> ", at the observed data (LC2ST) p = %.2f".formatted(l.pValue()))
                .orElse(""));
  }

  /** The observed data beside what the posterior predicts; no rows if it could not be simulated. */
  static ComparisonTable predictive(PredictiveCheck check) {
    List<Row> rows = new ArrayList<>();
    for (PredictiveCheck.Statistic s : check.statistics()) {
      rows.add(
          new Row(
              s.name(),
              DIAGNOSTIC_DECIMALS,
              Vector.of(s.observed(), s.mean(), s.sd(), s.pValue())));
    }
    return new ComparisonTable(
        "Posterior predictive check",
        ("p: two-sided share of predicted data sets as extreme as the observed one. %d of %d draws of"
                + " the posterior could not be simulated.")
            .formatted(check.failures(), check.draws()),
        List.of("observed", "mean", "sd", "p"),
        rows);
  }
}
