package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Map;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Total;
import org.nnks.core.run.Device;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.tensor.TensorProgram;

/**
 * The right-hand side of the Bellman equation at rows of agents, given the places of their
 * controls: W_b = payoff_b + beta E V(next_b, e'; a', m') of every branch, and V of these. Yokomoto
 * (2026) equations (37) and (48) to (50).
 */
final class RightHandSide implements AutoCloseable {

  private final List<BranchEquations> branches;
  private final TensorChoice choice;
  private final TensorProgram upper;

  RightHandSide(
      DeclaredEconomy economy,
      List<Total> totals,
      Scales scales,
      NDManager manager,
      Device device,
      DataType precision) {
    branches =
        economy.branches().stream()
            .map(branch -> new BranchEquations(economy, branch, totals, scales, device, precision))
            .toList();
    choice = new TensorChoice(economy, manager, precision);
    upper =
        new TensorProgram(
            device,
            precision,
            List.of(
                economy.choice() instanceof Choice.UniformCost cost
                    ? cost.upper()
                    : Expression.constant(1)));
  }

  /** The branches, in the order of the economy's. */
  List<BranchEquations> branches() {
    return branches;
  }

  /** The choice among them. */
  TensorChoice choice() {
    return choice;
  }

  /** The upper bound of a uniform cost; one without one. It broadcasts to shape (n, 1). */
  NDArray upper(Point point, NDManager scope) {
    return upper.evaluate(point.symbols(), scope).get(0);
  }

  /** The upper bound of a uniform cost at given symbols; one without one. */
  NDArray upper(Map<String, NDArray> symbols, NDManager scope) {
    return upper.evaluate(symbols, scope).get(0);
  }

  /**
   * W of every branch, and far less where it allows nothing: shape (n, 1) each.
   *
   * @param places of the controls of each branch: shape (n, controls), null for a branch without
   */
  NDList values(Point point, List<NDArray> places, ValueNetwork value, NDManager scope) {
    NDList values = new NDList();
    for (int b = 0; b < branches.size(); b++) {
      BranchEquations branch = branches.get(b);
      List<BranchEquations.Limits> limits = branch.limits(point.symbols(), scope);
      List<NDArray> levels = levels(branch, limits, places.get(b), scope);
      NDArray w = value(branch, point, levels, value, scope);
      NDArray lost = branch.forbidden(limits, levels);
      values.add(lost == null ? w : w.sub(lost));
    }
    return values;
  }

  /**
   * W of one branch, as if it allowed its levels: shape (n, 1); the arguments are those of {@link
   * #values}.
   */
  NDArray value(int b, Point point, NDArray place, ValueNetwork value, NDManager scope) {
    BranchEquations branch = branches.get(b);
    List<BranchEquations.Limits> limits = branch.limits(point.symbols(), scope);
    return value(branch, point, levels(branch, limits, place, scope), value, scope);
  }

  private static List<NDArray> levels(
      BranchEquations branch, List<BranchEquations.Limits> limits, NDArray place, NDManager scope) {
    List<NDArray> columns = branch.controls() == 0 ? List.of() : place.split(branch.controls(), 1);
    return branch.levels(limits, columns, scope);
  }

  private static NDArray value(
      BranchEquations branch,
      Point point,
      List<NDArray> levels,
      ValueNetwork value,
      NDManager scope) {
    BranchEquations.Outcome outcome = branch.outcome(point.symbols(), levels, scope);
    NDArray state = Arrange.in(scope, point.stateInputs().get(0)); // results belong to the scope
    NDArray rows = state.sub(state);
    NDArray w = rows.add(outcome.payoff());
    if (branch.branch().leaves()) {
      return w;
    }
    List<NDArray> next = outcome.next().stream().map(level -> rows.add(level)).toList();
    return w.add(value.expected(point, next, scope));
  }

  @Override
  public void close() {
    branches.forEach(BranchEquations::close);
    upper.close();
  }
}
