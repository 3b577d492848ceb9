package org.nnks.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.run.Seeds;
import org.nnks.estimation.households.KrusellSmithSeries;
import org.nnks.estimation.households.PolicyCertificate;
import org.nnks.krusellsmith.conditioned.ConditionedConsumption;
import org.nnks.krusellsmith.conditioned.DetrendedSolver;
import org.nnks.krusellsmith.conditioned.EconomySeries;
import org.nnks.krusellsmith.conditioned.ShockBox;
import org.nnks.sbi.Draws;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Simulations;

/**
 * The experiment of Liu (2024), section 4.3: the parameters of the shocks, estimated from what an
 * observer sees of the Krusell-Smith economy.
 *
 * @param simulator with one policy for the whole prior
 * @param observed series; simulated at Table 4's values if the user has none
 * @param simulated whether they were simulated, so that the truth is known
 * @param seed of all random streams
 */
record HouseholdsEstimate(
    KrusellSmithSeries simulator, Matrix observed, boolean simulated, long seed) {

  /** Level of the design: 137 economies, whose policy is as good as a fresh solve. */
  static final int LEVEL = 3;

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
   * @param series observed, or absent to simulate them
   * @throws InvalidInputException if they are of another shape, or a value is missing
   */
  static HouseholdsEstimate solve(
      int level, Optional<Matrix> series, long seed, Progress progress) {
    series.ifPresent(path -> KrusellSmithSeries.requireObservable(EconomySeries.liu2024(), path));
    Seeds seeds = new Seeds(seed);
    ConditionedConsumption policy =
        ConditionedConsumption.solve(
            ShockBox.liu2024(),
            level,
            DetrendedSolver.standard(),
            seeds,
            (economy, solution, number, count) ->
                progress.part("economy %d of %d of the design".formatted(number, count)));
    KrusellSmithSeries simulator = new KrusellSmithSeries(policy, EconomySeries.liu2024());
    Matrix observed =
        series.orElseGet(
            () -> simulator.path(KrusellSmithSeries.truth(), seeds.stream("observed data")));
    return new HouseholdsEstimate(simulator, observed, series.isEmpty(), seed);
  }

  /** Economies drawn from the prior. */
  Simulations simulations(int count) {
    return Simulations.draw(KrusellSmithSeries.prior(), simulator, count, seed);
  }

  /**
   * The problem to solve.
   *
   * @param all simulations
   * @param training how many of them to learn from; the others judge
   */
  Estimation.Problem problem(Simulations all, int training, Stopwatch stopwatch) {
    return new Estimation.Problem(
        "The Krusell-Smith economy of Liu (2024)",
        KrusellSmithSeries.prior(),
        all,
        training,
        simulator.summary(observed),
        Optional.of(simulator),
        simulated ? Optional.of(KrusellSmithSeries.truth()) : Optional.empty(),
        (estimator, draws) -> stopwatch.time("certificate", () -> comparison(estimator, draws)));
  }

  /** Liu's table, and what the errors of the policy do to the estimate. */
  private Estimation.Comparison comparison(NeuralPosterior estimator, Draws draws) {
    Seeds design = new Seeds(seed);
    PolicyCertificate certificate =
        PolicyCertificate.of(
            simulator,
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
        violations(draws.names(), certificate));
  }

  /** What a certificate says against an estimate. */
  static List<String> violations(List<String> names, PolicyCertificate certificate) {
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
