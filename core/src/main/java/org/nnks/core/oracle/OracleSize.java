package org.nnks.core.oracle;

/**
 * How fine a {@link GridOracle} is.
 *
 * @param stateNodes of each state
 * @param controlNodes of each control at which payoffs are compared before the best is refined
 * @param momentNodes of each moment, on the declared interval
 * @param tolerance change of V, as a share of the largest |V|, at which a solve stops
 */
public record OracleSize(int stateNodes, int controlNodes, int momentNodes, double tolerance) {

  /**
   * Nodes by the number of states. With one, halving all steps moves means of Y, K and p of the
   * documented economy by less than .001 %, and hours by .006 %; with two it has not been measured.
   */
  private static final int[] STATE_NODES = {150, 24};

  private static final int[] CONTROL_NODES = {40, 12};

  /** Nodes by the number of moments. */
  private static final int[] MOMENT_NODES = {20, 8};

  /** What is left of V moves decisions by less than rounding of printed tables. */
  public static final double TOLERANCE = 1e-9;

  /** Checks the numbers of nodes. */
  public OracleSize {
    if (stateNodes < TensorGrid.REACH || momentNodes < TensorGrid.REACH || controlNodes < 2) {
      throw new IllegalArgumentException(
          "an oracle needs at least %d nodes of states and moments and 2 of controls but has %d, %d and %d"
              .formatted(TensorGrid.REACH, stateNodes, momentNodes, controlNodes));
    }
  }

  /** The size for so many states and moments. */
  public static OracleSize of(int states, int moments) {
    return new OracleSize(
        STATE_NODES[Math.min(states, STATE_NODES.length) - 1],
        CONTROL_NODES[Math.min(states, CONTROL_NODES.length) - 1],
        MOMENT_NODES[Math.min(moments, MOMENT_NODES.length) - 1],
        TOLERANCE);
  }

  /** All steps halved: what this changes is how far the oracle itself can be trusted. */
  public OracleSize halved() {
    return new OracleSize(2 * stateNodes - 1, 2 * controlNodes - 1, 2 * momentNodes - 1, tolerance);
  }
}
