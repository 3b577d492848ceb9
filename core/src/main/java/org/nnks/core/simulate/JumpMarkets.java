package org.nnks.core.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Vector;

/**
 * Clears one market, or two together, whose excess demands fall in jumps. {@link JumpClearing}
 * finds one price. Of two it finds the first, and the mixture of decisions that clears the first
 * market, for every candidate of the second; and by the same search over the second price a mixture
 * of two such mixtures, which clear the first market, clears the second as well.
 *
 * <p>So two or four decisions are mixed. All are taken at prices near those found: the first within
 * {@link JumpClearing#RESOLUTION} unless said otherwise, the second within {@link
 * #SECOND_RESOLUTION}. The second can be coarser because its market seldom jumps: along a line of
 * prices at which agents are indifferent the weights of the first mixture move, and with them the
 * second excess demand.
 *
 * <p>An object holds the buffers of one history; it is not thread-safe.
 *
 * @param <D> a buffer for what agents decide at one candidate
 */
public final class JumpMarkets<D> {

  /**
   * The markets of one period.
   *
   * @param <D> a buffer for decisions
   */
  public interface Markets<D> {

    /**
     * Excess demand in the first market, which falls in the first price.
     *
     * @param second the second price, if there is one
     */
    JumpClearing.Demand<D> first(double... second);

    /**
     * Excess demand in the second market, which falls in the second price.
     *
     * @param prices the second as given, and the first that clears the first market
     * @param mixture of decisions that clears the first market
     */
    double second(double[] prices, List<Share<D>> mixture);
  }

  /**
   * A share of the agents of every kind.
   *
   * @param weight the share
   * @param decisions what they decide
   * @param prices at which they decide
   * @param <D> a buffer for decisions
   */
  public record Share<D>(double weight, D decisions, Vector prices) {}

  /** Relative width of the bracket of the second price at whose ends mixtures are mixed: .01 %. */
  public static final double SECOND_RESOLUTION = 1e-4;

  /**
   * What is added to a step of a price beyond where its market is expected to clear, as a share of
   * the step and of the price's resolution: slopes are known to a fifth or so, and past the root
   * one more candidate is enough.
   */
  static final double BEYOND = .2;

  /**
   * Step of the first price from where it cleared, as a share of a move of the second price: what
   * agents pay for hours or other inputs now hardly moves the price of goods.
   */
  static final double RESPONSE = .02;

  /** Moves of a price, in logs, that tell a slope: jumps hide it in shorter ones. */
  static final double TELLING = 1e-3;

  /** Evaluations beyond bisection's: secants that miss by little are followed once more. */
  private static final int SLACK = 3;

  /**
   * Two candidates this far apart, as a share of the resolution, are a bracket just narrow enough.
   */
  private static final double SHORTEST_STEP = .8;

  private final JumpClearing<D> first;
  private final JumpClearing<JumpClearing<D>> second;
  private final double resolution;
  private final boolean secants;
  private double start;
  private double step;

  /** How the last excess demand falls in its price, as last seen; not a number before that. */
  private double slope = Double.NaN;

  private int evaluations;
  private int expansions;

  /** A search that brackets the first price to {@link JumpClearing#RESOLUTION}. */
  public JumpMarkets(
      JumpClearing.Rule rule, List<String> names, List<Grid> nodes, Supplier<D> buffer) {
    this(rule, JumpClearing.RESOLUTION, names, nodes, buffer);
  }

  /**
   * A search.
   *
   * @param rule how every market clears
   * @param resolution relative width of the bracket of the first price. One wider than {@link
   *     JumpClearing#RESOLUTION} is that of a demand which falls by more in it than by its jumps:
   *     one market then follows secants, as two always do, from one period to the next
   * @param names of the prices, one or two, for messages
   * @param nodes of the prices; see {@link JumpClearing}
   * @param buffer makes a buffer; called three times for one price and nine times for two
   * @throws IllegalArgumentException if there are no prices, more than two, or not nodes of each
   */
  public JumpMarkets(
      JumpClearing.Rule rule,
      double resolution,
      List<String> names,
      List<Grid> nodes,
      Supplier<D> buffer) {
    if (names.isEmpty() || names.size() > 2 || names.size() != nodes.size()) {
      throw new IllegalArgumentException(
          "markets that jump are cleared by one price or two, with nodes of each, but got %s and %d grids"
              .formatted(names, nodes.size()));
    }
    this.resolution = resolution;
    boolean one = names.size() == 1;
    secants = !one || resolution > JumpClearing.RESOLUTION;
    int slack = secants ? SLACK : JumpClearing.SLACK;
    Supplier<JumpClearing<D>> search =
        () -> new JumpClearing<>(rule, names.get(0), nodes.get(0), resolution, slack, buffer);
    first = one ? search.get() : null;
    second =
        one
            ? null
            : new JumpClearing<>(
                rule, names.get(1), nodes.get(1), SECOND_RESOLUTION, SLACK, search);
  }

  /**
   * Clears the markets of one period.
   *
   * @param period counted from one, for messages
   * @param forecast the prices at which the search starts
   * @throws UnclearedMarketException if a market has no root between the ends of its nodes, or
   *     excess demand is not a number
   */
  public void clear(int period, double[] forecast, Markets<D> markets) {
    start = forecast[0];
    step = JumpClearing.FIRST_STEP;
    evaluations = 0;
    expansions = 0;
    if (second == null) {
      JumpClearing.Demand<D> demand = markets.first();
      clearFirst(period, first, secants ? new Only(demand) : demand);
    } else {
      second.clear(period, forecast[1], new Outer(period, markets));
      expansions += second.expansions();
    }
  }

  /** The last two candidates of a search, whose secant says where excess demand crosses zero. */
  private static final class Secant {
    private double before;
    private double excessBefore = Double.NaN;
    private double last;
    private double excess = Double.NaN;

    double seen(double price, double found) {
      before = last;
      excessBefore = excess;
      last = price;
      excess = found;
      return found;
    }

    /** How far the last two are apart, in logs; zero before there are two. */
    double move() {
      return Double.isNaN(excessBefore) ? 0 : Math.abs(Math.log(last / before));
    }

    double slope() {
      return (excess - excessBefore) / (last - before);
    }

    /** The root by the secant where it is inside of a bracket, else that between its ends. */
    double root(double lower, double lowerExcess, double upper, double upperExcess) {
      double root = last - excess / slope();
      return root > lower && root < upper
          ? root
          : lower + (upper - lower) * lowerExcess / (lowerExcess - upperExcess);
    }
  }

  /** Remembers how steeply the last excess demand falls, if a move is long enough to tell. */
  private void learn(Secant secant) {
    if (secant.move() > TELLING && secant.slope() < 0) {
      slope = secant.slope();
    }
  }

  /** A step to just beyond where the last market is expected to clear. */
  private double step(Secant secant, double price, double excess, double width) {
    double here = secant.slope();
    double known = here < 0 ? here : slope;
    return Math.abs(excess / known) * (1 + BEYOND) + BEYOND * width * price;
  }

  /** Excess demand in the first market: where agents know no crossing, the secant guesses it. */
  private class Inner implements JumpClearing.Demand<D> {
    private final JumpClearing.Demand<D> demand;
    final Secant secant = new Secant();

    Inner(JumpClearing.Demand<D> demand) {
      this.demand = demand;
    }

    @Override
    public double at(double price, D decisions) {
      return secant.seen(price, demand.at(price, decisions));
    }

    @Override
    public double between(double price, D lower, D upper, D decisions) {
      return secant.seen(price, demand.between(price, lower, upper, decisions));
    }

    @Override
    public double crossing(
        double lowerPrice,
        D lower,
        double lowerExcess,
        double upperPrice,
        D upper,
        double upperExcess) {
      double known =
          demand.crossing(lowerPrice, lower, lowerExcess, upperPrice, upper, upperExcess);
      return Double.isNaN(known)
          ? secant.root(lowerPrice, lowerExcess, upperPrice, upperExcess)
          : known;
    }
  }

  /** The same where there is no other market. */
  private final class Only extends Inner {

    Only(JumpClearing.Demand<D> demand) {
      super(demand);
    }

    @Override
    public double step(double price, double excess) {
      learn(secant);
      return JumpMarkets.this.step(secant, price, excess, resolution);
    }

    @Override
    public double crossing(
        double lowerPrice,
        D lower,
        double lowerExcess,
        double upperPrice,
        D upper,
        double upperExcess) {
      learn(secant);
      return super.crossing(lowerPrice, lower, lowerExcess, upperPrice, upper, upperExcess);
    }
  }

  /** Excess demand in the second market where the first has cleared. */
  private final class Outer implements JumpClearing.Demand<JumpClearing<D>> {
    private final int period;
    private final Markets<D> markets;
    private final Secant secant = new Secant();

    Outer(int period, Markets<D> markets) {
      this.period = period;
      this.markets = markets;
    }

    @Override
    public double at(double price, JumpClearing<D> inner) {
      double move = Double.isNaN(secant.excess) ? 0 : Math.abs(Math.log(price / secant.last));
      if (move > 0) {
        step = Math.max(RESPONSE * move, SHORTEST_STEP * resolution);
      }
      clearFirst(period, inner, new Inner(markets.first(price)));
      start = inner.price();
      double excess =
          secant.seen(price, markets.second(new double[] {start, price}, shares(inner, 1, price)));
      learn(secant);
      return excess;
    }

    @Override
    public double step(double price, double excess) {
      return JumpMarkets.this.step(secant, price, excess, SECOND_RESOLUTION);
    }

    @Override
    public double crossing(
        double lowerPrice,
        JumpClearing<D> lower,
        double lowerExcess,
        double upperPrice,
        JumpClearing<D> upper,
        double upperExcess) {
      return secant.root(lowerPrice, lowerExcess, upperPrice, upperExcess);
    }
  }

  private void clearFirst(int period, JumpClearing<D> search, JumpClearing.Demand<D> demand) {
    search.clear(period, start, step, demand);
    evaluations += search.evaluations();
    expansions += search.expansions();
  }

  private static <D> List<Share<D>> shares(JumpClearing<D> of, double weight, double... other) {
    double lower = of.lowerWeight();
    return List.of(
        new Share<>(weight * lower, of.lower(), with(of.lowerPrice(), other)),
        new Share<>(weight * (1 - lower), of.upper(), with(of.upperPrice(), other)));
  }

  private static Vector with(double first, double[] other) {
    return other.length == 0 ? Vector.of(first) : Vector.of(first, other[0]);
  }

  /** The mixture that clears the markets; its decisions are valid until the next search. */
  public List<Share<D>> mixture() {
    if (second == null) {
      return shares(first, 1);
    }
    double lower = second.lowerWeight();
    List<Share<D>> all = new ArrayList<>(shares(second.lower(), lower, second.lowerPrice()));
    all.addAll(shares(second.upper(), 1 - lower, second.upperPrice()));
    return all;
  }

  /** The prices found: {@link JumpClearing#price()} of each. */
  public double[] prices() {
    if (second == null) {
      return new double[] {first.price()};
    }
    double weight = second.lowerWeight();
    return new double[] {
      1 / (weight / second.lower().price() + (1 - weight) / second.upper().price()), second.price()
    };
  }

  /** The share of agents who decide as at the lower first price. */
  public double lowerWeight() {
    return second == null
        ? first.lowerWeight()
        : mixed(second.lower().lowerWeight(), second.upper().lowerWeight());
  }

  /** By how much excess demand in the first market falls: {@link JumpClearing#fall()}. */
  public double fall() {
    return second == null ? first.fall() : mixed(second.lower().fall(), second.upper().fall());
  }

  private double mixed(double lower, double upper) {
    return second.lowerWeight() * lower + (1 - second.lowerWeight()) * upper;
  }

  /** Whether all markets cleared by the rule. */
  public boolean cleared() {
    return second == null
        ? first.cleared()
        : second.cleared() && second.lower().cleared() && second.upper().cleared();
  }

  /** Candidates evaluated in the last search. */
  public int evaluations() {
    return evaluations;
  }

  /** How often brackets were widened in the last search. */
  public int expansions() {
    return expansions;
  }
}
