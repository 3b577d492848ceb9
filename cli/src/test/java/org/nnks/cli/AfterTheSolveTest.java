package org.nnks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.cli.models.ModelEntry;
import org.nnks.cli.models.RbcEntry;
import org.nnks.cli.progress.Devices;
import org.nnks.cli.progress.ExitCode;
import org.nnks.cli.progress.Progress;
import org.nnks.cli.progress.Stopwatch;
import org.nnks.cli.solve.SolveRun;
import org.nnks.core.archive.Manifest;
import org.nnks.core.archive.Moments;
import org.nnks.core.archive.PathCsv;
import org.nnks.core.archive.RulesFile;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.io.StrictJson;
import org.nnks.core.model.Economy;
import org.nnks.core.solve.Status;
import org.nnks.core.statistics.BusinessCycleTable;
import org.nnks.krusellsmith.rbc.RbcCalibration;

/** What follows a solve, statistics and tables and charts, takes nothing away from it. */
class AfterTheSolveTest {

  @TempDir private Path folder;

  private Command rbc(String... more) {
    return Command.run(
        Stream.concat(
                Stream.of("solve", "rbc", "--quiet", "--out", folder.resolve("run").toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  /** Without irreversibility capital may be consumed: log I does not exist, all else does. */
  @Test
  void negativeInvestmentLeavesTheOtherStatistics() {
    Command solve = rbc("--set", "productivity.sd=.05", "--periods", "2500");
    assertThat(solve.exitCode()).as(solve.err()).isEqualTo(ExitCode.NOT_CONVERGED);
    assertThat(solve.out()).contains("mean capital moves in", "report: ");

    RunFolder run = RunFolder.open(folder.resolve("run"));
    assertThat(PathCsv.read(run.pathCsv()).series("I").min()).isNegative();
    BusinessCycleTable cycle = StrictJson.read(run.moments(), Moments.class).businessCycle();
    assertThat(cycle.row("I").sdPercent()).isNaN();
    assertThat(cycle.row("C").sdPercent()).isPositive();
    Command simulate =
        Command.run("simulate", run.path().toString(), "--out", folder.resolve("more").toString());
    assertThat(simulate.exitCode()).as(simulate.err()).isEqualTo(ExitCode.OK);
    assertThat(folder.resolve("more").resolve("tables").resolve("business-cycle.csv"))
        .isNotEmptyFile();
  }

  @Test
  void linesOfAChartMayHaveTheSameName() {
    Command solve = rbc("--set", "productivity.sd=1e-6");
    assertThat(solve.exitCode()).as(solve.err()).isEqualTo(ExitCode.OK);
    assertThat(RunFolder.open(folder.resolve("run")).report()).isNotEmptyFile();
  }

  /** An error in what only shows a solution is an error still, but the solution is there. */
  @Test
  void rulesPathAndVerdictOutliveTablesThatFail() {
    RbcEntry entry = new RbcEntry();
    RbcCalibration calibration = entry.calibration();
    Economy economy = entry.economy(calibration);
    RunSettings settings = entry.settings(RunSettings.Method.EXACT, RunSettings.Preset.DEFAULT);
    int[] shocks =
        economy
            .aggregate()
            .simulate(economy.start().aggregateState(), settings.periods(), new Random(1));
    Clock clock = Clock.systemUTC();
    RunFolder run = RunFolder.create(folder.resolve("run"));
    SolveRun<RbcCalibration> solve =
        new SolveRun<>(
            withoutTables(entry),
            economy,
            SolveRun.manifest(entry, List.of("nnks"), settings, calibration, clock),
            shocks,
            run,
            () -> entry.open(calibration, settings, Devices.of(settings)).coldStart(),
            new Progress(new PrintWriter(new StringWriter()), Progress.Style.QUIET),
            new Stopwatch(),
            clock);
    StringWriter out = new StringWriter();
    assertThatThrownBy(() -> solve.execute(new PrintWriter(out)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no tables");
    assertThat(out.toString()).contains("converged", "are kept in " + run.path());

    Manifest<RbcCalibration> manifest = Manifest.read(run.manifest(), RbcCalibration.class);
    assertThat(manifest.outcome().orElseThrow().status())
        .isIn(Status.CONVERGED.name(), Status.LIMIT_EXCEEDED.name());
    assertThat(StrictJson.read(run.rules(), RulesFile.class).used().states()).isEqualTo(7);
    assertThat(PathCsv.read(run.pathCsv()).periods()).isEqualTo(settings.periods());
    assertThat(run.networks()).isNotEmptyFile();
  }

  /** The entry, but its tables fail. */
  @SuppressWarnings("unchecked")
  private static ModelEntry<RbcCalibration> withoutTables(RbcEntry entry) {
    return (ModelEntry<RbcCalibration>)
        Proxy.newProxyInstance(
            ModelEntry.class.getClassLoader(),
            new Class<?>[] {ModelEntry.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("tables")) {
                throw new IllegalStateException("no tables");
              }
              try {
                return method.invoke(entry, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
