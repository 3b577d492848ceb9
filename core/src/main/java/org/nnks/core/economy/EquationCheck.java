package org.nnks.core.economy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/** Whether every equation is there and uses only symbols that it may. */
final class EquationCheck {

  /** Of the series those that every table of business cycles and file of paths has. */
  private static final Set<String> ALWAYS_CYCLICAL = Set.of("Y", "I", "C", "N", "w");

  private final DeclaredEconomy economy;
  private final Refusal refusal;
  private final Set<String> aggregate = new TreeSet<>();
  private final Set<String> agent = new TreeSet<>();
  private final Set<String> moments = new TreeSet<>();
  private final Set<String> prices = new TreeSet<>();
  private final Set<String> states = new TreeSet<>();
  private final Set<String> controls = new HashSet<>();

  EquationCheck(DeclaredEconomy economy, Refusal refusal) {
    this.economy = economy;
    this.refusal = refusal;
    economy.exogenous().forEach(each -> (each.own() ? agent : aggregate).add(each.name()));
    economy.states().forEach(state -> states.add(state.name()));
    economy.moments().forEach(moment -> moments.add(moment.name()));
    economy.prices().forEach(price -> prices.add(price.name()));
    economy.branches().forEach(b -> b.controls().forEach(each -> controls.add(each.name())));
  }

  void check() {
    economy.branches().forEach(this::branch);
    if (economy.choice() instanceof Choice.UniformCost cost) {
      symbols("choice()", "the upper cost", cost.upper(), union(aggregate, moments, prices));
    }
    Set<String> period = union(refusal.totals(), aggregate, moments, prices);
    for (Moment moment : economy.moments()) {
      if (moment.kind() == Moment.Kind.MEAN) {
        symbols("moments()", "the mean " + moment.name(), moment.law(), states);
      } else {
        symbols("moments()", "the law of " + moment.name(), moment.law(), period);
      }
    }
    Set<String> ahead = new TreeSet<>();
    economy.moments().forEach(moment -> ahead.add(moment.next().name()));
    Set<String> forecasts = new TreeSet<>(ahead);
    economy.exogenous().stream()
        .filter(each -> !each.own())
        .forEach(each -> forecasts.add(each.next().name()));
    economy.prices().forEach(price -> forecasts.add(price.next().name()));
    Set<String> expected = new TreeSet<>();
    for (Expectation each : economy.expectations()) {
      symbols("expectations()", each.name(), each.term(), union(period, forecasts));
      expected.add(each.name());
    }
    Set<String> allowed = union(period, ahead, expected);
    residuals(allowed);
    economy
        .aggregates()
        .forEach((name, term) -> symbols("aggregates()", "the series " + name, term, allowed));
    cyclical(union(moments, prices, ALWAYS_CYCLICAL));
  }

  /** Each further series is a column of its own in the files of paths. */
  private void cyclical(Set<String> columns) {
    for (String name : refusal.ask("cyclical()", economy::cyclical)) {
      refusal.unless(
          economy.aggregates().containsKey(name),
          "cyclical()",
          "'%s' is none of the series of aggregates()",
          name);
      refusal.unless(
          columns.add(name), "cyclical()", "'%s' stands in tables and files already", name);
    }
  }

  private void branch(Branch branch) {
    Set<String> own = new TreeSet<>();
    branch.controls().forEach(control -> own.add(control.name()));
    Set<String> known = union(aggregate, agent, states, moments, prices);
    for (Control.Range range : branch.ranges()) {
      String what = "a bound of %s in '%s'".formatted(range.control().name(), branch.name());
      range.lower().ifPresent(term -> symbols("branches()", what, term, known));
      range.upper().ifPresent(term -> symbols("branches()", what, term, known));
    }
    known.addAll(own);
    String payoff = "payoff(%s)".formatted(branch.name());
    Term gets = refusal.ask(payoff, () -> economy.payoff(branch));
    symbols(payoff, "the payoff", gets, known);
    Set<String> used = new HashSet<>(gets.expression().symbols());
    if (!branch.leaves()) {
      next(branch, own).values().forEach(term -> used.addAll(term.expression().symbols()));
    }
    for (String control : own) {
      refusal.unless(
          used.contains(control),
          payoff,
          "neither payoff nor next depends on the control '%s', so nothing determines it",
          control);
    }
    if (economy.choice() instanceof Choice.UniformCost cost && cost.payer().equals(branch)) {
      known.add(Choice.UniformCost.PAID);
    }
    String contributions = "contributions(%s)".formatted(branch.name());
    economy
        .contributions(branch)
        .forEach((total, term) -> symbols(contributions, "the total " + total.name(), term, known));
  }

  private Map<State, Term> next(Branch branch, Set<String> own) {
    String method = "next(%s)".formatted(branch.name());
    Map<State, Term> next = refusal.ask(method, () -> economy.next(branch));
    Set<String> set = new HashSet<>();
    for (State state : economy.states()) {
      Term term = next.get(state);
      refusal.unless(term != null, method, "the state '%s' has no next value", state.name());
      symbols(method, "next " + state.name(), term, union(aggregate, agent, states, own));
      for (Control control : branch.controls()) {
        if (term.expression().equals(control.expression()) && set.add(control.name())) {
          setsState(method, control, state);
        }
      }
    }
    for (State state : next.keySet()) {
      refusal.unless(
          economy.states().contains(state), method, "'%s' is not among states()", state.name());
    }
    return next;
  }

  private void setsState(String method, Control control, State state) {
    refusal.unless(
        control.grid().lower() == state.grid().lower()
            && control.grid().upper() == state.grid().upper(),
        method,
        "the control '%s' is next period's %s but may be in [%s, %s] instead of in its box [%s, %s]; bound it in the branch",
        control.name(),
        state.name(),
        control.grid().lower(),
        control.grid().upper(),
        state.grid().lower(),
        state.grid().upper());
  }

  private void residuals(Set<String> allowed) {
    String method = "residuals()";
    Map<Price, Term> residuals = refusal.ask(method, economy::residuals);
    for (Price price : residuals.keySet()) {
      refusal.unless(
          economy.prices().contains(price), method, "'%s' is not among prices()", price.name());
    }
    Map<Expression, Price> equations = new HashMap<>();
    for (Price price : economy.prices()) {
      Term term = residuals.get(price);
      refusal.unless(
          term != null,
          method,
          "the price '%s' has none: which equation clears %s?",
          price.name(),
          price.market());
      symbols(method, "that of " + price.name(), term, allowed);
      refusal.unless(
          term.expression().dependsOn(reactingTo(price)::contains),
          method,
          "that of '%s' does not react to it: neither it nor anything that agents decide at it occurs in %s",
          price.name(),
          term.expression());
      Price other = equations.put(term.expression(), price);
      refusal.unless(
          other == null,
          method,
          "those of '%s' and '%s' are the same equation",
          other == null ? "" : other.name(),
          price.name());
    }
  }

  /** Symbols of the period that may change with a price. */
  private Set<String> reactingTo(Price price) {
    Set<String> reacting = new HashSet<>(Set.of(price.name()));
    List<Term> decisive = new ArrayList<>();
    for (Branch branch : economy.branches()) {
      decisive.add(economy.payoff(branch));
      for (Control.Range range : branch.ranges()) {
        range.lower().ifPresent(decisive::add);
        range.upper().ifPresent(decisive::add);
      }
    }
    if (economy.choice() instanceof Choice.UniformCost cost) {
      decisive.add(cost.upper());
    }
    boolean decided =
        decisive.stream().anyMatch(term -> term.expression().dependsOn(price.name()::equals));
    if (decided) {
      reacting.addAll(refusal.totals());
    }
    for (Branch branch : economy.branches()) {
      economy
          .contributions(branch)
          .forEach(
              (total, term) -> {
                if (term.expression().dependsOn(price.name()::equals)) {
                  reacting.add(total.name());
                }
              });
    }
    for (Moment moment : economy.moments()) {
      boolean mean = moment.kind() == Moment.Kind.MEAN;
      if (mean ? decided : moment.law().expression().dependsOn(reacting::contains)) {
        reacting.add(moment.next().name());
      }
    }
    for (Expectation each : economy.expectations()) {
      // Forecasts react through next period's moments.
      if (each.term().expression().dependsOn(reacting::contains)
          || economy.moments().stream().anyMatch(m -> reacting.contains(m.next().name()))
              && each.term().expression().dependsOn(this::isForecast)) {
        reacting.add(each.name());
      }
    }
    return reacting;
  }

  private boolean isForecast(String symbol) {
    return economy.prices().stream().anyMatch(price -> price.next().name().equals(symbol));
  }

  /** Refuses symbols that an equation cannot know. */
  private void symbols(String method, String what, Term term, Set<String> allowed) {
    refusal.unless(term != null, method, "%s is null", what);
    for (String symbol : term.expression().symbols()) {
      if (!allowed.contains(symbol)) {
        String why =
            symbol.equals(Choice.UniformCost.PAID)
                ? "what is paid is known in the payer's contributions only"
                : controls.contains(symbol)
                    ? "it is a control that is not free there"
                    : "it is not known there";
        throw refusal.of(
            method, "%s uses the symbol '%s', but %s; known are %s", what, symbol, why, allowed);
      }
    }
  }

  @SafeVarargs
  private static Set<String> union(Set<String>... sets) {
    Set<String> union = new TreeSet<>();
    for (Set<String> set : sets) {
      union.addAll(set);
    }
    return union;
  }
}
