package org.nnks.sbi.sampling;

import java.util.Optional;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.run.Seeds;

/**
 * Slice sampling (MCMC) of many chains at once: Neal (2003), Slice sampling, Annals of Statistics
 * 31, with stepping out and shrinkage along random lines. It needs no gradient and no step size.
 *
 * <p>A line has the direction of the difference between the places of two chains, as in Karamanis
 * and Beutler (2021), Ensemble slice sampling: long where the density is wide, along its ridges,
 * and from mode to mode. Between narrow modes a line seldom hits the other one, so that after each
 * slice a chain tries to jump by the whole of such differences, and stays or goes by the rule of
 * Metropolis: ter Braak (2006), A Markov chain Monte Carlo version of the genetic algorithm
 * differential evolution, Statistics and Computing 16, with gamma = 1. The places are kept at a few
 * moments of the warm-up and frozen afterwards, so that from then on no chain depends on another,
 * and each leaves the density invariant.
 *
 * <p>All chains move together: one batch of points for some widenings or shrinkings of the
 * intervals, of the chains that still need one. If the chains do not agree at the end, they go on
 * with twice the thinning, and all earlier steps become warm-up, as often as is allowed. Stateless.
 *
 * @param warmUp steps of each chain that are thrown away, at least 4
 * @param draws steps of each chain that are kept, at least 8
 * @param thinning steps of a chain for each that is kept, at first
 * @param doublings of the thinning, at most, as long as chains do not agree
 */
public record SliceSampler(int warmUp, int draws, int thinning, int doublings) {

  /**
   * R-hat is about 1 + (t - 1) / draws of each chain, at an autocorrelation time of t: its bar of
   * 1.01 allows a time of up to five with so many.
   */
  public static final int DRAWS = 400;

  /** Chains that start in the posterior of a network forget it sooner. */
  public static final int WARM_UP = 200;

  /** 20,000 draws, 2,450 directions, and a batch that takes little longer than one point. */
  public static final int CHAINS = 50;

  /** Sixteen times the steps; what then disagrees has modes that no line connects. */
  public static final int DOUBLINGS = 4;

  /** How often places are kept during the warm-up. */
  private static final int KEPT = 4;

  /** Relative singular values of the starts' differences below it are rounding errors. */
  private static final double PLANE = 1e-10;

  /** Checks the domains. */
  public SliceSampler {
    if (warmUp < KEPT || draws < 8 || thinning < 1 || doublings < 0) {
      throw new IllegalArgumentException(
          "warmUp, draws, thinning and doublings must be at least %d, 8, 1 and 0 but are %d, %d, %d and %d"
              .formatted(KEPT, warmUp, draws, thinning, doublings));
    }
  }

  /** 200 steps of warm-up and 400 draws of each chain, thinned only if need be. */
  public static SliceSampler standard() {
    return new SliceSampler(WARM_UP, DRAWS, 1, DOUBLINGS);
  }

  /**
   * Draws from a density.
   *
   * @param target its logarithm, up to a constant
   * @param starts where chains begin: shape (chains, d), at least 2 d + 2 of them, not all in one
   *     plane
   * @throws InvalidInputException if there are fewer, or they are in one plane, or a start has no
   *     density, or the log density is not a number somewhere
   */
  public Chains sample(LogDensity target, Matrix starts, Seeds seeds) {
    return sample(target, Optional.empty(), starts, seeds);
  }

  /**
   * Draws from a density of which there is an approximation. In place of jumps, chains are offered
   * independent draws of it, which they take up by the rule of Metropolis and Hastings: the
   * independence chains of Tierney (1994), Markov chains for exploring posterior distributions,
   * Annals of Statistics 22, in turn with slices. Most draws of a chain are then independent of
   * each other. Where few draws of the approximation count, kernels around those that do take its
   * place. R-hat knows only where chains have been: the approximation must cover the tails.
   *
   * @param proposal the approximation; its density up to a constant
   * @throws InvalidInputException as above, and if the log density of the proposal is not a number
   */
  public Chains sample(LogDensity target, Proposal proposal, Matrix starts, Seeds seeds) {
    return sample(target, Optional.of(proposal), starts, seeds);
  }

  private Chains sample(
      LogDensity target, Optional<Proposal> proposal, Matrix starts, Seeds seeds) {
    int d = starts.columns();
    if (starts.rows() < 2 * d + 2) {
      throw new InvalidInputException(
          "slice sampling in %d dimensions needs at least %d chains but got %d: their differences are its directions"
              .formatted(d, 2 * d + 2, starts.rows()));
    }
    ChainState state = new ChainState(target, proposal, starts, seeds);
    requireSpread(starts);
    double[][] places = starts.toRows();
    for (int step = 0; step < warmUp; step++) {
      if (step > 0 && step % (warmUp / KEPT) == 0) {
        places = state.copy();
      }
      state.step(places);
    }
    Chains chains = state.run(draws, thinning);
    for (int i = 1; i <= doublings && !(chains.rHat() < Convergence.AGREED); i++) {
      chains = state.run(draws, thinning << i);
    }
    return chains;
  }

  /** Along differences of starts in one plane no chain would leave it, and R-hat would not tell. */
  private static void requireSpread(Matrix starts) {
    double[][] scaled = starts.toRows();
    for (int j = 0; j < starts.columns(); j++) {
      double middle = starts.get(0, j);
      double widest = Double.MIN_NORMAL;
      for (int i = 0; i < scaled.length; i++) {
        widest = Math.max(widest, Math.abs(starts.get(i, j) - middle));
      }
      for (double[] row : scaled) {
        row[j] = (row[j] - middle) / widest;
      }
    }
    RealMatrix differences = new Array2DRowRealMatrix(scaled, false);
    if (!(new SingularValueDecomposition(differences).getInverseConditionNumber() > PLANE)) {
      throw new InvalidInputException(
          "all chains start at one place or in one plane, which they could not leave;"
              + " start them from random draws");
    }
  }
}
