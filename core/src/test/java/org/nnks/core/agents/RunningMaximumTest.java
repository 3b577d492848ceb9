package org.nnks.core.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunningMaximumTest {

  private static final int WIDTH = 3;

  /** A walk that ends at the last node some bound needs answers as one over all nodes does. */
  @Test
  void aShortWalkAnswersItsBoundsWithTheSameBits() {
    Random random = new Random(1);
    int shortened = 0;
    for (int round = 0; round < 2_000; round++) {
      boolean downwards = round % 2 == 0;
      int nodes = 3 + random.nextInt(12);
      BoundPlace[] bounds =
          Stream.generate(
                  () -> {
                    double bound = -1 + random.nextDouble() * (nodes + 1);
                    double at = random.nextInt(4) == 0 ? Math.rint(bound) : bound;
                    return BoundPlace.of(at, nodes, downwards);
                  })
              .limit(1 + random.nextInt(3))
              .toArray(BoundPlace[]::new);
      double[] objective = random.doubles(nodes * WIDTH).toArray();
      if (round % 3 == 0) {
        objective[random.nextInt(objective.length)] = Double.NaN;
      }
      RunningMaximum whole = filled(objective, nodes, downwards);
      whole.prepare();
      RunningMaximum part = filled(objective, nodes, downwards);
      int furthest = part.nearest();
      for (BoundPlace bound : bounds) {
        furthest = part.furthest(furthest, bound);
      }
      part.prepare(furthest);
      shortened += furthest == (downwards ? nodes - 1 : 0) ? 0 : 1;
      for (BoundPlace bound : bounds) {
        assertThat(answer(part, bound)).isDeepEqualTo(answer(whole, bound));
      }
    }
    assertThat(shortened).isGreaterThan(500);
  }

  private static RunningMaximum filled(double[] objective, int nodes, boolean downwards) {
    RunningMaximum maximum = new RunningMaximum(nodes, WIDTH, downwards);
    System.arraycopy(objective, 0, maximum.objective(), 0, objective.length);
    return maximum;
  }

  /** Values and positions. */
  private static double[][] answer(RunningMaximum maximum, BoundPlace bound) {
    double[][] answer = new double[2][WIDTH];
    maximum.from(bound, answer[0], answer[1]);
    return answer;
  }
}
