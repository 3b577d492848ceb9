package org.nnks.core.sequence;

import java.util.List;
import java.util.Optional;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.History;
import org.nnks.core.simulate.SimulatedPath;

/**
 * Agents whose values are known period by period along a path, as a method without forecast rules
 * needs them. What V is, they know alone: values of firms, or marginal values of households. It may
 * hold buffers; not thread-safe.
 */
public interface SequenceAgents {

  /** The economy that they live in. */
  Economy economy();

  /** The rules of the solution that values start from. */
  ForecastRules rules();

  /**
   * Whether periods of a state with the same moments are so much alike that the line through the
   * values of a path's periods is how values respond to moments. If not, because periods with more
   * capital differ in more than capital, the response is that of the solution by rules.
   */
  default boolean momentsSuffice() {
    return true;
  }

  /**
   * Whether choices jump, as those between points of a grid do. A few periods then change for ever,
   * and a path counts as found when the root mean square of its changes is small; without jumps the
   * largest change must be.
   */
  default boolean choicesJump() {
    return false;
  }

  /**
   * What else of agents at the start of the next period matters for values, one series each, such
   * as the hours that firms have hired: periods in whose place others are looked up must be alike
   * in this, too. Positive; nothing by default.
   */
  default List<Vector> alsoMatters(SimulatedPath path) {
    return List.of();
  }

  /** The number of values of one period. */
  int size();

  /**
   * Values to start from.
   *
   * @param values receives V in an aggregate state at given moments
   */
  void start(int aggregateState, double[] moments, double[] values);

  /**
   * One step of the Bellman, or the Euler, equation.
   *
   * @param prices of the period
   * @param next V of the next period, by its aggregate state; not read where the chain does not
   *     lead
   * @param values receives V of this period
   */
  void backward(
      int aggregateState, double[] moments, double[] prices, double[][] next, double[] values);

  /**
   * A history of agents who expect what a path says, with agents distributed as the economy starts.
   *
   * @param beliefs what they hold to be true in each period
   */
  History forward(Beliefs beliefs);

  /**
   * The same history, in which it is noted what agents would lose if they always decided as the
   * solution by rules does, among others who believe in the path: what a single decision costs, at
   * the prices of the path, for ever. Nothing if they do not know how.
   *
   * @param losses receives shares by period
   */
  default Optional<History> regretful(Beliefs beliefs, double[] losses) {
    return Optional.empty();
  }

  /** Of what losses are shares. */
  default String lossOf() {
    return "";
  }

  /**
   * What agents believe in a period of a path, counted from zero; on the way to the solution a
   * history may have other moments than the path.
   */
  interface Beliefs {

    /**
     * V of the next period, by its aggregate state.
     *
     * @param moments of the period as they turn out
     */
    double[][] next(int period, double[] moments);

    /** Moments of the next period, given those of the period as they turn out. */
    double[] nextMoments(int period, double[] moments);

    /** Prices of the period. */
    double[] prices(int period);

    /** Prices of the next period if an aggregate state comes, given its moments. */
    double[] nextPrices(int period, int nextState, double[] nextMoments);
  }
}
