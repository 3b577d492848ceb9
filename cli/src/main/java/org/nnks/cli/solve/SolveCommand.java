package org.nnks.cli.solve;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import org.nnks.cli.box.BoxOptions;
import org.nnks.cli.box.BoxRun;
import org.nnks.cli.models.CalibrationFamily;
import org.nnks.cli.models.ModelEntry;
import org.nnks.cli.models.ModelNames;
import org.nnks.cli.models.Models;
import org.nnks.cli.progress.Devices;
import org.nnks.cli.progress.Progress;
import org.nnks.cli.progress.Stopwatch;
import org.nnks.core.archive.Manifest;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.FolderLock;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.model.Economy;
import org.nnks.core.parameters.BoxDesign;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nnks solve}: solves a model and leaves a run folder with a report. */
@Command(
    name = "solve",
    description = "Solves a model and leaves a folder with its rules, path, tables and report.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit codes: 0 converged; 1 not converged, everything kept; 2 bad input; 130 stopped by Ctrl-C.",
      "Example: nnks solve khan-thomas --set maxFixedCost=0.02 --out runs/high-cost",
      "For all fixed costs in an interval: nnks solve khan-thomas --over maxFixedCost=0.002:0.02",
      "Terry's (2017) numbers: nnks solve khan-thomas --terry-literal --rules terry2017 --shocks FILE"
    })
public final class SolveCommand implements Callable<Integer> {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      completionCandidates = ModelNames.class,
      description = "a model; nnks models lists them")
  private String model;

  @Mixin private SolveOptions options;

  @Mixin private BoxOptions box;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "the run folder; default runs/MODEL-TIME in the working folder")
  private Path out;

  @Option(
      names = "--resume",
      description = "continue the run in --out after its last finished iteration")
  private boolean resume;

  @Option(names = "--quiet", description = "no progress, only the result")
  private boolean quiet;

  private final Clock clock = Clock.systemUTC();

  /** Set when there is one. */
  private Path solvedIn;

  /** Created by picocli. */
  public SolveCommand() {}

  @Override
  public Integer call() {
    return solve(Models.find(model));
  }

  private <C extends Record> int solve(ModelEntry<C> entry) {
    PrintWriter err = spec.commandLine().getErr();
    Progress progress = new Progress(err, Progress.style(quiet));
    if (box.given()) {
      BoxRun<C> run = overBox(entry, command());
      return alone(
          run.folder(),
          run.shocks(),
          () -> run.execute(spec.commandLine().getOut(), progress, clock));
    }
    List<String> command = command();
    SolveRun<C> run = resume ? resumed(entry, command, progress) : fresh(entry, command, progress);
    return alone(run.folder(), run.shocks(), () -> run.execute(spec.commandLine().getOut()));
  }

  /** Solves while no other process may write to the folder. */
  private int alone(RunFolder folder, int[] shocks, IntSupplier solve) {
    FolderLock lock = FolderLock.take(folder.path());
    try {
      if (!resume) {
        Shocks.write(folder, shocks, options.shocks());
      }
      announce(folder);
      return solve.getAsInt();
    } finally {
      lock.close();
    }
  }

  /** The folder that was solved in; nothing if the command was refused. */
  public Optional<Path> solvedIn() {
    return Optional.ofNullable(solvedIn);
  }

  private void announce(RunFolder folder) {
    solvedIn = folder.path();
    if (!quiet) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("run folder: " + folder.path());
      err.flush();
    }
  }

  /** A run over the parameters of {@code --over}. */
  private <C extends Record> BoxRun<C> overBox(ModelEntry<C> entry, List<String> command) {
    if (resume || options.startsFromRules()) {
      throw new InvalidInputException(
          "--over starts every solve from its neighbour: leave out --resume and --rules");
    }
    BoxDesign design = box.design();
    C calibration =
        options.calibration(entry.calibration(), entry, design.box().values(design.point(0)));
    int heldOut = box.heldOut();
    // The one method whose solutions are smooth in parameters.
    RunSettings base = options.base(entry, RunSettings.Method.EXACT);
    Economy first = economy(entry, calibration);
    int[] shocks = Shocks.of(options, base, entry, first);
    RunSettings settings = options.settings(base, shocks.length, first.aggregate().size(), entry);
    CalibrationFamily<C> family =
        new CalibrationFamily<>(entry, calibration, design.box(), settings, Devices.of(settings));
    family.requireEconomies(design);
    Path path = folder(entry);
    RunFolder.requireFree(path);
    Shocks.requireVisits(shocks, settings, entry, first);
    Manifest<C> manifest = SolveRun.manifest(entry, command, settings, calibration, clock);
    RunFolder folder = RunFolder.create(path);
    return new BoxRun<>(family, design, heldOut, manifest, shocks, folder);
  }

  private Path folder(ModelEntry<?> entry) {
    return out == null ? Path.of("runs", entry.name() + "-" + STAMP.format(clock.instant())) : out;
  }

  private <C extends Record> SolveRun<C> fresh(
      ModelEntry<C> entry, List<String> command, Progress progress) {
    C calibration = options.calibration(entry.calibration(), entry);
    Economy economy = economy(entry, calibration);
    RunSettings base = options.base(entry);
    int[] shocks = Shocks.of(options, base, entry, economy);
    RunSettings settings = options.settings(base, shocks.length, economy.aggregate().size(), entry);
    Path path = folder(entry);
    RunFolder.requireFree(path);
    Shocks.requireVisits(shocks, settings, entry, economy);
    Stopwatch stopwatch = new Stopwatch();
    Manifest<C> manifest =
        stopwatch.time(
            "engine start", () -> SolveRun.manifest(entry, command, settings, calibration, clock));
    ForecastRules rules =
        StartRules.of(settings, () -> coldStart(entry, calibration, settings), progress, stopwatch);
    RunFolder folder = RunFolder.create(path);
    return new SolveRun<>(
        entry, economy, manifest, shocks, folder, () -> rules, progress, stopwatch, clock);
  }

  private <C extends Record> SolveRun<C> resumed(
      ModelEntry<C> entry, List<String> command, Progress progress) {
    if (out == null) {
      throw new InvalidInputException(
          "--resume needs --out DIR, the folder of the run to continue");
    }
    RunFolder folder = RunFolder.open(out);
    String name = Manifest.model(folder.manifest());
    if (!name.equals(entry.name())) {
      throw new InvalidInputException(
          "the run in %s solves '%s', not '%s'".formatted(out, name, entry.name()));
    }
    Manifest<C> manifest = entry.manifest(folder.manifest());
    if (manifest.command().stream().anyMatch(word -> word.startsWith(BoxOptions.OVER))) {
      throw new InvalidInputException(
          "the run in %s solves over a box of parameters, which --resume cannot continue: solve again with another --out"
              .formatted(out));
    }
    Economy economy = economy(entry, manifest.calibration());
    int[] shocks = Shocks.read(folder, economy);
    RunSettings settings =
        options.settings(
            manifest.settings(),
            options.periods().orElse(shocks.length),
            economy.aggregate().size(),
            entry);
    Resumption.check(
        manifest,
        settings,
        options.calibration(manifest.calibration(), entry),
        shocks,
        options.shocks().isPresent() ? Shocks.of(options, settings, entry, economy) : shocks);
    Manifest<C> continued = manifest.continued(settings, command);
    Stopwatch stopwatch = new Stopwatch();
    return new SolveRun<>(
        entry,
        economy,
        continued,
        shocks,
        folder,
        () ->
            StartRules.of(
                settings,
                () -> coldStart(entry, manifest.calibration(), settings),
                progress,
                stopwatch),
        progress,
        stopwatch,
        clock);
  }

  private static <C extends Record> ForecastRules coldStart(
      ModelEntry<C> entry, C calibration, RunSettings settings) {
    try (BellmanSolver solver =
        entry.open(calibration, entry.byRules(settings), Devices.of(settings))) {
      return solver.coldStart();
    }
  }

  /** The economy; what only its constructor can find wrong is bad input too. */
  public static <C extends Record> Economy economy(ModelEntry<C> entry, C calibration) {
    try {
      return entry.economy(calibration);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(e.getMessage(), e);
    }
  }

  private List<String> command() {
    List<String> words = new ArrayList<>(List.of("nnks"));
    words.addAll(spec.commandLine().getParent().getParseResult().originalArgs());
    return words;
  }
}
