package org.nnks.cli.solve;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.nnks.cli.progress.Devices;
import org.nnks.cli.progress.ExitCode;
import org.nnks.cli.progress.Progress;
import org.nnks.cli.results.CertificateTables;
import org.nnks.cli.results.RulesTables;
import org.nnks.cli.tables.TextTable;
import org.nnks.core.accuracy.AccuracyReport;
import org.nnks.core.accuracy.CertificateLimits;
import org.nnks.core.archive.CertificateFile;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.DivergedException;
import org.nnks.core.run.Seeds;
import org.nnks.core.sequence.RulesError;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.Solution;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nnks certify}: a run judged by another method on the same calibration and shocks. */
@Command(
    name = "certify",
    description = {
      "Judges a solved run by another method on the same calibration and shocks.",
      "Networks and projections are judged by an exact grid, grids by the projection.",
      "With --rules, the forecast rules themselves are judged by an equilibrium without any."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit codes: 0 certified, or rules judged; 1 a limit is violated, or not converged; 2 bad input."
    })
public final class CertifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "the folder of a solved run")
  private Path run;

  @Option(
      names = "--max-price-gap",
      paramLabel = "PERCENT",
      description = "largest gap allowed in each price; default .03")
  private double price = CertificateLimits.STANDARD.price();

  @Option(
      names = "--max-capital-gap",
      paramLabel = "PERCENT",
      description = "largest gap allowed in each moment, such as K; default .12")
  private double capital = CertificateLimits.STANDARD.capital();

  @Option(
      names = "--max-bellman-error",
      paramLabel = "LEVEL",
      description = "mean Bellman error allowed, in the unit of the table of errors; default .001")
  private double bellman = CertificateLimits.STANDARD.bellman();

  @Option(
      names = "--rules",
      description = "judge the forecast rules by the repeated transition method, which has none")
  private boolean rules;

  @Option(names = "--quiet", description = "no progress, only the result")
  private boolean quiet;

  /** Created by picocli. */
  public CertifyCommand() {}

  @Override
  public Integer call() {
    CertificateLimits limits =
        new CertificateLimits(
            positive("--max-price-gap", price),
            positive("--max-capital-gap", capital),
            positive("--max-bellman-error", bellman));
    SolvedRun<?> solved = SolvedRun.open(run);
    Progress progress = new Progress(spec.commandLine().getErr(), Progress.style(quiet));
    return rules ? rules(solved, progress) : certify(solved, limits, progress);
  }

  private int rules(SolvedRun<?> solved, Progress progress) {
    RulesError error;
    try {
      error = RulesJudge.judge(solved, progress);
    } catch (DivergedException e) {
      progress.done();
      PrintWriter print = spec.commandLine().getOut();
      print.println("rules not judged: " + e.getMessage());
      print.flush();
      return ExitCode.NOT_CONVERGED;
    }
    AtomicFiles.write(solved.folder().rulesError(), StrictJson.write(error));
    progress.part("writing the report");
    RunReport.write(solved);
    progress.done();
    PrintWriter out = spec.commandLine().getOut();
    RulesTables.of(error).forEach(table -> out.println(TextTable.of(table)));
    error.others().map(RulesTables::choice).ifPresent(out::println);
    out.println(RulesTables.verdict(error));
    out.println("written to: " + solved.folder().rulesError());
    out.flush();
    return error.converged() ? ExitCode.OK : ExitCode.NOT_CONVERGED;
  }

  private int certify(SolvedRun<?> solved, CertificateLimits limits, Progress progress) {
    CertificateFile certificate = judged(solved, limits, progress);
    progress.part("writing the report");
    certificate.write(solved.folder().certificate());
    RunReport.write(solved);
    progress.done();
    PrintWriter out = spec.commandLine().getOut();
    print(out, certificate);
    out.println("certificate: " + solved.folder().certificate());
    out.flush();
    return certificate.certified() ? ExitCode.OK : ExitCode.NOT_CONVERGED;
  }

  private static double positive(String option, double value) {
    if (!(value > 0)) {
      throw new InvalidInputException("%s must be positive but is %s".formatted(option, value));
    }
    return value;
  }

  private static CertificateFile judged(
      SolvedRun<?> solved, CertificateLimits limits, Progress progress) {
    RunSettings settings = solved.settings();
    RunSettings rival = solved.rival();
    Economy economy = solved.economy();
    int[] shocks = Shocks.read(solved.folder(), economy);
    int burnIn = settings.solver().burnIn();
    String judged = "the run";
    try (BellmanSolver ours = solved.restore(Devices.of(settings));
        BellmanSolver theirs = solved.open(rival, Devices.of(rival))) {
      progress.part("simulating the run again");
      BellmanSolution agents = ours.current(solved.rules());
      SimulatedPath path = new EconomySimulator().simulate(agents.policies(), shocks);
      AccuracyReport accuracy =
          AccuracyReport.of(
              economy, new EconomySimulator(), agents, path, burnIn, new Seeds(settings.seed()));
      judged = "the rival";
      progress.part("solving by the method " + rival.method().label());
      Solution solution = Rival.solve(economy, rival, theirs, shocks, progress);
      return Rival.certificate(agents, path, accuracy, "the rival", solution, rival, limits);
    } catch (DivergedException e) {
      return CertificateFile.refused(
          rival.method(), limits, "%s cannot be simulated: %s".formatted(judged, e.getMessage()));
    }
  }

  /** What the rival says. */
  public static void print(PrintWriter out, CertificateFile certificate) {
    CertificateTables.of(certificate).forEach(table -> out.println(TextTable.of(table)));
    out.println(certificate.verdict());
    certificate.violations().forEach(violation -> out.println("  " + violation));
    CertificateTables.larger(certificate).ifPresent(side -> out.println("  " + side));
  }
}
