package org.nnks.krusellsmith.rbc;

/** A consumption rule of the representative agent, whatever found it. */
@FunctionalInterface
public interface RbcRule {

  /**
   * c, in goods.
   *
   * @param state the state of z, counted from zero
   * @param capital k
   */
  double consumption(int state, double capital);

  /** The rule that keeps capital as it is, c = z k^alpha - delta k: Liu's (2024) pre-training. */
  static RbcRule keepingCapital(Rbc economy) {
    return (state, capital) -> economy.cash(state, capital) - capital;
  }
}
