package org.nnks.ddpg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.run.Seeds;
import org.nnks.ddpg.environments.CrossSection;

class ReplayTest {

  private static final int AGENTS = 100;

  private static CrossSection section(int number, int agents) {
    double[] capital = new double[agents];
    double[] labour = new double[agents];
    double[] action = new double[agents];
    for (int i = 0; i < agents; i++) {
      // Exact in single precision.
      capital[i] = number + i / 128.0;
      labour[i] = i % 2;
      action[i] = 0.25;
    }
    return CrossSection.ofUnsafe(number / 4.0, capital, labour, action);
  }

  @Test
  void tenMillionTransitionsOfAHundredAgentsTakeTwelveBytesEach() {
    Replay replay = new Replay(10_000_000, AGENTS);
    CrossSection one = section(1, AGENTS);
    long before = usedMemory();
    for (int i = 0; i < replay.capacity(); i++) {
      replay.add(one);
    }
    long taken = usedMemory() - before;
    assertThat(replay.size()).isEqualTo(100_000);
    assertThat(replay.bytes()).isEqualTo(100_000L * (3 * AGENTS + 1) * Float.BYTES);
    assertThat(taken).isLessThan(130_000_000L);
    assertThat(replay.bytes()).isLessThan(130_000_000L);
  }

  private static long usedMemory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void theOldestGoesFirst() {
    Replay replay = new Replay(6, 2);
    for (int number = 0; number < 5; number++) {
      replay.add(section(number, 2));
    }
    assertThat(replay.size()).isEqualTo(3);
    double[] productivities = new double[3];
    Arrays.setAll(productivities, i -> 4 * replay.get(i).productivity());
    assertThat(productivities).containsExactlyInAnyOrder(2, 3, 4);
  }

  @Test
  void whatIsStoredComesBack() {
    Replay replay = new Replay(1_000, 10);
    replay.add(section(7, 10));
    CrossSection back = replay.get(0);
    assertThat(back.numbers()).isEqualTo(section(7, 10).numbers());
  }

  @Test
  void aRestoredBufferContinuesBitForBit() {
    Replay replay = new Replay(3_000 * 2L, 2);
    for (int number = 0; number < 4_000; number++) {
      replay.add(section(number, 2));
    }
    Replay other = new Replay(3_000 * 2L, 2);
    other.restore(replay.contents(), replay.next());
    replay.add(section(1, 2));
    other.add(section(1, 2));
    RandomGenerator first = new Seeds(3).stream("minibatch");
    RandomGenerator second = new Seeds(3).stream("minibatch");
    CrossSection[] one = replay.sample(50, first);
    CrossSection[] two = other.sample(50, second);
    for (int i = 0; i < one.length; i++) {
      assertThat(two[i].numbers()).isEqualTo(one[i].numbers());
    }
    assertThat(other.contents()).isEqualTo(replay.contents());
  }

  @Test
  void aBufferLargerThanMemoryIsRefused() {
    assertThatThrownBy(() -> new Replay(1_000_000_000_000L, AGENTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("MB of heap");
  }

  @Test
  void contentsOfAnotherEconomyAreRefused() {
    Replay replay = new Replay(100, 2);
    assertThatThrownBy(() -> replay.restore(new double[8], 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("another economy");
  }
}
