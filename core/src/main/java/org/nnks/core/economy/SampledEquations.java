package org.nnks.core.economy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.numeric.Grid;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Program;
import org.nnks.core.symbolic.Term;

/**
 * Whether the equations of agents are numbers, at points spread over the box: an agent must have
 * something that it can do, and what it can do must lead somewhere and add up to something.
 * Controls that cannot be, such as those that leave nothing to consume, may have payoffs that are
 * not a number.
 */
final class SampledEquations {

  /** Points of each state, its ends and between, while there are few states. */
  private static final int STATE_POINTS = 5;

  /** Points of each control between its bounds, while there are few. */
  private static final int CONTROL_POINTS = 9;

  /** Points of all states together, and of all controls of a branch: seconds for four of each. */
  private static final int POINTS_TOGETHER = 125;

  /** Both ends and the middle. */
  private static final int LEAST_POINTS = 3;

  private final DeclaredEconomy economy;
  private final Refusal refusal;
  private final Map<String, Double> at = new LinkedHashMap<>();
  private final List<Equations> branches = new ArrayList<>();
  private Program upperCost;
  private Map<String, Double> stuck;

  /** The equations of a branch: the payoff, then next states and totals. */
  private static final class Equations {
    private final Branch branch;
    private final List<String> methods = new ArrayList<>();
    private final List<String> what = new ArrayList<>();
    private final Program program;
    private final Program bounds;
    private boolean possible;
    private boolean finite;

    Equations(DeclaredEconomy economy, Branch branch) {
      this.branch = branch;
      List<Term> terms = new ArrayList<>(List.of(economy.payoff(branch)));
      name("payoff", "it");
      if (!branch.leaves()) {
        Map<State, Term> next = economy.next(branch);
        for (State state : economy.states()) {
          terms.add(next.get(state));
          name("next", state.name());
        }
      }
      economy
          .contributions(branch)
          .forEach(
              (total, term) -> {
                terms.add(term);
                name("contributions", total.name());
              });
      program = new Program(0, Map.of(), terms);
      program.set(Choice.UniformCost.PAID, 0);
      List<Term> ends = new ArrayList<>();
      for (Control.Range range : branch.ranges()) {
        Grid grid = range.control().grid();
        ends.add(range.lower().orElse(Expression.constant(grid.lower())));
        ends.add(range.upper().orElse(Expression.constant(grid.upper())));
      }
      bounds = new Program(0, Map.of(), ends);
    }

    private void name(String method, String result) {
      methods.add("%s(%s)".formatted(method, branch.name()));
      what.add(result);
    }
  }

  SampledEquations(DeclaredEconomy economy, Refusal refusal) {
    this.economy = economy;
    this.refusal = refusal;
    for (Branch branch : economy.branches()) {
      branches.add(new Equations(economy, branch));
    }
    if (economy.choice() instanceof Choice.UniformCost cost) {
      upperCost = new Program(0, Map.of(), List.of(cost.upper()));
    }
  }

  void check() {
    for (double share : new double[] {0.5, 0, 1}) {
      economy.moments().forEach(each -> between(each.name(), each.lower(), each.upper(), share));
      economy.prices().forEach(each -> between(each.name(), each.lower(), each.upper(), share));
      for (int a = 0; a < economy.aggregate().size(); a++) {
        exogenous(false, a);
        cost();
        for (int e = 0; e < economy.own().size(); e++) {
          exogenous(true, e);
          // At ends of all intervals at once an economy need not make sense everywhere.
          agents(0, share == 0.5);
        }
      }
    }
    for (Equations equations : branches) {
      String name = equations.branch.name();
      refusal.unless(
          equations.possible,
          "branches()",
          "'%s' allows no controls anywhere in the box: its lower bounds are above its upper ones, or outside the controls' intervals",
          name);
      refusal.unless(
          equations.finite, "payoff(%s)".formatted(name), "it is finite nowhere in the box");
    }
    refusal.unless(
        stuck == null,
        "payoff(...)",
        "no branch has a finite payoff at %s, whatever the controls",
        stuck);
  }

  private void between(String name, double lower, double upper, double share) {
    at.put(name, lower * Math.pow(upper / lower, share));
  }

  private void exogenous(boolean own, int state) {
    for (Exogenous variable : economy.exogenous()) {
      if (variable.own() == own) {
        at.put(variable.name(), variable.levels().get(state));
      }
    }
  }

  private void cost() {
    if (upperCost != null) {
      double upper = value(upperCost, 0);
      refusal.unless(
          upper > 0 && Double.isFinite(upper),
          "choice()",
          "the upper cost must be positive but is %s at %s",
          upper,
          at);
    }
  }

  private double value(Program program, int root) {
    at.forEach(program::set);
    return program.evaluate(root)[0];
  }

  /** Points of each of so many dimensions. */
  private static int points(int most, int dimensions) {
    int each = (int) Math.round(Math.pow(POINTS_TOGETHER, 1.0 / dimensions));
    return Math.max(LEAST_POINTS, Math.min(most, each));
  }

  /** Goes through the points of all states from one on. */
  private void agents(int s, boolean required) {
    if (s == economy.states().size()) {
      boolean finite = false;
      for (Equations equations : branches) {
        finite |= controls(equations, 0);
        if (equations.branch.ranges().stream().anyMatch(Control.Range::open)) {
          intervals(equations, 0);
        }
      }
      if (!finite && required && stuck == null) {
        stuck = new LinkedHashMap<>(at);
      }
      return;
    }
    State state = economy.states().get(s);
    int points = points(STATE_POINTS, economy.states().size());
    for (int i = 0; i < points; i++) {
      at.put(state.name(), state.unscaled(2.0 * i / (points - 1) - 1));
      agents(s + 1, required);
    }
  }

  /** Goes through the points of all controls from one on; returns whether a payoff is finite. */
  private boolean controls(Equations equations, int c) {
    List<Control.Range> ranges = equations.branch.ranges();
    if (c == ranges.size()) {
      equations.possible = true;
      boolean finite = numbers(equations);
      equations.finite |= finite;
      return finite;
    }
    Control control = ranges.get(c).control();
    double low = Math.max(control.grid().lower(), value(equations.bounds, 2 * c));
    double high = Math.min(control.grid().upper(), value(equations.bounds, 2 * c + 1));
    boolean finite = false;
    int points = points(CONTROL_POINTS, ranges.size());
    for (int i = 0; i < points && low <= high; i++) {
      at.put(control.name(), low + (high - low) * i / (points - 1));
      finite |= controls(equations, c + 1);
    }
    at.remove(control.name());
    return finite;
  }

  /** Agents look at the whole interval of a control whose range is open: at its ends here. */
  private void intervals(Equations equations, int c) {
    List<Control.Range> ranges = equations.branch.ranges();
    if (c == ranges.size()) {
      refusal.unless(
          numbers(equations),
          "branches()",
          "'%s' leaves a control open beyond its bound, but the payoff is not finite at %s: say atLeast or atMost",
          equations.branch.name(),
          at);
      return;
    }
    Grid grid = ranges.get(c).control().grid();
    double[] levels = {grid.lower(), grid.upper()};
    if (!ranges.get(c).open()) {
      double low = Math.max(grid.lower(), value(equations.bounds, 2 * c));
      double high = Math.min(grid.upper(), value(equations.bounds, 2 * c + 1));
      levels = low <= high ? new double[] {(low + high) / 2} : new double[0];
    }
    for (double level : levels) {
      at.put(ranges.get(c).control().name(), level);
      intervals(equations, c + 1);
    }
    at.remove(ranges.get(c).control().name());
  }

  /** Whether the payoff is finite here; then so must be all else. */
  private boolean numbers(Equations equations) {
    double payoff = value(equations.program, 0);
    if (payoff == Double.POSITIVE_INFINITY) {
      throw refusal.of(equations.methods.get(0), "it is infinite at %s", at);
    }
    if (!Double.isFinite(payoff)) {
      return false;
    }
    for (int root = 1; root < equations.what.size(); root++) {
      double value = value(equations.program, root);
      if (!Double.isFinite(value)) {
        throw refusal.of(
            equations.methods.get(root),
            "%s is %s at %s, where the payoff is %s",
            equations.what.get(root),
            value,
            at,
            payoff);
      }
    }
    return true;
  }
}
