package org.nnks.sbi;

import java.util.List;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.sbi.sampling.Convergence;

/**
 * Draws by Markov chains (MCMC), and whether the chains agree.
 *
 * @param draws chain after chain
 * @param chains their number
 * @param convergence of each parameter, in the order of the draws
 * @param evaluations points at which the density was asked for
 */
public record MarkovDraws(
    Draws draws, int chains, List<Convergence> convergence, long evaluations) {

  /** Makes the list immutable. */
  public MarkovDraws {
    convergence = List.copyOf(convergence);
  }

  /** Whether the R-hat of every parameter is below 1.01. */
  public boolean converged() {
    return convergence.stream().allMatch(c -> c.rHat() < Convergence.AGREED);
  }

  /**
   * So many of the draws, evenly spaced over all chains, for those who compare samples of one size.
   *
   * @throws InvalidInputException if there are fewer
   */
  public Draws thinned(int count) {
    if (count < 1 || count > draws.size()) {
      throw new InvalidInputException(
          "%d draws were asked for, but the chains have %d".formatted(count, draws.size()));
    }
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = draws.values().row((int) ((long) i * draws.size() / count)).toArray();
    }
    return new Draws(draws.names(), Matrix.ofRows(rows));
  }
}
