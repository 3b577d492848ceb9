package org.nnks.khanthomas.exact;

import java.util.List;
import java.util.Optional;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.model.Economy;
import org.nnks.core.model.Variables;
import org.nnks.core.numeric.Grid;

/**
 * What an economist declares of an economy of firms with lumpy investment and aggregate risk.
 *
 * <p>A firm has idiosyncratic productivity z and capital k; the economy has aggregate productivity
 * A and mean capital K. Each period a firm may pay a fixed cost and choose next period's capital
 * freely, or let its capital depreciate. Values are in units of marginal utility p = 1/C, so that
 *
 * <pre>
 *   V_N(z,k;A,K) = profit(z,k;A,p) + beta E V(z', undepreciated(k); A', K')   (if maintenance costs)
 *   V_A(z,k;A,K) = profit(z,k;A,p) + p undepreciated(k) + max_k' { -p k' + beta E V(z',k';A',K') }
 *   V(z,k;A,K)   = V_N + fixedCost.optionValue(V_A - V_N)
 * </pre>
 *
 * <p>These are equations (26), (27) and (30), (31) of Yokomoto (2026). The payoff is separable in k
 * and k', so the target k* does not depend on k; every solver in this package uses that.
 * Implementations are immutable.
 */
public interface LumpyInvestment extends Economy {

  /**
   * Mean capital K, and the prices p and W where {@link #hoursPriceBracket()} says that W clears.
   */
  Variables WITH_HOURS_PRICE = new Variables(List.of("K"), List.of("p", "W"));

  /** z: idiosyncratic productivity, in levels. */
  MarkovChain idiosyncratic();

  /**
   * The law of z' when the economy moves to an aggregate state: the same levels, and the same
   * transition unless volatility moves with the aggregate state.
   */
  default MarkovChain idiosyncratic(int nextAggregateState) {
    return idiosyncratic();
  }

  /** k: the nodes of the histogram of firms; its ends bound both k and k'. */
  Grid capital();

  /** What a firm keeps of its capital when it does nothing. */
  double undepreciated(double capital);

  /**
   * b: the share of its capital by which a firm may move away from {@link #undepreciated} without
   * paying the fixed cost; zero unless maintenance is free.
   */
  default double freeAdjustment() {
    return 0;
  }

  /**
   * What a firm that does not pay the fixed cost has next period: what depreciation leaves or, if
   * maintenance is free, the point of its band that is nearest to its target; within the grid.
   */
  default double unpaid(double capital, double target) {
    double left = undepreciated(capital);
    double width = freeAdjustment() * capital;
    return capital().clamp(Math.min(Math.max(target, left - width), left + width));
  }

  /** Output less wages at the optimal labour choice, in units of p: p f(z,k;A,p). */
  double profit(double idiosyncratic, double capital, double aggregate, double price);

  /** The fixed cost of adjusting, an hour of which costs what it does at normal hours. */
  FixedCost fixedCost();

  /**
   * The interval in which the price of an hour in the unit of the value function, W = p w, is
   * looked for where it clears the labour market, and is then the second price of forecast rules.
   * Empty where W is a number: that of {@link #fixedCost()}.
   */
  default Optional<PriceBracket> hoursPriceBracket() {
    return Optional.empty();
  }

  /** {@link #profit(double, double, double, double)} where an hour costs W. */
  default double profit(
      double idiosyncratic, double capital, double aggregate, double price, double hoursPrice) {
    return profit(idiosyncratic, capital, aggregate, price);
  }

  /**
   * W, as rules expect it at an aggregate state and mean capital.
   *
   * @throws org.nnks.core.io.InvalidInputException if W clears beside p, and rules do not forecast
   *     it
   */
  default double hoursPrice(ForecastRules rules, int aggregateState, double meanCapital) {
    if (hoursPriceBracket().isEmpty()) {
      return fixedCost().hoursPrice();
    }
    rules.requireFor(WITH_HOURS_PRICE);
    return rules.prices(aggregateState, meanCapital)[1];
  }

  /** The interval in which a market-clearing price is looked for. */
  PriceBracket priceBracket();

  /** The market of one period: what no candidate price changes is computed here, once. */
  Market market(int aggregateState, Histogram firms);

  /**
   * The interval in which a market-clearing price is looked for.
   *
   * @param lower the lowest price; positive
   * @param upper the highest price
   */
  record PriceBracket(double lower, double upper) {

    /** Checks the order. */
    public PriceBracket {
      if (!(0 < lower && lower < upper)) {
        throw new IllegalArgumentException(
            "a price bracket needs 0 < lower < upper but got [%s, %s]".formatted(lower, upper));
      }
    }
  }
}
