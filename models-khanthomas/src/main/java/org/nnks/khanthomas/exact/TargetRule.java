package org.nnks.khanthomas.exact;

/** How adjusting firms choose their target k*(z;A,K,p). */
public interface TargetRule {

  /**
   * Writes the targets of every idiosyncratic state at candidate prices.
   *
   * @param aggregateState A, counted from zero
   * @param meanCapital K
   * @param continuation what the target is worth next period
   * @param prices candidate prices
   * @param count how many of them
   * @param targets where k* goes: [candidate][idiosyncratic state]
   */
  void targets(
      int aggregateState,
      double meanCapital,
      Continuation continuation,
      double[] prices,
      int count,
      double[][] targets);

  /** The exact maximiser of the value function: no network, no error but the value's own. */
  static TargetRule maximiser() {
    return (aggregateState, meanCapital, continuation, prices, count, targets) -> {
      for (int j = 0; j < count; j++) {
        for (int z = 0; z < continuation.shocks(); z++) {
          targets[j][z] = continuation.maximise(z, prices[j]);
        }
      }
    };
  }
}
