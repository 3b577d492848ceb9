package org.nnks.core.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.core.economy.Control;
import org.nnks.core.economy.State;

/** The best of several controls: of known functions, and how it moves when these do. */
class ControlSearchTest {

  private static final int NODES = 7;

  private static ControlNodes nodes(int controls) {
    List<State> states = new ArrayList<>();
    for (int s = 0; s < controls; s++) {
      states.add(State.logarithmic("k" + s, 1, 2, NODES));
    }
    int[] each = IntStream.range(0, controls).map(s -> NODES).toArray();
    List<Control> next = states.stream().map(State::next).toList();
    return new ControlNodes(
        new ActionGrid(states, each), next, IntStream.range(0, controls).toArray());
  }

  private static ControlSearch search(ControlNodes nodes) {
    ControlSearch search = new ControlSearch(nodes);
    for (int c = 0; c < nodes.controls(); c++) {
      search.allowAll(c);
    }
    return search;
  }

  /** With cross terms: -x'Qx around a point between nodes. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void theTopOfAQuadraticIsExact(int controls) {
    ControlNodes nodes = nodes(controls);
    ControlSearch search = search(nodes);
    for (int u = 0; u < nodes.size(); u++) {
      double value = 1;
      double sum = 0;
      for (int c = 0; c < controls; c++) {
        double x = u / nodes.stride(c) % NODES - (2.7 + .3 * c);
        value -= x * x;
        sum += x;
      }
      search.objective()[u] = value - .05 * sum * sum;
    }
    search.search();
    assertThat(search.value()).isCloseTo(1, within(1e-12));
    for (int c = 0; c < controls; c++) {
      assertThat(search.position(c)).isCloseTo(2.7 + .3 * c, within(1e-12));
    }
  }

  /** Bounds differ from agent to agent, and one search serves all of them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void nothingIsLeftOfAnEarlierSearch(int controls) {
    ControlNodes nodes = nodes(controls);
    ControlSearch reused = search(nodes);
    Random random = new Random(controls);
    for (int round = 0; round < 1_000; round++) {
      ControlSearch fresh = search(nodes);
      double[] objective = random.doubles(nodes.size()).toArray();
      for (ControlSearch search : List.of(reused, fresh)) {
        System.arraycopy(objective, 0, search.objective(), 0, objective.length);
      }
      for (int c = 0; c < controls; c++) {
        double low = 1 + .8 * random.nextDouble();
        double high = low + .2 * random.nextDouble();
        for (ControlSearch search : List.of(reused, fresh)) {
          search.atLeast(c, low);
          search.atMost(c, high);
        }
      }
      reused.search();
      fresh.search();
      assertThat(reused.value()).isEqualTo(fresh.value());
      for (int c = 0; c < controls; c++) {
        assertThat(reused.position(c)).isEqualTo(fresh.position(c));
      }
    }
  }

  /**
   * From one concave objective to another in small steps, past points where nodes are equally good:
   * the best value moves no further than the interpolation between nodes can.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theBestValueIsContinuousInTheObjective(int controls) {
    ControlNodes nodes = nodes(controls);
    ControlSearch search = search(nodes);
    Random random = new Random(controls);
    int steps = 1_000;
    for (int round = 0; round < 5; round++) {
      double[] first = concave(nodes, random);
      double[] last = concave(nodes, random);
      double furthest =
          IntStream.range(0, first.length)
              .mapToDouble(u -> Math.abs(last[u] - first[u]))
              .max()
              .orElseThrow();
      double before = Double.NaN;
      for (int step = 0; step <= steps; step++) {
        for (int u = 0; u < first.length; u++) {
          search.objective()[u] = first[u] + (last[u] - first[u]) * step / steps;
        }
        search.search();
        if (step > 0) {
          double most = Math.pow(1.25, controls) * furthest / steps;
          assertThat(search.value()).isCloseTo(before, within(most));
        }
        before = search.value();
      }
    }
  }

  /** Falls in every control, and in their sum, from a point of its own, faster on one side. */
  private static double[] concave(ControlNodes nodes, Random random) {
    double[] centre = random.doubles(nodes.controls() + 1, 1, NODES - 2).toArray();
    double[] objective = new double[nodes.size()];
    for (int u = 0; u < objective.length; u++) {
      double sum = 0;
      for (int c = 0; c < nodes.controls(); c++) {
        int x = u / nodes.stride(c) % NODES;
        objective[u] -= fall(x - centre[c]);
        sum += (double) x / nodes.controls();
      }
      objective[u] -= fall(sum - centre[nodes.controls()]);
    }
    return objective;
  }

  private static double fall(double x) {
    return Math.pow(Math.abs(x), 1.5) * (x < 0 ? 2 : 1);
  }
}
