package org.nnks.ddpg.modelbased;

/**
 * States of agents, many at a time. A row is what networks see: own capital and the aggregate
 * state. Networks have one output, a head, for each discrete state of the agent's own shock, so
 * that a row stands for as many states as there are heads. Arrays with a number for each state are
 * ordered by row, then head.
 */
interface Points {

  /** The number of rows. */
  int rows();

  /** The inputs of networks, row by row, without a summary of the cross-section. */
  double[] inputs();

  /** The derivatives of the inputs by own capital, aggregates unchanged. */
  double[] directions();

  /** How outputs become actions. */
  Link link();

  /** The output of the action that keeps capital, from which the actor learns its deviation. */
  double[] shift();

  /** The value from which the critic learns its deviation, in utils. */
  double[] value();

  /** The derivative of {@link #value} by own capital. */
  double[] slope();

  /** How much each state counts in losses, about 1 on average. */
  double[] importance();

  /** What actions in (0, 1) do. */
  Outcomes outcomes(double[] actions);

  /** A typical dV/dk at actions: errors of slopes count relative to it. */
  double[] slopeUnits(double[] actions);

  /** The states of the next period. */
  Successors successors(double[] nextCapital);

  /** The cross-sections in which these agents live; null if there is none to summarise. */
  Sections sections();
}
