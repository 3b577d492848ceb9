package org.nnks.ddpg.modelbased;

import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.nnks.ddpg.Learner;

/**
 * Prioritised replay (Schaul et al. 2016): places are drawn in proportion to the size of their last
 * error to a power, and count the less the more often they are drawn, so that losses are the same
 * on average. New places are drawn like the one with the largest error.
 */
final class Priorities {

  /** Is added to each error: what fits perfectly is drawn at times, too. */
  static final double LEAST = 1e-6;

  private static final String PRIORITIES = "gradient.priorities";

  private final double power;
  private final double[] priorities;
  private double largest = 1;

  /** No error is known yet at so many places. */
  Priorities(int capacity, double power) {
    this.power = power;
    priorities = new double[capacity];
  }

  /** Something new is at a place. */
  void renew(int place) {
    priorities[place] = largest;
  }

  /** Places that are drawn, with replacement, and what each of them counts. */
  record Draw(int[] places, double[] importance) {}

  /** Draws places, which hold something up to the size of the replay. */
  Draw draw(int size, int count, RandomGenerator random) {
    double[] cumulative = new double[size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += priorities[i];
      cumulative[i] = sum;
    }
    int[] places = new int[count];
    double[] importance = new double[count];
    for (int i = 0; i < count; i++) {
      int found = Arrays.binarySearch(cumulative, sum * random.nextDouble());
      places[i] = found < 0 ? -found - 1 : found + 1;
      importance[i] = sum / (size * priorities[places[i]]);
    }
    return new Draw(places, importance);
  }

  /** The errors that were found at places. */
  void learn(int[] places, double[] errors) {
    for (int i = 0; i < places.length; i++) {
      priorities[places[i]] = Math.pow(Math.abs(errors[i]) + LEAST, power);
    }
    largest = Arrays.stream(priorities).max().orElseThrow();
  }

  void save(Map<String, double[]> state) {
    state.put(PRIORITIES, priorities.clone());
    state.put(PRIORITIES + ".largest", new double[] {largest});
  }

  void restore(Map<String, double[]> state) {
    double[] saved = Learner.saved(state, PRIORITIES);
    if (saved.length != priorities.length) {
      throw new IllegalArgumentException(
          "%d priorities for %d places".formatted(saved.length, priorities.length));
    }
    System.arraycopy(saved, 0, priorities, 0, saved.length);
    largest = Learner.saved(state, PRIORITIES + ".largest")[0];
  }
}
