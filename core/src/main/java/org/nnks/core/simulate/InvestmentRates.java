package org.nnks.core.simulate;

import java.util.List;
import org.nnks.core.model.Decisions;
import org.nnks.core.model.Economy;
import org.nnks.core.model.Histogram;

/**
 * The cross-section of investment rates i/k = (k' - undepreciated(k)) / k in one period, or its
 * average over periods: the seven micro moments of Terry (2017), Table 3. Firms that do not pay the
 * fixed cost have i = 0 unless maintenance is free.
 *
 * @param mean mean of i/k
 * @param standardDeviation cross-sectional standard deviation of i/k
 * @param inaction share of firms that do not pay and have i = 0, or |i/k| below {@link #INACTION}
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

  /** Below this rate maintenance counts as inaction: Terry (2017), Table B2. */
  public static final double INACTION = 0.01;

  /** The cross-section of one period. */
  public static InvestmentRates of(Economy economy, Histogram firms, Decisions decisions) {
    int nodes = economy.capital().size();
    boolean maintenance = economy.freeAdjustment() > 0;
    Shares shares = new Shares();
    for (int i = 0; i < nodes; i++) {
      double capital = economy.capital().get(i);
      double left = economy.undepreciated(capital);
      for (int z = 0; z < economy.idiosyncratic().size(); z++) {
        int cell = z * nodes + i;
        double adjusting = firms.mass(cell) * decisions.adjusting(cell);
        double staying = firms.mass(cell) - adjusting;
        shares.add(adjusting, (decisions.target(z) - left) / capital);
        double rate = maintenance ? (decisions.kept(cell) - left) / capital : 0;
        shares.add(staying, rate);
        shares.inaction += Math.abs(rate) < INACTION ? staying : 0;
      }
    }
    return new InvestmentRates(
        shares.mean,
        Math.sqrt(Math.max(shares.square - shares.mean * shares.mean, 0)),
        shares.inaction,
        shares.positiveSpike,
        shares.negativeSpike,
        shares.positive,
        shares.negative);
  }

  /** Running sums over groups of firms. */
  private static final class Shares {
    private double mean;
    private double square;
    private double inaction;
    private double positiveSpike;
    private double negativeSpike;
    private double positive;
    private double negative;

    void add(double firms, double rate) {
      mean += firms * rate;
      square += firms * rate * rate;
      positiveSpike += rate >= SPIKE ? firms : 0;
      negativeSpike += rate <= -SPIKE ? firms : 0;
      positive += rate > 0 ? firms : 0;
      negative += rate < 0 ? firms : 0;
    }
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
