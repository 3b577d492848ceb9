package org.nnks.cli.runs;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.nnks.cli.impulse.Impulse;
import org.nnks.cli.impulse.ImpulseOptions;
import org.nnks.cli.impulse.ImpulseTables;
import org.nnks.cli.models.ModelEntry;
import org.nnks.cli.progress.Countdown;
import org.nnks.cli.progress.Devices;
import org.nnks.cli.progress.ExitCode;
import org.nnks.cli.progress.Progress;
import org.nnks.cli.progress.Stopwatch;
import org.nnks.cli.report.ImpulsePage;
import org.nnks.cli.solve.Rival;
import org.nnks.cli.solve.Shocks;
import org.nnks.cli.solve.SolvedRun;
import org.nnks.cli.tables.TableFiles;
import org.nnks.cli.tables.TextTable;
import org.nnks.core.archive.ImpulseCsv;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.io.CsvTable;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.Spelling;
import org.nnks.core.numeric.DivergedException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.ImpulseResponse;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.Status;
import org.nnks.core.statistics.ComparisonTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nnks irf}: generalised impulse responses with the solved decisions of a run. */
@Command(
    name = "irf",
    description = {
      "Generalised impulse responses with the solved decisions of a run.",
      "Responses are average differences between pairs of economies that share all random numbers"
          + " but for the shock."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit codes: 0 done; 1 a market did not clear; 2 bad input.",
      "Example: nnks irf runs/baseline --shock tfp --size -1 --state low"
    })
public final class IrfCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "the folder of a solved run")
  private Path run;

  @Option(
      names = "--shock",
      required = true,
      paramLabel = "NAME",
      description =
          "tfp: aggregate productivity; other models have others, and declared economies their aggregate variables by name, see nnks models")
  private String kind;

  @Option(
      names = "--size",
      paramLabel = "X",
      description =
          "of tfp and aggregate variables in standard deviations of the innovation, may be negative; default 1")
  private Double size;

  @Option(
      names = "--economies",
      paramLabel = "N",
      description = "pairs of economies; default as the shock's literature, for tfp 2000")
  private Integer economies;

  @Option(
      names = "--horizon",
      paramLabel = "N",
      description = "periods after the shock; default ${DEFAULT-VALUE}",
      defaultValue = "20")
  private int horizon;

  @Option(
      names = "--state",
      paramLabel = "low|high|N",
      description =
          "the aggregate state before the shock: low and high are one standard deviation from the"
              + " mean, or a state from 1; default any")
  private String state;

  @Option(names = "--seed", description = "seed of the economies; default that of the run")
  private Long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "a new folder; default irf, irf-2 and so on in the folder of the run")
  private Path out;

  @Option(
      names = "--beside",
      paramLabel = "DIR",
      description =
          "the folder of earlier responses, to another shock or of another run, to draw in the same figures; may be repeated")
  private List<Path> beside = new ArrayList<>();

  @Option(names = "--quiet", description = "no progress, only the result")
  private boolean quiet;

  private final Clock clock = Clock.systemUTC();

  /** Created by picocli. */
  public IrfCommand() {}

  @Override
  public Integer call() {
    return respond(SolvedRun.open(run));
  }

  private <C extends Record> int respond(SolvedRun<C> solved) {
    Impulse impulse = impulse(solved);
    Map<String, Map<String, Vector>> others = new LinkedHashMap<>();
    beside.forEach(other -> others.put(shortName(other), earlier(other)));
    Path folder = out == null ? fresh() : out;
    RunFolder.requireFree(folder);
    Progress progress = new Progress(spec.commandLine().getErr(), Progress.style(quiet));
    Stopwatch stopwatch = new Stopwatch();
    try {
      ImpulseResponse response =
          stopwatch.time("impulse responses", () -> simulate(solved, impulse, progress));
      Optional<ImpulseResponse> exact =
          stopwatch.time(
              "exact solution and its responses", () -> exact(solved, impulse, progress));
      progress.done();
      RunFolder target = RunFolder.create(folder);
      ImpulseCsv.write(target.impulseCsv(), response);
      List<ComparisonTable> tables = new ArrayList<>();
      if (solved.manifest().calibration().equals(solved.entry().calibration())) {
        tables.addAll(solved.entry().impulseTables(response));
      }
      tables.add(ImpulseTables.means(response));
      tables.add(ImpulseTables.standardErrors(response));
      exact.ifPresent(
          beside -> {
            ImpulseCsv.write(target.rivalImpulseCsv(), beside);
            tables.addAll(ImpulseTables.beside(response, beside));
            others.put("exact solution", means(beside));
          });
      ImpulsePage.write(
          target, solved.economy(), response, others, tables, facts(solved, impulse, stopwatch));
      TableFiles.write(target.tables(), tables);
      print(tables, target);
      return ExitCode.OK;
    } catch (DivergedException e) {
      progress.done();
      PrintWriter print = spec.commandLine().getOut();
      print.println("no impulse responses: " + e.getMessage());
      print.flush();
      return ExitCode.NOT_CONVERGED;
    }
  }

  /** Mean responses in a folder of this command. */
  private static Map<String, Vector> earlier(Path folder) {
    CsvTable table = CsvTable.read(folder.resolve("irf.csv"));
    Map<String, Vector> means = new LinkedHashMap<>();
    table.names().forEach(name -> means.put(name, table.column(name)));
    return means;
  }

  /** What tells folders of responses apart in a legend: the run and its folder in it. */
  private static String shortName(Path folder) {
    Path whole = folder.toAbsolutePath().normalize();
    int names = whole.getNameCount();
    return names < 2 ? whole.toString() : whole.subpath(names - 2, names).toString();
  }

  private static Map<String, Vector> means(ImpulseResponse response) {
    Map<String, Vector> means = new LinkedHashMap<>();
    response.responses().forEach(one -> means.put(one.name(), one.mean()));
    return means;
  }

  /** The first folder of its name that is not there yet. */
  private Path fresh() {
    Path folder = run.resolve("irf");
    for (int i = 2; Files.exists(folder); i++) {
      folder = run.resolve("irf-" + i);
    }
    return folder;
  }

  private <C extends Record> Impulse impulse(SolvedRun<C> solved) {
    ModelEntry<C> entry = solved.entry();
    String name =
        entry.impulses().stream()
            .filter(known -> known.equalsIgnoreCase(kind))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "unknown shock '%s' of %s; %s"
                            .formatted(
                                kind,
                                entry.name(),
                                Spelling.suggestion("shock", kind, entry.impulses()))));
    OptionalInt pairs = economies == null ? OptionalInt.empty() : OptionalInt.of(economies);
    return entry.impulse(
        name,
        solved.manifest().calibration(),
        new ImpulseOptions(
            size == null ? OptionalDouble.empty() : OptionalDouble.of(size),
            pairs,
            horizon,
            state));
  }

  private <C extends Record> ImpulseResponse simulate(
      SolvedRun<C> solved, Impulse impulse, Progress progress) {
    progress.part("restoring the run");
    try (BellmanSolver agents = solved.restore(Devices.of(solved.settings()))) {
      return impulse.respond(
          agents.current(solved.rules()),
          new Seeds(seed(solved)),
          new Countdown(progress, "pairs of economies", impulse.shock().economies()));
    }
  }

  /** The responses of the exact solution to the same shocks, if it is quick. */
  private <C extends Record> Optional<ImpulseResponse> exact(
      SolvedRun<C> solved, Impulse impulse, Progress progress) {
    if (!solved.entry().judgedAtOnce(solved.settings().method())) {
      return Optional.empty();
    }
    RunSettings rival = solved.rival();
    int[] shocks = Shocks.read(solved.folder(), solved.economy());
    progress.part("solving exactly, to compare");
    try (BellmanSolver solver = solved.open(rival, Devices.of(rival))) {
      Solution solution = Rival.solve(solved.economy(), rival, solver, shocks, progress);
      if (solution.status() != Status.CONVERGED) {
        progress.done();
        spec.commandLine()
            .getErr()
            .println(
                "warning: no exact responses to compare with: the exact solution is "
                    + solution.verdict());
        return Optional.empty();
      }
      return Optional.of(
          impulse.respond(
              solution.agents(),
              new Seeds(seed(solved)),
              new Countdown(progress, "exact pairs", impulse.shock().economies())));
    }
  }

  private long seed(SolvedRun<?> solved) {
    return seed == null ? solved.settings().seed() : seed;
  }

  private Map<String, String> facts(SolvedRun<?> solved, Impulse impulse, Stopwatch stopwatch) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "command",
        "nnks " + String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs()));
    facts.put(
        "run", solved.folder().path() + ", " + solved.manifest().outcome().orElseThrow().verdict());
    facts.put("shock", impulse.shock().description());
    facts.putAll(impulse.facts());
    facts.put("pairs of economies", Integer.toString(impulse.shock().economies()));
    facts.put("seed", Long.toString(seed(solved)));
    facts.put("nnks", solved.manifest().provenance().nnks());
    facts.put("finished", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    stopwatch
        .all()
        .forEach((part, seconds) -> facts.put("wall time, " + part, "%.1f s".formatted(seconds)));
    return facts;
  }

  private void print(List<ComparisonTable> tables, RunFolder target) {
    PrintWriter print = spec.commandLine().getOut();
    for (ComparisonTable table : tables) {
      print.println(TextTable.of(table));
      if (table.columns().contains(ComparisonTable.OURS)) {
        print.println("  " + table.note());
        print.println();
      }
    }
    print.println("responses: " + target.impulseCsv());
    print.println("plots: " + target.impulsePage());
    print.flush();
  }
}
