package org.nnks.core.economy;

import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/** How an agent chooses among branches, given the value of each. */
public sealed interface Choice {

  /** The best branch: V = max W. */
  record Best() implements Choice {}

  /**
   * One branch costs an amount that is drawn anew for each agent and period, uniform on [0, upper]
   * and in units of value; the other branches are free: V = W_0 + E max(0, W_payer - W_0 - cost),
   * W_0 being the best of the others. Khan and Thomas (2008); Yokomoto (2026) equations (30), (31).
   *
   * @param payer the branch that costs
   * @param upper in aggregate variables, moments and prices
   */
  record UniformCost(Branch payer, Term upper) implements Choice {

    /** The symbol of {@link #paid}. */
    public static final String PAID = "paid";

    /**
     * The mean cost of those who pay it, in units of value: for contributions of the payer branch.
     */
    public Expression paid() {
      return Expression.symbol(PAID);
    }
  }

  /**
   * Every branch has an extreme-value shock, independent over agents, periods and branches: V =
   * scale log sum exp(W / scale), up to a constant. Rust (1987).
   *
   * @param scale of the shocks, in units of value; positive
   */
  record TasteShocks(double scale) implements Choice {}
}
