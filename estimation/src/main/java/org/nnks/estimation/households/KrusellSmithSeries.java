package org.nnks.estimation.households;

import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.krusellsmith.conditioned.Ar1;
import org.nnks.krusellsmith.conditioned.ConditionedConsumption;
import org.nnks.krusellsmith.conditioned.ConsumptionTable;
import org.nnks.krusellsmith.conditioned.DetrendedEconomy;
import org.nnks.krusellsmith.conditioned.EconomySeries;
import org.nnks.krusellsmith.conditioned.SeriesSummary;
import org.nnks.krusellsmith.conditioned.ShockBox;
import org.nnks.sbi.Data;
import org.nnks.sbi.DataShape;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulator;
import org.nnks.sbi.liu2024.ShockProcesses;

/**
 * The experiment of Liu (2024), section 4.3, through the economy: the Krusell-Smith economy
 * simulated at theta = (mu_z, rho_z, sigma_z, mu_l, rho_l, sigma_l) and observed as aggregates and
 * moments of a survey of households. Decisions come from one policy that takes theta as an input,
 * so a draw costs a history and no solve.
 *
 * @param policy for all theta of the prior
 * @param series what is observed
 */
public record KrusellSmithSeries(ConditionedConsumption policy, EconomySeries series)
    implements Simulator {

  /** Checks that the policy knows all economies of the prior. */
  public KrusellSmithSeries {
    if (!policy.box().covers(ShockBox.liu2024())) {
      throw new IllegalArgumentException(
          "the policy must cover the prior, %s, but was solved for %s; solve it for ShockBox.liu2024()"
              .formatted(ShockBox.liu2024(), policy.box()));
    }
  }

  /** The prior of Liu (2024), Table 3; that of its shocks is the box {@link ShockBox#liu2024}. */
  public static Prior prior() {
    return ShockProcesses.prior();
  }

  /** The true values of Liu (2024), Table 4. */
  public static Vector truth() {
    return ShockProcesses.truth();
  }

  @Override
  public DataShape shape() {
    return DataShape.vector(SeriesSummary.names().size());
  }

  @Override
  public List<String> features() {
    return SeriesSummary.names();
  }

  @Override
  public Data simulate(Vector theta, RandomGenerator random) {
    return summarised(path(theta, random));
  }

  /**
   * A data set of households who decide otherwise than the policy.
   *
   * @param decisions of households of the economy at theta
   */
  public Data simulate(ConsumptionTable decisions, Vector theta, RandomGenerator random) {
    return summarised(path(decisions, theta, random));
  }

  /** Simulated series: shape (periods, names of {@link EconomySeries}). */
  public Matrix path(Vector theta, RandomGenerator random) {
    return path(policy.at(economy(theta)), theta, random);
  }

  private Matrix path(ConsumptionTable decisions, Vector theta, RandomGenerator random) {
    return series.simulate(decisions, theta.get(0), theta.get(3), random);
  }

  /** The economy at theta, less the means of its shocks. */
  public static DetrendedEconomy economy(Vector theta) {
    return DetrendedEconomy.liu2024(
        new Ar1(theta.get(1), theta.get(2)), new Ar1(theta.get(4), theta.get(5)));
  }

  /**
   * The summary of observed series, as {@link SeriesSummary} names it.
   *
   * @throws InvalidInputException if the shape is another, a value is not finite, a dispersion not
   *     positive, or a series constant
   */
  public Data summary(Matrix path) {
    requireObservable(series, path);
    try {
      return summarised(path);
    } catch (ArithmeticException e) {
      throw new InvalidInputException("observed data: " + e.getMessage(), e);
    }
  }

  /**
   * Makes sure, before any economy is solved, that a summary can be taken of observed series.
   *
   * @throws InvalidInputException if the shape is another, or a value is not finite
   */
  public static void requireObservable(EconomySeries series, Matrix path) {
    int names = EconomySeries.names().size();
    if (path.rows() != series.periods() || path.columns() != names) {
      throw new InvalidInputException(
          "observed data: expected %d periods of %s but got shape (%d, %d)"
              .formatted(series.periods(), EconomySeries.names(), path.rows(), path.columns()));
    }
    for (int t = 0; t < path.rows(); t++) {
      for (int i = 0; i < names; i++) {
        if (!Double.isFinite(path.get(t, i))) {
          throw new InvalidInputException(
              "observed data: %s is %s in row %d; all periods are needed"
                  .formatted(EconomySeries.names().get(i), path.get(t, i), t));
        }
      }
    }
  }

  private Data summarised(Matrix path) {
    return Data.vector(SeriesSummary.of(path, policy.capitalShare()).toArray());
  }
}
