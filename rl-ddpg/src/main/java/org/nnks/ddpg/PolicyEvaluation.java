package org.nnks.ddpg;

/**
 * The critic's part in least-squares policy iteration: what is a policy worth, and what is better.
 */
interface PolicyEvaluation {

  /**
   * Fits the critic's output layer to a policy.
   *
   * @param actions the policy's actions at the states
   * @param all the actions of all agents of the states' cross-sections
   * @return the root mean square Bellman error over the states, in units of the critic
   */
  double evaluate(double[] actions, double[] all);

  /**
   * dQ/da times a (1 - a) at each state: the derivative of Q by log odds, up to a positive factor
   * that is the same everywhere.
   *
   * @param odds log odds of the actions
   * @param all the actions of all agents of the states' cross-sections
   */
  double[] condition(double[] odds, double[] all);

  /**
   * How far from an action of the policy that was evaluated another one may be for its Q to be
   * known, in log odds.
   */
  double reach(double action);
}
