package org.nnks.ddpg;

import java.util.random.RandomGenerator;
import org.nnks.core.io.InvalidInputException;
import org.nnks.ddpg.environments.CrossSection;

/**
 * The replay buffer D of Algorithm 1, first in, first out. It holds cross-sections rather than
 * transitions: k, l and the action of each agent in single precision, and z. The next state need
 * not be stored, because k' follows from the known transition and shocks are drawn anew or
 * integrated. With 100 agents that is 1,204 bytes for 100 transitions, where storing each agent's
 * states of 100 capitals takes 82,400.
 *
 * <p>Memory is taken in blocks, as the buffer fills. Not thread-safe.
 */
public final class Replay {

  /**
   * Numbers in a block of memory: 256 KB. Larger blocks can be "humongous" for the collector, which
   * gives each of them whole regions of the heap and wastes up to half.
   */
  private static final int BLOCK_NUMBERS = 1 << 16;

  /** Largest share of the heap that a full buffer may take. */
  private static final double HEAP_SHARE = 0.8;

  private final int agents;
  private final int record;
  private final int capacity;
  private final int block;
  private final float[][] blocks;
  private int size;
  private int next;

  /**
   * An empty buffer.
   *
   * @param transitions held at most, one for each agent and period
   * @throws IllegalArgumentException if the full buffer would not fit into memory
   */
  public Replay(long transitions, int agents) {
    if (agents < 1 || transitions < agents) {
      throw new IllegalArgumentException(
          "a replay buffer needs room for one cross-section: %d transitions for %d agents"
              .formatted(transitions, agents));
    }
    this.agents = agents;
    record = 3 * agents + 1;
    block = Math.max(1, BLOCK_NUMBERS / record);
    long sections = transitions / agents;
    long bytes = sections * record * Float.BYTES;
    long heap = Runtime.getRuntime().maxMemory();
    if (sections > Integer.MAX_VALUE || bytes > HEAP_SHARE * heap) {
      throw new IllegalArgumentException(
          "a replay buffer of %d transitions takes %d MB, more than %.0f %% of the %d MB of heap: make the buffer smaller or the heap larger (-Xmx)"
              .formatted(transitions, bytes >> 20, 100 * HEAP_SHARE, heap >> 20));
    }
    capacity = (int) sections;
    blocks = new float[(capacity + block - 1) / block][];
  }

  /** Adds the agents of one period, in place of the oldest if full. */
  public void add(CrossSection section) {
    if (section.agents() != agents) {
      throw new IllegalArgumentException(
          "the replay buffer holds %d agents but got %d".formatted(agents, section.agents()));
    }
    int place = next / block;
    if (blocks[place] == null) {
      blocks[place] = new float[Math.min(block, capacity - place * block) * record];
    }
    float[] memory = blocks[place];
    int at = (next % block) * record;
    memory[at++] = (float) section.productivity();
    for (int i = 0; i < agents; i++) {
      memory[at++] = (float) section.capital(i);
      memory[at++] = (float) section.labour(i);
      memory[at++] = (float) section.action(i);
    }
    next = (next + 1) % capacity;
    size = Math.min(size + 1, capacity);
  }

  /** A cross-section by its place in memory, below {@link #size}. */
  public CrossSection get(int index) {
    float[] memory = blocks[index / block];
    int at = (index % block) * record;
    double productivity = memory[at++];
    double[] capital = new double[agents];
    double[] labour = new double[agents];
    double[] action = new double[agents];
    for (int i = 0; i < agents; i++) {
      capital[i] = memory[at++];
      labour[i] = memory[at++];
      action[i] = memory[at++];
    }
    return CrossSection.ofUnsafe(productivity, capital, labour, action);
  }

  /** Cross-sections drawn with equal probability, with replacement. */
  public CrossSection[] sample(int count, RandomGenerator random) {
    CrossSection[] sample = new CrossSection[count];
    for (int i = 0; i < count; i++) {
      sample[i] = get(random.nextInt(size));
    }
    return sample;
  }

  /** The cross-sections held. */
  public int size() {
    return size;
  }

  /** The cross-sections held at most. */
  public int capacity() {
    return capacity;
  }

  /** Bytes of memory taken so far. */
  public long bytes() {
    long floats = 0;
    for (float[] block : blocks) {
      floats += block == null ? 0 : block.length;
    }
    return floats * Float.BYTES;
  }

  /** Everything held, in the order of memory. */
  public double[] contents() {
    double[] all = new double[size * record];
    for (int i = 0; i < all.length; i++) {
      all[i] = blocks[i / (block * record)][i % (block * record)];
    }
    return all;
  }

  /** The place where the next cross-section goes. */
  public int next() {
    return next;
  }

  /** Continues from saved contents. */
  public void restore(double[] contents, int next) {
    if (contents.length % record != 0
        || contents.length / record > capacity
        || next < 0
        || next >= capacity) {
      throw new InvalidInputException(
          "the saved replay has %d numbers, which are not cross-sections of %d agents within a capacity of %d: it belongs to another economy or configuration"
              .formatted(contents.length, agents, capacity));
    }
    size = contents.length / record;
    this.next = next;
    for (int section = 0; section < size; section++) {
      int place = section / block;
      if (blocks[place] == null) {
        blocks[place] = new float[Math.min(block, capacity - place * block) * record];
      }
      for (int i = 0; i < record; i++) {
        blocks[place][(section % block) * record + i] = (float) contents[section * record + i];
      }
    }
  }
}
