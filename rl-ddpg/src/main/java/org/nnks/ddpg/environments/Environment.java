package org.nnks.ddpg.environments;

import java.util.random.RandomGenerator;

/**
 * An economy as a learner sees it: N agents with one capital each, that share an aggregate shock.
 *
 * <p>The transition is known. An action is a number in (0, 1], for households the share of cash on
 * hand that is consumed, so that c &gt; 0 and k' &gt;= 0 whatever a network says. Given state and
 * action, k' is deterministic; shocks are exogenous. There is no terminal state: an economy goes on
 * for ever, and where a simulation ends is truncation, through which values are bootstrapped.
 *
 * <p>One period and all units are those of the economy; values and rewards are in utils of one
 * period. Implementations are immutable and may be shared between threads.
 */
public interface Environment {

  /** The economy's name and calibration, such as "rbc"; a checkpoint states it. */
  String name();

  /** beta, in (0, 1). */
  double discountFactor();

  /** N, at least 1. */
  int agents();

  /** The process of z. */
  ShockProcess aggregateShock();

  /** The process of each agent's own shock, which may depend on z. */
  ShockProcess idiosyncraticShock();

  /** Efficiency units of labour in a state of the own shock. */
  double efficiency(double labour);

  /**
   * Agents before their first decision. Starts are drawn from more than the ergodic set, so that
   * policies are learned where an evaluation may look.
   */
  CrossSection start(RandomGenerator random);

  /** The number of inputs of a state to a network, each of about unit size. */
  int inputs();

  /** Writes a state's inputs from position {@code at} on. */
  void writeInputs(AgentState state, double[] rows, int at);

  /** Writes the two inputs of the summary network for one agent: k and l. */
  void writeMember(double capital, double labour, double[] rows, int at);

  /** What an action in (0, 1] does. */
  Outcome outcome(AgentState state, double action);

  /** The action that keeps k as it is, Liu (2024) section 2.3; in (0, 1). */
  double keepingAction(AgentState state);

  /**
   * (1 - beta) times a rough value of the state, from which an anchored critic learns its
   * deviation; 0 if there is no such guess.
   */
  double anchorValue(AgentState state);

  /** a_low of Algorithm 1: the least action that is executed; at least 0. */
  default double lowestAction(AgentState state) {
    return 0;
  }

  /** a_high of Algorithm 1: the largest action that is executed; at most 1. */
  default double highestAction(AgentState state) {
    return 1;
  }

  /** An agent in the steady state. */
  AgentState steadyAgent();

  /** The steady state's consumption as a share of a state's cash on hand; may exceed 1. */
  double steadyShare(AgentState state);

  /** Mean capital beyond which a simulation has exploded, in units of k. */
  double explodedCapital();
}
