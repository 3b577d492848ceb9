package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.nnks.core.economy.DeclaredEconomy;

/**
 * Draws agents to train on, on the device: half of them anywhere in the box, with the density of
 * Chebyshev points in each state, half of them beside agents that histories visited. Prices are
 * uniform in their windows.
 *
 * <p>Numbers are those of an additive recurrence with irrational steps (Roberts, 2018, "The
 * unreasonable effectiveness of quasirandom sequences"; Niederreiter, 1992, chapter 3), started at
 * a random point: they fill the box more evenly than random numbers, are the same on every device,
 * and can begin again.
 */
final class Samples {

  /** How far beside a visited agent samples lie, as a share of half a box; own. */
  private static final double BESIDE = .03;

  private final DeclaredEconomy economy;
  private final ExogenousStates exogenous;
  private final DataType precision;
  private final NDManager manager;
  private final Map<Integer, NDArray> bases = new HashMap<>();
  private final double[] steps;
  private final double[] start;
  private long count;
  private NDArray visitedStates;
  private NDArray visitedInputs;
  private int visited;

  Samples(
      DeclaredEconomy economy,
      ExogenousStates exogenous,
      NDManager manager,
      DataType precision,
      RandomGenerator random) {
    this.economy = economy;
    this.exogenous = exogenous;
    this.manager = manager;
    this.precision = precision;
    int dimensions = 1 + inputs() + economy.prices().size();
    start = random.doubles(dimensions).toArray();
    steps = new double[dimensions];
    double root = 2; // of x^(d + 1) = x + 1: the golden ratio and its generalisations
    for (int i = 0; i < 100; i++) {
      root = Math.pow(1 + root, 1.0 / (dimensions + 1));
    }
    for (int i = 0; i < dimensions; i++) {
      steps[i] = Math.pow(root, -(i + 1)) % 1;
    }
  }

  private int inputs() {
    return economy.states().size() + economy.moments().size();
  }

  /**
   * Agents to train on.
   *
   * @param select their exogenous states: shape (n, states)
   * @param levels of exogenous variables by name: shape (n, 1)
   * @param inputs scaled states and moments: shape (n, states and moments)
   * @param deviations of prices, scaled, of shape (n, 1) each
   */
  record Batch(NDArray select, Map<String, NDArray> levels, NDArray inputs, NDList deviations) {

    /** Views of all of it, whose results belong to a scope. */
    Batch in(NDManager scope) {
      Map<String, NDArray> there = new HashMap<>();
      levels.forEach((name, column) -> there.put(name, Arrange.in(scope, column)));
      NDList prices = new NDList();
      deviations.forEach(price -> prices.add(Arrange.in(scope, price)));
      return new Batch(Arrange.in(scope, select), there, Arrange.in(scope, inputs), prices);
    }
  }

  /** Takes over visited agents: their states h, and scaled states and moments row by row. */
  void visit(long[] states, double[] inputs) {
    visited = states.length;
    if (visitedStates != null) {
      visitedStates.close();
      visitedInputs.close();
    }
    visitedStates = manager.create(states, new Shape(visited));
    visitedInputs = manager.create(inputs, new Shape(visited, inputs()));
  }

  /**
   * Starts from the first numbers again: solves that see the same points differ by what their rules
   * differ by, and not by chance.
   */
  void begin() {
    count = 0;
  }

  /** The next numbers in [0, 1): shape (rows, dimensions), in double precision. */
  private NDArray uniform(int rows, NDManager scope) {
    NDArray base =
        bases.computeIfAbsent(
            rows,
            any -> {
              double[] first = new double[rows * steps.length];
              for (int i = 0; i < first.length; i++) {
                first[i] = (i / steps.length) * steps[i % steps.length] % 1;
              }
              return manager.create(first, new Shape(rows, steps.length));
            });
    double[] offset = new double[steps.length];
    for (int i = 0; i < offset.length; i++) {
      offset[i] = (start[i] + count % (1L << 40) * steps[i]) % 1;
    }
    count += rows;
    NDArray sum = scope.create(offset, new Shape(1, offset.length)).add(base);
    return sum.sub(sum.floor());
  }

  /**
   * Draws points, and agents in every exogenous state at each of them: (points times states) rows,
   * the state fastest.
   */
  Batch drawInEveryState(int points, NDManager scope) {
    int size = exogenous.size();
    long rows = (long) points * size;
    Batch drawn = draw(points, scope);
    NDArray inputs =
        drawn.inputs().expandDims(1).broadcast(points, size, inputs()).reshape(rows, inputs());
    NDList deviations = new NDList();
    for (NDArray each : drawn.deviations()) {
      deviations.add(each.broadcast(points, size).reshape(rows, 1));
    }
    NDArray states = scope.arange(0, size, 1, DataType.INT64).broadcast(points, size).reshape(rows);
    NDArray select = exogenous.select(states, scope);
    return new Batch(select, exogenous.levels(select), inputs, deviations);
  }

  /** Draws agents. */
  Batch draw(int rows, NDManager scope) {
    NDList u = uniform(rows, scope).split(steps.length, 1);
    int beside = visited > 0 ? rows / 2 : 0;
    NDArray states = index(part(u.get(0), beside, rows), exogenous.size());
    NDList box = new NDList();
    for (int i = 0; i < inputs(); i++) {
      NDArray point = part(u.get(1 + i), beside, rows);
      box.add(i < economy.states().size() ? point.mul(Math.PI).cos().neg() : point.mul(2).sub(1));
    }
    NDArray inputs = NDArrays.concat(box, 1);
    if (beside > 0) {
      NDArray which = index(part(u.get(0), 0, beside), visited);
      NDArray known = visitedStates.get(which);
      known.attach(scope);
      states = NDArrays.concat(new NDList(known, states));
      NDList shift = new NDList();
      for (int i = 0; i < inputs(); i++) {
        shift.add(part(u.get(1 + i), 0, beside).mul(2 * BESIDE).sub(BESIDE));
      }
      NDArray near = visitedInputs.get(which);
      near.attach(scope);
      inputs =
          NDArrays.concat(new NDList(near.add(NDArrays.concat(shift, 1)).clip(-1, 1), inputs), 0);
    }
    NDList deviations = new NDList();
    for (int l = 0; l < economy.prices().size(); l++) {
      deviations.add(u.get(1 + inputs() + l).mul(2).sub(1).toType(precision, false));
    }
    NDArray select = exogenous.select(states, scope);
    return new Batch(select, exogenous.levels(select), inputs.toType(precision, false), deviations);
  }

  private static NDArray part(NDArray column, int from, int to) {
    return column.get(new NDIndex("{}:{}", from, to));
  }

  /** Numbers in [0, 1) as indices below a size. */
  private static NDArray index(NDArray uniform, int size) {
    return uniform.mul(size).floor().clip(0, size - 1.0).toType(DataType.INT64, false).flatten();
  }
}
