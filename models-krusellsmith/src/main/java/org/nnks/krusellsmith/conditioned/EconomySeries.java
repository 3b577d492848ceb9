package org.nnks.krusellsmith.conditioned;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.stat.StatUtils;
import org.nnks.core.numeric.Matrix;

/**
 * What an observer sees of an economy: aggregates, and each period's moments of a survey of
 * households, who are followed from period to period. Prices and aggregates are those of a large
 * economy, so the few households surveyed do not move them; their moments have sampling error.
 *
 * @param periods observed
 * @param surveyed households in the survey
 * @param households that stand for the economy
 * @param burnIn periods before those observed
 */
public record EconomySeries(int periods, int surveyed, int households, int burnIn) {

  /** log of output per household. */
  public static final String OUTPUT = "log Y";

  /** log of consumption per household. */
  public static final String CONSUMPTION = "log C";

  /** log of capital per household. */
  public static final String CAPITAL = "log K";

  /** Mean of log labour over households surveyed. */
  public static final String MEAN_LABOUR = "mean log l";

  /** Standard deviation of log labour, hence of log earnings, over households surveyed. */
  public static final String SD_LABOUR = "sd log l";

  /** Standard deviation of log consumption over households surveyed. */
  public static final String SD_CONSUMPTION = "sd log c";

  /** Gini coefficient of wealth of households surveyed. */
  public static final String WEALTH_GINI = "Gini k";

  private static final List<String> NAMES =
      List.of(OUTPUT, CONSUMPTION, CAPITAL, MEAN_LABOUR, SD_LABOUR, SD_CONSUMPTION, WEALTH_GINI);

  /** Fewer periods than this give no regression of consumption. */
  private static final int MIN_PERIODS = 10;

  /** Checks the sizes. */
  public EconomySeries {
    if (periods < MIN_PERIODS || surveyed < 2 || households < 2 || burnIn < 0) {
      throw new IllegalArgumentException(
          "series need at least %d periods, 2 households surveyed, 2 in all and a burn-in that is not negative but have %d, %d, %d and %d"
              .formatted(MIN_PERIODS, periods, surveyed, households, burnIn));
    }
  }

  /** Liu (2024) has 100 households; 200 periods give his posterior sds of mu and rho. */
  public static EconomySeries liu2024() {
    return new EconomySeries(200, 100, 500, 300);
  }

  /** The names of the series: columns of the data. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * Simulates an economy: shape (periods, names).
   *
   * @param consumption what its households decide
   * @param meanProductivity mu_z, mean of log z
   * @param meanLabour mu_l, mean of log l
   */
  public Matrix simulate(
      ConsumptionTable consumption,
      double meanProductivity,
      double meanLabour,
      RandomGenerator random) {
    DetrendedEconomy primitives = consumption.economy();
    Ar1 productivity = primitives.productivity();
    LargeEconomy economy =
        new LargeEconomy(
            consumption,
            households,
            productivity.unconditionalSd() * random.nextGaussian(),
            random);
    double[] logLabour = gaussian(surveyed, random);
    for (int i = 0; i < surveyed; i++) {
      logLabour[i] *= primitives.labour().unconditionalSd();
    }
    HouseholdPanel survey =
        HouseholdPanel.survey(primitives.labour(), logLabour, primitives.steadyCapital());
    double[] rows = new double[periods * NAMES.size()];
    for (int t = -burnIn; t < periods; t++) {
      economy.decide();
      survey.decide(economy.rule());
      if (t >= 0) {
        double logUnits =
            primitives.logScale(economy.logProductivity() + meanProductivity) + meanLabour;
        observe(economy, survey, logUnits, meanLabour, rows, t * NAMES.size());
      }
      double next = productivity.next(economy.logProductivity(), random.nextGaussian());
      survey.advance(economy.growth(next), gaussian(surveyed, random));
      economy.advance(next);
    }
    return Matrix.of(periods, NAMES.size(), rows);
  }

  /**
   * Writes a period.
   *
   * @param logUnits log of Z exp(mu_l), by which detrended quantities are to be multiplied
   */
  private static void observe(
      LargeEconomy economy,
      HouseholdPanel survey,
      double logUnits,
      double meanLabour,
      double[] row,
      int first) {
    row[first] = logUnits + Math.log(economy.output());
    row[first + 1] = logUnits + Math.log(StatUtils.mean(economy.households().consumption()));
    row[first + 2] = logUnits + Math.log(StatUtils.mean(economy.households().capital()));
    row[first + 3] = meanLabour + StatUtils.mean(survey.logLabour());
    row[first + 4] = sd(survey.logLabour());
    row[first + 5] = sd(Arrays.stream(survey.consumption()).map(Math::log).toArray());
    row[first + 6] = gini(survey.capital());
  }

  private static double[] gaussian(int size, RandomGenerator random) {
    double[] values = new double[size];
    Arrays.setAll(values, i -> random.nextGaussian());
    return values;
  }

  private static double sd(double[] values) {
    return Math.sqrt(StatUtils.populationVariance(values));
  }

  /** Half the mean difference between two households, relative to the mean. */
  static double gini(double[] wealth) {
    double[] sorted = wealth.clone();
    Arrays.sort(sorted);
    double sum = 0;
    double total = 0;
    for (int i = 0; i < sorted.length; i++) {
      sum += (2 * i + 1 - sorted.length) * sorted[i];
      total += sorted[i];
    }
    return sum / (sorted.length * total);
  }
}
