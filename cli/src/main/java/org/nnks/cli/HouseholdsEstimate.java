package org.nnks.cli;

import java.util.List;
import java.util.Optional;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.estimation.households.KrusellSmithSeries;
import org.nnks.krusellsmith.conditioned.ConditionedConsumption;
import org.nnks.krusellsmith.conditioned.DetrendedEconomy;
import org.nnks.krusellsmith.conditioned.DetrendedSolver;
import org.nnks.krusellsmith.conditioned.EconomySeries;
import org.nnks.krusellsmith.conditioned.PanelEulerError;
import org.nnks.krusellsmith.conditioned.ShockBox;
import org.nnks.sbi.Draws;
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
        (estimator, draws) -> stopwatch.time("certificate", () -> comparison(draws)));
  }

  /** Liu's table, and the policy at the posterior mean against a fresh exact solve there. */
  private Estimation.Comparison comparison(Draws draws) {
    Vector mean = Vector.ofUnsafe(draws.table().stream().mapToDouble(Draws.Row::mean).toArray());
    DetrendedEconomy economy = KrusellSmithSeries.economy(mean);
    Seeds seeds = new Seeds(seed);
    PanelEulerError ours = PanelEulerError.of(simulator.policy().at(economy), seeds);
    PanelEulerError exact =
        PanelEulerError.of(DetrendedSolver.standard().solve(economy, seeds).consumption(), seeds);
    List<ComparisonTable> tables =
        List.of(
            EstimateTables.throughEconomy(draws, simulated),
            EstimateTables.eulerErrors(ours, exact));
    double ratio = ours.mean() / exact.mean();
    return ratio <= ACCEPTABLE_RATIO
        ? Estimation.Comparison.of(tables)
        : new Estimation.Comparison(
            tables,
            List.of(
                "the policy's Euler error at the posterior mean is %.1f times a fresh exact solve's"
                    .formatted(ratio)));
  }
}
