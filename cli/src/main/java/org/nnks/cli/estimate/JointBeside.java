package org.nnks.cli.estimate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Draws;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.JointModel;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.diagnostics.DiagnosticsReport;

/**
 * The posterior by one network for parameters and data, which stays in the folder for all other
 * conditionals, beside the posterior that was learned itself from the same simulations.
 *
 * @param sample to learn from, and the data, complete
 * @param estimation that it stands beside
 */
public record JointBeside(Sample sample, Estimation estimation) {

  /** Draws of the posterior by the joint model. */
  public static final String DRAWS_FILE = "draws-joint.npz";

  private static final String NAME = "the joint model";

  /** Finds what no joint model can be learned from, before anything is learned. */
  public JointBeside {
    LikelihoodBeside.requireLearnable("joint model", sample, false);
  }

  /** Trains, samples and judges. */
  public Estimation.Comparison beside() {
    EstimatorConfig config = estimation.config();
    Seeds seeds = new Seeds(new Seeds(estimation.seed()).stream("joint model").nextLong());
    JointModel model =
        estimation.time(
            "training of the joint model",
            () ->
                JointModel.train(
                    sample.prior(),
                    sample.toLearnFrom(),
                    config,
                    Device.cpu(),
                    estimation.seed(),
                    Optional.of(estimation.checkpoint().resolve("joint")),
                    estimation.listener("joint model", config)));
    Draws draws = model.posterior(sample.observed(), estimation.draws(), seeds.stream("posterior"));
    estimation.progress().part("posteriors of held-out data by the joint model");
    Simulations truths = HeldOutRanks.truths(sample.toJudgeBy());
    List<Draws> posteriors =
        estimation.time(
            "held-out data",
            () -> model.posteriors(truths, DiagnosticsReport.DRAWS, seeds.stream("held out")));
    HeldOutRanks ranks = HeldOutRanks.of(NAME, posteriors, truths, seeds);
    return new Estimation.Comparison(
        List.of(EstimateTables.posterior("Posterior by the joint model", draws)),
        ranks.violations(),
        List.of(ranks.remark()),
        List.of(
            folder -> draws.write(folder.resolve(DRAWS_FILE)),
            folder -> {
              try (model) {
                model.write(folder);
              }
            }),
        Map.of());
  }
}
