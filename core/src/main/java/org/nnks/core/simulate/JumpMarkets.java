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
 * {@link JumpClearing#RESOLUTION}, the second within {@link #SECOND_RESOLUTION}. The second can be
 * coarser because its market seldom jumps: along a line of prices at which agents are indifferent
 * the weights of the first mixture move, and with them the second excess demand.
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
   * Share of a move of the second price that the first is expected to make: what agents pay for
   * goods over time moves their demand much more than what they pay for hours or other inputs now.
   */
  static final double RESPONSE = .1;

  /** Two candidates this far apart, relatively, are a bracket just narrow enough. */
  static final double SHORTEST_STEP = .8 * JumpClearing.RESOLUTION;

  private final JumpClearing<D> first;
  private final JumpClearing<JumpClearing<D>> second;
  private double start;
  private double step;
  private int evaluations;
  private int expansions;

  /**
   * A search.
   *
   * @param rule how every market clears
   * @param names of the prices, one or two, for messages
   * @param nodes of the prices; see {@link JumpClearing}
   * @param buffer makes a buffer; called three times for one price and nine times for two
   * @throws IllegalArgumentException if there are no prices, more than two, or not nodes of each
   */
  public JumpMarkets(
      JumpClearing.Rule rule, List<String> names, List<Grid> nodes, Supplier<D> buffer) {
    if (names.isEmpty() || names.size() > 2 || names.size() != nodes.size()) {
      throw new IllegalArgumentException(
          "markets that jump are cleared by one price or two, with nodes of each, but got %s and %d grids"
              .formatted(names, nodes.size()));
    }
    Supplier<JumpClearing<D>> search =
        () -> new JumpClearing<>(rule, names.get(0), nodes.get(0), buffer);
    boolean one = names.size() == 1;
    first = one ? search.get() : null;
    second =
        one
            ? null
            : new JumpClearing<>(rule, names.get(1), nodes.get(1), SECOND_RESOLUTION, search);
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
      clearFirst(period, first, markets.first());
    } else {
      second.clear(period, forecast[1], new Outer(period, markets));
      expansions += second.expansions();
    }
  }

  /**
   * Excess demand in the second market where the first has cleared. Jumps are rare, so the root is
   * guessed by the secant through the last two candidates.
   */
  private final class Outer implements JumpClearing.Demand<JumpClearing<D>> {
    private final int period;
    private final Markets<D> markets;
    private double before = Double.NaN;
    private double excessBefore;
    private double last = Double.NaN;
    private double excess;

    Outer(int period, Markets<D> markets) {
      this.period = period;
      this.markets = markets;
    }

    @Override
    public double at(double price, JumpClearing<D> inner) {
      if (!Double.isNaN(last)) {
        step = Math.max(RESPONSE * Math.abs(price / last - 1), SHORTEST_STEP);
      }
      clearFirst(period, inner, markets.first(price));
      start = inner.price();
      before = last;
      excessBefore = excess;
      last = price;
      excess = markets.second(new double[] {start, price}, shares(inner, 1, price));
      return excess;
    }

    @Override
    public double crossing(
        double lowerPrice,
        JumpClearing<D> lower,
        double lowerExcess,
        double upperPrice,
        JumpClearing<D> upper,
        double upperExcess) {
      double secant = last - excess * (last - before) / (excess - excessBefore);
      return secant > lowerPrice && secant < upperPrice
          ? secant
          : lowerPrice + (upperPrice - lowerPrice) * lowerExcess / (lowerExcess - upperExcess);
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
