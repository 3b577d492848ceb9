package org.nnks.core.economy;

import java.util.Optional;
import org.nnks.core.numeric.Grid;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/**
 * What an agent chooses, such as next period's capital k'.
 *
 * @param name its symbol
 * @param grid its interval, with the nodes of the state that it sets, if it sets one
 */
public record Control(String name, Grid grid) implements Term {

  @Override
  public Expression expression() {
    return Expression.symbol(name);
  }

  /** Free on its whole interval. */
  public Range free() {
    return new Range(this, Optional.empty(), Optional.empty(), false);
  }

  /** At least a term in the agent's states, on its interval. */
  public Range atLeast(Term lower) {
    return new Range(this, Optional.of(lower), Optional.empty(), false);
  }

  /** At most a term in the agent's states, on its interval. */
  public Range atMost(Term upper) {
    return new Range(this, Optional.empty(), Optional.of(upper), false);
  }

  /** Between two terms in the agent's states, on its interval. */
  public Range between(Term lower, Term upper) {
    return new Range(this, Optional.of(lower), Optional.of(upper), false);
  }

  /**
   * Above a term in the agent's states, where another branch is worth no less: a firm that would
   * rather buy less than nothing does not buy. The payoff is a number on the whole interval. Where
   * the branch's value has one peak there, the best level of the interval says who takes the
   * branch: networks learn that. Searches on grids count the term in.
   */
  public Range above(Term lower) {
    return new Range(this, Optional.of(lower), Optional.empty(), true);
  }

  /** Below a term in the agent's states, where another branch takes over; see {@link #above}. */
  public Range below(Term upper) {
    return new Range(this, Optional.empty(), Optional.of(upper), true);
  }

  /**
   * Where a branch allows a control.
   *
   * @param control the control
   * @param lower a lower bound beyond the interval's own
   * @param upper an upper bound beyond the interval's own
   * @param open whether another branch takes over at these bounds; see {@link Control#above}
   */
  public record Range(Control control, Optional<Term> lower, Optional<Term> upper, boolean open) {}
}
