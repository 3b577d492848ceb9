package org.nnks.core.economy;

import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/**
 * An aggregate endogenous state on which forecast rules depend, such as mean capital K.
 *
 * @param name its symbol
 * @param lower the lowest value at which decisions are solved; positive
 * @param upper the highest value at which decisions are solved
 * @param kind how it is read off
 * @param law if it is a mean, a term in agents' states; otherwise its next value, a term in totals,
 *     aggregate variables, moments and prices
 */
public record Moment(String name, double lower, double upper, Kind kind, Term law) implements Term {

  /** How a moment is read off. */
  public enum Kind {
    /** The mean over agents of a term in their states. */
    MEAN,
    /** It follows its own law of motion. */
    EVOLVING
  }

  /** The mean over agents of a term in their states. */
  public static Moment mean(String name, Term term, double lower, double upper) {
    return new Moment(name, lower, upper, Kind.MEAN, term);
  }

  /** A moment that follows from totals, aggregate variables, moments and prices of the period. */
  public static Moment evolving(String name, Term next, double lower, double upper) {
    return new Moment(name, lower, upper, Kind.EVOLVING, next);
  }

  @Override
  public Expression expression() {
    return Expression.symbol(name);
  }

  /** Its value at the start of the next period: for residuals and {@link Expectation}s. */
  public Expression next() {
    return Expression.symbol(name + "'");
  }
}
