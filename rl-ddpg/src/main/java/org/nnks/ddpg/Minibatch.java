package org.nnks.ddpg;

import java.util.random.RandomGenerator;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.CrossSection;

/**
 * Members of cross-sections that are drawn from the replay, ordered by cross-section.
 *
 * @param sections the cross-sections
 * @param all the states of all agents of each cross-section
 * @param states the states, {@code members} in each cross-section
 * @param chosen the agents that these states belong to
 * @param members states in each cross-section
 */
record Minibatch(
    CrossSection[] sections, AgentState[][] all, AgentState[] states, int[] chosen, int members) {

  /**
   * Draws from a replay.
   *
   * @param count of cross-sections
   * @param wanted members of each, or all if there are fewer
   */
  static Minibatch sample(
      Replay replay, int count, int wanted, Inputs inputs, RandomGenerator random) {
    CrossSection[] sections = replay.sample(count, random);
    AgentState[][] all = new AgentState[sections.length][];
    int agents = sections[0].agents();
    int members = Math.min(wanted, agents);
    int[] chosen = new int[sections.length * members];
    AgentState[] states = new AgentState[chosen.length];
    int[] order = new int[agents];
    for (int b = 0; b < sections.length; b++) {
      all[b] = inputs.states(sections[b]);
      for (int i = 0; i < agents; i++) {
        order[i] = i;
      }
      for (int m = 0; m < members; m++) {
        // The first steps of a Fisher-Yates shuffle: members without replacement.
        int j = m + random.nextInt(agents - m);
        int taken = order[j];
        order[j] = order[m];
        order[m] = taken;
        chosen[b * members + m] = taken;
        states[b * members + m] = all[b][taken];
      }
    }
    return new Minibatch(sections, all, states, chosen, members);
  }

  /** The number of states. */
  int size() {
    return states.length;
  }

  /** The actions that all agents took, cross-section by cross-section. */
  double[] actionsTaken() {
    int agents = all[0].length;
    double[] actions = new double[all.length * agents];
    for (int i = 0; i < actions.length; i++) {
      actions[i] = sections[i / agents].action(i % agents);
    }
    return actions;
  }

  /** Picks the members' numbers out of everyone's. */
  double[] ofMembers(double[] everyone) {
    int agents = all[0].length;
    double[] picked = new double[size()];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = everyone[i / members * agents + chosen[i]];
    }
    return picked;
  }
}
