package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.HashMap;
import java.util.Map;

/**
 * The exogenous states that agents of one aggregate state expect.
 *
 * @param weights discounted probabilities of all states: shape (own states, states)
 * @param reachedWeights the same of those with any probability: shape (own states, reached)
 * @param symbols exogenous variables, moments and forecast prices in those, by name: they broadcast
 *     to shape (n, reached)
 */
record Successors(NDArray weights, NDArray reachedWeights, Map<String, NDArray> symbols) {

  /**
   * Keeps the states with any probability.
   *
   * @param reached their numbers
   * @param symbols in all states: they broadcast to shape (1, states)
   */
  static Successors of(NDArray weights, NDArray reached, Map<String, NDArray> symbols) {
    long states = weights.getShape().get(1);
    Map<String, NDArray> there = new HashMap<>();
    symbols.forEach(
        (name, all) ->
            there.put(name, all.getShape().get(1) == states ? columns(all, reached) : all));
    return new Successors(weights, columns(weights, reached), there);
  }

  /** Columns of an array, where the numbers are. */
  private static NDArray columns(NDArray array, NDArray numbers) {
    return Arrange.in(numbers.getManager(), array).get(new NDIndex(":, {}", numbers));
  }
}
