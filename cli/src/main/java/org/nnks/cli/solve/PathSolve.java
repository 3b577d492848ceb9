package org.nnks.cli.solve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.cli.models.ModelEntry;
import org.nnks.cli.progress.Progress;
import org.nnks.core.archive.Checkpoint;
import org.nnks.core.archive.HistoryCsv;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.Vector;
import org.nnks.core.sequence.RepeatedTransition;
import org.nnks.core.sequence.SequenceAgents;
import org.nnks.core.sequence.SequenceConfig;
import org.nnks.core.sequence.SequenceSolution;
import org.nnks.core.solve.Iteration;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverState;
import org.nnks.core.solve.WithoutRules;

/** The second half of {@code --method transition}: from a solution by rules to a path without. */
final class PathSolve {

  /** What is lost at most when it is stopped; writing takes a second or less. */
  private static final long INTERVAL_NANOS = 30_000_000_000L;

  private final RunFolder folder;
  private final Checkpoint checkpoint;
  private final Progress progress;
  private long written = System.nanoTime();
  private long begun = System.nanoTime();

  PathSolve(RunFolder folder, Progress progress) {
    this.folder = folder;
    this.progress = progress;
    checkpoint = folder.pathCheckpoint();
  }

  /** Solves for the path, from the last checkpoint if there is one. */
  Solution solve(ModelEntry<?> entry, Economy economy, RunSettings settings, Solution byRules) {
    SequenceAgents agents =
        entry
            .withoutRules(byRules.agents())
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "%s cannot be solved by --method transition".formatted(entry.name())));
    SequenceConfig config = entry.sequence(settings);
    Optional<SolverState> saved = checkpoint.readLast();
    List<Iteration> history =
        new ArrayList<>(saved.map(SolverState::history).orElse(byRules.history()));
    RepeatedTransition method =
        new RepeatedTransition(
            config,
            (iteration, change, state) -> {
              progress.part(
                  "without rules: iteration %d, change of the path %.1e"
                      .formatted(iteration, change));
              history.add(iteration(history.size() + 1, change));
              HistoryCsv.write(folder.history(), history);
              boolean last = iteration >= config.maxIterations();
              if (last || isDue() || Thread.currentThread().isInterrupted()) {
                checkpoint.write(
                    new SolverState(
                        byRules.rules(), Vector.of(), Optional.empty(), state.get(), history));
                written = System.nanoTime();
              }
            });
    SequenceSolution path =
        method.solve(agents, byRules.path(), saved.map(SolverState::bellman).orElse(Map.of()));
    return WithoutRules.of(economy, byRules, path, config, List.copyOf(history));
  }

  private boolean isDue() {
    return System.nanoTime() - written >= INTERVAL_NANOS;
  }

  private Iteration iteration(int number, double change) {
    long now = System.nanoTime();
    Iteration result =
        new Iteration(number, change, change, 1, change, 0, 0, 0, 0, (now - begun) * 1e-9);
    begun = now;
    return result;
  }
}
