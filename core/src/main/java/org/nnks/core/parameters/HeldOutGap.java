package org.nnks.core.parameters;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.archive.Moments;
import org.nnks.core.model.Economy;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.statistics.BusinessCycleTable;

/**
 * How far a history of the conditioned solution is from that of a fresh exact solve on the same
 * shocks, in percent, after the burn-in.
 *
 * @param price mean absolute gap of p
 * @param capital mean absolute gap of K
 * @param moment largest gap of a moment, relative to the exact one
 * @param worstMoment which moment that is
 * @param seconds wall time to open theta, decide, simulate and take moments
 */
public record HeldOutGap(
    Double price, Double capital, Double moment, String worstMoment, double seconds) {

  /**
   * Moments below this, such as shares of firms that hardly ever occur, are compared relative to
   * it: one firm in a hundred.
   */
  static final double NEGLIGIBLE = 0.01;

  private static final double PERCENT = 100;

  static HeldOutGap of(
      Economy economy, SimulatedPath path, SimulatedPath exact, int burnIn, double seconds) {
    Map<String, Double> ours = moments(economy, path, burnIn);
    Map<String, Double> theirs = moments(economy, exact, burnIn);
    double worst = 0;
    String name = "";
    for (Map.Entry<String, Double> moment : theirs.entrySet()) {
      if (moment.getValue().isNaN() && ours.get(moment.getKey()).isNaN()) {
        continue; // neither history has this moment, such as the sd of a log of what is negative
      }
      double scale = Math.max(Math.abs(moment.getValue()), NEGLIGIBLE);
      double gap = PERCENT * Math.abs(ours.get(moment.getKey()) - moment.getValue()) / scale;
      if (!(gap <= worst)) {
        worst = gap;
        name = moment.getKey();
      }
    }
    return new HeldOutGap(
        PathGap.of("p", path.price(), exact.price(), burnIn).meanAbsolute(),
        PathGap.of("K", path.capital(), exact.capital(), burnIn).meanAbsolute(),
        worst,
        name,
        seconds);
  }

  /**
   * The moments compared, by name: standard deviations in percent, ratios to output, correlations
   * with output, and the means of the moments of the cross-section.
   */
  public static Map<String, Double> moments(Economy economy, SimulatedPath path, int burnIn) {
    Moments moments = Moments.of(economy, path, burnIn);
    Map<String, Double> named = new LinkedHashMap<>();
    for (BusinessCycleTable.Row row : moments.businessCycle().rows()) {
      named.put("sd of " + row.name(), row.sdPercent());
      named.put("ratio to Y of " + row.name(), row.ratio());
      named.put("correlation with Y of " + row.name(), row.correlation());
    }
    named.putAll(moments.crossSection());
    return named;
  }
}
