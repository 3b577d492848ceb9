package org.nnks.cli.estimate;

import java.util.List;
import java.util.stream.IntStream;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Draws;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.diagnostics.Calibration;
import org.nnks.sbi.diagnostics.DiagnosticsReport;
import org.nnks.sbi.diagnostics.EcdfBand;

/**
 * Ranks of the truths behind held-out data among the draws of a posterior that stands beside the
 * one that is estimated.
 *
 * @param by what the draws are made
 * @param dataSets their number
 * @param outside parameters whose ranks leave the joint band
 * @param coverage90 shares of truths in central 90 % intervals
 */
public record HeldOutRanks(String by, int dataSets, List<String> outside, Vector coverage90) {

  /**
   * Data sets that judge, at most: each takes draws of its own, which are slow by all that stands
   * beside.
   */
  public static final int TRUTHS = 100;

  /** Those of the held-out simulations that judge. */
  public static Simulations truths(Simulations held) {
    return held.slice(0, Math.min(held.size(), TRUTHS));
  }

  /**
   * The ranks.
   *
   * @param posteriors of {@link DiagnosticsReport#DRAWS} draws, for each truth in order
   */
  public static HeldOutRanks of(
      String by, List<Draws> posteriors, Simulations truths, Seeds seeds) {
    Calibration ranks = Calibration.of(posteriors, truths, seeds.stream("rank ties"));
    List<String> names = truths.names();
    // Bonferroni's inequality.
    double level = 1 - (1 - DiagnosticsReport.BAND_LEVEL) / names.size();
    EcdfBand band = EcdfBand.of(truths.size(), DiagnosticsReport.DRAWS, level, seeds);
    return new HeldOutRanks(
        by,
        truths.size(),
        IntStream.range(0, names.size())
            .filter(j -> !ranks.calibrated(j, band))
            .mapToObj(names::get)
            .toList(),
        Vector.of(
            IntStream.range(0, names.size()).mapToDouble(j -> ranks.coverage(j, 0.9)).toArray()));
  }

  /** What speaks against the draws. */
  public List<String> violations() {
    return outside.isEmpty()
        ? List.of()
        : List.of(
            "by %s, the ranks of %s leave the joint 95 %% band (%d data sets)"
                .formatted(by, String.join(", ", outside), dataSets));
  }

  /** How often truths lie where they should. */
  public String remark() {
    return "by %s, 90 %% sets hold %.0f to %.0f %% of the truths of %d held-out data sets"
        .formatted(by, 100 * coverage90.min(), 100 * coverage90.max(), dataSets);
  }
}
