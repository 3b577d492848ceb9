package org.nnks.core.simulate;

/** What agents decide, whatever solved their problem: a network or a grid. */
public interface Policies {

  /**
   * Opens a history of the economy that the agents live in, with agents distributed as it starts.
   * It may share buffers with these policies, so that only the last history opened is valid.
   */
  History begin();
}
