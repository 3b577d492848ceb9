package org.nnks.cli.impulse;

import java.util.Map;
import java.util.function.IntConsumer;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.ImpulseResponse;
import org.nnks.core.simulate.Shock;

/** An impulse response that a model knows how to make: a shock that fits its calibration. */
public interface Impulse {

  /** What is shocked. */
  Shock shock();

  /** What else is to be known of it, for the page of the responses. */
  Map<String, String> facts();

  /**
   * The responses.
   *
   * @param agents what agents decide
   * @param listener is told after each pair of economies how many are done
   */
  ImpulseResponse respond(BellmanSolution agents, Seeds seeds, IntConsumer listener);
}
