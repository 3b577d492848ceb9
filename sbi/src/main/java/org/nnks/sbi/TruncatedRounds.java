package org.nnks.sbi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/**
 * Truncated sequential neural posterior estimation (TSNPE): Deistler, Gonçalves and Macke (2022),
 * Truncated proposals for scalable and hassle-free simulation-based inference. After each round the
 * prior is cut to the region where the posterior of the observed data has mass, and the next
 * simulations come from there, so that none is spent where the data rule theta out.
 *
 * <p>No correction is needed: in the region that is left, draws are the prior's. Simulations of
 * earlier rounds that lie in it are used again, and the others not. The result is the posterior of
 * the observed data, and of no others.
 *
 * @param estimators of each round
 * @param regions after each round but the last; the simulations of a round lie in all before it
 * @param rounds in order
 */
public record TruncatedRounds(
    List<NeuralPosterior> estimators, List<HighestDensityRegion> regions, List<Round> rounds)
    implements AutoCloseable {

  /** The paper's: a region leaves out 1 / 10,000 of the posterior. */
  public static final double LEVEL = 1 - 1e-4;

  /** Draws behind a region's threshold, which is then about their smallest density. */
  private static final int REGION_DRAWS = 10_000;

  /** Draws from the prior that are judged in one batch. */
  private static final int CANDIDATES = 2_000;

  /** Below this share of the prior, finding draws costs more than most simulators. */
  private static final double LEAST_SHARE = 1e-3;

  /**
   * One round.
   *
   * @param simulated simulations made, failed ones included: what counts against a budget
   * @param used simulations of this and earlier rounds behind its posterior
   * @param priorShare the share of the prior's draws that lay in the region they came from
   */
  public record Round(int simulated, int used, double priorShare) {}

  /** Makes the lists immutable. */
  public TruncatedRounds {
    estimators = List.copyOf(estimators);
    regions = List.copyOf(regions);
    rounds = List.copyOf(rounds);
  }

  /** The estimator of the last round, for the observed data only. */
  public NeuralPosterior posterior() {
    return estimators.get(estimators.size() - 1);
  }

  /** Whether the last round's simulations could have come from a theta. */
  public boolean keeps(Vector theta) {
    return inside(Matrix.of(1, theta.size(), theta.toArray()), regions).length == 1;
  }

  /** All simulations made: the budget. */
  public int budget() {
    return rounds.stream().mapToInt(Round::simulated).sum();
  }

  /**
   * New simulations from where those of the last round came from: under its own, cut prior they are
   * what its posterior is judged by.
   */
  public Simulations fresh(Simulator simulator, int count, Seeds seeds) {
    Prior prior = posterior().prior();
    List<Vector> theta = new ArrayList<>();
    draw(prior, regions, count, rounds.size() - 1, seeds.stream("fresh truncated prior"), theta);
    return Simulations.at(prior, simulator, theta, budget(), seeds);
  }

  /**
   * Simulates and trains in rounds; see {@link #train(Prior, Simulator, Data, int, int,
   * EstimatorConfig, Device, long, Optional, TrainingListener)}.
   */
  public static TruncatedRounds train(
      Prior prior,
      Simulator simulator,
      Data observed,
      int rounds,
      int perRound,
      EstimatorConfig config,
      Device device,
      long seed) {
    return train(
        prior,
        simulator,
        observed,
        rounds,
        perRound,
        config,
        device,
        seed,
        Optional.empty(),
        TrainingListener.NONE);
  }

  /**
   * Simulates and trains in rounds.
   *
   * @param observed the data whose posterior is wanted
   * @param rounds at least 1, which is plain estimation
   * @param perRound simulations in each, at least {@link NeuralPosterior#MIN_SIMULATIONS}
   * @param checkpoint as for {@link NeuralPosterior}, with a folder for each round; simulations are
   *     made anew
   * @param listener told of each epoch
   * @throws InvalidInputException as {@link NeuralPosterior#train}, and if less than one in 1,000
   *     draws from the prior lies in a region
   */
  public static TruncatedRounds train(
      Prior prior,
      Simulator simulator,
      Data observed,
      int rounds,
      int perRound,
      EstimatorConfig config,
      Device device,
      long seed,
      Optional<Path> checkpoint,
      TrainingListener listener) {
    if (rounds < 1 || perRound < NeuralPosterior.MIN_SIMULATIONS) {
      throw new InvalidInputException(
          "at least 1 round of %d simulations is needed but got %d of %d"
              .formatted(NeuralPosterior.MIN_SIMULATIONS, rounds, perRound));
    }
    Seeds seeds = new Seeds(seed);
    List<NeuralPosterior> estimators = new ArrayList<>();
    List<HighestDensityRegion> regions = new ArrayList<>();
    List<Round> done = new ArrayList<>();
    Simulations all = null;
    try {
      for (int round = 0; round < rounds; round++) {
        RandomGenerator random = seeds.stream("truncated prior", round);
        List<Vector> theta = new ArrayList<>();
        double share = draw(prior, regions, perRound, round, random, theta);
        Simulations fresh = Simulations.at(prior, simulator, theta, (long) round * perRound, seeds);
        fresh.requireAnswerable(observed);
        all = all == null ? fresh : inLast(all, regions).append(fresh);
        String folder = "round_" + round;
        NeuralPosterior estimator =
            NeuralPosterior.train(
                prior,
                all,
                config,
                device,
                seed + round,
                checkpoint.map(c -> c.resolve(folder)),
                listener);
        estimators.add(estimator);
        done.add(new Round(perRound, all.size(), share));
        if (round < rounds - 1) {
          regions.add(
              HighestDensityRegion.of(
                  estimator.given(observed),
                  LEVEL,
                  REGION_DRAWS,
                  seeds.stream("region draws", round)));
        }
      }
      return new TruncatedRounds(estimators, regions, done);
    } catch (RuntimeException e) {
      estimators.forEach(NeuralPosterior::close);
      throw e;
    }
  }

  /** Draws from the prior that lie in all regions; returns the share that does. */
  private static double draw(
      Prior prior,
      List<HighestDensityRegion> regions,
      int count,
      int round,
      RandomGenerator random,
      List<Vector> theta) {
    long tried = 0;
    long accepted = 0;
    while (theta.size() < count) {
      double[][] candidates = new double[CANDIDATES][];
      for (int i = 0; i < CANDIDATES; i++) {
        candidates[i] = prior.sample(random).toArray();
      }
      Matrix rows = Matrix.ofRows(candidates);
      for (int i : inside(rows, regions)) {
        accepted++;
        if (theta.size() < count) {
          theta.add(rows.row(i));
        }
      }
      tried += CANDIDATES;
      if (tried > 1 / LEAST_SHARE * CANDIDATES && accepted < LEAST_SHARE * tried) {
        throw new InvalidInputException(
            "round %d: only %d of %d draws from the prior lie where the posterior has mass; take fewer rounds"
                .formatted(round + 1, accepted, tried));
      }
    }
    return (double) accepted / tried;
  }

  private static int[] inside(Matrix theta, List<HighestDensityRegion> regions) {
    boolean[][] each = regions.stream().map(r -> r.contains(theta)).toArray(boolean[][]::new);
    return IntStream.range(0, theta.rows())
        .filter(
            i -> {
              for (boolean[] one : each) {
                if (!one[i]) {
                  return false;
                }
              }
              return true;
            })
        .toArray();
  }

  /** Earlier simulations lie in all regions but the last already. */
  private static Simulations inLast(Simulations all, List<HighestDensityRegion> regions) {
    double[][] theta = new double[all.size()][];
    for (int i = 0; i < theta.length; i++) {
      theta[i] = all.theta(i).toArray();
    }
    return all.select(
        inside(Matrix.ofRows(theta), regions.subList(regions.size() - 1, regions.size())));
  }

  @Override
  public void close() {
    estimators.forEach(NeuralPosterior::close);
  }
}
