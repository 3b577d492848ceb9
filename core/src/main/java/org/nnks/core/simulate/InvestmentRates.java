package org.nnks.core.simulate;

import java.util.List;
import org.nnks.core.model.Decisions;
import org.nnks.core.model.Economy;
import org.nnks.core.model.Histogram;

/**
 * The cross-section of investment rates i/k = (k' - undepreciated(k)) / k in one period, or its
 * average over periods: the seven micro moments of Terry (2017), Table 3. Firms that do not adjust
 * have i = 0.
 *
 * @param mean mean of i/k
 * @param standardDeviation cross-sectional standard deviation of i/k
 * @param inaction share of firms with i = 0
 * @param positiveSpike share with i/k at least {@link #SPIKE}
 * @param negativeSpike share with i/k at most -{@link #SPIKE}
 * @param positive share with i/k above zero
 * @param negative share with i/k below zero
 */
public record InvestmentRates(
    double mean,
    double standardDeviation,
    double inaction,
    double positiveSpike,
    double negativeSpike,
    double positive,
    double negative) {

  /**
   * The investment rate from which on a change counts as a spike; Cooper and Haltiwanger (2006).
   */
  public static final double SPIKE = 0.20;

  /** The cross-section of one period. */
  public static InvestmentRates of(Economy economy, Histogram firms, Decisions decisions) {
    int nodes = economy.capital().size();
    double mean = 0;
    double square = 0;
    double inaction = 0;
    double positiveSpike = 0;
    double negativeSpike = 0;
    double positive = 0;
    double negative = 0;
    for (int i = 0; i < nodes; i++) {
      double capital = economy.capital().get(i);
      double left = economy.undepreciated(capital);
      for (int z = 0; z < economy.idiosyncratic().size(); z++) {
        int cell = z * nodes + i;
        double adjusting = firms.mass(cell) * decisions.adjusting(cell);
        double rate = (decisions.target(z) - left) / capital;
        mean += adjusting * rate;
        square += adjusting * rate * rate;
        inaction += firms.mass(cell) - adjusting;
        positiveSpike += rate >= SPIKE ? adjusting : 0;
        negativeSpike += rate <= -SPIKE ? adjusting : 0;
        positive += rate > 0 ? adjusting : 0;
        negative += rate < 0 ? adjusting : 0;
      }
    }
    return new InvestmentRates(
        mean,
        Math.sqrt(Math.max(square - mean * mean, 0)),
        inaction,
        positiveSpike,
        negativeSpike,
        positive,
        negative);
  }

  /** Averages of each moment over periods. */
  public static InvestmentRates average(List<InvestmentRates> periods) {
    return new InvestmentRates(
        periods.stream().mapToDouble(InvestmentRates::mean).average().orElseThrow(),
        periods.stream().mapToDouble(InvestmentRates::standardDeviation).average().orElseThrow(),
        periods.stream().mapToDouble(InvestmentRates::inaction).average().orElseThrow(),
        periods.stream().mapToDouble(InvestmentRates::positiveSpike).average().orElseThrow(),
        periods.stream().mapToDouble(InvestmentRates::negativeSpike).average().orElseThrow(),
        periods.stream().mapToDouble(InvestmentRates::positive).average().orElseThrow(),
        periods.stream().mapToDouble(InvestmentRates::negative).average().orElseThrow());
  }
}
