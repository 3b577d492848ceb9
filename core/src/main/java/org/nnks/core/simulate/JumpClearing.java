package org.nnks.core.simulate;

import java.util.function.Supplier;
import org.nnks.core.numeric.Grid;

/**
 * Finds the price at which excess demand crosses zero when it falls in jumps, as it does when
 * agents choose on grids: then no price need clear the market by itself.
 *
 * <p>At a jump the agents are indifferent between two choices, up to the resolution of the search,
 * and any split of them between the two is optimal. So the market clears by a mixture: a share
 * {@link #lowerWeight} of the agents of every kind decides as at {@link #lowerPrice} and the others
 * as at {@link #upperPrice}. Quantities, and the distribution that follows, are mixed with the same
 * weight.
 *
 * <p>An object holds the buffers of one history; it is not thread-safe.
 *
 * @param <D> a buffer for what agents decide at one candidate price
 */
public final class JumpClearing<D> {

  /** How to clear. */
  public enum Rule {
    /** Brackets the root to {@link #RESOLUTION}, and mixes the decisions at its two ends. */
    MIXED,
    /**
     * Evaluates fixed prices only, and mixes the decisions at the two around the root: excess
     * demand interpolated linearly between them.
     */
    INTERPOLATED,
    /**
     * Bisects until excess demand is within {@link #BISECTION_TOLERANCE}, and takes the best price
     * found when a jump keeps it from getting there.
     */
    BISECTION
  }

  /**
   * Relative width of the bracket at whose ends decisions are mixed: .001 %, a hundredth of the
   * forecast errors that are to be measured.
   */
  public static final double RESOLUTION = 1e-5;

  /** Largest excess demand that bisection accepts; the constant of Terry's (2017) code. */
  public static final double BISECTION_TOLERANCE = 1e-3;

  /** Evaluations before bisection gives up; the constant of Terry's (2017) code. */
  static final int MAX_BISECTIONS = 50;

  /**
   * Relative distance of the second candidate from the forecast: about the forecast error of a
   * converged rule when volatility moves (.4 %).
   */
  public static final double FIRST_STEP = 4e-3;

  /** How much steps grow until the root is bracketed. */
  static final double EXPANSION = 3;

  /** Steps for which agents' word is taken; where they are wrong steps grow as they always do. */
  private static final int TRUSTED_STEPS = 3;

  /** Evaluations that narrowing may take beyond bisection's; 1 in the paper. */
  static final int SLACK = 1;

  /** Truncation of the interpolated root, of the first bracket; kappa_1 = .2 in the paper. */
  private static final double TRUNCATION = .2;

  /**
   * Distance, as a share of the final width, of the candidates on the two sides of a jump whose
   * place is known: both together are a bracket just narrow enough.
   */
  private static final double BESIDE = .4;

  private static final double LOG_2 = Math.log(2);

  /**
   * Excess demand at a candidate price.
   *
   * @param <D> a buffer for decisions
   */
  @FunctionalInterface
  public interface Demand<D> {

    /** Writes what agents decide at a price and returns excess demand, which falls in the price. */
    double at(double price, D decisions);

    /**
     * The same, between two prices at which agents have decided: whoever knows that they do not
     * change their minds there and back need not ask everything again.
     *
     * @param lower what they decide at the lower price; not to be changed
     * @param upper the same at the upper price
     */
    default double between(double price, D lower, D upper, D decisions) {
      return at(price, decisions);
    }

    /**
     * How far from a price the search goes on until it has met both signs of excess demand. A wrong
     * guess costs evaluations, not accuracy.
     *
     * @return not a number, as here, if nothing is known of how excess demand falls
     */
    default double step(double price, double excess) {
      return Double.NaN;
    }

    /**
     * Where between two prices excess demand crosses zero, if agents know where they are
     * indifferent between what they decide at the two. A wrong guess costs evaluations, not
     * accuracy.
     *
     * @param lowerExcess excess demand at the lower price, not negative
     * @param upperExcess excess demand at the upper price, negative
     * @return not a number, as here, if they know no more than the two excess demands
     */
    default double crossing(
        double lowerPrice,
        D lower,
        double lowerExcess,
        double upperPrice,
        D upper,
        double upperExcess) {
      return Double.NaN;
    }
  }

  private final Rule rule;
  private final String name;
  private final Grid nodes;
  private final double resolution;
  private final int slack;
  private D lower;
  private D upper;
  private D spare;
  private double lowerPrice;
  private double lowerExcess;
  private double upperPrice;
  private double upperExcess;
  private double lowerWeight;
  private boolean cleared;
  private int evaluations;
  private int expansions;

  /**
   * A search.
   *
   * @param rule how to clear
   * @param name of the price, for messages
   * @param nodes the prices that are interpolated; their ends bound every search
   * @param buffer makes a buffer; called three times
   */
  public JumpClearing(Rule rule, String name, Grid nodes, Supplier<D> buffer) {
    this(rule, name, nodes, RESOLUTION, SLACK, buffer);
  }

  /**
   * A search that brackets the root to another resolution.
   *
   * @param slack evaluations that narrowing may take beyond bisection's
   */
  JumpClearing(
      Rule rule, String name, Grid nodes, double resolution, int slack, Supplier<D> buffer) {
    this.rule = rule;
    this.name = name;
    this.nodes = nodes;
    this.resolution = resolution;
    this.slack = slack;
    lower = buffer.get();
    upper = buffer.get();
    spare = buffer.get();
  }

  /**
   * Clears the market of one period.
   *
   * @param period counted from one, for messages
   * @param forecast the price at which the search starts
   * @throws UnclearedMarketException if excess demand has no root between the ends of the nodes, or
   *     is not a number
   */
  public void clear(int period, double forecast, Demand<D> demand) {
    clear(period, forecast, FIRST_STEP, demand);
  }

  /** The same, where the second candidate is this far, relatively, from the forecast. */
  void clear(int period, double forecast, double firstStep, Demand<D> demand) {
    evaluations = 0;
    expansions = 0;
    lowerPrice = Double.NEGATIVE_INFINITY;
    upperPrice = Double.POSITIVE_INFINITY;
    switch (rule) {
      case MIXED -> {
        bracket(period, forecast, firstStep, demand);
        narrow(period, demand);
        mix();
      }
      case INTERPOLATED -> {
        bracketByNodes(period, forecast, demand);
        mix();
      }
      case BISECTION -> {
        bracket(period, forecast, firstStep, demand);
        while (smallestExcess() > BISECTION_TOLERANCE && evaluations < MAX_BISECTIONS) {
          evaluate(period, (lowerPrice + upperPrice) / 2, demand);
        }
        lowerWeight = lowerExcess <= -upperExcess ? 1 : 0;
        cleared = smallestExcess() <= BISECTION_TOLERANCE;
      }
    }
  }

  /** Steps away from the forecast, further each time, until both signs of excess demand are met. */
  private void bracket(int period, double forecast, double firstStep, Demand<D> demand) {
    double start = nodes.clamp(forecast);
    double step = firstStep * start;
    evaluate(period, start, demand);
    while (!bracketed()) {
      boolean upwards = upperPrice == Double.POSITIVE_INFINITY;
      double edge = upwards ? lowerPrice : upperPrice;
      requireInside(period, edge);
      double known = demand.step(edge, upwards ? lowerExcess : upperExcess);
      boolean trusted = known > 0 && expansions < TRUSTED_STEPS;
      double away = trusted ? known : step;
      evaluate(period, nodes.clamp(upwards ? edge + away : edge - away), demand);
      step *= trusted ? 1 : EXPANSION;
      expansions++;
    }
  }

  /**
   * Narrows the bracket to {@link #RESOLUTION} by the ITP method of Oliveira and Takahashi (2020),
   * ACM Transactions on Mathematical Software 47(1): interpolate, truncate towards the middle, and
   * project onto what bisection would leave. It needs at most {@link #SLACK} evaluations more than
   * bisection, rounding aside, and about half as many where excess demand hardly jumps. Where
   * agents know at which price they jump, two candidates beside it are enough.
   */
  private void narrow(int period, Demand<D> demand) {
    double width = resolution * lowerPrice;
    double start = upperPrice - lowerPrice;
    double allowed = Math.scalb(width, slack + (int) Math.ceil(Math.log(start / width) / LOG_2));
    for (; upperPrice - lowerPrice > width; allowed /= 2) {
      double size = upperPrice - lowerPrice;
      double middle = lowerPrice + size / 2;
      double known =
          demand.crossing(lowerPrice, lower, lowerExcess, upperPrice, upper, upperExcess);
      double crossing =
          Double.isNaN(known)
              ? lowerPrice + size * lowerExcess / (lowerExcess - upperExcess)
              : known;
      double away = Math.min(Math.abs(middle - crossing), size / 2);
      double inwards = Math.signum(middle - crossing);
      double shift = Double.isNaN(known) ? TRUNCATION * size * size / start : BESIDE * width;
      double reach = Math.min((allowed - size) / 2, away - Math.min(shift, away));
      evaluate(period, middle - inwards * reach, demand);
    }
  }

  /** Walks along the nodes from the one below the forecast. */
  private void bracketByNodes(int period, double forecast, Demand<D> demand) {
    int below = nodes.cell(forecast);
    int above = below;
    evaluate(period, nodes.get(below), demand);
    while (!bracketed()) {
      boolean upwards = upperPrice == Double.POSITIVE_INFINITY;
      requireInside(period, upwards ? lowerPrice : upperPrice);
      evaluate(period, nodes.get(upwards ? ++above : --below), demand);
      expansions++;
    }
  }

  private boolean bracketed() {
    return lowerPrice != Double.NEGATIVE_INFINITY && upperPrice != Double.POSITIVE_INFINITY;
  }

  private void requireInside(int period, double edge) {
    boolean upwards = upperPrice == Double.POSITIVE_INFINITY;
    if (upwards ? edge >= nodes.upper() : edge <= nodes.lower()) {
      throw new UnclearedMarketException(
          ("period %d: excess demand has no root on %s in [%s, %s]: it is still %.3g at %s = %s;"
                  + " check the calibration, or the forecast rules the agents' problem was solved"
                  + " with")
              .formatted(
                  period,
                  name,
                  nodes.lower(),
                  nodes.upper(),
                  upwards ? lowerExcess : upperExcess,
                  name,
                  edge));
    }
  }

  private void evaluate(int period, double price, Demand<D> demand) {
    double excess =
        bracketed() ? demand.between(price, lower, upper, spare) : demand.at(price, spare);
    evaluations++;
    if (!Double.isFinite(excess)) {
      throw new UnclearedMarketException(
          "period %d: excess demand is %s at %s = %s; the solution of the agents' problem is not finite"
              .formatted(period, excess, name, price));
    }
    D free;
    if (excess >= 0) {
      free = lower;
      lower = spare;
      lowerPrice = price;
      lowerExcess = excess;
    } else {
      free = upper;
      upper = spare;
      upperPrice = price;
      upperExcess = excess;
    }
    spare = free;
  }

  private void mix() {
    lowerWeight = upperExcess / (upperExcess - lowerExcess);
    cleared = true;
  }

  private double smallestExcess() {
    return Math.min(lowerExcess, -upperExcess);
  }

  /**
   * The price found: where demand 1/p is the mean, with the weights of the mixture, of demand at
   * the two ends. A mixture that balances excess demand thus clears the market at this price
   * however far apart the ends are; the mean of the two prices does not, for 1/p is not linear.
   */
  public double price() {
    return 1 / (lowerWeight / lowerPrice + (1 - lowerWeight) / upperPrice);
  }

  /**
   * By how much excess demand falls between the two ends, as a share of demand 1/p. Beyond what
   * their distance explains it is a jump; of agents who choose on grids, and are indifferent there,
   * or of a policy's approximation, where they are not.
   */
  public double fall() {
    return (lowerExcess - upperExcess) * price();
  }

  /** Whether the market cleared by the rule. */
  public boolean cleared() {
    return cleared;
  }

  /** The share of agents who decide as at the lower price. */
  public double lowerWeight() {
    return lowerWeight;
  }

  /** The highest price tried at which there is excess demand. */
  public double lowerPrice() {
    return lowerPrice;
  }

  /** The lowest price tried at which there is excess supply. */
  public double upperPrice() {
    return upperPrice;
  }

  /** What agents decide at the lower price; valid until the next search. */
  public D lower() {
    return lower;
  }

  /** What agents decide at the upper price; valid until the next search. */
  public D upper() {
    return upper;
  }

  /** Candidate prices evaluated in the last search. */
  public int evaluations() {
    return evaluations;
  }

  /** How often the bracket was widened in the last search. */
  public int expansions() {
    return expansions;
  }
}
