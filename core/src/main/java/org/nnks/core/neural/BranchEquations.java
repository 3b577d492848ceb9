package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Control;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.State;
import org.nnks.core.economy.Total;
import org.nnks.core.nets.Network;
import org.nnks.core.run.Device;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Operation;
import org.nnks.core.symbolic.Term;
import org.nnks.core.tensor.TensorProgram;

/**
 * The equations of one branch on a device: where its controls may be, what it pays and where it
 * leads. A control is at a place in [0, 1] of its range, on the scale of the state that it sets.
 */
final class BranchEquations implements AutoCloseable {

  /**
   * What a branch that allows nothing loses, in units of value: more than any payoff, and within
   * single precision.
   */
  private static final double FORBIDDEN = 1e9;

  private final DeclaredEconomy economy;
  private final Branch branch;
  private final Scales scales;
  private final NDManager manager;
  private final TensorProgram bounds;
  private final TensorProgram outcome;
  private final TensorProgram contributions;
  private final NDArray[] lower;
  private final NDArray[] upper;
  private final TensorScale[] controlScales;
  private final NDArray one;
  private final NDArray forbidden;
  private final List<Integer> relevant;

  BranchEquations(
      DeclaredEconomy economy,
      Branch branch,
      List<Total> totals,
      Scales scales,
      Device device,
      DataType precision) {
    this.economy = economy;
    this.branch = branch;
    this.scales = scales;
    manager = device.newManager();
    List<Term> limits = new ArrayList<>();
    List<Control> controls = branch.controls();
    lower = new NDArray[controls.size()];
    upper = new NDArray[controls.size()];
    controlScales = new TensorScale[controls.size()];
    for (int c = 0; c < controls.size(); c++) {
      branch.ranges().get(c).lower().ifPresent(limits::add);
      branch.ranges().get(c).upper().ifPresent(limits::add);
      lower[c] = scalar(controls.get(c).grid().lower(), precision);
      upper[c] = scalar(controls.get(c).grid().upper(), precision);
      controlScales[c] = scale(c);
    }
    one = scalar(1, precision);
    forbidden = scalar(FORBIDDEN, precision);
    bounds = new TensorProgram(device, precision, limits);
    List<Term> outcomes = new ArrayList<>(List.of(economy.payoff(branch)));
    if (!branch.leaves()) {
      Map<State, Term> next = economy.next(branch);
      economy.states().forEach(state -> outcomes.add(next.get(state)));
    }
    outcome = new TensorProgram(device, precision, outcomes);
    Map<Total, Term> given = economy.contributions(branch);
    contributions =
        new TensorProgram(
            device,
            precision,
            totals.stream().map(t -> given.getOrDefault(t, Expression.constant(0))).toList());
    relevant = relevantStates(economy, branch);
  }

  private NDArray scalar(double number, DataType precision) {
    return Network.create(manager, new double[] {number}, new Shape(1), precision);
  }

  Branch branch() {
    return branch;
  }

  int controls() {
    return lower.length;
  }

  /**
   * The states that the best controls can depend on: those in the part of the payoff that controls
   * change, in next states that are not controls themselves, and in bounds. None for firms whose
   * target depends on no capital. Where the branch leads depends on no other.
   */
  List<Integer> relevantStates() {
    return relevant;
  }

  private static List<Integer> relevantStates(DeclaredEconomy economy, Branch branch) {
    Set<String> controls =
        branch.controls().stream().map(Control::name).collect(Collectors.toSet());
    Set<String> symbols =
        new TreeSet<>(
            economy.payoff(branch).expression().split(controls::contains).chosen().symbols());
    Collection<Term> nextStates = branch.leaves() ? List.of() : economy.next(branch).values();
    for (Term next : nextStates) {
      Expression term = next.expression();
      if (term.operation() != Operation.SYMBOL || !controls.contains(term.name())) {
        symbols.addAll(term.symbols());
      }
    }
    for (Control.Range range : branch.ranges()) {
      range.lower().ifPresent(term -> symbols.addAll(term.expression().symbols()));
      range.upper().ifPresent(term -> symbols.addAll(term.expression().symbols()));
    }
    List<Integer> relevant = new ArrayList<>();
    for (int s = 0; s < economy.states().size(); s++) {
      if (symbols.contains(economy.states().get(s).name())) {
        relevant.add(s);
      }
    }
    return List.copyOf(relevant);
  }

  /**
   * What a branch pays and where it leads.
   *
   * @param payoff in values
   * @param next states, within their boxes; none if the branch leaves
   */
  record Outcome(NDArray payoff, List<NDArray> next) {}

  /**
   * Levels of controls.
   *
   * @param controls levels, in the order of the branch's
   * @param allowed one where the branch allows something and zero elsewhere; null if it always does
   */
  record Levels(List<NDArray> controls, NDArray allowed) {

    /** The same at all points, of levels at one point of each sort. */
    Levels spread(AlikePoints alike) {
      return new Levels(
          controls.stream().map(alike::spread).toList(),
          allowed == null ? null : alike.spread(allowed));
    }
  }

  /**
   * Levels of the controls at places of their ranges.
   *
   * @param symbols exogenous variables, states, moments and prices by name
   * @param places of the controls in [0, 1]
   * @param scope receives all results
   */
  Levels levels(Map<String, NDArray> symbols, List<NDArray> places, NDManager scope) {
    NDList limits = bounds.evaluate(symbols, scope);
    List<NDArray> levels = new ArrayList<>();
    NDArray allowed = null;
    for (int c = 0, i = 0; c < lower.length; c++) {
      Control.Range range = branch.ranges().get(c);
      NDArray low = Arrange.in(scope, lower[c]);
      NDArray high = Arrange.in(scope, upper[c]);
      if (range.lower().isPresent()) {
        low = limits.get(i++).maximum(low);
      }
      if (range.upper().isPresent()) {
        high = limits.get(i++).minimum(high);
      }
      if (range.lower().isPresent() || range.upper().isPresent()) {
        NDArray open = high.gte(low).toType(low.getDataType(), false);
        allowed = allowed == null ? open : allowed.mul(open);
        high = high.maximum(low);
      }
      levels.add(between(low, high, places.get(c), controlScales[c]));
    }
    return new Levels(levels, allowed);
  }

  /**
   * Evaluates the branch.
   *
   * @param symbols exogenous variables, states, moments and prices by name
   * @param levels of the controls
   * @param scope receives all results
   */
  Outcome outcome(Map<String, NDArray> symbols, Levels levels, NDManager scope) {
    NDList results = outcome.evaluate(withControls(symbols, levels), scope);
    NDArray payoff = results.get(0);
    if (levels.allowed() != null) {
      payoff = payoff.sub(levels.allowed().neg().add(one).mul(forbidden));
      payoff.attach(scope);
    }
    List<NDArray> next = new ArrayList<>();
    for (int s = 1; s < results.size(); s++) {
      NDArray inside = scales.clamp(s - 1, results.get(s));
      inside.attach(scope);
      next.add(inside);
    }
    return new Outcome(payoff, next);
  }

  /** What an agent adds to each of the economy's totals. */
  NDList contributions(Map<String, NDArray> symbols, NDManager scope) {
    return contributions.evaluate(symbols, scope);
  }

  /** All symbols, and the branch's controls. */
  Map<String, NDArray> withControls(Map<String, NDArray> symbols, Levels levels) {
    Map<String, NDArray> all = new HashMap<>(symbols);
    for (int c = 0; c < lower.length; c++) {
      all.put(branch.controls().get(c).name(), levels.controls().get(c));
    }
    return all;
  }

  /** The scale of the state that a control sets; null if it sets none by itself. */
  private TensorScale scale(int c) {
    String name = branch.controls().get(c).name();
    if (!branch.leaves()) {
      Map<State, Term> next = economy.next(branch);
      for (int s = 0; s < economy.states().size(); s++) {
        Expression term = next.get(economy.states().get(s)).expression();
        if (term.operation() == Operation.SYMBOL && term.name().equals(name)) {
          return scales.scale(s);
        }
      }
    }
    return null;
  }

  private static NDArray between(NDArray low, NDArray high, NDArray place, TensorScale scale) {
    NDArray from = scale == null ? low : scale.of(low);
    NDArray to = scale == null ? high : scale.of(high);
    NDArray point = place.mul(to.sub(from)).add(from);
    if (scale == null) {
      return point;
    }
    NDArray level =
        scale.level(point); // a root is flat near zero, and rounds: not out of the range
    return level.maximum(low).minimum(high);
  }

  @Override
  public void close() {
    bounds.close();
    outcome.close();
    contributions.close();
    manager.close();
  }
}
