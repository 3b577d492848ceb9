package org.nnks.cli.estimate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Data;
import org.nnks.sbi.Draws;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.Simulator;
import org.nnks.sbi.TruncatedRounds;
import org.nnks.sbi.diagnostics.DiagnosticsReport;

/**
 * The posterior of the observed data alone, by as many simulations in rounds, beside the posterior
 * of all data.
 *
 * @param prior of the parameters
 * @param simulator of data
 * @param observed what is to be explained
 * @param simulations of all rounds together
 * @param estimation that it stands beside
 */
public record RoundsBeside(
    Prior prior, Simulator simulator, Data observed, int simulations, Estimation estimation) {

  /** Draws of the posterior by rounds. */
  public static final String DRAWS_FILE = "draws-rounds.npz";

  /** Each round trains anew; after two cuts little of what can be ruled out is left. */
  private static final int ROUNDS = 3;

  private static final String NAME = "truncated rounds";

  /** Finds that there are too few simulations before any is made. */
  public RoundsBeside {
    if (simulations / ROUNDS < NeuralPosterior.MIN_SIMULATIONS) {
      throw new InvalidInputException(
          "--simulations must be at least %d, %d for each of %d rounds, but is %d"
              .formatted(
                  ROUNDS * NeuralPosterior.MIN_SIMULATIONS,
                  NeuralPosterior.MIN_SIMULATIONS,
                  ROUNDS,
                  simulations));
    }
  }

  /** Simulates, trains, samples and judges. */
  public Estimation.Comparison beside() {
    EstimatorConfig config = estimation.config();
    Seeds seeds = new Seeds(new Seeds(estimation.seed()).stream("truncated rounds").nextLong());
    try (TruncatedRounds rounds =
        estimation.time(
            "truncated rounds",
            () ->
                TruncatedRounds.train(
                    prior,
                    simulator,
                    observed,
                    ROUNDS,
                    simulations / ROUNDS,
                    config,
                    Device.cpu(),
                    estimation.seed(),
                    Optional.of(estimation.checkpoint().resolve("rounds")),
                    estimation.listener(NAME, config)))) {
      Draws draws =
          rounds.posterior().given(observed).sample(estimation.draws(), seeds.stream("posterior"));
      Simulations truths = rounds.fresh(simulator, HeldOutRanks.TRUTHS, seeds);
      List<Draws> posteriors =
          rounds.posterior().sample(truths, DiagnosticsReport.DRAWS, seeds.stream("held out"));
      HeldOutRanks ranks = HeldOutRanks.of(NAME, posteriors, truths, seeds);
      double share = rounds.rounds().get(ROUNDS - 1).priorShare();
      Map<String, Double> findings = new LinkedHashMap<>();
      findings.put("simulations of truncated rounds", (double) rounds.budget());
      findings.put("share of the prior in the last round", share);
      return new Estimation.Comparison(
          List.of(EstimateTables.posterior("Posterior by truncated rounds", draws)),
          ranks.violations(),
          List.of(
              "of %d simulations in %d rounds, the last came from %.2g %% of the prior; %s"
                  .formatted(rounds.budget(), ROUNDS, 100 * share, ranks.remark())),
          List.of(folder -> draws.write(folder.resolve(DRAWS_FILE))),
          findings);
    }
  }
}
