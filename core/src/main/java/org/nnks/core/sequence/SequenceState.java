package org.nnks.core.sequence;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;

/**
 * Everything the transition method needs to go on after an iteration.
 *
 * @param changes of the path so far
 * @param step share of the way to the path that happens
 * @param since iterations since the step was last halved
 * @param guess the path that agents believe next
 * @param chosen the path on which neighbours were chosen
 * @param values V by period
 */
record SequenceState(
    Vector changes, double step, int since, PathGuess guess, PathGuess chosen, double[][] values) {

  /** Where a path starts. */
  static SequenceState initial(SequenceAgents agents, PathGuess guess) {
    double[][] values = new double[guess.states().length][agents.size()];
    for (int t = 0; t < values.length; t++) {
      agents.start(guess.states()[t], guess.moments(t), values[t]);
    }
    return new SequenceState(Vector.of(), 1, 0, guess, guess, values);
  }

  /** The state after an iteration in which something else happened than was believed. */
  SequenceState after(PathGuess image, double change, PathGuess nowChosen, boolean choicesJump) {
    double[] all = new double[changes.size() + 1];
    System.arraycopy(changes.toArray(), 0, all, 0, changes.size());
    all[changes.size()] = change;
    Vector next = Vector.ofUnsafe(all);
    boolean halved =
        choicesJump
            ? since + 1 >= RepeatedTransition.PATIENCE && stalls(next)
            : change > RepeatedTransition.WORSE * next.min() || circles(next);
    double nextStep = halved ? step / 2 : step;
    return new SequenceState(
        next, nextStep, halved ? 0 : since + 1, guess.towards(image, nextStep), nowChosen, values);
  }

  /** Whether the last few changes are no smaller than as many before them. */
  private static boolean stalls(Vector changes) {
    int n = changes.size();
    int few = RepeatedTransition.PATIENCE;
    return n >= 2 * few
        && changes.slice(n - few, n).min() >= changes.slice(n - 2 * few, n - few).min();
  }

  /** Whether none of many changes since the step was halved is smaller than all before them. */
  private boolean circles(Vector changes) {
    int n = changes.size();
    int many = RepeatedTransition.CIRCLES;
    return since + 1 >= many
        && n > many
        && changes.slice(n - many, n).min() >= changes.slice(0, n - many).min();
  }

  /** As named arrays, for a checkpoint. */
  Map<String, double[]> toArrays() {
    Map<String, double[]> arrays = new LinkedHashMap<>();
    arrays.put("sequence.changes", changes.toArray());
    arrays.put("sequence.step", new double[] {step, since});
    arrays.put("sequence.guess", guess.levels());
    arrays.put("sequence.chosen", chosen.levels());
    double[] all = new double[values.length * values[0].length];
    for (int t = 0; t < values.length; t++) {
      System.arraycopy(values[t], 0, all, t * values[0].length, values[0].length);
    }
    arrays.put("sequence.values", all);
    return arrays;
  }

  /**
   * Reads what {@link #toArrays} wrote.
   *
   * @param start a path of the same economy and shocks
   * @throws InvalidInputException if arrays are missing or have another size
   */
  static SequenceState of(Map<String, double[]> arrays, PathGuess start, int size) {
    double[] step = array(arrays, "sequence.step", 2);
    double[] all = array(arrays, "sequence.values", start.states().length * size);
    double[][] values = new double[start.states().length][size];
    for (int t = 0; t < values.length; t++) {
      System.arraycopy(all, t * size, values[t], 0, size);
    }
    int levels = start.levels().length;
    double[] changes = arrays.getOrDefault("sequence.changes", new double[0]);
    return new SequenceState(
        Vector.of(changes),
        step[0],
        (int) step[1],
        start.withLevels(array(arrays, "sequence.guess", levels)),
        start.withLevels(array(arrays, "sequence.chosen", levels)),
        values);
  }

  private static double[] array(Map<String, double[]> arrays, String name, int size) {
    double[] array = arrays.get(name);
    if (array == null || array.length != size) {
      throw new InvalidInputException(
          "the checkpoint does not hold %d numbers of %s: it is of another path or version; solve again in a new folder"
              .formatted(size, name));
    }
    return array;
  }
}
