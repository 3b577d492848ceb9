package org.nnks.core.economy;

import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/**
 * A price that clears a market in every period, or any other number that solves an equation of the
 * period as a whole.
 *
 * @param name its symbol
 * @param lower the lowest value looked for; positive
 * @param upper the highest value looked for
 * @param market what it clears, for messages
 */
public record Price(String name, double lower, double upper, String market) implements Term {

  @Override
  public Expression expression() {
    return Expression.symbol(name);
  }

  /** Its forecast for the next period: for {@link Expectation}s. */
  public Expression next() {
    return Expression.symbol(name + "'");
  }
}
