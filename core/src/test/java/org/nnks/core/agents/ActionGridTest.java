package org.nnks.core.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnks.core.economy.State;

/** Nodes of decisions on the boxes of states. */
class ActionGridTest {

  /** Logs there and back round: agents at an end of a box are at the node there, not beyond it. */
  @Test
  void theEndsOfABoxAreNodes() {
    for (int i = 1; i < 200; i++) {
      double lower = i / 37.0;
      State state = State.logarithmic("k", lower, 8 * lower, 10);
      ActionGrid grid = new ActionGrid(List.of(state), 31);
      assertThat(grid.position(0, lower)).as("%s", lower).isZero();
      assertThat(grid.position(0, 8 * lower)).as("%s", 8 * lower).isEqualTo(30);
    }
  }
}
