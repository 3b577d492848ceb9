package org.nnks.core.tensor;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.State;
import org.nnks.core.economy.Turnover;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.run.Device;

/**
 * Moves a distribution of agents by one period on a device.
 *
 * <p>Let (T V)(i) be what a value V at next period's nodes is worth, in the mean, to an agent in
 * cell i: gathers at the corners of the cells that its branches lead to, weighted with the
 * probabilities of the branches and the lotteries between the corners. Mass moves with the adjoint:
 * mu' is the gradient of &lt;mu, T V&gt; with respect to V. One backward pass is the whole
 * push-forward, in any number of states and with operations that every engine has; the agent's own
 * chain, exit and entry are products.
 *
 * <p>Mass is in double precision whatever decides: shape (own states, nodes of the states), the
 * last state fastest.
 */
public final class PushForward implements AutoCloseable {

  private final NDManager manager;
  private final List<Lottery> lotteries;
  private final NDArray[][] transposed;
  private final double survival;
  private final NDArray entrants;
  private final double entering;
  private final Shape shape;

  /** The motion of an economy's distribution. */
  public PushForward(DeclaredEconomy economy, Device device) {
    manager = device.newManager();
    lotteries = economy.states().stream().map(state -> new Lottery(manager, state.grid())).toList();
    int own = economy.own().size();
    int points =
        economy.states().stream().mapToInt(state -> state.grid().size()).reduce(1, (a, b) -> a * b);
    shape = new Shape(own, points);
    int aggregate = economy.aggregate().size();
    transposed = new NDArray[aggregate][aggregate];
    for (int a = 0; a < aggregate; a++) {
      for (int next = 0; next < aggregate; next++) {
        transposed[a][next] = transposed(economy.own(a, next));
      }
    }
    Turnover turnover = economy.turnover();
    survival = 1 - turnover.exitRate();
    entrants = turnover.entry() ? manager.create(entrants(economy, points), shape) : null;
    entering = turnover.entry() ? turnover.mass().orElse(Double.NaN) : 0;
  }

  private NDArray transposed(MarkovChain chain) {
    int own = chain.size();
    double[] rows = new double[own * own];
    for (int e = 0; e < own; e++) {
      for (int next = 0; next < own; next++) {
        rows[next * own + e] = chain.probability(e, next);
      }
    }
    return manager.create(rows, new Shape(own, own));
  }

  /** A unit mass of entrants, split between the nodes around their states. */
  private static double[] entrants(DeclaredEconomy economy, int points) {
    Turnover turnover = economy.turnover();
    double[] mass = new double[economy.own().size() * points];
    for (int e = 0; e < economy.own().size(); e++) {
      for (int node = 0; node < points; node++) {
        double weight = turnover.own().get(e);
        for (int s = economy.states().size() - 1, rest = node; s >= 0; s--) {
          State state = economy.states().get(s);
          int size = state.grid().size();
          int cell = state.grid().cell(turnover.states().get(s));
          double upper = state.grid().weight(cell, turnover.states().get(s));
          int at = rest % size;
          weight *= at == cell ? 1 - upper : at == cell + 1 ? upper : 0;
          rest /= size;
        }
        mass[e * points + node] = weight;
      }
    }
    return mass;
  }

  /**
   * Where a branch leads.
   *
   * @param share of agents of each cell who take it: shape (own states, nodes), or one that
   *     broadcasts to it
   * @param destinations next level of each state, of such shapes; none for a branch whose agents
   *     leave
   */
  public record Flow(NDArray share, List<NDArray> destinations) {

    /** Keeps its own. */
    public Flow {
      destinations = List.copyOf(destinations);
    }
  }

  /**
   * The distribution of the next period.
   *
   * @param mass by cells
   * @param flows of all branches
   * @param aggregateState of this period
   * @param next aggregate state of the next
   * @param scope receives the result and what it takes
   */
  public NDArray advance(
      NDArray mass, List<Flow> flows, int aggregateState, int next, NDManager scope) {
    NDList nodes = new NDList();
    NDList weights = new NDList();
    for (Flow flow : flows) {
      if (!flow.destinations().isEmpty()) {
        split(mass, flow, scope, nodes, weights);
      }
    }
    NDArray moved = adjoint(NDArrays.concat(nodes, 1), NDArrays.concat(weights, 1), scope);
    NDArray arrived = transposed[aggregateState][next].matMul(moved);
    arrived.attach(scope);
    NDArray stayed = arrived.mul(survival);
    if (entrants == null) {
      return stayed;
    }
    NDArray before = mass.sum();
    before.attach(scope);
    NDArray entered =
        Double.isNaN(entering) ? entrants.mul(before.sub(stayed.sum())) : entrants.mul(entering);
    entered.attach(scope);
    return stayed.add(entered);
  }

  /** The mass that takes a branch, at each corner of the cells where it goes. */
  private void split(NDArray mass, Flow flow, NDManager scope, NDList nodes, NDList weights) {
    NDList at = new NDList(scope.zeros(new Shape(shape.size()), DataType.INT64));
    NDArray leaving = in(scope, mass).mul(in(scope, flow.share()));
    NDList mine = new NDList(leaving.flatten());
    for (int s = 0; s < lotteries.size(); s++) {
      Lottery lottery = lotteries.get(s);
      NDArray level = in(scope, flow.destinations().get(s)).broadcast(shape);
      NDArray cell = lottery.cell(level);
      NDArray upper = lottery.weight(cell, level);
      NDArray lower = upper.neg().add(1);
      NDList corners = new NDList();
      NDList parts = new NDList();
      for (int i = 0; i < at.size(); i++) {
        NDArray first = at.get(i).mul(lottery.size()).add(cell);
        corners.add(first);
        corners.add(first.add(1));
        parts.add(mine.get(i).mul(lower));
        parts.add(mine.get(i).mul(upper));
      }
      at = corners;
      mine = parts;
    }
    at.forEach(corner -> nodes.add(corner.reshape(shape)));
    mine.forEach(part -> weights.add(part.reshape(shape)));
  }

  /** A view in double precision whose results belong to a scope. */
  private static NDArray in(NDManager scope, NDArray array) {
    NDArray view = array.stopGradient();
    view.attach(scope);
    return view.toType(DataType.FLOAT64, false);
  }

  /** The gradient with respect to V of the sum of V at these nodes times these weights. */
  private NDArray adjoint(NDArray nodes, NDArray weights, NDManager scope) {
    NDArray value = scope.zeros(shape, DataType.FLOAT64);
    value.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(value.gather(nodes, 1).mul(weights).sum());
    }
    NDArray gradient = value.getGradient();
    gradient.attach(scope);
    return gradient;
  }

  @Override
  public void close() {
    manager.close();
  }
}
