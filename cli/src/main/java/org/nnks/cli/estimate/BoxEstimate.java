package org.nnks.cli.estimate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.nnks.cli.box.HeldOutTable;
import org.nnks.cli.models.CalibrationFamily;
import org.nnks.cli.models.ModelEntry;
import org.nnks.cli.models.Models;
import org.nnks.cli.progress.Devices;
import org.nnks.cli.solve.Shocks;
import org.nnks.core.archive.Manifest;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.DivergedException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.parameters.BoxListener;
import org.nnks.core.parameters.ConditionedSolution;
import org.nnks.core.parameters.HeldOutReport;
import org.nnks.core.run.Seeds;
import org.nnks.core.solve.Status;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.estimation.FirmInterviews;
import org.nnks.estimation.MicroMacroEstimate;
import org.nnks.estimation.MicroMacroLayout;
import org.nnks.estimation.ObservedSurvey;
import org.nnks.estimation.SurveyMoments;
import org.nnks.sbi.Data;
import org.nnks.sbi.Draws;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;

/**
 * The parameters of a box, estimated from a survey.
 *
 * @param family the model
 * @param solution over the box
 * @param observed what the survey found
 * @param firms observed one by one, if any: shape (firms, {@link FirmInterviews#columns})
 * @param interviews how they are
 * @param simulator of the same data
 * @param shocks of the solve, for the certificate
 * @param outcome of the solve; empty if it did not end
 * @param seed of all random streams
 * @param <C> the type of the calibration
 */
public record BoxEstimate<C extends Record>(
    CalibrationFamily<C> family,
    ConditionedSolution solution,
    ObservedSurvey observed,
    Optional<Matrix> firms,
    Optional<FirmInterviews> interviews,
    SurveyMoments simulator,
    int[] shocks,
    Optional<Manifest.Outcome> outcome,
    long seed) {

  /** Rules that judge are estimated on at least as many periods as Terry's (2017). */
  private static final int FRESH_PERIODS = 2_500;

  /**
   * Opens the folder of a solve over a box.
   *
   * @param observed a file with an {@link ObservedSurvey}
   * @param firms observed one by one, if any
   * @param interviews how they are
   * @throws InvalidInputException if the folder holds no such solve, a moment is unknown, or firms
   *     do not fit
   */
  public static BoxEstimate<?> open(
      Path folder,
      Path observed,
      Optional<Matrix> firms,
      Optional<FirmInterviews> interviews,
      long seed) {
    RunFolder run = RunFolder.open(folder);
    if (!ConditionedSolution.isIn(folder)) {
      throw new InvalidInputException(
          "%s holds no solution for a box of parameters: solve with --over first"
              .formatted(folder));
    }
    return open(
        run, Models.find(Manifest.model(run.manifest())), observed, firms, interviews, seed);
  }

  private static <C extends Record> BoxEstimate<C> open(
      RunFolder folder,
      ModelEntry<C> entry,
      Path file,
      Optional<Matrix> firms,
      Optional<FirmInterviews> interviews,
      long seed) {
    Manifest<C> manifest = entry.manifest(folder.manifest());
    RunSettings settings = manifest.settings();
    ObservedSurvey observed = StrictJson.read(file, ObservedSurvey.class);
    ConditionedSolution solution = ConditionedSolution.read(folder.path());
    CalibrationFamily<C> family =
        new CalibrationFamily<>(
            entry, manifest.calibration(), solution.box(), settings, Devices.of(settings));
    SurveyMoments simulator =
        new SurveyMoments(
            family,
            solution,
            observed.survey(),
            List.copyOf(observed.moments().keySet()),
            interviews);
    firms.ifPresent(rows -> interviews.orElseThrow().data(rows));
    int[] shocks = Shocks.read(folder, family.economy(solution.design().point(0)));
    return new BoxEstimate<>(
        family, solution, observed, firms, interviews, simulator, shocks, manifest.outcome(), seed);
  }

  private Prior prior() {
    return SurveyMoments.uniform(solution);
  }

  /** Surveys of economies drawn from the prior. */
  public Simulations simulations(int count) {
    return Simulations.draw(prior(), simulator, count, seed);
  }

  /**
   * The problem to solve.
   *
   * @param all simulations
   * @param training how many of them to learn from; the others judge
   */
  public Estimation.Problem problem(Simulations all, int training, Estimation estimation) {
    MicroMacroLayout layout = simulator.layout();
    Data moments = simulator.data(observed.moments());
    Map<String, Double> experiment = new LinkedHashMap<>();
    interviews.ifPresent(
        asked -> {
          experiment.put("measurement error, sd of log Y and log I", asked.aggregates());
          experiment.put("measurement error, sd of log k and i/k of firms", asked.firm());
          experiment.put("firms one by one", (double) asked.firms());
        });
    return new Estimation.Problem(
        "Parameters of " + family.entry().name(),
        new Sample(prior(), layout.summaries(all), training, moments),
        Optional.of(simulator.summaries()),
        Optional.empty(),
        experiment,
        (estimator, draws) -> {
          Estimation.Comparison certified =
              estimation.time("certificate", () -> comparison(outcome, certificates(draws)));
          return firms
              .map(
                  rows ->
                      certified.and(
                          new UnitsBeside(
                                  new Sample(
                                      prior(),
                                      all,
                                      training,
                                      simulator.data(observed.moments(), rows)),
                                  layout,
                                  Optional.empty(),
                                  UnaryOperator.identity(),
                                  MicroMacroEstimate.spline(),
                                  estimation)
                              .beside(estimator, draws)))
              .orElse(certified);
        });
  }

  /**
   * A comparison with an exact solve at the posterior mean.
   *
   * @param title of its table
   * @param clause what it is, as part of a sentence
   * @param report runs it
   */
  public record Certificate(String title, String clause, Supplier<HeldOutReport> report) {}

  /**
   * What the solve over the box and certificates say of the draws. A market that does not clear
   * speaks against them and does not lose them.
   */
  public static Estimation.Comparison comparison(
      Optional<Manifest.Outcome> outcome, List<Certificate> certificates) {
    List<String> violations = new ArrayList<>();
    List<ComparisonTable> tables = new ArrayList<>();
    if (outcome.isEmpty()) {
      violations.add("the solve over the box did not end, so its accuracy is unknown");
    }
    outcome
        .filter(o -> !o.status().equals(Status.CONVERGED.name()))
        .ifPresent(o -> violations.add("the solve over the box ended " + o.verdict()));
    for (Certificate certificate : certificates) {
      try {
        HeldOutReport report = certificate.report().get();
        if (!report.violation().isEmpty()) {
          violations.add(
              "not accurate at the posterior mean %s: %s"
                  .formatted(certificate.clause(), report.violation()));
        }
        tables.add(HeldOutTable.of(report, certificate.title()));
      } catch (DivergedException | InvalidInputException e) {
        violations.add(
            "no certificate at the posterior mean %s: %s"
                .formatted(certificate.clause(), e.getMessage()));
      }
    }
    return Estimation.Comparison.of(tables, violations);
  }

  /**
   * The conditioned solution at the posterior mean against exact solves: on the shocks of the solve
   * over the box, which shows what interpolation costs, and on fresh ones, on which the rules of
   * the box are another estimate than the exact ones.
   */
  private List<Certificate> certificates(Draws draws) {
    Vector mean = Vector.ofUnsafe(draws.table().stream().mapToDouble(Draws.Row::mean).toArray());
    return List.of(
        new Certificate(
            "Interpolation at the posterior mean (gaps in %, times in s)",
            "on the shocks of the box", () -> certificate(mean, shocks)),
        new Certificate(
            "Total error at the posterior mean, on fresh shocks (gaps in %, times in s)",
            "on fresh shocks", () -> certificate(mean, freshShocks(mean))));
  }

  private int[] freshShocks(Vector theta) {
    Economy economy = family.economy(theta);
    int[] fresh =
        economy
            .aggregate()
            .simulate(
                economy.start().aggregateState(),
                Math.max(shocks.length, FRESH_PERIODS),
                new Seeds(seed).stream("certificate shocks"));
    Shocks.requireVisits(fresh, family.settings().solver().burnIn(), economy);
    return fresh;
  }

  private HeldOutReport certificate(Vector theta, int[] shocks) {
    return HeldOutReport.at(
        solution,
        family,
        List.of(theta),
        shocks,
        family.settings().solver(),
        new Seeds(seed),
        new BoxListener() {});
  }
}
