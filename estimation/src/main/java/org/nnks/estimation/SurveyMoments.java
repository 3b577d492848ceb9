package org.nnks.estimation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.Spelling;
import org.nnks.core.model.Aggregates;
import org.nnks.core.numeric.DivergedException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.parameters.ConditionedPoint;
import org.nnks.core.parameters.ConditionedSolution;
import org.nnks.core.parameters.EconomyFamily;
import org.nnks.khanthomas.exact.InvestmentRates;
import org.nnks.khanthomas.exact.LumpyHistory;
import org.nnks.khanthomas.exact.LumpyInvestment;
import org.nnks.khanthomas.exact.LumpyPolicies;
import org.nnks.khanthomas.exact.LumpySolution;
import org.nnks.sbi.Data;
import org.nnks.sbi.DataShape;
import org.nnks.sbi.Parameter;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulator;

/**
 * Moments of a survey of firms with lumpy investment, and of the economy in the same years, as a
 * function of parameters: the simulator behind an estimate. Decisions come from a conditioned
 * solution, so a draw costs a short history and no solve.
 *
 * <p>Besides, firms may be observed one by one ({@link FirmInterviews}); data are then the moments,
 * and after them the columns of each firm.
 *
 * <p>The aggregate shocks of the years, and the firms in the sample, are random; both are what
 * makes an estimate uncertain.
 */
public final class SurveyMoments implements Simulator {

  /** The standard deviation of log output over the years, in percent. */
  public static final String OUTPUT = "sd of log Y";

  /** That of log investment relative to it. */
  public static final String INVESTMENT = "sd of log I relative to Y";

  /** The correlation of log investment with log output. */
  public static final String COMOVEMENT = "correlation of log I with log Y";

  /** Moments of aggregates. */
  private static final List<String> AGGREGATES = List.of(OUTPUT, INVESTMENT, COMOVEMENT);

  /**
   * Years simulated before those observed: the moments of Khan-Thomas have then forgotten the
   * uniform distribution at the start to 2e-9, relatively; after 50 years to 3e-5.
   */
  static final int BURN_IN = 100;

  private static final double PERCENT = 100;

  private final EconomyFamily family;
  private final ConditionedSolution solution;
  private final Survey survey;
  private final List<String> moments;
  private final Optional<FirmInterviews> interviews;

  /** The simulator of some moments, as seen without measurement error. */
  public SurveyMoments(
      EconomyFamily family, ConditionedSolution solution, Survey survey, List<String> moments) {
    this(family, solution, survey, moments, Optional.empty());
  }

  /**
   * The simulator of some moments, and perhaps of firms one by one.
   *
   * @param family of economies of firms with lumpy investment
   * @param solution of the family over a box
   * @param moments their names: of {@link #names}
   * @param interviews whose errors are also those of the aggregates behind moments
   * @throws InvalidInputException if a moment is unknown, or there is none, or none of aggregates
   *     beside interviews, or firms are not such
   */
  public SurveyMoments(
      EconomyFamily family,
      ConditionedSolution solution,
      Survey survey,
      List<String> moments,
      Optional<FirmInterviews> interviews) {
    this.family = family;
    this.solution = solution;
    this.survey = survey;
    this.interviews = interviews;
    this.moments = moments.stream().sorted(Comparator.comparing(AGGREGATES::contains)).toList();
    if (!(family.economy(solution.design().point(0)) instanceof LumpyInvestment)) {
      throw new InvalidInputException(
          "surveys of investment are of economies of firms with lumpy investment only");
    }
    if (moments.isEmpty()) {
      throw new InvalidInputException("an estimate needs at least one observed moment");
    }
    for (String moment : moments) {
      Spelling.find("unknown moment '%s'".formatted(moment), "moment", moment, names());
    }
    if (interviews.isPresent() && Collections.disjoint(moments, AGGREGATES)) {
      throw new InvalidInputException(
          "firms observed one by one stand beside aggregates: observe at least one moment of %s"
              .formatted(AGGREGATES));
    }
  }

  /** All moments: those of {@link InvestmentRates}, averaged over the years, and of aggregates. */
  public static List<String> names() {
    List<String> names =
        new ArrayList<>(new InvestmentRates(0, 0, 0, 0, 0, 0, 0).moments().keySet());
    names.addAll(AGGREGATES);
    return names;
  }

  /** The prior that is uniform on the box of a solution. */
  public static Prior uniform(ConditionedSolution solution) {
    return new Prior(
        solution.box().intervals().stream()
            .map(i -> Parameter.uniform(i.name(), i.lower(), i.upper()))
            .toList());
  }

  /** The names of the moments simulated, in order: those of aggregates are the last. */
  public List<String> moments() {
    return moments;
  }

  /**
   * Observed values of the moments as data.
   *
   * @throws InvalidInputException if the names are not {@link #moments}
   */
  public Data data(Map<String, Double> observed) {
    if (!observed.keySet().equals(Set.copyOf(moments))) {
      throw new InvalidInputException(
          "observed moments: expected %s but got %s".formatted(moments, observed.keySet()));
    }
    return Data.vector(moments.stream().mapToDouble(observed::get).toArray());
  }

  /**
   * Observed values of the moments, and firms.
   *
   * @param firms shape (firms, {@link FirmInterviews#columns})
   * @throws InvalidInputException if they do not fit
   */
  public Data data(Map<String, Double> observed, Matrix firms) {
    double[] first = data(observed).values().toArray();
    double[] rows = interviews.orElseThrow().data(firms);
    double[] all = Arrays.copyOf(first, first.length + rows.length);
    System.arraycopy(rows, 0, all, first.length, rows.length);
    return Data.vector(all);
  }

  /** The parts of these data. */
  public MicroMacroLayout layout() {
    return new MicroMacroLayout(
        (int) moments.stream().filter(moment -> !AGGREGATES.contains(moment)).count(),
        moments.size(),
        moments.size(),
        interviews.map(FirmInterviews::firms).orElse(0),
        FirmInterviews.columns().size(),
        FirmInterviews.CONTEXTS);
  }

  /** The same moments, measured with the same errors, without the firms. */
  public Simulator summaries() {
    if (interviews.isEmpty()) {
      return this;
    }
    return new Simulator() {
      @Override
      public DataShape shape() {
        return DataShape.vector(moments.size());
      }

      @Override
      public List<String> features() {
        return moments;
      }

      @Override
      public Data simulate(Vector theta, RandomGenerator random) {
        return layout().summaries(SurveyMoments.this.simulate(theta, random));
      }
    };
  }

  @Override
  public DataShape shape() {
    MicroMacroLayout layout = layout();
    return DataShape.vector(layout.summaries() + layout.units() * layout.columns());
  }

  @Override
  public List<String> features() {
    List<String> features = new ArrayList<>(moments);
    for (int i = 1; i <= layout().units(); i++) {
      for (String name : FirmInterviews.columns()) {
        features.add("firm %d %s".formatted(i, name));
      }
    }
    return features;
  }

  @Override
  public Data simulate(Vector theta, RandomGenerator random) {
    try (ConditionedPoint point = solution.at(family, theta)) {
      LumpySolution firms = (LumpySolution) point.evaluated();
      int[] states =
          point
              .economy()
              .aggregate()
              .simulate(
                  point.economy().start().aggregateState(), BURN_IN + survey.years() + 1, random);
      return observe(firms.policies(), states, random);
    } catch (DivergedException e) {
      throw new ArithmeticException(e.getMessage());
    }
  }

  private Data observe(LumpyPolicies policies, int[] states, RandomGenerator random) {
    LumpyHistory history = policies.begin();
    Map<String, Double> means = new LinkedHashMap<>();
    double[] output = new double[survey.years()];
    double[] investment = new double[survey.years()];
    double[] data = new double[shape().size()];
    int cell = moments.size();
    for (int t = 0; t < BURN_IN + survey.years(); t++) {
      Aggregates aggregates = history.step(t + 1, states[t]).aggregates();
      int year = t - BURN_IN;
      if (year >= 0) {
        history
            .survey(survey.firms(), random)
            .moments()
            .forEach((name, value) -> means.merge(name, value / survey.years(), Double::sum));
        output[year] = measured(aggregates.output(), random);
        investment[year] = measured(aggregates.investment(), random);
        if (interviews.isPresent()) {
          FirmInterviews asked = interviews.get();
          Matrix drawn = history.firms(asked.inYear(year, survey.years()), random);
          asked.write(drawn, output[year], investment[year], data, cell, random);
          cell += drawn.rows() * FirmInterviews.columns().size();
        }
      }
      history.advance(states[t + 1]);
    }
    double sdOutput = sd(output);
    means.put(OUTPUT, PERCENT * sdOutput);
    means.put(INVESTMENT, sd(investment) / sdOutput);
    means.put(COMOVEMENT, covariance(investment, output) / sdOutput / sd(investment));
    for (int i = 0; i < moments.size(); i++) {
      data[i] = means.get(moments.get(i));
    }
    return Data.vector(data);
  }

  /** The log of an aggregate, as it is observed. */
  private double measured(double aggregate, RandomGenerator random) {
    return Math.log(aggregate)
        + (interviews.isPresent() ? interviews.get().aggregates() * random.nextGaussian() : 0);
  }

  private static double sd(double[] series) {
    return Math.sqrt(covariance(series, series));
  }

  private static double covariance(double[] first, double[] second) {
    double mean1 = Vector.ofUnsafe(first).mean();
    double mean2 = Vector.ofUnsafe(second).mean();
    double sum = 0;
    for (int t = 0; t < first.length; t++) {
      sum += (first[t] - mean1) * (second[t] - mean2);
    }
    return sum / first.length;
  }
}
