package org.nnks.core.economy;

import org.nnks.core.numeric.Vector;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/**
 * An exogenous variable: a number for each state of a Markov chain, such as aggregate productivity
 * A or an agent's own productivity z. One chain may carry several, such as productivity and
 * volatility.
 *
 * @param name its symbol
 * @param own whether it belongs to the agent; otherwise it is the same for all agents
 * @param levels by the states of the agent's chain or of the aggregate one
 */
public record Exogenous(String name, boolean own, Vector levels) implements Term {

  /** A variable that is the same for all agents, by aggregate states. */
  public static Exogenous aggregate(String name, Vector levels) {
    return new Exogenous(name, false, levels);
  }

  /** A variable of the agent, by the states of its own chain. */
  public static Exogenous own(String name, Vector levels) {
    return new Exogenous(name, true, levels);
  }

  @Override
  public Expression expression() {
    return Expression.symbol(name);
  }

  /** Its value in the next period: for {@link Expectation}s. */
  public Expression next() {
    return Expression.symbol(name + "'");
  }
}
