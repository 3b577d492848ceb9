package org.nnks.ddpg.modelbased;

import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Economies that live side by side under a policy, remember where they were, and whose transition
 * is known. Mutable: it owns its economies and its replay.
 */
interface Model {

  /** A policy: the actions in (0, 1) at points. */
  @FunctionalInterface
  interface Policy {
    double[] actions(Points points);
  }

  /** The inputs of a cell: k twice, and the own state. */
  int CELL_INPUTS = 3;

  /** beta. */
  double discountFactor();

  /** The number of inputs of a row, without a summary. */
  int inputs();

  /** The number of states of an agent's own shock. */
  int heads();

  /** The inputs of a summary network at every cell of a cross-section, cell by cell. */
  double[] cells();

  /** Every economy moves one period, and the replay learns where it was. */
  void advance(Policy policy, RandomGenerator random);

  /**
   * Points drawn from the replay.
   *
   * @param sections cross-sections
   * @param members rows taken from each of them
   */
  Points sample(int sections, int members, RandomGenerator random);

  /** K, mean over the economies as they are. */
  double meanCapital();

  /** Adds everything the next period starts from, as named arrays. */
  void save(Map<String, double[]> state);

  /** Continues from what {@link #save} wrote. */
  void restore(Map<String, double[]> state);
}
