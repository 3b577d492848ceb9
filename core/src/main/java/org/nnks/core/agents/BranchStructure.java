package org.nnks.core.agents;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Control;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.State;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Operation;
import org.nnks.core.symbolic.Term;

/**
 * What the equations of a branch depend on: which states its controls set, and what they add to the
 * payoff. Immutable.
 *
 * <p>A control can be shared if it sets a state and what it adds to the payoff depends neither on
 * states nor on other controls: its best level is then found once for all agents, whatever the
 * others are. All without bounds are shared, one after another; a bounded one only if there is no
 * such control.
 */
final class BranchStructure {

  private final Branch branch;
  private final List<State> states;
  private final Map<State, Term> next;
  private final int[] controlState;
  private final int[] passive;
  private final boolean mixed;
  private final int[] shared;
  private final SharedControl.Key sharedKey;
  private final int[] searched;
  private final Expression free;
  private final Expression chosen;

  /** Takes a branch apart. */
  BranchStructure(DeclaredEconomy economy, Branch branch) {
    this.branch = branch;
    states = economy.states();
    next = branch.leaves() ? Map.of() : economy.next(branch);
    List<Control> controls = branch.controls();
    Set<String> names = controls.stream().map(Control::name).collect(Collectors.toSet());
    controlState = set(states, controls, next);
    passive =
        IntStream.range(0, next.size())
            .filter(s -> Arrays.stream(controlState).noneMatch(set -> set == s))
            .toArray();
    Expression.Split payoff = economy.payoff(branch).expression().split(names::contains);
    free = payoff.free();
    mixed =
        Arrays.stream(passive)
            .anyMatch(s -> next.get(states.get(s)).expression().dependsOn(names::contains));
    shared = shared(payoff.chosen(), names);
    SharedControl.Key key = null;
    Expression rest = payoff.chosen();
    for (int c : shared) {
      Expression.Split split = rest.split(controls.get(c).name()::equals);
      rest = split.free();
      key = new SharedControl.Key(branch.ranges().get(c), split.chosen(), key);
    }
    sharedKey = key;
    chosen = rest;
    searched =
        IntStream.range(0, controls.size())
            .filter(c -> IntStream.of(shared).noneMatch(each -> each == c))
            .toArray();
  }

  /** The state that each control sets; -1 if it sets none by itself. */
  private static int[] set(List<State> states, List<Control> controls, Map<State, Term> next) {
    int[] set = new int[controls.size()];
    Arrays.fill(set, -1);
    for (int s = 0; s < next.size(); s++) {
      Expression term = next.get(states.get(s)).expression();
      for (int c = 0; c < set.length; c++) {
        if (set[c] < 0
            && term.operation() == Operation.SYMBOL
            && term.name().equals(controls.get(c).name())) {
          set[c] = s;
          break;
        }
      }
    }
    return set;
  }

  /** The controls that are shared; none if there is no other state. */
  private int[] shared(Expression payoff, Set<String> names) {
    if (states.size() == 1 || mixed) {
      return new int[0];
    }
    int[] can =
        IntStream.range(0, controlState.length)
            .filter(c -> controlState[c] >= 0 && alone(payoff, names, c))
            .toArray();
    int[] free = IntStream.of(can).filter(c -> bounds(c) == 0).toArray();
    return free.length > 0
        ? free
        : IntStream.of(can).filter(c -> bounds(c) == 1).limit(1).toArray();
  }

  /** Whether what a control adds to the payoff depends on itself alone. */
  private boolean alone(Expression payoff, Set<String> names, int c) {
    String name = branch.controls().get(c).name();
    Set<String> others = new HashSet<>(names);
    states.forEach(state -> others.add(state.name()));
    others.remove(name);
    return !payoff.split(name::equals).chosen().dependsOn(others::contains);
  }

  private long bounds(int c) {
    Control.Range range = branch.ranges().get(c);
    return range.lower().stream().count() + range.upper().stream().count();
  }

  /** The branch. */
  Branch branch() {
    return branch;
  }

  /** The state that each control sets; -1 if it sets none by itself. */
  int[] controlState() {
    return controlState;
  }

  /** The states that no control sets. */
  int[] passive() {
    return passive;
  }

  /** Where a state goes. */
  Term next(int state) {
    return next.get(states.get(state));
  }

  /** Whether where such states go depends on one of some symbols. */
  boolean moves(Predicate<String> symbols) {
    return IntStream.of(passive).anyMatch(s -> next(s).expression().dependsOn(symbols));
  }

  /** Whether controls change states that none of them sets. */
  boolean mixed() {
    return mixed;
  }

  /** The positions in the branch of the shared controls, in the order in which they are found. */
  int[] shared() {
    return shared;
  }

  /** What the last of them depends on; null if there is none. */
  SharedControl.Key sharedKey() {
    return sharedKey;
  }

  /** The positions in the branch of the controls that are not shared. */
  int[] searched() {
    return searched;
  }

  /** The payoff without controls. */
  Expression free() {
    return free;
  }

  /** What searched controls add to the payoff. */
  Expression chosen() {
    return chosen;
  }

  /**
   * The symbols that points must have in common to share their objective: those of what controls
   * add to the payoff, of other states if any control is searched, and of a shared control's
   * bounds.
   */
  Set<String> together() {
    Set<String> together = new TreeSet<>(chosen().symbols());
    for (int s : passive) {
      if (searched.length > 0) {
        together.addAll(next(s).expression().symbols());
      }
    }
    for (int c : shared) {
      Control.Range range = branch.ranges().get(c);
      range.lower().ifPresent(term -> together.addAll(term.expression().symbols()));
      range.upper().ifPresent(term -> together.addAll(term.expression().symbols()));
    }
    return together;
  }
}
