package org.nnks.bloom;

import org.nnks.core.simulate.SimulatedPath;

/**
 * A solution as a line in plots.
 *
 * @param name in the legend
 * @param dashed whether it is there for comparison
 * @param rule its decisions
 * @param buffer for them
 * @param path its history
 * @param <D> where decisions are written
 */
record Drawn<D extends FirmChoices>(
    String name, boolean dashed, DecisionRule<D> rule, D buffer, SimulatedPath path) {

  /** What firms choose at an aggregate state, mean capital and price; valid until the next call. */
  FirmChoices at(int aggregateState, double meanCapital, double price) {
    rule.begin(aggregateState, meanCapital);
    rule.decide(price, buffer);
    return buffer;
  }
}
