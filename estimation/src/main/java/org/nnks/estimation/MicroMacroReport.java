package org.nnks.estimation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Draws;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.diagnostics.Calibration;
import org.nnks.sbi.diagnostics.DiagnosticsReport;
import org.nnks.sbi.diagnostics.EcdfBand;
import org.nnks.sbi.diagnostics.Recovery;
import org.nnks.sbi.sampling.ImportanceWeights;

/**
 * What units tell beyond aggregates, and whether it holds, on the same truths from the prior.
 *
 * @param truths economies that took no part in training
 * @param sources a row for each kind of data and each parameter
 * @param unreliable truths at which an importance sampling is not reliable by its Pareto k
 */
public record MicroMacroReport(int truths, List<Row> sources, int unreliable) {

  /** Statistics of aggregates and of a survey, by the amortised posterior. */
  public static final String SUMMARY = "summary";

  /** Statistics of aggregates alone. */
  public static final String AGGREGATES = "aggregates";

  /** Units alone. */
  public static final String UNITS = "units";

  /** Aggregates and units. */
  public static final String BOTH = "both";

  /** All kinds of data. */
  public static final List<String> SOURCES = List.of(SUMMARY, AGGREGATES, UNITS, BOTH);

  /**
   * How a parameter is known from one kind of data.
   *
   * @param source of {@link #SOURCES}
   * @param inBand whether the ranks of the truths lie in the 95 % simultaneous band
   * @param jointly whether they lie in the one that holds all parameters together
   * @param coverage50 share of truths in central 50 % intervals
   * @param coverage90 share of truths in central 90 % intervals
   * @param recovery z-scores and contraction
   */
  public record Row(
      String source,
      String parameter,
      boolean inBand,
      boolean jointly,
      double coverage50,
      double coverage90,
      Recovery recovery) {}

  /** Makes the list immutable. */
  public MicroMacroReport {
    sources = List.copyOf(sources);
  }

  /**
   * Judges posteriors of held-out data.
   *
   * @param truths simulations from the prior, at least {@link EcdfBand#FEWEST}, of the estimate's
   *     layout
   * @param summary draws of the summary-statistic posterior for each, {@link
   *     DiagnosticsReport#DRAWS} of them
   */
  public static MicroMacroReport of(
      Prior prior,
      MicroMacroEstimate estimate,
      Simulations truths,
      List<Draws> summary,
      Seeds seeds) {
    List<MicroMacroEstimate.Checked> checked =
        IntStream.range(0, truths.size())
            .mapToObj(
                i ->
                    estimate.check(
                        truths.data(i),
                        DiagnosticsReport.DRAWS,
                        new Seeds(seeds.stream("truth", i).nextLong())))
            .toList();
    List<List<Draws>> posteriors =
        List.of(
            summary,
            checked.stream().map(MicroMacroEstimate.Checked::aggregates).toList(),
            checked.stream().map(MicroMacroEstimate.Checked::units).toList(),
            checked.stream().map(MicroMacroEstimate.Checked::both).toList());
    EcdfBand band = band(truths, DiagnosticsReport.BAND_LEVEL, seeds);
    // Bonferroni's inequality.
    EcdfBand joint =
        band(truths, 1 - (1 - DiagnosticsReport.BAND_LEVEL) / truths.names().size(), seeds);
    List<Row> rows = new ArrayList<>();
    for (int s = 0; s < SOURCES.size(); s++) {
      Calibration ranks = Calibration.of(posteriors.get(s), truths, seeds.stream("rank ties", s));
      List<Recovery> recovery = Recovery.of(prior, posteriors.get(s), truths);
      for (int j = 0; j < recovery.size(); j++) {
        rows.add(
            new Row(
                SOURCES.get(s),
                recovery.get(j).name(),
                ranks.calibrated(j, band),
                ranks.calibrated(j, joint),
                ranks.coverage(j, 0.5),
                ranks.coverage(j, 0.9),
                recovery.get(j)));
      }
    }
    return new MicroMacroReport(
        truths.size(),
        rows,
        (int) checked.stream().filter(c -> !(c.paretoK() < ImportanceWeights.RELIABLE)).count());
  }

  private static EcdfBand band(Simulations truths, double level, Seeds seeds) {
    return EcdfBand.of(truths.size(), DiagnosticsReport.DRAWS, level, seeds);
  }
}
