package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Control;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.State;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.TargetCopy;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.tensor.TensorProgram;

/**
 * V(x, e; a, m) of any economy: Yokomoto (2026) equation (32).
 *
 * <pre>
 *   V = baseline(x, e; a, m) + affine(m; a, e) + scale network(x, e; a, m)
 * </pre>
 *
 * <p>The baseline is the part of the payoff that no control changes, in the branch with the most
 * controls and at forecast prices: exactly V up to a constant of (a, e, m) if that branch sets
 * every state and costs nothing. What is affine in moments takes the closed form of value
 * iteration's slow modes, and the scale keeps what the network has to learn of order one. A target
 * copy follows the network.
 */
public final class ValueNetwork implements AutoCloseable {

  private final List<String> stateNames;
  private final Scales scales;
  private final ExogenousStates exogenous;
  private final NDManager manager;
  private final StateNetwork network;
  private final TargetCopy target;
  private final TensorProgram baseline;
  private final NDArray affine;
  private final NDArray scale;

  ValueNetwork(
      DeclaredEconomy economy,
      Scales scales,
      ExogenousStates exogenous,
      NeuralTraining training,
      Device device,
      DataType precision,
      Seeds seeds) {
    this.scales = scales;
    this.exogenous = exogenous;
    stateNames = economy.states().stream().map(State::name).toList();
    manager = device.newManager();
    // Linear in moments is one of the two: the output layer of a single hidden layer, or a part of
    // its own. Two layers with products settle two kinds of capital in 15 iterations, not 11; a
    // part of its own beside products takes inventories 13 instead of 12, and leaves a standard
    // deviation 3.6 instead of 1.8 % off.
    int moments = economy.moments().size();
    int factors = stateNames.size() == 1 ? moments : 0;
    network =
        new StateNetwork(
            exogenous,
            training.exogenous(),
            stateNames.size() + economy.moments().size(),
            1,
            factors,
            training.hidden(),
            training.activation(),
            device,
            precision,
            seeds.stream("value-weights"));
    // V starts as its baseline: Yokomoto (2026) footnote 24
    network.drawFeatures(stateNames.size(), seeds.stream("value-features"));
    target = new TargetCopy(network.network(), training.targetUpdate());
    baseline = new TensorProgram(device, precision, List.of(baseline(economy)));
    affine = manager.zeros(new Shape(1 + moments - factors, exogenous.size()), precision);
    scale = Network.create(manager, new double[] {1}, new Shape(1), precision);
  }

  private static Expression baseline(DeclaredEconomy economy) {
    Branch free =
        economy.branches().stream()
            .max(Comparator.comparingInt(branch -> branch.controls().size()))
            .orElseThrow();
    Set<String> controls = free.controls().stream().map(Control::name).collect(Collectors.toSet());
    return controls.isEmpty()
        ? Expression.constant(0)
        : economy.payoff(free).expression().split(controls::contains).free();
  }

  /** What Adam trains. */
  Network network() {
    return network.network();
  }

  /** The copy that targets are computed with. */
  TargetCopy target() {
    return target;
  }

  /** What the network learns of V is in units of this: shape (1). */
  NDArray scale() {
    return scale;
  }

  /** Coefficients of one and of each scaled moment by states: shape (1 + slopes, states). */
  NDArray affine() {
    return affine;
  }

  /** The number of moments that the affine part looks at: all or none. */
  int slopes() {
    return (int) affine.getShape().get(0) - 1;
  }

  /** The affine part at rows: shape (n, 1). */
  NDArray affine(Point point, NDManager scope) {
    NDArray each = point.select().matMul(Arrange.in(scope, affine).transpose());
    NDArray sum = each.get(new NDIndex(":, 0:1"));
    for (int j = 0; j < slopes(); j++) {
      NDArray slope = each.get(new NDIndex(":, {}:{}", 1 + j, 2 + j));
      sum = sum.add(slope.mul(point.momentInputs().get(j)));
    }
    return sum;
  }

  /** The same in all states, at scaled moments of shape (n, 1): it broadcasts to (n, states). */
  private NDArray affine(NDList momentInputs, NDManager scope) {
    NDArray all = Arrange.in(scope, affine);
    NDArray sum = all.get(new NDIndex("0:1"));
    for (int j = 0; j < slopes(); j++) {
      sum = sum.add(all.get(new NDIndex("{}:{}", 1 + j, 2 + j)).mul(momentInputs.get(j)));
    }
    return sum;
  }

  /** The baseline at rows, prices being forecasts: broadcasts to shape (n, 1). */
  NDArray baseline(Map<String, NDArray> symbols, NDManager scope) {
    return baseline.evaluate(symbols, scope).get(0);
  }

  /** Whether a row of inputs teaches the values of all exogenous states at once. */
  boolean hasHeads() {
    return network.hasHeads();
  }

  /**
   * The network and its slopes in all inputs: (n, 1) and (inputs, n, 1); with heads (n, states) and
   * (inputs, n, states).
   */
  NDList networkWithSlopes(NDList parameters, NDArray inputs, NDArray select) {
    return network.withSlopes(parameters, inputs, select);
  }

  /** What the output layer is linear in, with slopes: see {@link StateNetwork#hiddenWithSlopes}. */
  NDList hiddenWithSlopes(NDList parameters, NDArray inputs, NDArray select) {
    return network.hiddenWithSlopes(parameters, inputs, select);
  }

  /** V at rows, prices being forecasts: shape (n, 1). */
  NDArray value(Point point, NDManager scope) {
    return network
        .selected(network().parameters(), point.inputs(), point.select())
        .mul(scale)
        .add(affine(point, scope))
        .add(baseline(point.symbols(), scope));
  }

  /**
   * The discounted expected value where agents go, by the target copy: beta E V(x', e'; a', m') of
   * shape (n, 1).
   *
   * @param point the rows
   * @param next states of the next period, of shape (n, 1)
   */
  NDArray expected(Point point, List<NDArray> next, NDManager scope) {
    return inAllStates(
            target.network().parameters(), next, point.nextMoments(), point.successors(), scope)
        .mul(point.weights())
        .sum(new int[] {1}, true);
  }

  /**
   * V in all exogenous states: shape (n, states).
   *
   * @param parameters of the network or of its target copy
   * @param levels of the agents' states, of shape (n, 1)
   * @param momentInputs scaled moments, of shape (n, 1)
   * @param symbols exogenous variables, moments and forecast prices by name, broadcasting to shape
   *     (n, states)
   */
  NDArray inAllStates(
      NDList parameters,
      List<NDArray> levels,
      NDList momentInputs,
      Map<String, NDArray> symbols,
      NDManager scope) {
    NDArray x = inputs(levels, momentInputs);
    NDArray heads = network.all(parameters, x).reshape(x.getShape().get(0), exogenous.size());
    return heads
        .mul(scale)
        .add(affine(momentInputs, scope))
        .add(baseline(with(symbols, levels), scope));
  }

  /**
   * V of the target copy, added up over the exogenous states: shape (n, sums).
   *
   * @param levels of the agents' states, of shape (n, 1)
   * @param momentInputs scaled moments, of shape (n, 1)
   * @param over the states
   */
  NDArray sums(List<NDArray> levels, NDList momentInputs, Successors over, NDManager scope) {
    NDArray weights = Arrange.in(scope, over.weights());
    NDArray network =
        this.network.sums(target.network().parameters(), inputs(levels, momentInputs), weights);
    NDArray constants = affine(momentInputs, scope).matMul(weights.transpose());
    NDArray reached = Arrange.in(scope, over.reachedWeights());
    NDArray zeros = reached.get(new NDIndex("0:1")).zerosLike();
    NDArray baseline = zeros.add(baseline(with(over.symbols(), levels), scope));
    return network.mul(scale).add(constants).add(baseline.matMul(reached.transpose()));
  }

  private NDArray inputs(List<NDArray> levels, NDList momentInputs) {
    NDList inputs = new NDList();
    for (int s = 0; s < stateNames.size(); s++) {
      inputs.add(scales.scaled(s, levels.get(s)));
    }
    inputs.addAll(momentInputs);
    return Arrange.joined(inputs);
  }

  private Map<String, NDArray> with(Map<String, NDArray> symbols, List<NDArray> levels) {
    Map<String, NDArray> all = new HashMap<>(symbols);
    for (int s = 0; s < stateNames.size(); s++) {
      all.put(stateNames.get(s), levels.get(s));
    }
    return all;
  }

  /** Adds to the affine part: shape (1 + slopes, states). */
  void add(NDArray correction) {
    affine.addi(correction);
  }

  /** Changes the scale and keeps the function. */
  void rescale(NDArray newScale) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray factor = scale.div(newScale);
      factor.attach(scope);
      network.multiplyOutputs(network(), factor);
      network.multiplyOutputs(target.network(), factor);
    }
    scale.subi(scale).addi(newScale);
  }

  /** Lets moments be seen in another box and keeps the function. */
  void moveMoments(Scales.Change change) {
    network().moveInputs(stateNames.size(), change.a(), change.b());
    target.network().moveInputs(stateNames.size(), change.a(), change.b());
    int slopes = slopes();
    try (NDManager scope = manager.newSubManager()) {
      NDArray all = Arrange.in(scope, affine);
      NDList moved = new NDList(all.get(new NDIndex("0:1")));
      for (int i = 0; i < slopes; i++) {
        moved.add(all.get(new NDIndex("0:1")).zerosLike());
      }
      for (int j = 0; j < slopes; j++) {
        NDArray slope = all.get(new NDIndex("{}:{}", 1 + j, 2 + j));
        moved.set(0, moved.get(0).add(slope.mul(change.b()[j])));
        for (int i = 0; i < slopes; i++) {
          moved.set(1 + i, moved.get(1 + i).add(slope.mul(change.a()[j][i])));
        }
      }
      affine.set(new NDIndex(":"), NDArrays.concat(moved, 0));
    }
  }

  @Override
  public void close() {
    baseline.close();
    target.close();
    network().close();
    manager.close();
  }
}
