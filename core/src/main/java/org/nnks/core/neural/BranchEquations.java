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
   * change, in next states that are not controls themselves, and in bounds that are not open. None
   * for firms whose target depends on no capital. Where the branch leads depends on no other.
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
      if (!range.open()) {
        range.lower().ifPresent(term -> symbols.addAll(term.expression().symbols()));
        range.upper().ifPresent(term -> symbols.addAll(term.expression().symbols()));
      }
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

  /** The ends of a range within the control's interval; the upper may be below the lower. */
  record Limits(NDArray low, NDArray high) {}

  /**
   * Where the ranges of all controls end.
   *
   * @param symbols exogenous variables, states, moments and prices by name
   * @param scope receives all results
   */
  List<Limits> limits(Map<String, NDArray> symbols, NDManager scope) {
    NDList terms = bounds.evaluate(symbols, scope);
    List<Limits> limits = new ArrayList<>();
    for (int c = 0, i = 0; c < lower.length; c++) {
      Control.Range range = branch.ranges().get(c);
      Limits ends = interval(c, scope);
      limits.add(
          new Limits(
              range.lower().isPresent() ? ends.low().maximum(terms.get(i++)) : ends.low(),
              range.upper().isPresent() ? ends.high().minimum(terms.get(i++)) : ends.high()));
    }
    return limits;
  }

  private Limits interval(int c, NDManager scope) {
    return new Limits(Arrange.in(scope, lower[c]), Arrange.in(scope, upper[c]));
  }

  /**
   * Levels of the controls at places of their ranges; of open ranges at places of their intervals.
   *
   * @param places of the controls in [0, 1]
   */
  List<NDArray> levels(List<Limits> limits, List<NDArray> places, NDManager scope) {
    List<NDArray> levels = new ArrayList<>();
    for (int c = 0; c < lower.length; c++) {
      Limits within = branch.ranges().get(c).open() ? interval(c, scope) : limits.get(c);
      NDArray high = within.high().maximum(within.low());
      levels.add(between(within.low(), high, places.get(c), controlScales[c]));
    }
    return levels;
  }

  /** Levels within their ranges: what is beyond an open one is at its end. */
  List<NDArray> within(List<Limits> limits, List<NDArray> levels) {
    List<NDArray> within = new ArrayList<>();
    for (int c = 0; c < lower.length; c++) {
      NDArray level = levels.get(c);
      within.add(
          branch.ranges().get(c).open()
              ? limits.get(c).low().maximum(level).minimum(limits.get(c).high())
              : level);
    }
    return within;
  }

  /**
   * What agents lose to whom the branch allows nothing, or nothing on this side of an open bound:
   * more than any value. Null if it always allows something.
   */
  NDArray forbidden(List<Limits> limits, List<NDArray> levels) {
    NDArray allowed = null;
    for (int c = 0; c < lower.length; c++) {
      Control.Range range = branch.ranges().get(c);
      if (range.lower().isPresent() || range.upper().isPresent()) {
        Limits ends = limits.get(c);
        NDArray some =
            range.open()
                ? ends.low().lte(levels.get(c)).logicalAnd(ends.high().gte(levels.get(c)))
                : ends.high().gte(ends.low());
        NDArray one = some.toType(forbidden.getDataType(), false);
        allowed = allowed == null ? one : allowed.mul(one);
      }
    }
    return allowed == null ? null : allowed.neg().add(one).mul(forbidden);
  }

  /**
   * Evaluates the branch, whether or not it is allowed.
   *
   * @param symbols exogenous variables, states, moments and prices by name
   * @param levels of the controls
   * @param scope receives all results
   */
  Outcome outcome(Map<String, NDArray> symbols, List<NDArray> levels, NDManager scope) {
    NDList results = outcome.evaluate(withControls(symbols, levels), scope);
    List<NDArray> next = new ArrayList<>();
    for (int s = 1; s < results.size(); s++) {
      NDArray inside = scales.clamp(s - 1, results.get(s));
      inside.attach(scope);
      next.add(inside);
    }
    return new Outcome(results.get(0), next);
  }

  /** What an agent adds to each of the economy's totals. */
  NDList contributions(Map<String, NDArray> symbols, NDManager scope) {
    return contributions.evaluate(symbols, scope);
  }

  /** All symbols, and the branch's controls. */
  Map<String, NDArray> withControls(Map<String, NDArray> symbols, List<NDArray> levels) {
    Map<String, NDArray> all = new HashMap<>(symbols);
    for (int c = 0; c < lower.length; c++) {
      all.put(branch.controls().get(c).name(), levels.get(c));
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
