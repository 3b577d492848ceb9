package org.nnks.cli.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.core.statistics.ComparisonTable.Row;
import org.nnks.estimation.MicroMacroEstimate;
import org.nnks.estimation.MicroMacroReport;
import org.nnks.sbi.Draws;
import org.nnks.sbi.MarkovDraws;
import org.nnks.sbi.Prior;
import org.nnks.sbi.sampling.Convergence;

/** What units tell beyond aggregates, as tables to print. */
final class UnitsTables {

  private static final int DECIMALS = 4;

  private UnitsTables() {}

  /** How much of the prior's variance each kind of data takes away. */
  static ComparisonTable contraction(
      Prior prior, Draws summary, MicroMacroEstimate.Posteriors posteriors, Draws units) {
    List<Draws> kinds = List.of(summary, posteriors.aggregates(), units, posteriors.both().draws());
    List<Row> rows = new ArrayList<>();
    for (int j = 0; j < prior.size(); j++) {
      double[] contraction = new double[kinds.size()];
      for (int s = 0; s < contraction.length; s++) {
        double sd = kinds.get(s).table().get(j).sd();
        contraction[s] = 1 - sd * sd / prior.variance(j);
      }
      rows.add(
          new Row(
              prior.names().get(j), EstimateTables.DIAGNOSTIC_DECIMALS, Vector.of(contraction)));
    }
    return new ComparisonTable(
        "What units tell beyond aggregates: contraction given the observed data",
        "1 - posterior variance / prior variance. Summary: statistics of aggregates and a survey, as in"
            + " the posterior above; units: their likelihoods, learned and multiplied, by importance"
            + " sampling (%.0f draws in effect, Pareto k %.2f); both: aggregates and units."
                .formatted(
                    posteriors.units().weights().effectiveSize(),
                    posteriors.units().weights().paretoK()),
        MicroMacroReport.SOURCES,
        rows);
  }

  /** A posterior by chains, and whether they agree. */
  static ComparisonTable chains(String title, MarkovDraws both, Optional<Vector> truth) {
    List<Row> rows = new ArrayList<>();
    List<Draws.Row> table = both.draws().table();
    for (int j = 0; j < table.size(); j++) {
      Draws.Row row = table.get(j);
      Convergence convergence = both.convergence().get(j);
      rows.add(
          new Row(
              row.name(),
              DECIMALS,
              Vector.of(
                  truth.isPresent() ? truth.get().get(j) : Double.NaN,
                  row.mean(),
                  row.sd(),
                  row.lower5(),
                  row.upper95(),
                  convergence.rHat(),
                  convergence.bulkSize(),
                  convergence.tailSize())));
    }
    return new ComparisonTable(
        title,
        ("By slice sampling: %d chains, %d draws in all. R-hat below %.2f: chains agree; bulk and"
                + " tail: effective sample sizes.")
            .formatted(both.chains(), both.draws().size(), Convergence.AGREED),
        List.of("truth", "mean", "sd", "5 %", "95 %", "R-hat", "bulk", "tail"),
        rows);
  }

  /** Calibration and recovery on the same truths by each kind of data. */
  static ComparisonTable judged(MicroMacroReport report) {
    List<Row> rows = new ArrayList<>();
    for (MicroMacroReport.Row row : report.sources()) {
      rows.add(
          new Row(
              "%s, %s, in band: %s"
                  .formatted(row.parameter(), row.source(), row.inBand() ? "yes" : "no"),
              EstimateTables.DIAGNOSTIC_DECIMALS,
              EstimateTables.judged(row.coverage50(), row.coverage90(), row.recovery())));
    }
    return new ComparisonTable(
        "What units tell, judged on the same %d truths from the prior".formatted(report.truths()),
        "Units and both by importance sampling, which is not reliable at %d of the truths (Pareto k);"
                .formatted(report.unreliable())
            + " likelihoods to the powers that economies which were not learned from ask for.",
        EstimateTables.JUDGED,
        rows);
  }
}
