package org.nnks.core.economy;

import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/**
 * An expectation over next period's aggregate state that appears in a residual, such as that in the
 * Euler equation of a representative owner of capital: prices in it are those that the rules
 * forecast at next period's moments.
 *
 * @param name its symbol
 * @param term in next period's aggregate variables, moments and forecast prices
 */
public record Expectation(String name, Term term) implements Term {

  @Override
  public Expression expression() {
    return Expression.symbol(name);
  }
}
