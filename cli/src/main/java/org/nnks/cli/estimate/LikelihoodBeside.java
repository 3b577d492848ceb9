package org.nnks.cli.estimate;

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
import org.nnks.sbi.Simulations;
import org.nnks.sbi.WeightedDraws;
import org.nnks.sbi.diagnostics.DiagnosticsReport;
import org.nnks.sbi.flow.SummarySpec;
import org.nnks.sbi.sampling.Convergence;
import org.nnks.sbi.sampling.SliceSampler;

/**
 * The posterior that a learned likelihood implies, beside the one that was learned itself from the
 * same simulations.
 *
 * @param sample to learn from, and the data, complete
 * @param rowByRow whether rows of the data are independent given the parameters: then the
 *     likelihood of one row is learned, and those of all rows are multiplied
 * @param estimation that it stands beside
 */
public record LikelihoodBeside(Sample sample, boolean rowByRow, Estimation estimation) {

  private static final String NAME = "the likelihood";

  /** Draws of the likelihood's posterior, by chains. */
  public static final String DRAWS_FILE = "draws-likelihood.npz";

  /** Draws of the learned posterior that are weighted for each data set that judges. */
  private static final int PROPOSED = 1_000;

  /** Finds what no likelihood can be learned from, before anything is learned. */
  public LikelihoodBeside {
    requireLearnable("likelihood", sample, rowByRow);
  }

  /** Refuses data with gaps or, unless they are seen row by row, with fewer or more rows. */
  public static void requireLearnable(String what, Sample sample, boolean rowByRow) {
    Simulations training = sample.toLearnFrom();
    Data observed = sample.observed();
    if (Arrays.stream(observed.observed().toArray()).anyMatch(o -> o == 0)) {
      throw new InvalidInputException(
          "observed data: values are missing, and a %s needs all of them: take --method posterior"
              .formatted(what));
    }
    if (!rowByRow && observed.values().rows() != training.shape().items()) {
      throw new InvalidInputException(
          "observed data: a %s of whole tables needs %d rows as the simulations but got %d"
              .formatted(what, training.shape().items(), observed.values().rows()));
    }
    NeuralLikelihood.requireLearnable(training);
  }

  private Simulations learned() {
    return rowByRow ? sample.toLearnFrom().items() : sample.toLearnFrom();
  }

  private LikelihoodPosterior given(NeuralLikelihood likelihood, Data data) {
    return new LikelihoodPosterior(
        sample.prior(), likelihood, rowByRow ? data.items() : List.of(data));
  }

  /**
   * Trains, samples and judges.
   *
   * @param posterior that was learned itself
   */
  public Estimation.Comparison beside(NeuralPosterior posterior) {
    EstimatorConfig config = estimation.config();
    Seeds seeds = new Seeds(new Seeds(estimation.seed()).stream("likelihood").nextLong());
    try (NeuralLikelihood likelihood =
        estimation
            .time(
                "training of the likelihood",
                () ->
                    NeuralLikelihood.train(
                        sample.prior(),
                        learned(),
                        config.withSummary(SummarySpec.direct()),
                        Device.cpu(),
                        estimation.seed(),
                        Optional.of(estimation.checkpoint().resolve("likelihood")),
                        estimation.listener("likelihood", config)))
            .inSinglePrecision(Device.cpu())) {
      estimation.progress().part("chains by the likelihood");
      Draws starts =
          posterior
              .given(sample.observed())
              .sample(SliceSampler.CHAINS, seeds.stream("starts of chains"));
      MarkovDraws chains =
          estimation.time(
              "chains",
              () ->
                  given(likelihood, sample.observed())
                      .sample(SliceSampler.standard(), starts, seeds));
      estimation.progress().part("posteriors of held-out data by the likelihood");
      Simulations truths = HeldOutRanks.truths(sample.toJudgeBy());
      List<WeightedDraws> weighted =
          estimation.time("held-out data", () -> weighted(posterior, likelihood, truths, seeds));
      long unreliable = weighted.stream().filter(w -> !w.weights().reliable()).count();
      HeldOutRanks ranks = HeldOutRanks.of(NAME, resampled(weighted, seeds), truths, seeds);
      double rHat = UnitsBeside.rHat(chains);
      Map<String, Double> findings = new LinkedHashMap<>();
      findings.put("largest R-hat by the likelihood", rHat);
      findings.put("held-out data sets that judge the likelihood", (double) truths.size());
      findings.put("of these, with unreliable weights", (double) unreliable);
      return new Estimation.Comparison(
          List.of(
              UnitsTables.chains(
                  "Posterior by the learned likelihood%s"
                      .formatted(rowByRow ? " of a row, multiplied" : ""),
                  chains,
                  Optional.empty())),
          violations(rHat, ranks),
          List.of(
              "%s, of which the importance weights of %d are not reliable"
                  .formatted(ranks.remark(), unreliable)),
          List.of(folder -> chains.draws().write(folder.resolve(DRAWS_FILE))),
          findings);
    }
  }

  private List<WeightedDraws> weighted(
      NeuralPosterior posterior, NeuralLikelihood likelihood, Simulations truths, Seeds seeds) {
    return IntStream.range(0, truths.size())
        .mapToObj(
            i ->
                WeightedDraws.of(
                    posterior.given(truths.data(i)),
                    given(likelihood, truths.data(i)),
                    PROPOSED,
                    seeds.stream("proposal", i)))
        .toList();
  }

  private static List<Draws> resampled(List<WeightedDraws> weighted, Seeds seeds) {
    return IntStream.range(0, weighted.size())
        .mapToObj(
            i -> weighted.get(i).resampled(DiagnosticsReport.DRAWS, seeds.stream("resampled", i)))
        .toList();
  }

  /** What speaks against the likelihood's posterior. */
  public static List<String> violations(double rHat, HeldOutRanks ranks) {
    List<String> violations = new ArrayList<>();
    if (!(rHat < Convergence.AGREED)) {
      violations.add(
          "the chains by the likelihood do not agree: R-hat is %.3f, not below %.2f"
              .formatted(rHat, Convergence.AGREED));
    }
    violations.addAll(ranks.violations());
    return violations;
  }
}
