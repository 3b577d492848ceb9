package org.nnks.cli.sweep;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.nnks.cli.models.ModelEntry;
import org.nnks.cli.models.ModelNames;
import org.nnks.cli.models.Models;
import org.nnks.cli.progress.Countdown;
import org.nnks.cli.progress.ExitCode;
import org.nnks.cli.progress.Progress;
import org.nnks.cli.solve.SolveCommand;
import org.nnks.cli.solve.SolveOptions;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.io.InvalidInputException;
import org.nnks.distributed.Cluster;
import org.nnks.distributed.ClusterLostException;
import org.nnks.distributed.Design;
import org.nnks.distributed.Point;
import org.nnks.distributed.PointOutcome;
import org.nnks.distributed.Row;
import org.nnks.distributed.Sweep;
import org.nnks.distributed.SweepFolder;
import org.nnks.distributed.SweepListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nnks sweep}: solves a model at many points of its parameters, on Spark. */
@Command(
    name = "sweep",
    description = "Solves a model at many points of its parameters and leaves one row for each.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "A sweep that was stopped goes on when the same command is given again.",
      "Exit codes: 0 all points converged; 1 some did not, all rows kept; 2 bad input; 130 stopped by Ctrl-C.",
      "Example: nnks sweep khan-thomas --method exact --grid maxFixedCost=0.004:0.02:5"
          + " --grid idiosyncraticSd=0.015:0.03:4 --out runs/sweep"
    })
public final class SweepCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      completionCandidates = ModelNames.class,
      description = "a model; nnks models lists them")
  private String model;

  @Mixin private DesignOptions points;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "the folder of the sweep; one that holds a part of this sweep is completed")
  private Path out;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "a Spark master: local[N], local[*] (default, a thread for each core), spark://HOST:PORT,"
              + " or another that Spark knows")
  private String master;

  @Option(names = "--quiet", description = "no progress, only the result")
  private boolean quiet;

  @Mixin private SolveOptions options;

  /** Created by picocli. */
  public SweepCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return sweep(Models.find(model));
  }

  private <C extends Record> int sweep(ModelEntry<C> entry) throws InterruptedException {
    if (options.shocks().isPresent()) {
      throw new InvalidInputException(
          "a sweep draws its shocks from --seed and takes no --shocks: every worker would need the file");
    }
    Design design = points.design(options.seed(options.base(entry)));
    design.requireNames(SweptModel.parameters(entry));
    C calibration = calibration(entry, design.points().get(0));
    RunSettings base = options.base(entry);
    Sweep sweep =
        new Sweep(SweptModel.of(entry, settings(entry, base, calibration), calibration), design);
    Progress progress = new Progress(spec.commandLine().getErr(), Progress.style(quiet));
    progress.part("checking %d points".formatted(sweep.design().size()));
    sweep.check();
    List<Row> rows;
    try (Cluster cluster = Cluster.open(Optional.ofNullable(master), SweptModel.jars());
        SweepFolder folder = SweepFolder.open(out, sweep)) {
      rows = sweep.run(cluster, folder, progress(progress));
    } catch (ClusterLostException e) {
      progress.done();
      throw new InvalidInputException(
          "the cluster ended before the sweep (%s); finished points are kept, and the same command goes on"
              .formatted(e.getMessage()),
          e);
    } finally {
      progress.done();
    }
    return summary(rows);
  }

  /** The calibration at a point: options may be valid only together with what the sweep varies. */
  private <C extends Record> C calibration(ModelEntry<C> entry, Point point) {
    try {
      return options.calibration(entry.calibration(), entry, SweptModel.values(point));
    } catch (InvalidInputException e) {
      throw new InvalidInputException("%s: %s".formatted(point, e.getMessage()), e);
    }
  }

  private <C extends Record> RunSettings settings(
      ModelEntry<C> entry, RunSettings base, C calibration) {
    return options.settings(
        base,
        options.periods().orElse(base.periods()),
        SolveCommand.economy(entry, calibration).aggregate().size(),
        entry);
  }

  private static SweepListener progress(Progress progress) {
    return new SweepListener() {

      private Countdown countdown;
      private int before;

      @Override
      public void started(int finished, int size) {
        if (finished > 0) {
          progress.part("%d of %d points are there already".formatted(finished, size));
        }
        before = finished;
        countdown = new Countdown(progress, "points", size - finished);
      }

      @Override
      public void finished(Row row, int finished, int size) {
        countdown.accept(finished - before);
      }
    };
  }

  private int summary(List<Row> rows) {
    PrintWriter result = spec.commandLine().getOut();
    long converged = count(rows, PointOutcome.Status.CONVERGED);
    result.printf(
        "%d points: %d converged, %d not converged, %d failed%n",
        rows.size(),
        converged,
        count(rows, PointOutcome.Status.NOT_CONVERGED),
        count(rows, PointOutcome.Status.FAILED));
    result.println("table: " + out.resolve("points.csv"));
    result.flush();
    return converged == rows.size() ? ExitCode.OK : ExitCode.NOT_CONVERGED;
  }

  private static long count(List<Row> rows, PointOutcome.Status status) {
    return rows.stream().filter(row -> row.outcome().status() == status).count();
  }
}
