package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nnks.core.economy.State;
import org.nnks.core.nets.Network;

/**
 * Points as one branch tells them apart. What agents set in it, and where it leads, depends on some
 * of their states only, so that networks are asked once for all points that agree in those: of
 * 8,000 firms with twenty levels of each of three kinds of capital, for 400 if one kind is set
 * anew.
 */
final class AlikePoints {

  private final NDList stateInputs = new NDList();
  private final Map<String, NDArray> levels = new HashMap<>();
  private final NDArray index;

  /**
   * Sorts points.
   *
   * @param relevant the states that the branch looks at
   * @param states of the economy
   * @param x levels of each state at the points: (states, points)
   * @param manager keeps all arrays
   */
  AlikePoints(
      List<Integer> relevant,
      List<State> states,
      double[][] x,
      NDManager manager,
      DataType precision) {
    int points = x[0].length;
    long[] keys = keys(relevant, x);
    long[] distinct = Arrays.stream(keys).sorted().distinct().toArray();
    int[] firsts = IntStream.range(0, points).toArray();
    NDArray places = null;
    if (distinct.length < points) {
      firsts = new int[distinct.length];
      long[] place = new long[points];
      for (int i = points - 1; i >= 0; i--) {
        int at = Arrays.binarySearch(distinct, keys[i]);
        firsts[at] = i;
        place[i] = at;
      }
      places = distinct.length == 1 ? null : manager.create(place, new Shape(points));
    }
    index = places;
    for (int s = 0; s < x.length; s++) {
      double[] level = new double[firsts.length];
      double[] scaled = new double[firsts.length];
      for (int i = 0; i < firsts.length; i++) {
        level[i] = x[s][firsts[i]];
        scaled[i] = states.get(s).scaled(level[i]);
      }
      stateInputs.add(Network.create(manager, scaled, new Shape(scaled.length, 1), precision));
      levels.put(
          states.get(s).name(),
          Network.create(manager, level, new Shape(1, 1, level.length), precision));
    }
  }

  /** Numbers of the points that are equal where the relevant states are. */
  private static long[] keys(List<Integer> relevant, double[][] x) {
    long[] keys = new long[x[0].length];
    for (int s : relevant) {
      double[] levels = Arrays.stream(x[s]).sorted().distinct().toArray();
      for (int i = 0; i < keys.length; i++) {
        keys[i] = keys[i] * levels.length + Arrays.binarySearch(levels, x[s][i]);
      }
    }
    return keys;
  }

  /** Scaled states of one point of each sort: shape (sorts, 1) each. */
  NDList stateInputs(NDManager scope) {
    NDList views = new NDList();
    stateInputs.forEach(state -> views.add(Arrange.in(scope, state)));
    return views;
  }

  /** Symbols with the states of one point of each sort in place of those of all points. */
  Map<String, NDArray> symbols(Map<String, NDArray> ofAll) {
    Map<String, NDArray> all = new HashMap<>(ofAll);
    all.putAll(levels);
    return all;
  }

  /** Whether the branch tells all points apart, or none: then nothing is to be spread. */
  boolean spreads() {
    return index != null;
  }

  /**
   * What was found at one point of each sort, at all points.
   *
   * @param found broadcasts to shape (candidates, own states, sorts)
   * @return an array that broadcasts to (candidates, own states, points)
   */
  NDArray spread(NDArray found) {
    return index == null || found.getShape().get(2) == 1
        ? found
        : found.transpose(2, 0, 1).get(index).transpose(1, 2, 0);
  }
}
