package org.nnks.khanthomas.exact;

import org.nnks.core.model.Aggregates;
import org.nnks.core.simulate.UnclearedMarketException;

/**
 * Finds the price at which a period's goods market clears, evaluating several candidates at a time.
 *
 * <p>Excess demand falls in the price. The search starts with a batch around the forecast price,
 * widens it until it brackets the root, and then puts each new batch closely around the root of the
 * inverse quadratic through the three best points; a batch that does not halve the bracket is
 * followed by one that divides it evenly. Both ends of the bracket are kept throughout, so the
 * search cannot lose the root.
 *
 * <p>An object holds the buffers of one history; it is not thread-safe.
 */
public final class MarketClearing implements Clearing {

  /**
   * Largest excess demand accepted, as a share of the supply C. Terry's (2017) 1e-4, with his C of
   * .44, leaves noise of .02 % in p, as much as the forecast errors to be measured; this leaves
   * 2e-5 %.
   */
  public static final double TOLERANCE = 2e-7;

  /**
   * Candidates per batch: with three, one batch brackets the root and interpolates it. Measured on
   * a CPU, larger batches cost more than the rounds they save.
   */
  public static final int BATCH = 3;

  /**
   * Relative half-width of the first batch: about ten times the forecast error of a converged rule
   * (.01 %), so that the first batch usually brackets the price.
   */
  static final double FIRST_HALF_WIDTH = 1e-3;

  /** How much a batch that does not bracket the price is widened. */
  static final double EXPANSION = 4;

  /** Half-width of a batch around the interpolated root, as a share of the bracket. */
  static final double REFINEMENT = 1e-3;

  /** Batches before the search is given up: bisection alone would reach 1e-15 sooner. */
  static final int MAX_BATCHES = 60;

  /** Narrower brackets than this, relative to the price, cannot be told apart in double. */
  static final double RESOLUTION = 4e-16;

  private final LumpyInvestment economy;
  private final double[] candidates = new double[BATCH];
  private final Decisions[] decisions = new Decisions[BATCH];
  private final double[] excess = new double[BATCH];
  private final Aggregates[] aggregates = new Aggregates[BATCH];

  private final Bracket bracket = new Bracket();
  private int best;
  private long evaluations;
  private int batches;
  private int expansions;

  /** A search with buffers for the economy's histogram. */
  public MarketClearing(LumpyInvestment economy) {
    this.economy = economy;
    for (int i = 0; i < BATCH; i++) {
      decisions[i] = new Decisions(economy.idiosyncratic().size(), economy.capital().size());
    }
  }

  @Override
  public long evaluations() {
    return evaluations;
  }

  @Override
  public int expansions() {
    return expansions;
  }

  @Override
  public double price() {
    return candidates[best];
  }

  @Override
  public double residual() {
    return excess[best];
  }

  @Override
  public Aggregates aggregates() {
    return aggregates[best];
  }

  @Override
  public Decisions decisions() {
    return decisions[best];
  }

  @Override
  public boolean clear(int period, PeriodPolicies policies, Market market) {
    evaluations = 0;
    expansions = 0;
    batches = 0;
    bracket.reset();
    double centre = clampToBracket(policies.priceForecast());
    double halfWidth = centre * FIRST_HALF_WIDTH;
    fill(centre, halfWidth);
    evaluate(period, policies, market);
    while (!cleared() && !bracket.closed()) {
      expand(period, policies, market);
    }
    boolean divide = false;
    while (!cleared() && batches < MAX_BATCHES && bracket.width() > RESOLUTION * centre) {
      double width = bracket.width();
      if (divide) {
        fill(bracket.lower + width / 2, width / 4);
      } else {
        fill(bracket.interpolate(), REFINEMENT * width);
      }
      evaluate(period, policies, market);
      divide = !divide && bracket.width() > width / 2;
    }
    return cleared();
  }

  private boolean cleared() {
    return Math.abs(excess[best]) <= TOLERANCE * Math.abs(aggregates[best].consumption());
  }

  private void fill(double centre, double halfWidth) {
    for (int i = 0; i < BATCH; i++) {
      candidates[i] = centre + halfWidth * (2.0 * i / (BATCH - 1) - 1);
    }
  }

  /** Moves the batch beyond the end at which excess demand still has the wrong sign. */
  private void expand(int period, PeriodPolicies policies, Market market) {
    expansions++;
    double span = candidates[BATCH - 1] - candidates[0];
    boolean upwards = !bracket.hasUpper();
    double edge = upwards ? bracket.lower : bracket.upper;
    LumpyInvestment.PriceBracket limits = economy.priceBracket();
    if (edge <= limits.lower() || edge >= limits.upper()) {
      throw unbracketed(period, limits, edge);
    }
    double far = clampToBracket(upwards ? edge + EXPANSION * span : edge - EXPANSION * span);
    fill((edge + far) / 2, Math.abs(far - edge) / 2);
    candidates[upwards ? BATCH - 1 : 0] = far;
    evaluate(period, policies, market);
  }

  private void evaluate(int period, PeriodPolicies policies, Market market) {
    policies.at(candidates, BATCH, decisions);
    batches++;
    evaluations += BATCH;
    best = 0;
    for (int i = 0; i < BATCH; i++) {
      aggregates[i] = market.at(candidates[i], decisions[i]);
      excess[i] = market.excessDemand(candidates[i], aggregates[i]);
      if (!Double.isFinite(excess[i])) {
        throw new UnclearedMarketException(
            "period %d: excess demand is %s at p = %s; the solution of the firm's problem is not finite"
                .formatted(period, excess[i], candidates[i]));
      }
      bracket.add(candidates[i], excess[i]);
      if (Math.abs(excess[i]) < Math.abs(excess[best])) {
        best = i;
      }
    }
  }

  private double clampToBracket(double price) {
    LumpyInvestment.PriceBracket limits = economy.priceBracket();
    return Math.min(Math.max(price, limits.lower()), limits.upper());
  }

  private UnclearedMarketException unbracketed(
      int period, LumpyInvestment.PriceBracket limits, double edge) {
    return new UnclearedMarketException(
        ("period %d: excess demand has no root on p in [%s, %s]: it is still %.3g at p = %s;"
                + " check the calibration, or the forecast rules the firms' problem was solved with")
            .formatted(
                period,
                limits.lower(),
                limits.upper(),
                edge == bracket.lower ? bracket.lowerExcess : bracket.upperExcess,
                edge));
  }

  /**
   * The tightest prices known with positive (lower end) and negative (upper end) excess demand, and
   * the last point dropped, for the inverse quadratic.
   */
  private static final class Bracket {
    private double lower;
    private double lowerExcess;
    private double upper;
    private double upperExcess;
    private double third;
    private double thirdExcess;

    void reset() {
      lower = Double.NEGATIVE_INFINITY;
      upper = Double.POSITIVE_INFINITY;
      lowerExcess = Double.NaN;
      upperExcess = Double.NaN;
      thirdExcess = Double.NaN;
    }

    boolean hasUpper() {
      return upper != Double.POSITIVE_INFINITY;
    }

    boolean closed() {
      return hasUpper() && lower != Double.NEGATIVE_INFINITY;
    }

    double width() {
      return upper - lower;
    }

    void add(double price, double excess) {
      if (excess >= 0 && price > lower && price < upper) {
        keep(lower, lowerExcess);
        lower = price;
        lowerExcess = excess;
      } else if (excess < 0 && price < upper && price > lower) {
        keep(upper, upperExcess);
        upper = price;
        upperExcess = excess;
      } else {
        keep(price, excess);
      }
    }

    /** Of the points outside the bracket, keeps the one with the smallest excess demand. */
    private void keep(double price, double excess) {
      if (!(Math.abs(excess) >= Math.abs(thirdExcess)) && !Double.isNaN(excess)) {
        third = price;
        thirdExcess = excess;
      }
    }

    /**
     * The root of the inverse quadratic through the three points, or the secant's if that leaves.
     */
    double interpolate() {
      double secant = lower + lowerExcess * (upper - lower) / (lowerExcess - upperExcess);
      double a = lowerExcess;
      double b = upperExcess;
      double c = thirdExcess;
      if (Double.isNaN(c) || c == a || c == b) {
        return secant;
      }
      double root =
          lower * b * c / ((a - b) * (a - c))
              + upper * a * c / ((b - a) * (b - c))
              + third * a * b / ((c - a) * (c - b));
      return root > lower && root < upper ? root : secant;
    }
  }
}
