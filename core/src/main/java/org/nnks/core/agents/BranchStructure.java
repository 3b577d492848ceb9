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
 * <p>A control is shared if it sets a state and what it adds to the payoff depends neither on
 * states nor on other controls: its best level is then found once for all agents, whatever the
 * others are.
 */
final class BranchStructure {

  private final Branch branch;
  private final List<State> states;
  private final Map<State, Term> next;
  private final int[] controlState;
  private final int[] passive;
  private final boolean mixed;
  private final int shared;
  private final int[] searched;
  private final Expression free;
  private final Expression.Split chosen;

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
    chosen =
        shared < 0
            ? new Expression.Split(payoff.chosen(), Expression.constant(0))
            : payoff.chosen().split(controls.get(shared).name()::equals);
    searched = IntStream.range(0, controls.size()).filter(c -> c != shared).toArray();
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

  /** The first control that is shared; -1 if none is, or if there is no other state. */
  private int shared(Expression payoff, Set<String> names) {
    for (int c = 0; c < controlState.length && states.size() > 1 && !mixed; c++) {
      String name = branch.controls().get(c).name();
      Set<String> others = new HashSet<>(names);
      states.forEach(state -> others.add(state.name()));
      others.remove(name);
      Control.Range range = branch.ranges().get(c);
      if (controlState[c] >= 0
          && (range.lower().isEmpty() || range.upper().isEmpty())
          && !payoff.split(name::equals).chosen().dependsOn(others::contains)) {
        return c;
      }
    }
    return -1;
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

  /** The position of the shared control in the branch; -1 if there is none. */
  int shared() {
    return shared;
  }

  /** What the shared control depends on; null if there is none. */
  SharedControl.Key sharedKey() {
    return shared < 0 ? null : new SharedControl.Key(branch.ranges().get(shared), chosen.chosen());
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
    return chosen.free();
  }

  /**
   * The symbols that points must have in common to share their objective: those of what controls
   * add to the payoff, of other states if any control is searched, and of the shared control's
   * bounds.
   */
  Set<String> together() {
    Set<String> together = new TreeSet<>(chosen().symbols());
    for (int s : passive) {
      if (searched.length > 0) {
        together.addAll(next(s).expression().symbols());
      }
    }
    if (shared >= 0) {
      Control.Range range = branch.ranges().get(shared);
      range.lower().ifPresent(term -> together.addAll(term.expression().symbols()));
      range.upper().ifPresent(term -> together.addAll(term.expression().symbols()));
    }
    return together;
  }
}
