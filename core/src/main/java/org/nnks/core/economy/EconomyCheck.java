package org.nnks.core.economy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Vector;

/**
 * What can be known to be wrong with a declaration before anything is solved: values and shapes
 * here, then symbols ({@link EquationCheck}), then numbers at sampled points ({@link
 * SampledEquations}).
 */
final class EconomyCheck {

  /** How far from one probabilities and masses may sum: that of {@link MarkovChain}. */
  private static final double SUM_TOLERANCE = MarkovChain.ROW_SUM_TOLERANCE;

  private static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*";

  private final DeclaredEconomy economy;
  private final Refusal refusal;

  private EconomyCheck(DeclaredEconomy economy) {
    this.economy = economy;
    refusal = new Refusal(economy);
  }

  /**
   * Checks a declaration.
   *
   * @throws org.nnks.core.io.InvalidInputException if something is wrong with it
   */
  static void check(DeclaredEconomy economy) {
    EconomyCheck check = new EconomyCheck(economy);
    check.values();
    check.names();
    new EquationCheck(economy, check.refusal).check();
    new SampledEquations(economy, check.refusal).check();
  }

  private void values() {
    String name = refusal.ask("name()", economy::name);
    refusal.unless(
        name.matches(NAME),
        "name()",
        "'%s' cannot stand on a command line; use small letters, digits and single hyphens",
        name);
    double beta = economy.discountFactor();
    refusal.unless(beta > 0 && beta < 1, "discountFactor()", "must be in (0, 1) but is %s", beta);
    chains();
    refusal.unless(
        !refusal.ask("states()", economy::states).isEmpty(), "states()", "needs at least one");
    for (State state : economy.states()) {
      double lower = state.scale().of(state.grid().lower());
      double upper = state.scale().of(state.grid().upper());
      refusal.unless(
          Double.isFinite(lower) && lower < upper && Double.isFinite(upper),
          "states()",
          "'%s' on [%s, %s] is not seen on an interval by its scale %s",
          state.name(),
          state.grid().lower(),
          state.grid().upper(),
          state.scale());
    }
    refusal.unless(
        !refusal.ask("moments()", economy::moments).isEmpty(), "moments()", "needs at least one");
    for (Moment moment : economy.moments()) {
      interval("moments()", moment.name(), moment.lower(), moment.upper());
    }
    for (Price price : refusal.ask("prices()", economy::prices)) {
      interval("prices()", price.name(), price.lower(), price.upper());
    }
    branches();
    choice();
    turnover();
    panel();
    initial();
  }

  private void chains() {
    MarkovChain aggregate = refusal.ask("aggregate()", economy::aggregate);
    int own = refusal.ask("own()", economy::own).size();
    for (int a = 0; a < aggregate.size(); a++) {
      int neighbour = economy.neighbour(a);
      refusal.unless(
          neighbour >= 0 && neighbour < aggregate.size(),
          "neighbour(%d)".formatted(a),
          "must be a state from 0 to %d but is %d",
          aggregate.size() - 1,
          neighbour);
      for (int next = 0; next < aggregate.size(); next++) {
        int from = a;
        int to = next;
        String method = "own(%d, %d)".formatted(a, next);
        int size = refusal.ask(method, () -> economy.own(from, to)).size();
        refusal.unless(
            size == own, method, "has %d states but own() has %d; give both the same", size, own);
      }
    }
    for (Exogenous variable : refusal.ask("exogenous()", economy::exogenous)) {
      int size = variable.own() ? own : aggregate.size();
      refusal.unless(
          variable.levels().size() == size,
          "exogenous()",
          "'%s' has %d levels but the chain %s has %d states",
          variable.name(),
          variable.levels().size(),
          variable.own() ? "own()" : "aggregate()",
          size);
      refusal.unless(
          variable.levels().stream().allMatch(Double::isFinite),
          "exogenous()",
          "'%s' has a level that is not finite: %s",
          variable.name(),
          variable.levels());
    }
  }

  private void interval(String method, String name, double lower, double upper) {
    refusal.unless(
        lower > 0 && lower < upper && upper < Double.POSITIVE_INFINITY,
        method,
        "'%s' needs an interval with 0 < lower < upper but has [%s, %s]",
        name,
        lower,
        upper);
  }

  private void branches() {
    List<Branch> branches = refusal.ask("branches()", economy::branches);
    refusal.unless(
        branches.stream().anyMatch(branch -> !branch.leaves()),
        "branches()",
        "needs at least one that does not leave the economy");
    Set<String> names = new HashSet<>();
    Map<String, Control> controls = new HashMap<>();
    for (Branch branch : branches) {
      refusal.unless(
          !branch.name().isBlank() && names.add(branch.name()),
          "branches()",
          "two branches have the name '%s', or it is blank",
          branch.name());
      refusal.unless(
          !branch.leaves() || branch.ranges().isEmpty(),
          "branches()",
          "'%s' leaves the economy and sets controls: it can do only one of the two",
          branch.name());
      refusal.unless(
          branch.controls().stream().map(Control::name).distinct().count()
              == branch.ranges().size(),
          "branches()",
          "'%s' names a control twice",
          branch.name());
      for (Control control : branch.controls()) {
        Control other = controls.putIfAbsent(control.name(), control);
        refusal.unless(
            other == null || other.equals(control),
            "branches()",
            "the control '%s' of '%s' has another grid than in an earlier branch",
            control.name(),
            branch.name());
      }
    }
  }

  private void choice() {
    Choice choice = refusal.ask("choice()", economy::choice);
    if (choice instanceof Choice.UniformCost cost) {
      refusal.unless(
          economy.branches().contains(cost.payer()) && economy.branches().size() > 1,
          "choice()",
          "the payer '%s' must be one of at least two branches(), which are %s",
          cost.payer().name(),
          economy.branches().stream().map(Branch::name).toList());
    } else if (choice instanceof Choice.TasteShocks shocks) {
      refusal.unless(
          shocks.scale() > 0 && Double.isFinite(shocks.scale()),
          "choice()",
          "the scale of taste shocks must be positive but is %s",
          shocks.scale());
    }
  }

  private void turnover() {
    String method = "turnover()";
    Turnover turnover = refusal.ask(method, economy::turnover);
    double rate = turnover.exitRate();
    refusal.unless(rate >= 0 && rate < 1, method, "exitRate must be in [0, 1) but is %s", rate);
    boolean leave = rate > 0 || economy.branches().stream().anyMatch(Branch::leaves);
    refusal.unless(
        !leave || turnover.entry(), method, "agents leave and nobody enters: the economy dies out");
    double mass = turnover.mass().orElse(0);
    refusal.unless(
        mass >= 0 && Double.isFinite(mass),
        method,
        "the mass of entrants must not be negative but is %s",
        mass);
    if (!turnover.entry()) {
      refusal.unless(turnover.own().size() == 0, method, "entrants have own states but no states");
      return;
    }
    refusal.unless(
        leave || mass == 0, method, "agents enter and nobody leaves: mass grows without bound");
    List<State> states = economy.states();
    refusal.unless(
        turnover.states().size() == states.size(),
        method,
        "entrants have %d states but the economy has %d",
        turnover.states().size(),
        states.size());
    for (int s = 0; s < states.size(); s++) {
      Grid grid = states.get(s).grid();
      double level = turnover.states().get(s);
      refusal.unless(
          level >= grid.lower() && level <= grid.upper(),
          method,
          "entrants have %s = %s, outside its box [%s, %s]",
          states.get(s).name(),
          level,
          grid.lower(),
          grid.upper());
    }
    law(method, "the law of entrants over own()", turnover.own(), economy.own().size());
  }

  private void panel() {
    String method = "panel()";
    int agents = refusal.ask(method, economy::panel);
    refusal.unless(agents >= 0, method, "must not be negative but is %d", agents);
    Turnover turnover = economy.turnover();
    refusal.unless(
        agents == 0 || !turnover.entry() || turnover.mass().isEmpty(),
        method,
        "the %d agents of a panel stay as many, but turnover() lets a mass of %s enter whoever leaves",
        agents,
        turnover.mass().orElse(0));
  }

  private void initial() {
    String method = "initial()";
    DeclaredEconomy.Initial initial = refusal.ask(method, economy::initial);
    int states = economy.aggregate().size();
    refusal.unless(
        initial.aggregateState() >= 0 && initial.aggregateState() < states,
        method,
        "the aggregate state must be from 0 to %d but is %d",
        states - 1,
        initial.aggregateState());
    refusal.unless(
        initial.moments().size() == economy.moments().size(),
        method,
        "has %d moments but moments() has %d",
        initial.moments().size(),
        economy.moments().size());
    for (int j = 0; j < initial.moments().size(); j++) {
      Moment moment = economy.moments().get(j);
      double level = initial.moments().get(j);
      refusal.unless(
          level >= moment.lower() && level <= moment.upper(),
          method,
          "%s = %s is outside its interval [%s, %s]",
          moment.name(),
          level,
          moment.lower(),
          moment.upper());
    }
    if (initial.distribution().size() > 0) {
      int cells =
          economy.states().stream()
              .mapToInt(state -> state.grid().size())
              .reduce(economy.own().size(), (x, y) -> x * y);
      law(method, "the distribution of agents", initial.distribution(), cells);
    }
  }

  private void law(String method, String what, Vector law, int size) {
    refusal.unless(
        law.size() == size, method, "%s has %d numbers but needs %d", what, law.size(), size);
    refusal.unless(
        law.stream().allMatch(each -> each >= 0), method, "%s has a negative number", what);
    double sum = law.stream().sum();
    refusal.unless(
        Math.abs(sum - 1) <= SUM_TOLERANCE, method, "%s must sum to one but sums to %s", what, sum);
  }

  /** Arrays that stand in the results of every run, beside the levels of states and variables. */
  private static final List<String> RESULTS = List.of("value", "histogram", "mean_histogram");

  /** Every symbol means one thing. */
  private void names() {
    Map<String, String> meaning = new LinkedHashMap<>();
    meaning.put(Choice.UniformCost.PAID, "the cost that is paid, of choice()");
    RESULTS.forEach(array -> meaning.put(array, "an array of the results of a run"));
    for (Exogenous variable : economy.exogenous()) {
      name(meaning, variable.name(), "exogenous()");
      if (!variable.own()) {
        name(meaning, variable.next().name(), "next period's exogenous()");
      }
    }
    economy.states().forEach(state -> name(meaning, state.name(), "states()"));
    Set<String> controls = new LinkedHashSet<>();
    economy.branches().forEach(b -> b.controls().forEach(each -> controls.add(each.name())));
    controls.forEach(control -> name(meaning, control, "the controls of branches()"));
    for (Moment moment : economy.moments()) {
      name(meaning, moment.name(), "moments()");
      name(meaning, moment.next().name(), "next period's moments()");
    }
    for (Price price : economy.prices()) {
      name(meaning, price.name(), "prices()");
      name(meaning, price.next().name(), "next period's prices()");
    }
    refusal.totals().forEach(total -> name(meaning, total, "the totals of contributions(...)"));
    refusal
        .ask("expectations()", economy::expectations)
        .forEach(each -> name(meaning, each.name(), "expectations()"));
    Set<String> shown = refusal.ask("aggregates()", economy::aggregates).keySet();
    for (Branch branch : economy.branches()) {
      refusal.unless(
          !shown.contains(branch.name()),
          "aggregates()",
          "'%s' is also the name of a branch, whose share is shown under it",
          branch.name());
    }
  }

  private void name(Map<String, String> meaning, String name, String where) {
    refusal.unless(!name.isBlank(), where, "a name is blank");
    String other = meaning.putIfAbsent(name, where);
    refusal.unless(other == null, where, "the name '%s' is taken already, by %s", name, other);
  }
}
