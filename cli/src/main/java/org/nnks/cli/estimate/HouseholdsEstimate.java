package org.nnks.cli.estimate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnks.cli.progress.Progress;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.estimation.MicroMacroEstimate;
import org.nnks.estimation.MicroMacroLayout;
import org.nnks.estimation.households.KrusellSmithSeries;
import org.nnks.estimation.households.PolicyCertificate;
import org.nnks.krusellsmith.conditioned.ConditionedConsumption;
import org.nnks.krusellsmith.conditioned.DetrendedSolver;
import org.nnks.krusellsmith.conditioned.EconomyData;
import org.nnks.krusellsmith.conditioned.EconomySeries;
import org.nnks.krusellsmith.conditioned.MeasurementError;
import org.nnks.krusellsmith.conditioned.ShockBox;
import org.nnks.sbi.Data;
import org.nnks.sbi.Draws;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Simulations;

/**
 * The experiment of Liu (2024), section 4.3: the parameters of the shocks, estimated from what an
 * observer sees of the Krusell-Smith economy.
 *
 * @param simulator with one policy for the whole prior
 * @param observed series and households; simulated at Table 4's values if the user has none
 * @param simulated whether they were simulated, so that the truth is known
 * @param seed of all random streams
 */
public record HouseholdsEstimate(
    KrusellSmithSeries simulator, EconomyData observed, boolean simulated, long seed) {

  /** Level of the design: 137 economies, whose policy is as good as a fresh solve. */
  public static final int LEVEL = 3;

  /** A policy is as good as an exact one if its Euler errors are at most this many times larger. */
  private static final double ACCEPTABLE_RATIO = 2;

  /**
   * A root mean square shift of posterior means, in posterior standard deviations, beyond which the
   * policy's errors count for more than the uncertainty that is reported.
   */
  private static final double ACCEPTABLE_SHIFT = 1;

  /**
   * Solves the economies of the design.
   *
   * @param level of the design, usually {@link #LEVEL}
   * @param series what is observed
   * @param data observed, or absent to simulate them
   * @throws InvalidInputException if they are of another shape, or a value is missing
   */
  public static HouseholdsEstimate solve(
      int level, EconomySeries series, Optional<EconomyData> data, long seed, Progress progress) {
    data.ifPresent(given -> KrusellSmithSeries.requireObservable(series, given));
    Seeds seeds = new Seeds(seed);
    ConditionedConsumption policy =
        ConditionedConsumption.solve(
            ShockBox.liu2024(),
            level,
            DetrendedSolver.standard(),
            seeds,
            (economy, solution, number, count) ->
                progress.part("economy %d of %d of the design".formatted(number, count)));
    KrusellSmithSeries simulator = new KrusellSmithSeries(policy, series);
    EconomyData observed =
        data.orElseGet(
            () -> simulator.observe(KrusellSmithSeries.truth(), seeds.stream("observed data")));
    return new HouseholdsEstimate(simulator, observed, data.isEmpty(), seed);
  }

  /** Economies drawn from the prior. */
  public Simulations simulations(int count) {
    return Simulations.draw(KrusellSmithSeries.prior(), simulator, count, seed);
  }

  /**
   * The problem to solve.
   *
   * @param all simulations
   * @param training how many of them to learn from; the others judge
   */
  public Estimation.Problem problem(Simulations all, int training, Estimation estimation) {
    MicroMacroLayout layout = simulator.layout();
    Data data = simulator.observed(observed);
    Optional<Vector> truth = simulated ? Optional.of(KrusellSmithSeries.truth()) : Optional.empty();
    UnitsBeside units =
        new UnitsBeside(
            new Sample(KrusellSmithSeries.prior(), all, training, data),
            layout,
            truth,
            KrusellSmithSeries::coordinates,
            MicroMacroEstimate.affine(),
            estimation);
    MeasurementError error = simulator.series().error();
    Map<String, Double> experiment = new LinkedHashMap<>();
    experiment.put("measurement error, sd of log aggregates", error.aggregates());
    experiment.put("measurement error, sd of logs of households", error.households());
    experiment.put("households interviewed", (double) layout.units());
    return new Estimation.Problem(
        "The Krusell-Smith economy of Liu (2024)",
        new Sample(
            KrusellSmithSeries.prior(), layout.summaries(all), training, layout.summaries(data)),
        Optional.of(withoutInterviews()),
        truth,
        experiment,
        (estimator, draws) -> {
          Estimation.Comparison policy =
              estimation.time("certificate", () -> comparison(estimator, draws));
          return layout.units() == 0 ? policy : policy.and(units.beside(estimator, draws));
        });
  }

  private KrusellSmithSeries withoutInterviews() {
    return new KrusellSmithSeries(simulator.policy(), simulator.series().interviewing(0));
  }

  /** Liu's table, and what the errors of the policy do to the estimate. */
  private Estimation.Comparison comparison(NeuralPosterior estimator, Draws draws) {
    Seeds design = new Seeds(seed);
    PolicyCertificate certificate =
        PolicyCertificate.of(
            withoutInterviews(),
            estimator,
            draws,
            DetrendedSolver.standard(),
            design,
            new Seeds(design.stream("certificate").nextLong()));
    return new Estimation.Comparison(
        List.of(
            EstimateTables.throughEconomy(draws, simulated),
            EstimateTables.policyErrors(draws.names(), certificate),
            EstimateTables.eulerErrors(certificate.policy(), certificate.exact())),
        violations(draws.names(), certificate),
        List.of(seenWith(simulator.series().error())),
        List.of(),
        Map.of());
  }

  /** What contractions are worth. */
  public static String seenWith(MeasurementError error) {
    return error.equals(MeasurementError.NONE)
        ? "all was measured without error, as no data are: the contractions are those of the model's own"
            + " equations, not what data would tell"
        : "measurement errors have a standard deviation of %s in log aggregates and %s in logs of households"
            .formatted(error.aggregates(), error.households());
  }

  /** What a certificate says against an estimate. */
  public static List<String> violations(List<String> names, PolicyCertificate certificate) {
    List<String> violations = new ArrayList<>();
    if (!certificate.converged()) {
      violations.add(
          "an exact solve at the posterior mean did not converge, so the policy is unjudged");
    }
    double ratio = certificate.policy().mean() / certificate.exact().mean();
    if (!(ratio <= ACCEPTABLE_RATIO)) {
      violations.add(
          "the policy's Euler error at the posterior mean is %.1f times a fresh exact solve's"
              .formatted(ratio));
    }
    for (int j = 0; j < names.size(); j++) {
      if (!(certificate.total().get(j) <= ACCEPTABLE_SHIFT)) {
        violations.add(
            "the policy's errors move the posterior mean of %s by %.2f of its standard deviations"
                .formatted(names.get(j), certificate.total().get(j)));
      }
    }
    return violations;
  }
}
