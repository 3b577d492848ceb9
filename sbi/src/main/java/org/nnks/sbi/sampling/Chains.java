package org.nnks.sbi.sampling;

import java.util.stream.IntStream;
import org.nnks.core.numeric.Matrix;

/**
 * Draws of Markov chains of one length, after warm-up.
 *
 * @param count the number of chains
 * @param values shape (chains times draws, d), chain after chain, each in the order of its draws
 * @param evaluations points at which the density was asked for, warm-up included
 */
public record Chains(int count, Matrix values, long evaluations) {

  /** Checks that all chains have one length. */
  public Chains {
    if (count < 1 || values.rows() % count != 0) {
      throw new IllegalArgumentException(
          "%d rows are not the draws of %d chains of one length".formatted(values.rows(), count));
    }
  }

  /** The number of draws of each chain. */
  public int draws() {
    return values.rows() / count;
  }

  /** Whether the chains of a coordinate agree, and how many independent draws theirs are worth. */
  public Convergence convergence(int coordinate) {
    double[][] chains = new double[count][draws()];
    for (int i = 0; i < values.rows(); i++) {
      chains[i / draws()][i % draws()] = values.get(i, coordinate);
    }
    return Convergence.of(chains);
  }

  /** The largest R-hat of all coordinates. */
  public double rHat() {
    return IntStream.range(0, values.columns())
        .mapToDouble(j -> convergence(j).rHat())
        .max()
        .orElseThrow();
  }
}
