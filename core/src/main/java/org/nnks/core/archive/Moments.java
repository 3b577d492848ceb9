package org.nnks.core.archive;

import java.util.List;
import java.util.Map;
import org.nnks.core.io.CsvTable;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.ClearingReport;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.statistics.BusinessCycleTable;
import org.nnks.core.statistics.BusinessCycleTable.Series;
import org.nnks.core.statistics.HodrickPrescott;

/**
 * What a simulated history adds up to after the burn-in: {@code moments.json}.
 *
 * @param burnIn periods discarded at the start
 * @param businessCycle Y, I, N and C, Hodrick-Prescott filtered with lambda 100 if annual, 1,600 if
 *     quarterly; standard deviations with ddof 0, as in Yokomoto (2026) Table 3
 * @param means average levels
 * @param crossSection averages over periods of the moments of the cross-section, by name
 * @param clearing how the markets cleared, in all periods
 */
public record Moments(
    int burnIn,
    BusinessCycleTable businessCycle,
    Means means,
    Map<String, Double> crossSection,
    ClearingReport clearing) {

  /** Yokomoto (2026) Table 3 divides sums of squares by N: the reference path says so. */
  public static final int DDOF = 0;

  /**
   * Average levels after the burn-in.
   *
   * @param price of the first price, p; undefined without prices
   * @param capital K
   * @param output Y
   * @param investment I
   * @param hours N
   * @param consumption C
   */
  public record Means(
      Double price,
      double capital,
      double output,
      double investment,
      double hours,
      double consumption) {}

  /** The moments of a history of an economy. */
  public static Moments of(Economy economy, SimulatedPath path, int burnIn) {
    int end = path.periods();
    Vector output = path.output().slice(burnIn, end);
    Vector investment = path.investment().slice(burnIn, end);
    Vector hours = path.hours().slice(burnIn, end);
    Vector consumption = path.consumption().slice(burnIn, end);
    return new Moments(
        burnIn,
        businessCycle(economy, output, investment, hours, consumption),
        new Means(
            path.prices().isEmpty() ? Double.NaN : path.price().slice(burnIn, end).mean(),
            path.capital().slice(burnIn, end).mean(),
            output.mean(),
            investment.mean(),
            hours.mean(),
            consumption.mean()),
        path.meanCrossSection(burnIn),
        path.clearing());
  }

  /**
   * The business cycle of a path, ours or another program's.
   *
   * @throws org.nnks.core.io.InvalidInputException if it lacks one of the columns Y, I, N and C;
   *     what C is to a price depends on the model
   */
  public static BusinessCycleTable businessCycle(Economy economy, CsvTable path, int burnIn) {
    int end = path.rows();
    Vector output = path.column("Y").slice(burnIn, end);
    return businessCycle(
        economy,
        output,
        path.column("I").slice(burnIn, end),
        path.column("N").slice(burnIn, end),
        path.column("C").slice(burnIn, end));
  }

  private static BusinessCycleTable businessCycle(
      Economy economy, Vector output, Vector investment, Vector hours, Vector consumption) {
    return BusinessCycleTable.of(
        List.of(
            new Series("Y", output),
            new Series("I", investment),
            new Series("N", hours),
            new Series("C", consumption)),
        HodrickPrescott.lambda(economy.periodsPerYear()),
        DDOF);
  }
}
