package org.nnks.cli.estimate;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Data;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Parameter;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;

/**
 * An estimate from a file of simulations.
 *
 * @param file of them
 * @param sample with the simulations in random order
 */
record FileEstimate(Path file, Sample sample) {

  /** Held-out simulations: 500 are the bar of the project, and a tenth of few is enough. */
  static final int MOST_HELD = 500;

  static final int FEWEST_HELD = 50;
  private static final int HELD_SHARE = 10;

  /**
   * A prior as JSON: {@code {"parameters": [{"name": "rho", "law": "UNIFORM", "arguments": [0.9,
   * 0.999]}]}}.
   *
   * @param parameters independent of one another, in the order of the simulations
   */
  private record PriorFile(List<Parameter> parameters) {}

  static FileEstimate of(Path file, Path prior, ObservedTable observed, long seed) {
    Simulations all = read(file);
    Prior read = new Prior(StrictJson.read(prior, PriorFile.class).parameters());
    read.requireNames(file.toString(), all.names());
    // Tables from elsewhere are often sorted; what is held out must not be one end of them.
    Simulations mixed = all.permuted(new Seeds(seed).stream("held-out simulations"));
    int training = mixed.size() - held(mixed.size());
    return new FileEstimate(
        file, new Sample(read, mixed, training, Data.withMissing(observed.values())));
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

  /**
   * The problem to solve.
   *
   * @param beside what stands beside the posterior
   */
  Estimation.Problem problem(Estimation.Judge beside) {
    return new Estimation.Problem(
        "Estimate from " + file.getFileName(),
        sample,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        beside);
  }
}
