package org.nnks.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nnks.cli.progress.Devices;
import org.nnks.cli.progress.ExitCode;
import org.nnks.cli.solve.SolveCommand;
import org.nnks.cli.solve.SolvedRun;
import org.nnks.core.archive.Accuracy;
import org.nnks.core.archive.Moments;
import org.nnks.core.archive.PathCsv;
import org.nnks.core.archive.RunResults;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.model.Economy;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import picocli.CommandLine;

/**
 * A solved run as {@code nnks shell} hands it out: what stands in its folder, and its agents. These
 * are restored when first asked for, for a path without rules has none.
 */
public final class Run implements AutoCloseable {

  private final SolvedRun<?> solved;
  private final RunResults results;
  private BellmanSolver solver;

  private Run(SolvedRun<?> solved) {
    this.solved = solved;
    results = RunResults.read(solved.folder());
  }

  /**
   * Solves a model, as {@code nnks solve} does.
   *
   * @param words model and options, as in a terminal
   * @throws IllegalArgumentException if the command refuses them, in a sentence that it has printed
   */
  public static Run solve(String words) {
    List<String> arguments = new ArrayList<>(List.of("solve"));
    arguments.addAll(List.of(words.strip().split(" +")));
    CommandLine line = Nnks.commandLine();
    int code = line.execute(arguments.toArray(String[]::new));
    SolveCommand command = line.getSubcommands().get("solve").getCommand();
    if (code > ExitCode.NOT_CONVERGED || command.solvedIn().isEmpty()) {
      throw new IllegalArgumentException(
          "nnks %s ended with exit code %d".formatted(String.join(" ", arguments), code));
    }
    return open(command.solvedIn().get());
  }

  /**
   * Opens the folder of an earlier solve.
   *
   * @throws org.nnks.core.io.InvalidInputException if it holds none
   */
  public static Run open(Path folder) {
    return new Run(SolvedRun.open(folder));
  }

  /** The folder, with report, tables and figures. */
  public Path folder() {
    return solved.folder().path();
  }

  /** One sentence: how the solve ended. */
  public String verdict() {
    return solved.manifest().outcome().orElseThrow().verdict();
  }

  /** The economy that was solved. */
  public Economy economy() {
    return solved.economy();
  }

  /** Path, moments, accuracy, rules and figures, from the files. */
  public RunResults results() {
    return results;
  }

  /** The simulated history. */
  public PathCsv path() {
    return results.path();
  }

  /** Means and business cycle. */
  public Moments moments() {
    return results.moments();
  }

  /** Errors off the training points. */
  public Accuracy accuracy() {
    return results.accuracy();
  }

  /** The forecast rules that agents follow. */
  public ForecastRules rules() {
    return results.rules().used();
  }

  /**
   * What agents decide.
   *
   * @throws org.nnks.core.io.InvalidInputException if the run is a path without rules, off which
   *     nobody decides
   */
  public BellmanSolution agents() {
    if (solver == null) {
      solver = solved.restore(Devices.of(solved.settings()));
    }
    return solver.current(rules());
  }

  /** A history on fresh shocks. */
  public SimulatedPath simulate(int periods, long seed) {
    Economy economy = economy();
    int[] shocks =
        economy
            .aggregate()
            .simulate(
                economy.start().aggregateState(), periods, new Seeds(seed).stream("aggregate"));
    return new EconomySimulator().simulate(agents().policies(), shocks);
  }

  /** Verdict and folder. */
  @Override
  public String toString() {
    return "%s; report, tables and figures: %s".formatted(verdict(), folder());
  }

  @Override
  public void close() {
    if (solver != null) {
      solver.close();
    }
  }
}
