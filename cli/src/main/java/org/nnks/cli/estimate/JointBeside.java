package org.nnks.cli.estimate;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.cli.progress.Progress;
import org.nnks.cli.progress.Stopwatch;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Data;
import org.nnks.sbi.Draws;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.JointModel;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.diagnostics.DiagnosticsReport;

/**
 * The posterior by one network for parameters and data, which stays in the folder for all other
 * conditionals, beside the posterior that was learned itself from the same simulations.
 *
 * @param prior of the simulations
 * @param training simulations to learn from
 * @param held simulations that judge
 * @param observed what is to be explained, complete
 * @param config of the network
 * @param seed of all random streams
 * @param checkpoint where the state of the training is kept
 */
public record JointBeside(
    Prior prior,
    Simulations training,
    Simulations held,
    Data observed,
    EstimatorConfig config,
    long seed,
    Path checkpoint) {

  /** Draws of the posterior by the joint model. */
  public static final String DRAWS_FILE = "draws-joint.npz";

  private static final String NAME = "the joint model";

  /** Finds what no joint model can be learned from, before anything is learned. */
  public JointBeside {
    LikelihoodBeside.requireLearnable("joint model", training, observed, false);
  }

  /**
   * Trains, samples and judges.
   *
   * @param count of draws
   */
  public Estimation.Comparison beside(int count, Progress progress, Stopwatch stopwatch) {
    Seeds seeds = new Seeds(new Seeds(seed).stream("joint model").nextLong());
    JointModel model =
        stopwatch.time(
            "training of the joint model",
            () ->
                JointModel.train(
                    prior,
                    training,
                    config,
                    Device.cpu(),
                    seed,
                    Optional.of(checkpoint.resolve("joint")),
                    Estimation.listener(progress, "joint model", config)));
    Draws draws = model.posterior(observed, count, seeds.stream("posterior"));
    progress.part("posteriors of held-out data by the joint model");
    Simulations truths = HeldOutRanks.truths(held);
    List<Draws> posteriors =
        stopwatch.time(
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
