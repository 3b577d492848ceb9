package org.nnks.khanthomas.exact;

import org.nnks.core.model.Aggregates;
import org.nnks.core.simulate.UnclearedMarketException;

/**
 * Market clearing to the letter of Terry's (2017) code: inverse quadratic interpolation safeguarded
 * by bisection, from a window of .01 around the forecast price, to |1/p - C| below 1e-4. There is
 * no check that the window brackets the root; after 16 evaluations it is widened once to .04.
 */
public final class TerryClearing implements Clearing {

  static final double TOLERANCE = 1e-4;
  static final double WINDOW = 0.01;
  static final double WIDE_WINDOW = 0.04;

  /** Where the third point stands between the first two. */
  static final double THIRD_POINT = 0.67;

  /** Interpolated points closer to an end than this share of the bracket give way to bisection. */
  static final double SAFEGUARD = 1.0 / 9;

  /** The evaluation at which the window is widened. */
  static final int RESTART = 17;

  static final int MAX_EVALUATIONS = 100;

  private final Decisions[] decisions;
  private final double[] candidate = new double[1];
  private Aggregates aggregates;
  private double residual;
  private long evaluations;
  private int expansions;

  private double lower;
  private double lowerExcess;
  private double upper;
  private double upperExcess;
  private double third;
  private double thirdExcess;

  /** A search with buffers for the economy's histogram. */
  public TerryClearing(LumpyInvestment economy) {
    decisions =
        new Decisions[] {new Decisions(economy.idiosyncratic().size(), economy.capital().size())};
  }

  @Override
  public boolean clear(int period, PeriodPolicies policies, Market market) {
    double forecast = policies.priceForecast();
    expansions = 0;
    evaluations = 0;
    for (int evaluation = 1; evaluation <= MAX_EVALUATIONS; evaluation++) {
      if (evaluation == 1 || evaluation == RESTART) {
        double window = evaluation == 1 ? WINDOW : WIDE_WINDOW;
        lower = forecast - window;
        upper = forecast + window;
        third = lower + THIRD_POINT * (upper - lower);
        expansions = evaluation == 1 ? 0 : 1;
      }
      int point = evaluation < RESTART ? evaluation : evaluation - RESTART + 1;
      double price =
          switch (point) {
            case 1 -> lower;
            case 2 -> upper;
            case 3 -> third;
            default -> next();
          };
      double excess = evaluate(period, policies, market, price);
      evaluations = evaluation;
      if (Math.abs(excess) < TOLERANCE) {
        return true;
      }
      switch (point) {
        case 1 -> lowerExcess = excess;
        case 2 -> upperExcess = excess;
        case 3 -> thirdExcess = excess;
        default -> narrow(price, excess);
      }
    }
    return false;
  }

  private double evaluate(int period, PeriodPolicies policies, Market market, double price) {
    candidate[0] = price;
    policies.at(candidate, 1, decisions);
    aggregates = market.at(price, decisions[0]);
    residual = market.excessDemand(price, aggregates);
    if (!Double.isFinite(residual)) {
      throw new UnclearedMarketException(
          "period %d: excess demand is %s at p = %s; the solution of the firm's problem is not finite"
              .formatted(period, residual, price));
    }
    return residual;
  }

  private double next() {
    double a = lowerExcess;
    double b = upperExcess;
    double c = thirdExcess;
    double interpolated =
        lower * b * c / ((a - b) * (a - c))
            + upper * a * c / ((b - a) * (b - c))
            + third * a * b / ((c - a) * (c - b));
    double margin = SAFEGUARD * (upper - lower);
    boolean inside = interpolated >= lower + margin && interpolated <= upper - margin;
    return inside ? interpolated : (lower + upper) / 2;
  }

  private void narrow(double price, double excess) {
    if (excess < 0) {
      third = upper;
      thirdExcess = upperExcess;
      upper = price;
      upperExcess = excess;
    } else {
      third = lower;
      thirdExcess = lowerExcess;
      lower = price;
      lowerExcess = excess;
    }
  }

  @Override
  public double price() {
    return candidate[0];
  }

  @Override
  public double residual() {
    return residual;
  }

  @Override
  public Aggregates aggregates() {
    return aggregates;
  }

  @Override
  public Decisions decisions() {
    return decisions[0];
  }

  @Override
  public long evaluations() {
    return evaluations;
  }

  @Override
  public int expansions() {
    return expansions;
  }
}
