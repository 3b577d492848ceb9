package org.nnks.core.economy;

import java.util.List;

/**
 * One of the discrete choices of an agent: which controls it sets, and where it may set them.
 *
 * @param name such as "invest"
 * @param ranges of the controls that are set; the others are not part of the branch
 * @param leaves whether the agent leaves the economy: it then has no next state and no continuation
 */
public record Branch(String name, List<Control.Range> ranges, boolean leaves) {

  /** Keeps its own. */
  public Branch {
    ranges = List.copyOf(ranges);
  }

  /** A branch that sets these controls; none if the agent waits. */
  public static Branch of(String name, Control.Range... ranges) {
    return new Branch(name, List.of(ranges), false);
  }

  /** The branch of an agent that leaves the economy with what the payoff gives it. */
  public static Branch leaving(String name) {
    return new Branch(name, List.of(), true);
  }

  /** The controls that it sets. */
  public List<Control> controls() {
    return ranges.stream().map(Control.Range::control).toList();
  }
}
