package org.nnks.core.sequence;

import java.util.ArrayList;
import java.util.List;
import org.nnks.core.io.InvalidInputException;
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

  private final TransitionConfig config;
  private final Progress progress;

  /** Hears of each iteration. */
  @FunctionalInterface
  public interface Progress {

    /** An iteration ended: its number from one on, and the largest change of a log on the path. */
    void finished(int iteration, double change);
  }

  /** The method with given settings. */
  public RepeatedTransition(TransitionConfig config, Progress progress) {
    this.config = config;
    this.progress = progress;
  }

  /**
   * Solves for the path.
   *
   * @param agents with values to start from
   * @param start a path of the same economy, such as one by forecast rules: its shocks are kept
   * @throws InvalidInputException if an aggregate state that may come never does
   */
  public TransitionSolution solve(SequenceAgents agents, SimulatedPath start) {
    MarkovChain chain = agents.economy().aggregate();
    PathGuess guess = PathGuess.of(start);
    int[] states = guess.states();
    requireVisits(chain, states);
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
                chain, states, guess.momentLogs(), guess.nextMomentLogs(), config.burnIn());
      }
      PathBeliefs beliefs = new PathBeliefs(chain, guess, values, neighbours, config.burnIn());
      for (int t = states.length - 1; t >= 0; t--) { // backward: values, given what follows
        double[] moments = guess.moments(t);
        agents.backward(states[t], moments, guess.prices()[t], beliefs.next(t, moments), values[t]);
      }
      beliefs.learn();
      SimulatedPath path = simulator.simulate(agents.forward(beliefs), states); // forward
      PathGuess image = PathGuess.of(path);
      changes.add(guess.distance(image));
      double change = changes.get(changes.size() - 1);
      progress.finished(changes.size(), change);
      boolean converged = change <= config.tolerance();
      if (converged || changes.size() >= config.maxIterations() || Thread.interrupted()) {
        double[] history = changes.stream().mapToDouble(Double::doubleValue).toArray();
        return new TransitionSolution(
            path, converged, Vector.ofUnsafe(history), beliefs.distances());
      }
      step = change > WORSE * best ? step / 2 : step;
      best = Math.min(best, change);
      guess = guess.towards(image, step);
    }
  }

  private void requireVisits(MarkovChain chain, int[] states) {
    if (states.length <= config.burnIn()) {
      throw new InvalidInputException(
          "the transition method needs more periods than the %d that are dropped but the path has %d"
              .formatted(config.burnIn(), states.length));
    }
    boolean[] seen = new boolean[chain.size()];
    for (int t = config.burnIn(); t < states.length; t++) {
      seen[states[t]] = true;
    }
    for (int state : states) {
      for (int next = 0; next < seen.length; next++) {
        if (!seen[next] && chain.probability(state, next) > 0) {
          throw new InvalidInputException(
              ("aggregate state %d never comes in periods %d to %d, so that the transition method"
                      + " cannot know what would happen then; simulate more periods")
                  .formatted(next + 1, config.burnIn() + 1, states.length));
        }
      }
    }
  }
}
