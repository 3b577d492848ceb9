package org.nnks.core.sequence;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;

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
   * Where choices jump: iterations whose smallest change is compared with that of as many before
   * them. Unless it has fallen, the step is halved; one or two larger changes are those of
   * neighbours chosen anew.
   */
  static final int PATIENCE = 3;

  /**
   * Where they do not, steps are full unless a change is so many times the smallest so far, which
   * is divergence. Changes that rise for some iterations are none: with smaller steps values move
   * on while capital, which alone pins down the level of marginal values, stays.
   */
  static final double WORSE = 4;

  /**
   * Or unless so many iterations bring no smaller change: then a few periods overshoot by as much
   * each time, as the stocks of inventories do. Paths that converge by full steps find a smaller
   * one within five.
   */
  static final int CIRCLES = 8;

  private final SequenceConfig config;
  private final Listener listener;

  /** Hears of each iteration. */
  @FunctionalInterface
  public interface Listener {

    /**
     * An iteration ended.
     *
     * @param iteration its number, from one on
     * @param change of the logs on the path; see {@link SequenceSolution#changes}
     * @param state makes what {@link #solve} can go on from
     */
    void finished(int iteration, double change, Supplier<Map<String, double[]>> state);
  }

  /** The method with given settings. */
  public RepeatedTransition(SequenceConfig config, Listener listener) {
    this.config = config;
    this.listener = listener;
  }

  /** Solves for the path from a start. */
  public SequenceSolution solve(SequenceAgents agents, SimulatedPath start) {
    return solve(agents, start, Map.of());
  }

  /**
   * Solves for the path.
   *
   * @param agents with values to start from
   * @param start a path of the same economy, such as one by forecast rules: its shocks are kept
   * @param saved what an earlier solve of the same path can go on from; empty at the beginning
   * @throws org.nnks.core.io.InvalidInputException if an aggregate state that may come never does
   */
  public SequenceSolution solve(
      SequenceAgents agents, SimulatedPath start, Map<String, double[]> saved) {
    MarkovChain chain = agents.economy().aggregate();
    PathGuess first = PathGuess.of(agents, start);
    int[] states = first.states();
    int burnIn = config.burnIn();
    PathStates known = new PathStates(chain, states, agents.economy()::neighbour, burnIn);
    double[] scales = first.scales(burnIn);
    Slopes byRules = Slopes.byRules(agents, first.means(chain.size(), burnIn));
    SequenceState state =
        saved.isEmpty()
            ? SequenceState.initial(agents, first)
            : SequenceState.of(saved, first, agents.size());
    PathGuess chosen = state.chosen();
    Neighbours neighbours = new Neighbours(chain, known, chosen, scales, burnIn);
    EconomySimulator simulator = new EconomySimulator();
    while (true) {
      PathGuess guess = state.guess();
      if (state.changes().size() < CHOICES && chosen != guess) {
        chosen = guess;
        neighbours = new Neighbours(chain, known, chosen, scales, burnIn);
      }
      double[][] values = state.values();
      Supplier<Slopes> slopes =
          () ->
              agents.momentsSuffice()
                  ? Slopes.onPath(byRules, guess, guess.means(chain.size(), burnIn), values, burnIn)
                  : byRules;
      PathBeliefs beliefs = new PathBeliefs(chain, known, guess, values, neighbours, burnIn);
      beliefs.learn(slopes.get());
      for (int t = states.length - 1; t >= 0; t--) { // backward: values, given what follows
        double[] moments = guess.moments(t);
        agents.backward(states[t], moments, guess.prices()[t], beliefs.next(t, moments), values[t]);
      }
      beliefs.learn(slopes.get());
      SimulatedPath path = simulator.simulate(agents.forward(beliefs), states); // forward
      PathGuess image = PathGuess.of(agents, path);
      Vector changes = guess.changes(image);
      double change =
          agents.choicesJump()
              ? Math.sqrt(changes.map(each -> each * each).mean())
              : changes.map(Math::abs).max();
      state = state.after(image, change, chosen, agents.choicesJump());
      listener.finished(state.changes().size(), change, state::toArrays);
      boolean converged = change <= config.tolerance();
      if (converged || state.changes().size() >= config.maxIterations() || Thread.interrupted()) {
        return new SequenceSolution(
            path,
            converged,
            state.changes(),
            converged ? losses(agents, beliefs, simulator, states) : Optional.empty(),
            beliefs.distances(scales));
      }
    }
  }

  private static Optional<Vector> losses(
      SequenceAgents agents, PathBeliefs beliefs, EconomySimulator simulator, int[] states) {
    double[] losses = new double[states.length];
    return agents
        .regretful(beliefs, losses)
        .map(
            history -> {
              simulator.simulate(history, states);
              return Vector.ofUnsafe(losses);
            });
  }
}
