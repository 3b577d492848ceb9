package org.nnks.cli.solve;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.nnks.cli.progress.Devices;
import org.nnks.cli.progress.ExitCode;
import org.nnks.cli.results.MomentsTable;
import org.nnks.cli.tables.ResultsFile;
import org.nnks.cli.tables.TableFiles;
import org.nnks.cli.tables.TextTable;
import org.nnks.core.accuracy.DenHaan;
import org.nnks.core.archive.Manifest;
import org.nnks.core.archive.Moments;
import org.nnks.core.archive.PathCsv;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.DivergedException;
import org.nnks.core.run.Device;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.statistics.ComparisonTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nnks simulate}: another shock path with the decisions of a solved run. */
@Command(
    name = "simulate",
    description = "Simulates other shocks with the solved decisions and rules of a run.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class SimulateCommand implements Callable<Integer> {

  /** The status in the manifest of a simulation. */
  public static final String SIMULATED = "SIMULATED";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "the folder of a solved run")
  private Path run;

  @Option(
      names = "--shocks",
      paramLabel = "FILE",
      description = "aggregate states from 1, one a line, or a CSV with a column A_index")
  private Path shocks;

  @Option(names = "--periods", description = "periods to simulate; default those of the run")
  private Integer periods;

  @Option(names = "--seed", description = "seed of the shocks; default that of the run plus one")
  private Long seed;

  @Option(
      names = "--at",
      paramLabel = "key=value",
      split = ",",
      description = "the parameters, if the run was solved with --over; may be repeated")
  private Map<String, Double> at;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "a new folder")
  private Path out;

  private final Clock clock = Clock.systemUTC();

  /** Created by picocli. */
  public SimulateCommand() {}

  @Override
  public Integer call() {
    SolvedRun<?> source = at == null ? SolvedRun.open(run) : SolvedRun.open(run, at);
    return simulate(source);
  }

  private <C extends Record> int simulate(SolvedRun<C> source) {
    RunSettings settings = source.settings();
    Economy economy = source.economy();
    int burnIn = settings.solver().burnIn();
    int[] states =
        Shocks.of(
            Optional.ofNullable(shocks),
            Optional.ofNullable(periods),
            settings.periods(),
            seedOf(settings),
            source.entry(),
            economy);
    if (states.length <= burnIn) {
      throw new InvalidInputException(
          "a simulation must be longer than the run's burn-in of %d periods but has %d"
              .formatted(burnIn, states.length));
    }
    RunFolder.requireFree(out);
    PrintWriter print = spec.commandLine().getOut();
    Device device = Devices.of(settings);
    try (BellmanSolver bellman = source.restore(device)) {
      long begin = System.nanoTime();
      BellmanSolution solution = bellman.current(source.rules());
      SimulatedPath path = new EconomySimulator().simulate(solution.policies(), states);
      double seconds = (System.nanoTime() - begin) * 1e-9;
      PathCsv table = PathCsv.of(path, DenHaan.of(path, source.rules(), burnIn - 1));
      RunFolder target = RunFolder.create(out);
      Shocks.write(target, states, Optional.ofNullable(shocks));
      table.table().write(target.pathCsv());
      Moments moments = Moments.of(economy, path, burnIn);
      AtomicFiles.write(target.moments(), StrictJson.write(moments));
      ResultsFile.write(target, table, solution.arrays(path, burnIn));
      manifest(source, states.length, device, seconds).write(target.manifest());
      ComparisonTable cycle = MomentsTable.of(economy, table, burnIn);
      TableFiles.write(target.tables(), List.of(cycle));
      print.print(TextTable.of(cycle));
      print.println("path: " + target.pathCsv());
      print.flush();
      return path.clearing().failures() == 0 ? ExitCode.OK : ExitCode.NOT_CONVERGED;
    } catch (DivergedException e) {
      print.println("not simulated: " + e.getMessage());
      print.flush();
      return ExitCode.NOT_CONVERGED;
    }
  }

  /** Provenance, command and length are this simulation's, the other settings the run's. */
  private <C extends Record> Manifest<C> manifest(
      SolvedRun<C> source, int length, Device device, double seconds) {
    List<String> command = new ArrayList<>(List.of("nnks"));
    command.addAll(spec.commandLine().getParent().getParseResult().originalArgs());
    String drawn =
        shocks == null
            ? "shocks drawn with seed %d".formatted(seedOf(source.settings()))
            : "shocks of " + shocks.getFileName();
    return SolveRun.manifest(
            source.entry(),
            command,
            source.settings().withPeriods(length),
            source.manifest().calibration(),
            clock)
        .withOutcome(
            new Manifest.Outcome(
                SIMULATED,
                "simulated with the decisions of the run in %s, %s"
                    .formatted(run.getFileName(), drawn),
                device.name(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                Map.of("simulation", seconds)));
  }

  private long seedOf(RunSettings settings) {
    return seed == null ? settings.seed() + 1 : seed;
  }
}
