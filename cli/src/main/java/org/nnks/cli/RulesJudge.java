package org.nnks.cli;

import java.util.Arrays;
import java.util.Optional;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.DivergedException;
import org.nnks.core.sequence.RepeatedTransition;
import org.nnks.core.sequence.RulesError;
import org.nnks.core.sequence.SequenceAgents;
import org.nnks.core.sequence.SequenceSolution;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.simulate.Simulator;

/** Judges the forecast rules of a run by an equilibrium without rules on the same shocks. */
final class RulesJudge {

  private RulesJudge() {}

  /**
   * The error of the rules.
   *
   * @throws InvalidInputException if the run's agents cannot do without rules, or a state never
   *     comes
   */
  static RulesError judge(SolvedRun<?> run, Progress progress) {
    int[] shocks = Shocks.read(run.folder(), run.economy());
    int burnIn = run.settings().solver().burnIn();
    try (BellmanSolver solver = run.restore(Devices.of(run.settings()))) {
      progress.part("simulating the run again");
      BellmanSolution agents = solver.current(run.rules());
      SimulatedPath path = new Simulator().simulate(agents.policies(), shocks);
      RepeatedTransition method =
          new RepeatedTransition(
              run.entry().sequence(run.settings()),
              (iteration, change, state) ->
                  progress.part(
                      "without rules: iteration %d, change of the path %.1e"
                          .formatted(iteration, change)));
      SequenceSolution solution = method.solve(sequence(run, agents), path);
      return RulesError.of(
          run.economy().aggregate(), path, solution, half(run, agents, shocks, method), burnIn);
    }
  }

  /**
   * The same on the first half of the shocks; nothing if they leave out a state, or no market
   * clears.
   */
  private static Optional<SequenceSolution> half(
      SolvedRun<?> run, BellmanSolution agents, int[] shocks, RepeatedTransition method) {
    int[] first = Arrays.copyOf(shocks, shocks.length / 2);
    try {
      SimulatedPath path = new Simulator().simulate(agents.policies(), first);
      return Optional.of(method.solve(sequence(run, agents), path));
    } catch (InvalidInputException | DivergedException e) {
      return Optional.empty();
    }
  }

  private static SequenceAgents sequence(SolvedRun<?> run, BellmanSolution agents) {
    return run.entry()
        .withoutRules(agents)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "certify --rules cannot go on from %s by --method %s: solve it by --method projection"
                        .formatted(run.entry().name(), run.settings().method().label())));
  }
}
