package org.nnks.core.run;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * One seed, from which every consumer of random numbers draws its own named stream.
 *
 * <p>A stream depends on the seed, its name and its index alone: not on which streams were asked
 * for before, nor on how many numbers others drew. Asking twice gives two generators that produce
 * the same numbers. The state is a 64-bit hash of seed, name and index, so among a million streams
 * two coincide with probability below 1e-7. The generator is L64X128MixRandom, with period 2^192.
 *
 * <p>Streams stay the same in all versions of nnks with the same first version number. Each
 * generator belongs to one thread; this record may be shared.
 *
 * @param seed any number; it stands in the provenance of the result
 */
public record Seeds(long seed) {

  private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
      RandomGeneratorFactory.of("L64X128MixRandom");

  /** The golden ratio in 64-bit fixed point, the odd step of the SplitMix64 sequence. */
  private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

  /**
   * The stream of a purpose, such as {@code "aggregate"}.
   *
   * @param name any text; streams of different names are independent
   */
  public RandomGenerator stream(String name) {
    return FACTORY.create(hash(name));
  }

  /**
   * The stream of one item of a purpose, such as the 7th draw of parameters.
   *
   * @param name any text
   * @param index any number; streams of different indices are independent of one another and of
   *     {@link #stream(String)}
   */
  public RandomGenerator stream(String name, long index) {
    return FACTORY.create(absorb(hash(name), index));
  }

  private long hash(String name) {
    // The length goes first, so that no name followed by an index reads like a longer name.
    long state = absorb(absorb(0, seed), name.length());
    for (int i = 0; i < name.length(); i++) {
      state = absorb(state, name.charAt(i));
    }
    return state;
  }

  private static long absorb(long state, long word) {
    return mix((state ^ mix(word + GOLDEN_RATIO)) + GOLDEN_RATIO);
  }

  /**
   * The finaliser of SplitMix64 (G. Steele, D. Lea and C. Flood, 2014, "Fast splittable
   * pseudorandom number generators"; constants by D. Stafford): a bijection in which every input
   * bit flips each output bit with probability one half.
   */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
