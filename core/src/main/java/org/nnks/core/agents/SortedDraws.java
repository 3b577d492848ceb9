package org.nnks.core.agents;

import java.util.Arrays;

/**
 * One number on [0, 1) for each agent, spread evenly among agents who are alike, so that hardly
 * more or fewer of them than expected do something: array-RQMC of L'Ecuyer, Lécot and Tuffin
 * (2008), "A randomized quasi-Monte Carlo simulation method for Markov chains", Operations Research
 * 56(4). Agents are sorted anew at every draw, by groups and then by one state after another in
 * batches (their section 3.2), and the i-th gets the fractional part of u + i times the golden
 * section, u being uniform and the same for all. Each number by itself is uniform; in an order that
 * stayed the same the same agents would always be drawn together. Holds buffers; not thread-safe.
 */
final class SortedDraws {

  /** The fractional part of the golden ratio, whose multiples are spread most evenly. */
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  /** What is sorted: a level, and in the lower half the agent who has it. */
  private final long[] keys;

  private final double[] draws;

  /** Draws of so many agents. */
  SortedDraws(int agents) {
    keys = new long[agents];
    draws = new double[agents];
  }

  /**
   * Draws.
   *
   * @param groups of agents, sorted before all states
   * @param levels of each state: (states, agents)
   * @param uniform on [0, 1)
   */
  void draw(int[] groups, double[][] levels, double uniform) {
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (long) groups[i] << Integer.SIZE | i;
    }
    Arrays.sort(keys);
    for (int from = 0, to = 0; from < keys.length; from = to) {
      long group = keys[from] >> Integer.SIZE;
      while (to < keys.length && keys[to] >> Integer.SIZE == group) {
        to++;
      }
      sort(from, to, levels, 0);
    }
    for (int rank = 0; rank < keys.length; rank++) {
      double place = uniform + rank * GOLDEN;
      draws[(int) keys[rank]] = place - Math.floor(place);
    }
  }

  /** Sorts by a state, and batches of as many agents as there are batches by those after it. */
  private void sort(int from, int to, double[][] levels, int s) {
    for (int rank = from; rank < to; rank++) {
      int agent = (int) keys[rank];
      int bits = Float.floatToIntBits((float) levels[s][agent]);
      int ordered = bits ^ bits >> Integer.SIZE - 1 & Integer.MAX_VALUE; // as numbers, also below 0
      keys[rank] = (long) ordered << Integer.SIZE | agent;
    }
    Arrays.sort(keys, from, to);
    int left = levels.length - s;
    if (left > 1) {
      int batches = (int) Math.max(1, Math.rint(Math.pow(to - from, 1.0 / left)));
      for (int batch = 0; batch < batches; batch++) {
        int first = from + (int) ((long) batch * (to - from) / batches);
        int next = from + (int) ((long) (batch + 1) * (to - from) / batches);
        sort(first, next, levels, s + 1);
      }
    }
  }

  /** The number of an agent. */
  double of(int agent) {
    return draws[agent];
  }
}
