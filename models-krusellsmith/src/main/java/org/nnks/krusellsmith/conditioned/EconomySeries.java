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
 * Other households are interviewed one by one, each twice: {@link #interviews}.
 *
 * @param periods observed
 * @param surveyed households in the survey
 * @param households that stand for the economy
 * @param burnIn periods before those observed
 * @param interviewed households that are interviewed, their dates spread over the periods
 * @param error with which all of it is measured
 */
public record EconomySeries(
    int periods,
    int surveyed,
    int households,
    int burnIn,
    int interviewed,
    MeasurementError error) {

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

  /** Quarters from a household's first interview to its second: a year, as in rotating panels. */
  public static final int BETWEEN_INTERVIEWS = 4;

  private static final List<String> INTERVIEWS =
      List.of("log l", "log l a year later", "log c/C", "log c/C a year later");

  /** Fewer periods than this give no regression of consumption. */
  private static final int MIN_PERIODS = 10;

  /** Checks the sizes. */
  public EconomySeries {
    if (periods < MIN_PERIODS || surveyed < 2 || households < 2 || burnIn < 0 || interviewed < 0) {
      throw new IllegalArgumentException(
          "series need at least %d periods, 2 households surveyed, 2 in all, and a burn-in and interviews that are not negative but have %d, %d, %d, %d and %d"
              .formatted(MIN_PERIODS, periods, surveyed, households, burnIn, interviewed));
    }
  }

  /** Without interviews and measured without error. */
  public EconomySeries(int periods, int surveyed, int households, int burnIn) {
    this(periods, surveyed, households, burnIn, 0, MeasurementError.NONE);
  }

  /** Liu (2024) has 100 households; 200 periods give his posterior sds of mu and rho. */
  public static EconomySeries liu2024() {
    return new EconomySeries(200, 100, 500, 300);
  }

  /** These series with so many households interviewed. */
  public EconomySeries interviewing(int interviewed) {
    return new EconomySeries(periods, surveyed, households, burnIn, interviewed, error);
  }

  /** These series measured with error. */
  public EconomySeries measuredWith(MeasurementError error) {
    return new EconomySeries(periods, surveyed, households, burnIn, interviewed, error);
  }

  /**
   * What is known of a household: its log labour (or earnings less the wage), and its log
   * consumption less that of log C in the same quarter as it is observed, now and a year later.
   */
  public static List<String> interviews() {
    return INTERVIEWS;
  }

  /** The names of the series: columns of the data. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * Simulates an economy.
   *
   * @param consumption what its households decide
   * @param meanProductivity mu_z, mean of log z
   * @param meanLabour mu_l, mean of log l
   */
  public EconomyData simulate(
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
    HouseholdPanel survey = panel(primitives, surveyed, random);
    HouseholdPanel interviewees = panel(primitives, interviewed, random);
    double[] rows = new double[periods * NAMES.size()];
    double[] interviews = new double[interviewed * INTERVIEWS.size()];
    for (int t = -burnIn; t < periods; t++) {
      economy.decide();
      survey.decide(economy.rule());
      interviewees.decide(economy.rule());
      if (t >= 0) {
        double logUnits =
            primitives.logScale(economy.logProductivity() + meanProductivity) + meanLabour;
        observe(economy, survey, logUnits, meanLabour, rows, t * NAMES.size(), random);
        double logConsumption = rows[t * NAMES.size() + NAMES.indexOf(CONSUMPTION)] - logUnits;
        interview(interviewees, t, meanLabour, logConsumption, interviews, random);
      }
      double next = productivity.next(economy.logProductivity(), random.nextGaussian());
      double growth = economy.growth(next);
      survey.advance(growth, gaussian(surveyed, random));
      interviewees.advance(growth, gaussian(interviewed, random));
      economy.advance(next);
    }
    return new EconomyData(
        Matrix.of(periods, NAMES.size(), rows),
        Matrix.of(interviewed, INTERVIEWS.size(), interviews));
  }

  private static HouseholdPanel panel(
      DetrendedEconomy primitives, int size, RandomGenerator random) {
    double[] logLabour = gaussian(size, random);
    for (int i = 0; i < size; i++) {
      logLabour[i] *= primitives.labour().unconditionalSd();
    }
    return HouseholdPanel.survey(primitives.labour(), logLabour, primitives.steadyCapital());
  }

  /**
   * Writes a period.
   *
   * @param logUnits log of Z exp(mu_l), by which detrended quantities are to be multiplied
   */
  private void observe(
      LargeEconomy economy,
      HouseholdPanel survey,
      double logUnits,
      double meanLabour,
      double[] row,
      int first,
      RandomGenerator random) {
    double aggregate = error.aggregates();
    double household = error.households();
    double[] labour = measured(survey.logLabour(), household, random);
    row[first] = logUnits + measured(Math.log(economy.output()), aggregate, random);
    row[first + 1] =
        logUnits
            + measured(
                Math.log(StatUtils.mean(economy.households().consumption())), aggregate, random);
    row[first + 2] =
        logUnits
            + measured(Math.log(StatUtils.mean(economy.households().capital())), aggregate, random);
    row[first + 3] = meanLabour + StatUtils.mean(labour);
    row[first + 4] = sd(labour);
    row[first + 5] = sd(measured(logs(survey.consumption()), household, random));
    row[first + 6] =
        gini(
            Arrays.stream(survey.capital())
                .map(k -> k * Math.exp(measured(0, household, random)))
                .toArray());
  }

  /** Asks those whose first or second interview is due. */
  private void interview(
      HouseholdPanel panel,
      int period,
      double meanLabour,
      double logConsumption,
      double[] rows,
      RandomGenerator random) {
    for (int i = 0; i < interviewed; i++) {
      int since = period - firstInterview(i);
      if (since == 0 || since == BETWEEN_INTERVIEWS) {
        int cell = i * INTERVIEWS.size() + (since == 0 ? 0 : 1);
        rows[cell] = meanLabour + measured(panel.logLabour()[i], error.households(), random);
        rows[cell + 2] =
            measured(Math.log(panel.consumption()[i]), error.households(), random) - logConsumption;
      }
    }
  }

  /** The period of a household's first interview: they are spread evenly. */
  private int firstInterview(int household) {
    return (int) ((long) household * (periods - BETWEEN_INTERVIEWS) / interviewed);
  }

  private static double[] logs(double[] values) {
    return Arrays.stream(values).map(Math::log).toArray();
  }

  private static double[] measured(double[] values, double sd, RandomGenerator random) {
    return Arrays.stream(values).map(value -> measured(value, sd, random)).toArray();
  }

  private static double measured(double value, double sd, RandomGenerator random) {
    return sd == 0 ? value : value + sd * random.nextGaussian();
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
