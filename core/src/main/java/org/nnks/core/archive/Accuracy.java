package org.nnks.core.archive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nnks.core.accuracy.AccuracyReport;
import org.nnks.core.accuracy.DenHaan;
import org.nnks.core.accuracy.ForecastFit;
import org.nnks.core.bellman.EquationError;

/**
 * The numbers of an {@link AccuracyReport}: {@code accuracy.json}.
 *
 * @param equations errors of the agents' equations by short names; the first is the headline
 * @param samePath dynamic forecasts on the path that estimated the rules
 * @param freshPath dynamic forecasts on fresh shocks
 * @param freshPrices one-period forecasts of prices on fresh shocks, by name
 * @param freshMoments one-period forecasts of next moments on fresh shocks, by name
 * @param freshFailure why the economy could not be simulated on fresh shocks, where it could not
 */
public record Accuracy(
    Map<String, EquationError> equations,
    DynamicForecast samePath,
    DynamicForecast freshPath,
    Map<String, Fit> freshPrices,
    Map<String, Fit> freshMoments,
    Optional<String> freshFailure) {

  /** The error of the agents' equations that decides whether a solution counts as converged. */
  public EquationError headline() {
    return equations.values().iterator().next();
  }

  /** One-period forecasts of the first price on fresh shocks; undefined without prices. */
  public Fit freshPrice() {
    return freshPrices.values().stream().findFirst().orElse(Fit.NONE);
  }

  /** One-period forecasts of the first moment on fresh shocks. */
  public Fit freshCapital() {
    return freshMoments.values().stream().findFirst().orElse(Fit.NONE);
  }

  /**
   * The error of a name.
   *
   * @throws IllegalArgumentException if it was not measured
   */
  public EquationError equation(String name) {
    EquationError error = equations.get(name);
    if (error == null) {
      throw new IllegalArgumentException(
          "no error '%s' was measured, only %s".formatted(name, equations.keySet()));
    }
    return error;
  }

  /**
   * Forecasts on fresh shocks in the order of Yokomoto (2026) Tables 4 and 8: for p and then for K,
   * Den Haan's largest and mean error, RMSE, R².
   */
  public double[] forecasts() {
    return new double[] {
      freshPath.priceMax(),
      freshPath.priceMean(),
      freshPrice().rmse(),
      freshPrice().rSquared(),
      freshPath.capitalMax(),
      freshPath.capitalMean(),
      freshCapital().rmse(),
      freshCapital().rSquared()
    };
  }

  /**
   * Forecasts on fresh shocks by aggregate state, in the order of Yokomoto (2026) Tables 9 and 10:
   * RMSE and R² of p and then of K', all states of each; NaN where there is none.
   *
   * @param states number of aggregate states
   */
  public double[] forecastsByState(int states) {
    return Stream.of(freshPrice(), freshCapital())
        .flatMap(
            fit ->
                Stream.of(
                    fit.inState(states, StateFit::rmse), fit.inState(states, StateFit::rSquared)))
        .flatMapToDouble(Function.identity())
        .toArray();
  }

  /** The numbers of a report. */
  public static Accuracy of(AccuracyReport report) {
    return new Accuracy(
        report.equations(),
        DynamicForecast.of(report.samePath()),
        DynamicForecast.of(report.freshPath()),
        fits(report.freshPrices()),
        fits(report.freshMoments()),
        report.freshFailure());
  }

  private static Map<String, Fit> fits(Map<String, ForecastFit> fits) {
    Map<String, Fit> all = new LinkedHashMap<>();
    fits.forEach((name, fit) -> all.put(name, Fit.of(fit)));
    return all;
  }

  /**
   * Den Haan's (2010) statistics.
   *
   * @param prices by name
   * @param moments by name
   */
  public record DynamicForecast(Map<String, Errors> prices, Map<String, Errors> moments) {

    /** The statistics without the series. */
    public static DynamicForecast of(DenHaan denHaan) {
      return new DynamicForecast(errors(denHaan.prices()), errors(denHaan.moments()));
    }

    private static Map<String, Errors> errors(Map<String, DenHaan.Dynamic> variables) {
      Map<String, Errors> all = new LinkedHashMap<>();
      variables.forEach(
          (name, dynamic) -> all.put(name, new Errors(dynamic.max(), dynamic.mean())));
      return all;
    }

    /** The largest error of the first price; undefined without prices. */
    public Double priceMax() {
      return first(prices).max();
    }

    /** The mean error of the first price; undefined without prices. */
    public Double priceMean() {
      return first(prices).mean();
    }

    /** The largest error of the first moment. */
    public Double capitalMax() {
      return first(moments).max();
    }

    /** The mean error of the first moment. */
    public Double capitalMean() {
      return first(moments).mean();
    }

    private static Errors first(Map<String, Errors> variables) {
      return variables.values().stream().findFirst().orElse(new Errors(Double.NaN, Double.NaN));
    }
  }

  /**
   * Errors of the dynamic forecast of one variable, in percent; undefined where the forecast is not
   * finite.
   *
   * @param max the largest
   * @param mean their mean
   */
  public record Errors(Double max, Double mean) {}

  /**
   * Fit of one-period forecasts; undefined where there are none, and R² where nothing moves.
   *
   * @param rmse in percent, over all periods
   * @param rSquared over all periods
   * @param byState in each aggregate state
   */
  public record Fit(Double rmse, Double rSquared, List<StateFit> byState) {

    private static final Fit NONE = new Fit(Double.NaN, Double.NaN, List.of());

    static Fit of(ForecastFit fit) {
      List<StateFit> states = new ArrayList<>();
      for (int a = 0; a < fit.rmseByState().size(); a++) {
        states.add(
            new StateFit(
                a + 1, finite(fit.rmseByState().get(a)), finite(fit.rSquaredByState().get(a))));
      }
      return new Fit(fit.rmse(), fit.rSquared(), List.copyOf(states));
    }

    private DoubleStream inState(int states, Function<StateFit, Optional<Double>> value) {
      return IntStream.range(0, states)
          .mapToDouble(
              a ->
                  a < byState.size() ? value.apply(byState.get(a)).orElse(Double.NaN) : Double.NaN);
    }

    private static Optional<Double> finite(double value) {
      return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }
  }

  /**
   * Fit in one aggregate state.
   *
   * @param state counted from one
   * @param rmse in percent; absent if the path does not visit the state
   * @param rSquared absent if it does not, or visits it once
   */
  public record StateFit(int state, Optional<Double> rmse, Optional<Double> rSquared) {}
}
