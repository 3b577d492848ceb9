package org.nnks.core.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nnks.core.accuracy.AccuracyReport;
import org.nnks.core.accuracy.BellmanError;
import org.nnks.core.accuracy.DenHaan;
import org.nnks.core.accuracy.ForecastFit;
import org.nnks.core.accuracy.TargetError;

/**
 * The numbers of an {@link AccuracyReport}: {@code accuracy.json}.
 *
 * @param bellmanOnGrid Bellman error on the paper's 2,500 points
 * @param bellmanAtRandom Bellman error at 10,000 random points of the ergodic box
 * @param target error of the targets used against the exact maximiser
 * @param samePath dynamic forecasts on the path that estimated the rules
 * @param freshPath dynamic forecasts on fresh shocks
 * @param freshPrice one-period forecasts of p on fresh shocks
 * @param freshCapital one-period forecasts of K' on fresh shocks
 */
public record Accuracy(
    BellmanError bellmanOnGrid,
    BellmanError bellmanAtRandom,
    TargetError target,
    DynamicForecast samePath,
    DynamicForecast freshPath,
    Fit freshPrice,
    Fit freshCapital) {

  /** The numbers of a report. */
  public static Accuracy of(AccuracyReport report) {
    return new Accuracy(
        report.bellmanOnGrid(),
        report.bellmanAtRandom(),
        report.target(),
        DynamicForecast.of(report.samePath()),
        DynamicForecast.of(report.freshPath()),
        Fit.of(report.freshPrice()),
        Fit.of(report.freshCapital()));
  }

  /**
   * Den Haan's (2010) statistics, in percent.
   *
   * @param priceMax largest error of p
   * @param priceMean mean error of p
   * @param capitalMax largest error of K
   * @param capitalMean mean error of K
   */
  public record DynamicForecast(
      double priceMax, double priceMean, double capitalMax, double capitalMean) {

    /** The statistics without the series. */
    public static DynamicForecast of(DenHaan denHaan) {
      return new DynamicForecast(
          denHaan.priceMax(), denHaan.priceMean(), denHaan.capitalMax(), denHaan.capitalMean());
    }
  }

  /**
   * Fit of one-period forecasts.
   *
   * @param rmse in percent, over all periods
   * @param rSquared over all periods
   * @param byState in each aggregate state
   */
  public record Fit(double rmse, double rSquared, List<StateFit> byState) {

    static Fit of(ForecastFit fit) {
      List<StateFit> states = new ArrayList<>();
      for (int a = 0; a < fit.rmseByState().size(); a++) {
        states.add(
            new StateFit(
                a + 1, finite(fit.rmseByState().get(a)), finite(fit.rSquaredByState().get(a))));
      }
      return new Fit(fit.rmse(), fit.rSquared(), List.copyOf(states));
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
