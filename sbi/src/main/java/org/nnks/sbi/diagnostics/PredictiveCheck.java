package org.nnks.sbi.diagnostics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Data;
import org.nnks.sbi.Draws;
import org.nnks.sbi.Simulator;

/**
 * A posterior predictive check: could the model, at the parameters that were found, have made the
 * observed data? Gelman, Meng and Stern (1996), Statistica Sinica 6.
 *
 * @param statistics of the data: every value of a plain vector; mean and standard deviation of each
 *     column of a table; none if fewer than {@link #FEWEST} draws could be simulated
 * @param draws of the posterior that were tried
 * @param failures those that could not be simulated, or not to finite data
 */
public record PredictiveCheck(List<Statistic> statistics, int draws, int failures) {

  /** Predicted data sets without which there is no spread to compare with. */
  public static final int FEWEST = 2;

  /**
   * One statistic.
   *
   * @param name what it is
   * @param observed its value in the observed data
   * @param mean over predicted data sets
   * @param sd over predicted data sets
   * @param pValue two-sided share of predicted data sets that are as extreme
   */
  public record Statistic(String name, double observed, double mean, double sd, double pValue) {}

  /** Makes the list immutable. */
  public PredictiveCheck {
    statistics = List.copyOf(statistics);
  }

  /**
   * Simulates one data set for each of some draws. That draws fail is a finding, never an error:
   * the posterior is there already.
   *
   * @param draws of the posterior given the observed data
   * @param count how many of them, from the first on
   */
  public static PredictiveCheck of(
      Draws draws, Simulator simulator, Data observed, int count, Seeds seeds) {
    Map<String, ToDoubleFunction<Data>> statistics = new LinkedHashMap<>();
    boolean vector = simulator.shape().items() == 1;
    List<String> features = simulator.features();
    for (int j = 0; j < features.size(); j++) {
      int column = j;
      String name = features.get(j);
      if (vector) {
        statistics.put(name, d -> d.values().get(0, column));
      } else {
        statistics.put("mean of " + name, d -> mean(d, column));
        statistics.put("sd of " + name, d -> sd(d, column));
      }
    }
    return of(draws, simulator, observed, statistics, count, seeds);
  }

  /**
   * As above, on summaries of one's own, such as an autocorrelation or a ratio that the model is
   * meant to explain.
   *
   * @param summaries of a data set, by name
   */
  public static PredictiveCheck of(
      Draws draws,
      Simulator simulator,
      Data observed,
      Map<String, ToDoubleFunction<Data>> summaries,
      int count,
      Seeds seeds) {
    List<Data> predicted = new ArrayList<>();
    int failures = 0;
    int tried = Math.min(count, draws.size());
    for (int i = 0; i < tried; i++) {
      try {
        predicted.add(
            simulator.simulateSound(
                draws.values().row(i), seeds.stream("posterior predictive", i)));
      } catch (ArithmeticException e) {
        failures++;
      }
    }
    if (predicted.size() < FEWEST) {
      return new PredictiveCheck(List.of(), tried, failures);
    }
    List<Statistic> statistics = new ArrayList<>();
    summaries.forEach((name, of) -> statistics.add(statistic(name, observed, predicted, of)));
    return new PredictiveCheck(statistics, tried, failures);
  }

  private static Statistic statistic(
      String name, Data observed, List<Data> predicted, ToDoubleFunction<Data> of) {
    double at = of.applyAsDouble(observed);
    double sum = 0;
    double squares = 0;
    int above = 0;
    int below = 0;
    for (Data data : predicted) {
      double value = of.applyAsDouble(data);
      sum += value;
      squares += value * value;
      above += value >= at ? 1 : 0;
      below += value <= at ? 1 : 0;
    }
    int n = predicted.size();
    double mean = sum / n;
    return new Statistic(
        name,
        at,
        mean,
        Math.sqrt(Math.max(squares / n - mean * mean, 0)),
        Math.min(1, 2.0 * Math.min(above, below) / n));
  }

  private static double mean(Data data, int column) {
    double sum = 0;
    double count = 0;
    for (int i = 0; i < data.values().rows(); i++) {
      if (data.observed().get(i, column) == 1) {
        sum += data.values().get(i, column);
        count++;
      }
    }
    return sum / count;
  }

  private static double sd(Data data, int column) {
    double mean = mean(data, column);
    double sum = 0;
    double count = 0;
    for (int i = 0; i < data.values().rows(); i++) {
      if (data.observed().get(i, column) == 1) {
        double deviation = data.values().get(i, column) - mean;
        sum += deviation * deviation;
        count++;
      }
    }
    return Math.sqrt(sum / count);
  }
}
