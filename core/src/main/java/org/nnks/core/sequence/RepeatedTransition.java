package org.nnks.core.sequence;

import java.util.ArrayList;
import java.util.List;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.simulate.Simulator;

/**
 * The repeated transition method: an equilibrium along one long simulated path, without any
 * forecast rule. What would happen in a state that does not come is taken from those periods of the
 * same path in which it came with the nearest moment.
 *
 * <p>Source: Lee (2025), Global nonlinear solutions in sequence space and the generalized
 * transition function. Stateless.
 */
public final class RepeatedTransition {

  /**
   * Iterations in which neighbours are chosen anew. From then on they are kept, for two periods
   * that change places would move all values between them, and the path would never settle.
   */
  static final int CHOICES = 5;

  /**
   * A change this much above the smallest before it halves the step. Full steps are safe where
   * agents expect history to return to the path; smaller factors mistake neighbours chosen anew for
   * divergence.
   */
  static final double WORSE = 4;

  private final SequenceConfig config;
  private final Progress progress;

  /** Hears of each iteration. */
  @FunctionalInterface
  public interface Progress {

    /** An iteration ended: its number from one on, and the largest change of a log on the path. */
    void finished(int iteration, double change);
  }

  /** The method with given settings. */
  public RepeatedTransition(SequenceConfig config, Progress progress) {
    this.config = config;
    this.progress = progress;
  }

  /**
   * Solves for the path.
   *
   * @param agents with values to start from
   * @param start a path of the same economy, such as one by forecast rules: its shocks are kept
   * @throws org.nnks.core.io.InvalidInputException if an aggregate state that may come never does
   */
  public SequenceSolution solve(SequenceAgents agents, SimulatedPath start) {
    MarkovChain chain = agents.economy().aggregate();
    PathGuess guess = PathGuess.of(start);
    int[] states = guess.states();
    int burnIn = config.burnIn();
    PathStates known = new PathStates(chain, states, agents.economy()::neighbour, burnIn);
    double[] scales = guess.scales(burnIn);
    Slopes slopes = new Slopes(agents, guess.means(chain.size(), burnIn));
    double[][] values = new double[states.length][agents.size()];
    for (int t = 0; t < states.length; t++) {
      agents.start(states[t], guess.moments(t), values[t]);
    }
    Neighbours neighbours = null;
    double step = 1;
    double best = Double.POSITIVE_INFINITY;
    Simulator simulator = new Simulator();
    List<Double> changes = new ArrayList<>();
    while (true) {
      if (changes.size() < CHOICES) {
        neighbours =
            new Neighbours(
                chain, known, guess.momentLogs(), guess.nextMomentLogs(), scales, burnIn);
      }
      PathBeliefs beliefs =
          new PathBeliefs(chain, known, guess, values, neighbours, slopes, burnIn);
      for (int t = states.length - 1; t >= 0; t--) { // backward: values, given what follows
        double[] moments = guess.moments(t);
        agents.backward(states[t], moments, guess.prices()[t], beliefs.next(t, moments), values[t]);
      }
      SimulatedPath path = simulator.simulate(agents.forward(beliefs), states); // forward
      PathGuess image = PathGuess.of(path);
      changes.add(guess.distance(image));
      double change = changes.get(changes.size() - 1);
      progress.finished(changes.size(), change);
      boolean converged = change <= config.tolerance();
      if (converged || changes.size() >= config.maxIterations() || Thread.interrupted()) {
        double[] history = changes.stream().mapToDouble(Double::doubleValue).toArray();
        return new SequenceSolution(
            path, converged, Vector.ofUnsafe(history), beliefs.distances(scales));
      }
      step = change > WORSE * best ? step / 2 : step;
      best = Math.min(best, change);
      guess = guess.towards(image, step);
    }
  }
}
