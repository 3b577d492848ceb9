package org.nnks.sbi.diagnostics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Data;
import org.nnks.sbi.Draws;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.Simulator;

/**
 * What should be known of a fitted posterior before it is believed.
 *
 * @param dataSets held-out simulations behind calibration and recovery
 * @param draws posterior draws for each of them
 * @param band the 95 % simultaneous band of the ranks
 * @param parameters one row each
 * @param distances the ranks of all parameters together (TARP): {@link Calibration#ofDistance}
 * @param local whether the posterior is right at the observed data (LC2ST), if there are enough
 *     simulations and draws
 * @param misspecification whether the observed data look simulated
 * @param predictive whether the posterior predicts the observed data, if there is a simulator
 */
public record DiagnosticsReport(
    int dataSets,
    int draws,
    EcdfBand band,
    List<Row> parameters,
    Calibration distances,
    Optional<LocalClassifierTest> local,
    Misspecification misspecification,
    Optional<PredictiveCheck> predictive) {

  /** Säilynoja et al. (2022). */
  public static final double BAND_LEVEL = 0.95;

  /** One less than a multiple of 100, so that ranks fall evenly. */
  public static final int DRAWS = 199;

  /** Enough for predictive p-values to about .02. */
  public static final int PREDICTED = 500;

  /**
   * The diagnostics of one parameter.
   *
   * @param name of the parameter
   * @param calibrated whether its ranks lie in the band
   * @param jointly whether they lie in the wider band that holds the ranks of all parameters
   *     together with 95 %: of six exact posteriors, one leaves its own band in 26 of 100 cases
   * @param ecdf the share of ranks below each point of the band
   * @param coverage50 share of truths in central 50 % intervals
   * @param coverage90 share of truths in central 90 % intervals
   * @param recovery correlation, z-scores, contraction
   */
  public record Row(
      String name,
      boolean calibrated,
      boolean jointly,
      Vector ecdf,
      double coverage50,
      double coverage90,
      Recovery recovery) {}

  /** Makes the list immutable. */
  public DiagnosticsReport {
    parameters = List.copyOf(parameters);
  }

  /** Whether the ranks of all parameters lie in the band that holds them together with 95 %. */
  public boolean calibrated() {
    return parameters.stream().allMatch(Row::jointly);
  }

  /** Whether the distances from random points lie in the band (TARP). */
  public boolean distancesCalibrated() {
    return distances.calibrated(0, band);
  }

  /**
   * All diagnostics, in a few batches.
   *
   * @param held simulations from the prior that took no part in training; at least {@link
   *     EcdfBand#FEWEST} and {@link Misspecification#FEWEST}
   * @param observed the data of interest
   * @param posterior draws given these data
   * @param simulator for the predictive check, if there is one
   */
  public static DiagnosticsReport of(
      NeuralPosterior estimator,
      Simulations held,
      Data observed,
      Draws posterior,
      Optional<Simulator> simulator,
      Seeds seeds) {
    List<Draws> posteriors = estimator.sample(held, DRAWS, seeds.stream("calibration draws"));
    EcdfBand band = EcdfBand.of(held.size(), DRAWS, BAND_LEVEL, seeds);
    // Bonferroni's inequality.
    double jointLevel = 1 - (1 - BAND_LEVEL) / held.names().size();
    EcdfBand joint = EcdfBand.of(held.size(), DRAWS, jointLevel, seeds);
    Calibration calibration = Calibration.of(posteriors, held, seeds.stream("rank ties"));
    List<Recovery> recovery = Recovery.of(estimator.prior(), posteriors, held);
    List<Row> rows = new ArrayList<>();
    for (int j = 0; j < recovery.size(); j++) {
      rows.add(
          new Row(
              recovery.get(j).name(),
              calibration.calibrated(j, band),
              calibration.calibrated(j, joint),
              calibration.ecdf(j, band),
              calibration.coverage(j, 0.5),
              calibration.coverage(j, 0.9),
              recovery.get(j)));
    }
    Matrix own = estimator.given(observed).summaries();
    return new DiagnosticsReport(
        held.size(),
        DRAWS,
        band,
        rows,
        Calibration.ofDistance(posteriors, held, seeds.stream("random points")),
        held.size() < LocalClassifierTest.FEWEST
                || posterior.size() < 2 * LocalClassifierTest.FEWEST_DRAWS
            ? Optional.empty()
            : Optional.of(
                LocalClassifierTest.of(estimator, posteriors, held, observed, posterior, seeds)),
        Misspecification.of(estimator.summaries(held), own, seeds.stream("misspecification")),
        simulator.map(s -> PredictiveCheck.of(posterior, s, observed, PREDICTED, seeds)));
  }
}
