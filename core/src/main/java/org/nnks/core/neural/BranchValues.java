package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Price;
import org.nnks.core.nets.Network;

/**
 * W of every branch in one period, by the value network: at all cells and candidate prices. A
 * branch is valued where it leads: once for all agents if they all go to one place, and once in a
 * period if prices do not move it.
 */
final class BranchValues {

  private final NeuralPolicies policies;
  private final NeuralNetworks networks;
  private final List<BranchEquations> branches;
  private final NDManager period;
  private final NDArray momentInputs;
  private final Point representative;
  private final Successors successors;
  private final NDArray[] unmoved;

  /**
   * The values in one period.
   *
   * @param momentInputs scaled: shape (1, moments)
   * @param period keeps what all candidates share
   */
  BranchValues(
      NeuralPolicies policies, int aggregateState, NDArray momentInputs, NDManager period) {
    this.policies = policies;
    networks = policies.networks();
    branches = policies.branches();
    this.period = period;
    this.momentInputs = momentInputs;
    representative = representative(aggregateState);
    int own = networks.exogenous().own();
    successors =
        Successors.of(
            Arrange.in(period, networks.exogenous().discounted())
                .get(new NDIndex("{}:{}", aggregateState * own, (aggregateState + 1) * own)),
            Arrange.in(period, networks.exogenous().reached(aggregateState)),
            representative.successors());
    unmoved = new NDArray[branches.size()];
  }

  /** Some agent of this period: all expect the same moments and prices of the next. */
  private Point representative(int aggregateState) {
    long first = (long) aggregateState * networks.exogenous().own();
    NDArray select = networks.exogenous().select(period.create(new long[] {first}), period);
    int states = networks.economy().states().size();
    NDArray middle =
        Network.create(period, new double[states], new Shape(1, states), networks.precision());
    NDArray inputs = NDArrays.concat(new NDList(middle, momentInputs), 1);
    return networks.point(
        new Samples.Batch(select, networks.exogenous().levels(select), inputs, new NDList()));
  }

  /**
   * The values of all branches, broadcasting to (candidates, own states, points).
   *
   * @param symbols all but controls, by name
   * @param distinct levels of the controls of each branch at one point of each of its sorts
   * @param levels the same at all points
   * @param limits of each branch's ranges at all points
   */
  NDList at(
      Map<String, NDArray> symbols,
      List<List<NDArray>> distinct,
      List<List<NDArray>> levels,
      List<List<BranchEquations.Limits>> limits,
      NDManager scope) {
    NDList values = new NDList();
    for (int b = 0; b < branches.size(); b++) {
      BranchEquations branch = branches.get(b);
      BranchEquations.Outcome outcome = branch.outcome(symbols, levels.get(b), scope);
      NDArray lost = branch.forbidden(limits.get(b), levels.get(b));
      NDArray payoff = lost == null ? outcome.payoff() : lost.neg().add(outcome.payoff());
      if (branch.branch().leaves()) {
        values.add(payoff);
      } else if (!movedByPrices(branch) && unmoved[b] != null) {
        values.add(payoff.add(unmoved[b]));
      } else {
        AlikePoints alike = policies.alike(b);
        List<NDArray> next =
            alike.spreads()
                ? branch.outcome(alike.symbols(symbols), distinct.get(b), scope).next()
                : outcome.next();
        NDArray expected = alike.spread(expected(next, scope));
        if (!movedByPrices(branch)) {
          expected.attach(period);
          unmoved[b] = expected;
        }
        values.add(payoff.add(expected));
      }
    }
    return values;
  }

  /** Whether agents who take a branch go elsewhere at other prices: controls follow prices. */
  private boolean movedByPrices(BranchEquations branch) {
    DeclaredEconomy economy = networks.economy();
    List<String> prices = economy.prices().stream().map(Price::name).toList();
    return branch.controls() > 0
        || economy.next(branch.branch()).values().stream()
            .anyMatch(next -> next.expression().dependsOn(prices::contains));
  }

  /** The discounted expected value at next states that broadcast to (candidates, own, points). */
  private NDArray expected(List<NDArray> next, NDManager scope) {
    NDArray all = Arrange.in(scope, momentInputs.get(new NDIndex(":, 0:1")).expandDims(0));
    for (NDArray level : next) {
      all = all.add(level);
    }
    Shape shape = all.getShape();
    long rows = shape.size();
    List<NDArray> levels = new ArrayList<>();
    next.forEach(level -> levels.add(level.broadcast(shape).reshape(rows, 1)));
    NDList moments = new NDList();
    representative
        .nextMoments()
        .forEach(moment -> moments.add(Arrange.in(scope, moment).broadcast(rows, 1)));
    NDArray expected = networks.value().sums(levels, moments, successors, scope);
    long own = networks.exogenous().own();
    if (shape.get(1) == 1) {
      return expected.reshape(shape.get(0), shape.get(2), own).transpose(0, 2, 1);
    }
    NDArray each = scope.eye((int) own).toType(networks.precision(), false);
    return expected
        .reshape(shape.get(0), own, shape.get(2), own)
        .mul(each.reshape(1, own, 1, own))
        .sum(new int[] {3});
  }
}
