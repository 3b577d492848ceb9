package org.nnks.estimation.households;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.estimation.MicroMacroLayout;
import org.nnks.krusellsmith.conditioned.Ar1;
import org.nnks.krusellsmith.conditioned.ConditionedConsumption;
import org.nnks.krusellsmith.conditioned.ConsumptionTable;
import org.nnks.krusellsmith.conditioned.DetrendedEconomy;
import org.nnks.krusellsmith.conditioned.EconomyData;
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
 * moments of a survey of households, and perhaps as households who are interviewed one by one. Data
 * are one vector: {@link SeriesSummary}, and then the {@link EconomySeries#interviews} of each
 * household. Decisions come from one policy that takes theta as an input, so a draw costs a history
 * and no solve.
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
    return DataShape.vector(
        SeriesSummary.names().size() + series.interviewed() * EconomySeries.interviews().size());
  }

  @Override
  public List<String> features() {
    List<String> features = new ArrayList<>(SeriesSummary.names());
    for (int i = 1; i <= series.interviewed(); i++) {
      for (String name : EconomySeries.interviews()) {
        features.add("household %d %s".formatted(i, name));
      }
    }
    return features;
  }

  /**
   * Coordinates in which households change smoothly: log(1 - rho) in the place of a persistence,
   * whose last hundredth triples standard deviations; log sigma_z; and in the place of sigma_l the
   * log of the standard deviation of log labour, in which spreads are proportional.
   */
  public static Vector coordinates(Vector theta) {
    double[] coordinates = theta.toArray();
    coordinates[1] = Math.log(1 - theta.get(1));
    coordinates[2] = Math.log(theta.get(2));
    coordinates[4] = Math.log(1 - theta.get(4));
    coordinates[5] = Math.log(new Ar1(theta.get(4), theta.get(5)).unconditionalSd());
    return Vector.ofUnsafe(coordinates);
  }

  /** The parts of these data. */
  public MicroMacroLayout layout() {
    return new MicroMacroLayout(
        0,
        SeriesSummary.AGGREGATES,
        SeriesSummary.names().size(),
        series.interviewed(),
        EconomySeries.interviews().size(),
        0);
  }

  @Override
  public Data simulate(Vector theta, RandomGenerator random) {
    return data(observe(theta, random));
  }

  /**
   * A data set of households who decide otherwise than the policy.
   *
   * @param decisions of households of the economy at theta
   */
  public Data simulate(ConsumptionTable decisions, Vector theta, RandomGenerator random) {
    return data(observe(decisions, theta, random));
  }

  /** What an observer has of an economy simulated at theta. */
  public EconomyData observe(Vector theta, RandomGenerator random) {
    return observe(policy.at(economy(theta)), theta, random);
  }

  private EconomyData observe(ConsumptionTable decisions, Vector theta, RandomGenerator random) {
    return series.simulate(decisions, theta.get(0), theta.get(3), random);
  }

  /** The economy at theta, less the means of its shocks. */
  public static DetrendedEconomy economy(Vector theta) {
    return DetrendedEconomy.liu2024(
        new Ar1(theta.get(1), theta.get(2)), new Ar1(theta.get(4), theta.get(5)));
  }

  /**
   * Observed data as an estimate sees them.
   *
   * @throws InvalidInputException if {@link #requireObservable} refuses them, a dispersion is not
   *     positive, or a series constant
   */
  public Data observed(EconomyData observed) {
    requireObservable(series, observed);
    try {
      return data(observed);
    } catch (ArithmeticException e) {
      throw new InvalidInputException("observed data: " + e.getMessage(), e);
    }
  }

  /**
   * Makes sure, before any economy is solved, that a summary can be taken of observed series.
   *
   * @throws InvalidInputException if the shape is another, or a value is not finite
   */
  public static void requireObservable(EconomySeries series, EconomyData observed) {
    requireComplete("periods", series.periods(), EconomySeries.names(), observed.series());
    requireComplete(
        "households", series.interviewed(), EconomySeries.interviews(), observed.households());
  }

  private static void requireComplete(String what, int rows, List<String> names, Matrix values) {
    if (values.rows() != rows || values.columns() != names.size()) {
      throw new InvalidInputException(
          "observed data: expected %d %s of %s but got shape (%d, %d)"
              .formatted(rows, what, names, values.rows(), values.columns()));
    }
    for (int t = 0; t < values.rows(); t++) {
      for (int i = 0; i < names.size(); i++) {
        if (!Double.isFinite(values.get(t, i))) {
          throw new InvalidInputException(
              "observed data: %s is %s in row %d; all %s are needed"
                  .formatted(names.get(i), values.get(t, i), t, what));
        }
      }
    }
  }

  private Data data(EconomyData observed) {
    double[] summary = SeriesSummary.of(observed.series(), policy.capitalShare()).toArray();
    double[] households = observed.households().toArray();
    double[] all = Arrays.copyOf(summary, summary.length + households.length);
    System.arraycopy(households, 0, all, summary.length, households.length);
    return Data.vector(all);
  }
}
