package org.nnks.core.economy;

import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/**
 * What agents' contributions add up to in a period, per agent, such as output Y.
 *
 * @param name its symbol
 */
public record Total(String name) implements Term {

  @Override
  public Expression expression() {
    return Expression.symbol(name);
  }
}
