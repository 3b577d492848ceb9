package org.nnks.cli.estimate;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Data;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;

/**
 * An estimate from a file of simulations.
 *
 * @param file of them
 * @param prior that they were drawn from
 * @param simulations in random order
 * @param observed what is to be explained
 */
record FileEstimate(Path file, Prior prior, Simulations simulations, Data observed) {

  /** Held-out simulations: 500 are the bar of the project, and a tenth of few is enough. */
  static final int MOST_HELD = 500;

  static final int FEWEST_HELD = 50;
  private static final int HELD_SHARE = 10;

  static FileEstimate of(Path file, Path prior, ObservedTable observed, long seed) {
    Simulations all = read(file);
    Prior read = StrictJson.read(prior, PriorFile.class).prior();
    read.requireNames(file.toString(), all.names());
    // Tables from elsewhere are often sorted; what is held out must not be one end of them.
    Simulations mixed = all.permuted(new Seeds(seed).stream("held-out simulations"));
    return new FileEstimate(file, read, mixed, Data.withMissing(observed.values()));
  }

  /** The simulations of a file, if they are enough for an estimate. */
  static Simulations read(Path file) {
    Simulations all = Simulations.read(file);
    int least = FEWEST_HELD + NeuralPosterior.MIN_SIMULATIONS;
    if (all.size() < least) {
      throw new InvalidInputException(
          "%s holds %d simulations but an estimate needs at least %d: %d to train on and %d to judge by"
              .formatted(file, all.size(), least, least - FEWEST_HELD, FEWEST_HELD));
    }
    return all;
  }

  /** How many of so many simulations judge. */
  static int held(int count) {
    return Math.min(MOST_HELD, Math.max(FEWEST_HELD, count / HELD_SHARE));
  }

  /** How many to learn from. */
  int training() {
    return simulations.size() - held(simulations.size());
  }

  /**
   * The problem to solve.
   *
   * @param beside what stands beside the posterior
   */
  Estimation.Problem problem(Estimation.Judge beside) {
    return new Estimation.Problem(
        "Estimate from " + file.getFileName(),
        prior,
        simulations,
        training(),
        observed,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        beside);
  }
}
