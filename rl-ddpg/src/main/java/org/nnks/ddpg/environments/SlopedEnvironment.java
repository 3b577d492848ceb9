package org.nnks.ddpg.environments;

/** An economy whose inputs and values have known slopes: for learners that know the model. */
public interface SlopedEnvironment extends Environment {

  /** Writes the derivatives of a state's inputs by own k, aggregates unchanged. */
  void writeInputSlopes(AgentState state, double[] rows, int at);

  /** A typical size of dV/dk: errors of slopes count relative to it. Positive, in utils. */
  double slopeUnit(AgentState state);
}
