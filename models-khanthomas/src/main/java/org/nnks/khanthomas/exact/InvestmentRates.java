package org.nnks.khanthomas.exact;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

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

  /** The name of the mean of i/k in paths and files. */
  public static final String MEAN = "investment rate, mean";

  /** That of its cross-sectional standard deviation. */
  public static final String STANDARD_DEVIATION = "investment rate, standard deviation";

  /** That of the share of firms that do nothing. */
  public static final String INACTION_SHARE = "inaction";

  /** That of the share with a positive spike. */
  public static final String POSITIVE_SPIKE = "positive spike";

  /** That of the share with a negative spike. */
  public static final String NEGATIVE_SPIKE = "negative spike";

  /** That of the share with i/k above zero. */
  public static final String POSITIVE = "positive investment";

  /** That of the share with i/k below zero. */
  public static final String NEGATIVE = "negative investment";

  private static final Map<String, String> WORDS =
      Map.of(
          INACTION_SHARE, "share with inaction",
          POSITIVE_SPIKE, "share with a positive spike, i/k ≥ .2",
          NEGATIVE_SPIKE, "share with a negative spike, i/k ≤ −.2",
          POSITIVE, "share with i/k > 0",
          NEGATIVE, "share with i/k < 0");

  /** What a moment means, if it is one of these and its name does not say it. */
  public static Optional<String> label(String moment) {
    return Optional.ofNullable(WORDS.get(moment));
  }

  /** The cross-section of one period. */
  public static InvestmentRates of(LumpyInvestment economy, Histogram firms, Decisions decisions) {
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
    return shares.rates();
  }

  /**
   * The cross-section of a sample of firms, drawn from all firms of one period: what a survey would
   * find.
   *
   * @param size firms in the sample
   */
  static InvestmentRates sample(
      LumpyInvestment economy,
      Histogram firms,
      Decisions decisions,
      int size,
      RandomGenerator random) {
    FirmGroups groups = new FirmGroups(economy, firms, decisions);
    Shares shares = new Shares();
    for (int firm = 0; firm < size; firm++) {
      int group = groups.draw(random);
      double rate = groups.rate(group);
      shares.add(1.0 / size, rate);
      shares.inaction += !groups.pays(group) && Math.abs(rate) < INACTION ? 1.0 / size : 0;
    }
    return shares.rates();
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

    InvestmentRates rates() {
      return new InvestmentRates(
          mean,
          Math.sqrt(Math.max(square - mean * mean, 0)),
          inaction,
          positiveSpike,
          negativeSpike,
          positive,
          negative);
    }
  }

  /** The moments by name, as paths and files hold them. */
  public Map<String, Double> moments() {
    Map<String, Double> moments = new LinkedHashMap<>();
    moments.put(MEAN, mean);
    moments.put(STANDARD_DEVIATION, standardDeviation);
    moments.put(INACTION_SHARE, inaction);
    moments.put(POSITIVE_SPIKE, positiveSpike);
    moments.put(NEGATIVE_SPIKE, negativeSpike);
    moments.put(POSITIVE, positive);
    moments.put(NEGATIVE, negative);
    return moments;
  }

  /** The record of these moments, such as averages over periods. */
  public static InvestmentRates of(Map<String, Double> moments) {
    return new InvestmentRates(
        moments.get(MEAN),
        moments.get(STANDARD_DEVIATION),
        moments.get(INACTION_SHARE),
        moments.get(POSITIVE_SPIKE),
        moments.get(NEGATIVE_SPIKE),
        moments.get(POSITIVE),
        moments.get(NEGATIVE));
  }
}
