package org.nnks.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Data;
import org.nnks.sbi.Draws;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.LikelihoodPosterior;
import org.nnks.sbi.MarkovDraws;
import org.nnks.sbi.NeuralLikelihood;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.WeightedDraws;
import org.nnks.sbi.diagnostics.Calibration;
import org.nnks.sbi.diagnostics.DiagnosticsReport;
import org.nnks.sbi.diagnostics.EcdfBand;
import org.nnks.sbi.flow.SummarySpec;
import org.nnks.sbi.sampling.Convergence;
import org.nnks.sbi.sampling.SliceSampler;

/**
 * The posterior that a learned likelihood implies, beside the one that was learned itself from the
 * same simulations.
 *
 * @param prior of the simulations
 * @param training simulations to learn from
 * @param held simulations that judge
 * @param observed what is to be explained, complete
 * @param rowByRow whether rows of the data are independent given the parameters: then the
 *     likelihood of one row is learned, and those of all rows are multiplied
 * @param config of the networks
 * @param seed of all random streams
 * @param checkpoint where the state of the training is kept
 */
record LikelihoodBeside(
    Prior prior,
    Simulations training,
    Simulations held,
    Data observed,
    boolean rowByRow,
    EstimatorConfig config,
    long seed,
    Path checkpoint) {

  /** Draws of the likelihood's posterior, by chains. */
  static final String DRAWS_FILE = "draws-likelihood.npz";

  /** Held-out data sets that judge, at most: each costs so many densities as are proposed. */
  private static final int TRUTHS = 100;

  /** Draws of the learned posterior that are weighted for each data set that judges. */
  private static final int PROPOSED = 1_000;

  /** Finds what no likelihood can be learned from, before anything is learned. */
  LikelihoodBeside {
    if (Arrays.stream(observed.observed().toArray()).anyMatch(o -> o == 0)) {
      throw new InvalidInputException(
          "observed data: values are missing, and a likelihood needs all of them: take --method posterior");
    }
    if (!rowByRow && observed.values().rows() != training.shape().items()) {
      throw new InvalidInputException(
          "observed data: a likelihood of whole tables needs %d rows as the simulations but got %d"
              .formatted(training.shape().items(), observed.values().rows()));
    }
    NeuralLikelihood.requireLearnable(training);
  }

  private Simulations learned() {
    return rowByRow ? training.items() : training;
  }

  private LikelihoodPosterior given(NeuralLikelihood likelihood, Data data) {
    return new LikelihoodPosterior(prior, likelihood, rowByRow ? data.items() : List.of(data));
  }

  /**
   * Trains, samples and judges.
   *
   * @param posterior that was learned itself
   */
  Estimation.Comparison beside(NeuralPosterior posterior, Progress progress, Stopwatch stopwatch) {
    Seeds seeds = new Seeds(new Seeds(seed).stream("likelihood").nextLong());
    try (NeuralLikelihood likelihood =
        stopwatch
            .time(
                "training of the likelihood",
                () ->
                    NeuralLikelihood.train(
                        prior,
                        learned(),
                        config.withSummary(SummarySpec.direct()),
                        Device.cpu(),
                        seed,
                        Optional.of(checkpoint.resolve("likelihood")),
                        Estimation.listener(progress, "likelihood", config)))
            .inSinglePrecision(Device.cpu())) {
      progress.part("chains by the likelihood");
      Draws starts =
          posterior.given(observed).sample(SliceSampler.CHAINS, seeds.stream("starts of chains"));
      MarkovDraws chains =
          stopwatch.time(
              "chains",
              () -> given(likelihood, observed).sample(SliceSampler.standard(), starts, seeds));
      progress.part("posteriors of held-out data by the likelihood");
      Judged judged = stopwatch.time("held-out data", () -> judge(posterior, likelihood, seeds));
      double rHat = UnitsBeside.rHat(chains);
      Map<String, Double> findings = new LinkedHashMap<>();
      findings.put("largest R-hat by the likelihood", rHat);
      findings.put("held-out data sets that judge the likelihood", (double) judged.dataSets());
      findings.put("of these, with unreliable weights", (double) judged.unreliable());
      return new Estimation.Comparison(
          List.of(
              UnitsTables.chains(
                  "Posterior by the learned likelihood%s"
                      .formatted(rowByRow ? " of a row, multiplied" : ""),
                  chains,
                  Optional.empty())),
          violations(rHat, judged),
          List.of(
              "by the likelihood, 90 %% sets hold %.0f to %.0f %% of the truths of %d held-out data sets, of which the importance weights of %d are not reliable"
                  .formatted(
                      100 * Arrays.stream(judged.coverage90()).min().orElseThrow(),
                      100 * Arrays.stream(judged.coverage90()).max().orElseThrow(),
                      judged.dataSets(),
                      judged.unreliable())),
          Map.of(DRAWS_FILE, chains.draws()),
          findings);
    }
  }

  /**
   * Ranks of truths by the likelihood.
   *
   * @param outside parameters whose ranks leave the joint band
   * @param coverage90 shares of truths in central 90 % intervals
   * @param unreliable data sets whose importance weights are not to be relied on
   */
  record Judged(int dataSets, List<String> outside, double[] coverage90, int unreliable) {}

  private Judged judge(NeuralPosterior posterior, NeuralLikelihood likelihood, Seeds seeds) {
    Simulations truths = held.slice(0, Math.min(held.size(), TRUTHS));
    List<Draws> posteriors = new ArrayList<>();
    int unreliable = 0;
    for (int i = 0; i < truths.size(); i++) {
      Data data = truths.data(i);
      WeightedDraws weighted =
          WeightedDraws.of(
              posterior.given(data),
              given(likelihood, data),
              PROPOSED,
              seeds.stream("proposal", i));
      unreliable += weighted.weights().reliable() ? 0 : 1;
      posteriors.add(weighted.resampled(DiagnosticsReport.DRAWS, seeds.stream("resampled", i)));
    }
    Calibration ranks = Calibration.of(posteriors, truths, seeds.stream("rank ties"));
    // Bonferroni's inequality.
    double level = 1 - (1 - DiagnosticsReport.BAND_LEVEL) / prior.size();
    EcdfBand band = EcdfBand.of(truths.size(), DiagnosticsReport.DRAWS, level, seeds);
    List<String> outside =
        IntStream.range(0, prior.size())
            .filter(j -> !ranks.calibrated(j, band))
            .mapToObj(prior.names()::get)
            .toList();
    double[] coverage =
        IntStream.range(0, prior.size()).mapToDouble(j -> ranks.coverage(j, 0.9)).toArray();
    return new Judged(truths.size(), outside, coverage, unreliable);
  }

  /** What speaks against the likelihood's posterior. */
  static List<String> violations(double rHat, Judged judged) {
    List<String> violations = new ArrayList<>();
    if (!(rHat < Convergence.AGREED)) {
      violations.add(
          "the chains by the likelihood do not agree: R-hat is %.3f, not below %.2f"
              .formatted(rHat, Convergence.AGREED));
    }
    if (!judged.outside().isEmpty()) {
      violations.add(
          "by the likelihood, the ranks of %s leave the joint 95 %% band (%d data sets)"
              .formatted(String.join(", ", judged.outside()), judged.dataSets()));
    }
    return violations;
  }
}
