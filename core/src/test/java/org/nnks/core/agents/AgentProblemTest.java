package org.nnks.core.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.Control;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.Moment;
import org.nnks.core.economy.Price;
import org.nnks.core.economy.State;
import org.nnks.core.economy.Total;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/** Searches against brute force on a fine mesh, with the continuation in closed form. */
class AgentProblemTest {

  static final State K = State.logarithmic("k", .2, 8, 10);
  static final State L = State.linear("l", .5, 1.5, 8);
  static final Exogenous Z = Exogenous.own("z", Vector.of(.9, 1.1));

  /** An economy of two states whose branches are the ones under test. */
  record TwoStates(
      List<Branch> branches, Map<Branch, Term> payoffs, Term kept, Term capital, Choice choice)
      implements DeclaredEconomy {

    TwoStates(List<Branch> branches, Map<Branch, Term> payoffs, Term kept) {
      this(branches, payoffs, kept, K.times(.9), new Choice.Best());
    }

    TwoStates with(Choice other) {
      return new TwoStates(branches, payoffs, kept, capital, other);
    }

    @Override
    public String name() {
      return "two-states";
    }

    @Override
    public double discountFactor() {
      return .9;
    }

    @Override
    public MarkovChain aggregate() {
      return new MarkovChain(Vector.of(1), Matrix.of(1, 1, 1));
    }

    @Override
    public MarkovChain own() {
      return new MarkovChain(Vector.of(.9, 1.1), Matrix.of(2, 2, .5, .5, .5, .5));
    }

    @Override
    public List<Exogenous> exogenous() {
      return List.of(Z);
    }

    @Override
    public List<State> states() {
      return List.of(K, L);
    }

    @Override
    public List<Moment> moments() {
      return List.of(Moment.mean("K", K, .5, 4));
    }

    @Override
    public List<Price> prices() {
      return List.of(new Price("p", .5, 2, "the goods market"));
    }

    @Override
    public Term payoff(Branch branch) {
      return payoffs.get(branch);
    }

    @Override
    public Map<State, Term> next(Branch branch) {
      boolean capital = branch.controls().contains(K.next());
      boolean labour = branch.controls().contains(L.next());
      return Map.of(K, capital ? K.next() : this.capital, L, labour ? L.next() : kept);
    }

    @Override
    public Map<Total, Term> contributions(Branch branch) {
      return Map.of();
    }

    @Override
    public Map<Price, Term> residuals() {
      return Map.of();
    }

    @Override
    public Map<String, Term> aggregates() {
      return Map.of();
    }

    @Override
    public Initial initial() {
      return new Initial(0, 1);
    }
  }

  static double continuation(double k, double l, int e) {
    return (1 + .2 * e) * (2 * Math.pow(k, .3) * Math.pow(l, .4) - .1 * l * l);
  }

  /** Nodes are h apart in log k; what a cubic through four of them leaves is of order h^4. */
  private static final double CUBIC = 3 * Math.pow(Math.log(40) / 200, 4);

  private final ActionGrid grid = new ActionGrid(List.of(K, L), 201, 101);
  private final double[][] x = {{.3, .9, 2.5, 2.5, 7}, {.6, 1, 1.4, .8, 1.2}};

  private double[][] table() {
    double[][] table = new double[2][grid.size()];
    for (int e = 0; e < 2; e++) {
      for (int node = 0; node < grid.size(); node++) {
        table[e][node] = continuation(grid.levelAt(0, node), grid.levelAt(1, node), e);
      }
    }
    return table;
  }

  private AgentProblem solved(DeclaredEconomy economy) {
    AgentProblem problem = new AgentProblem(economy, grid, x);
    problem.state(0, new double[] {1});
    problem.prices(new double[] {1.2});
    problem.solve(table());
    return problem;
  }

  private static final Expression LEFT = K.times(.9);
  static final Price P = new Price("p", .5, 2, "the goods market");

  @Test
  void waitingIsWorthThePayoffAndTheContinuationWhereItLeads() {
    Branch wait = Branch.of("wait");
    TwoStates economy =
        new TwoStates(List.of(wait), Map.of(wait, Z.times(K.pow(.3)).times(P)), L.times(.95));
    double[] value = solved(economy).value();
    for (int cell = 0; cell < 10; cell++) {
      double k = x[0][cell % 5];
      double l = x[1][cell % 5];
      double z = cell < 5 ? .9 : 1.1;
      assertThat(value[cell])
          .isCloseTo(
              1.2 * z * Math.pow(k, .3) + continuation(.9 * k, .95 * l, cell / 5), within(1e-7));
    }
  }

  @Test
  void oneControlBesideAPassiveState() {
    Control next = K.next();
    Branch free = Branch.of("free", next.free());
    Branch buy = Branch.of("buy", next.atLeast(LEFT));
    Branch sell = Branch.of("sell", next.atMost(LEFT));
    for (Branch branch : List.of(free, buy, sell)) {
      for (double price : new double[] {.3, 1.2}) {
        TwoStates economy =
            new TwoStates(
                List.of(branch),
                Map.of(branch, Expression.constant(price).times(LEFT.minus(next))),
                L.times(.95));
        AgentProblem problem = solved(economy);
        for (int cell = 0; cell < 10; cell++) {
          double k = x[0][cell % 5];
          double l = x[1][cell % 5];
          double low = branch.equals(buy) ? .9 * k : .2;
          double high = branch.equals(sell) ? .9 * k : 8;
          double best = Double.NEGATIVE_INFINITY;
          for (int i = 0; i <= 200_000; i++) {
            double choice = low * Math.pow(high / low, i / 200_000.0);
            best =
                Math.max(best, price * (.9 * k - choice) + continuation(choice, .95 * l, cell / 5));
          }
          assertThat(problem.value()[cell])
              .as("%s at %s, %s", branch.name(), k, l)
              .isCloseTo(best, within(CUBIC));
        }
      }
    }
  }

  /** With no bound both are found once for all agents, one in what the other is worth. */
  @Test
  void controlsThatAreSharedOneAfterAnother() {
    Control.Range capital = K.next().free();
    Branch both = Branch.of("both", capital, L.next().free());
    Branch other = Branch.of("other way round", L.next().free(), capital);
    Branch hire = Branch.of("hire", capital, L.next().atLeast(L.times(.95)));
    Branch dismiss = Branch.of("dismiss", L.next().atMost(L.times(.95)), capital);
    for (Branch branch : List.of(both, other, hire, dismiss)) {
      Expression payoff = LEFT.minus(K.next()).minus(L.next().times(.6));
      TwoStates economy = new TwoStates(List.of(branch), Map.of(branch, payoff), L.times(.95));
      AgentProblem problem = solved(economy);
      int k = branch.controls().indexOf(K.next());
      for (int cell = 0; cell < 10; cell++) {
        int e = cell / 5;
        double kept = .95 * x[1][cell % 5];
        double low = branch.equals(hire) ? Math.max(kept, .5) : .5;
        double high = branch.equals(dismiss) ? Math.min(kept, 1.5) : 1.5;
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i <= 20_000; i++) {
          double l = low + (high - low) * i / 20_000.0;
          double target = Math.pow(.6 * (1 + .2 * e) * Math.pow(l, .4), 1 / .7); // slope in k' is 1
          double choice = Math.min(Math.max(target, .2), 8);
          best = Math.max(best, worth(choice, l, e));
        }
        best += .9 * x[0][cell % 5];
        assertThat(problem.value()[cell]).as(branch.name()).isCloseTo(best, within(CUBIC));
        double chosen = problem.control(0, k)[cell];
        double hired = problem.control(0, 1 - k)[cell];
        assertThat(hired).isBetween(low - 1e-12, high + 1e-12);
        assertThat(worth(chosen, hired, e) + .9 * x[0][cell % 5])
            .as("choices of %s", branch.name())
            .isCloseTo(best, within(1e-8));
        assertThat(problem.destination(0, 0)[cell]).isEqualTo(chosen);
        assertThat(problem.destination(0, 1)[cell]).isEqualTo(hired);
      }
    }
  }

  private static double worth(double k, double l, int e) {
    return continuation(k, l, e) - k - .6 * l;
  }

  /** Wherever states go, by themselves or by the price, and whoever is there. */
  @Test
  void continuationsThatAreKeptAreWorthWhatTheyAreAnew() {
    Branch wait = Branch.of("wait");
    Branch buy = Branch.of("buy", K.next().free());
    Map<Branch, Term> payoffs =
        Map.of(wait, Z.times(P), buy, Expression.constant(.9).times(LEFT.minus(K.next())));
    for (Term kept : List.of(L.times(.95), L.times(P).times(.8))) {
      TwoStates economy = new TwoStates(List.of(wait, buy), payoffs, kept);
      AgentProblem problem = new AgentProblem(economy, grid, x);
      double[][] table = table();
      for (double[] mass : new double[][] {{1, 0, 1, 1, 0, 1, 0, 0, 1, 1}, {1, 1, 0, 0, 1}}) {
        mass = Arrays.copyOf(mass, 10);
        table[1][40] += 1;
        Arrays.setAll(table[0], node -> 1.1 * table[0][node]);
        problem.onlyWhere(mass);
        problem.keep(table);
        problem.state(0, new double[] {1});
        for (double price : new double[] {1.2, 1.1, 1.15}) {
          AgentProblem anew = new AgentProblem(economy, grid, x);
          anew.state(0, new double[] {1});
          for (AgentProblem each : List.of(problem, anew)) {
            each.prices(new double[] {price});
            each.solve(table);
          }
          for (int cell = 0; cell < 10; cell++) {
            if (mass[cell] != 0) {
              assertThat(problem.value(0)[cell]).isEqualTo(anew.value(0)[cell]);
              assertThat(problem.value()[cell]).isEqualTo(anew.value()[cell]);
            }
          }
        }
      }
    }
  }

  /** Whoever takes a worse branch for want of luck or by taste considers it at all prices. */
  @Test
  void onlyWhoTakesTheBestForGoodPassesOverBranchesBetweenPrices() {
    Branch wait = Branch.of("wait");
    Branch act = Branch.of("act");
    Map<Branch, Term> payoffs = Map.of(wait, P.times(1), act, P.times(1).plus(.25));
    TwoStates best = new TwoStates(List.of(wait, act), payoffs, L);
    assertThat(between(best).value(0)).containsOnly(Double.NEGATIVE_INFINITY);
    assertThat(between(best).probability(1)).containsOnly(1);
    TwoStates paying = best.with(new Choice.UniformCost(act, Expression.constant(1)));
    assertThat(between(paying).probability(1)[0]).isCloseTo(.25, within(1e-12));
    TwoStates tasting = best.with(new Choice.TasteShocks(.25));
    assertThat(between(tasting).probability(0)[0]).isCloseTo(1 / (1 + Math.exp(1)), within(1e-12));
  }

  /** The problem at a price that moves nobody's value by a fifth of what the branches differ by. */
  private AgentProblem between(DeclaredEconomy economy) {
    AgentProblem problem = solved(economy);
    CellDecisions[] ends = new CellDecisions[2];
    for (int i = 0; i < 2; i++) {
      ends[i] = new CellDecisions(economy.branches(), 10);
      problem.prices(new double[] {1.2 + .01 * i});
      problem.solve(table());
      problem.copyTo(ends[i]);
    }
    problem.onlyBranchesBetween(ends[0], ends[1]);
    problem.prices(new double[] {1.205});
    problem.solve(table());
    return problem;
  }

  @Test
  void payoffsThatMixStatesAndControls() {
    Control next = K.next();
    Branch convex = Branch.of("convex", next.free());
    Expression change = next.minus(LEFT);
    TwoStates economy =
        new TwoStates(
            List.of(convex),
            Map.of(convex, change.negated().minus(change.times(change).over(K).times(2))),
            L.times(.95));
    AgentProblem problem = solved(economy);
    for (int cell = 0; cell < 10; cell++) {
      double k = x[0][cell % 5];
      double l = x[1][cell % 5];
      double best = Double.NEGATIVE_INFINITY;
      for (int i = 0; i <= 200_000; i++) {
        double choice = .2 * Math.pow(40, i / 200_000.0);
        double c = choice - .9 * k;
        best = Math.max(best, -c - 2 * c * c / k + continuation(choice, .95 * l, cell / 5));
      }
      assertThat(problem.value()[cell]).isCloseTo(best, within(CUBIC));
    }
  }

  @Test
  void twoControlsWithBounds() {
    Branch both = Branch.of("both", K.next().atLeast(LEFT), L.next().atMost(L));
    TwoStates economy =
        new TwoStates(
            List.of(both),
            Map.of(both, LEFT.minus(K.next()).times(.8).plus(L.minus(L.next()).times(-.5))),
            L);
    AgentProblem problem = solved(economy);
    for (int cell = 0; cell < 10; cell++) {
      double k = x[0][cell % 5];
      double l = x[1][cell % 5];
      double best = Double.NEGATIVE_INFINITY;
      for (int i = 0; i <= 1_000; i++) {
        double kNext = .9 * k * Math.pow(8 / (.9 * k), i / 1_000.0);
        for (int j = 0; j <= 1_000; j++) {
          double lNext = .5 + (l - .5) * j / 1_000.0;
          best =
              Math.max(
                  best,
                  .8 * (.9 * k - kNext) - .5 * (l - lNext) + continuation(kNext, lNext, cell / 5));
        }
      }
      assertThat(problem.value()[cell]).isCloseTo(best, within(1e-4)); // its own mesh is coarse
      assertThat(problem.control(0, 0)[cell]).isGreaterThanOrEqualTo(.9 * k - 1e-12);
      assertThat(problem.control(0, 1)[cell]).isLessThanOrEqualTo(l + 1e-12);
    }
  }

  @Test
  void nextStatesThatDependOnAControlWithoutBeingIt() {
    Control sold = new Control("m", org.nnks.core.numeric.Grid.linear(0, 4, 401));
    Branch use = Branch.of("use", sold.atMost(K.minus(.2)));
    TwoStates economy =
        new TwoStates(
            List.of(use), Map.of(use, sold.times(.7)), L, K.minus(sold), new Choice.Best());
    AgentProblem problem = solved(economy);
    for (int cell = 0; cell < 10; cell++) {
      double k = x[0][cell % 5];
      double l = x[1][cell % 5];
      double best = Double.NEGATIVE_INFINITY;
      for (int i = 0; i <= 100_000; i++) {
        double m = Math.min(4, k - .2) * i / 100_000;
        best = Math.max(best, .7 * m + continuation(k - m, l, cell / 5));
      }
      assertThat(problem.value()[cell]).as("k = %s", k).isCloseTo(best, within(1e-4));
      assertThat(problem.destination(0, 0)[cell])
          .isCloseTo(k - problem.control(0, 0)[cell], within(1e-12));
    }
  }

  /** Waiting leaves k - 1 to eat: with less than 1 it cannot be, and all pay whatever it costs. */
  @Test
  void aBranchWhosePayoffIsNoNumberIsNotTaken() {
    Branch wait = Branch.of("wait");
    Branch use = Branch.of("use", K.next().free());
    TwoStates hard =
        new TwoStates(
            List.of(wait, use),
            Map.of(wait, K.minus(1).log(), use, K.next().times(-.1).minus(50)),
            L);
    AgentProblem best = solved(hard);
    for (int cell = 0; cell < 10; cell++) {
      boolean able = x[0][cell % 5] > 1;
      assertThat(best.probability(0)[cell]).isEqualTo(able ? 1 : 0);
      assertThat(best.value()[cell]).isEqualTo(best.value(able ? 0 : 1)[cell]);
    }
    BranchChoice pay = BranchChoice.of(hard.with(new Choice.UniformCost(use, P)), 1);
    pay.choose(new double[][] {{Double.NEGATIVE_INFINITY}, {-7}}, 2);
    assertThat(pay.probability(1)[0]).isEqualTo(1);
    assertThat(pay.value()[0]).isEqualTo(-8);
    assertThat(pay.paid()[0]).isEqualTo(1);
    pay.choose(new double[][] {{3}, {4}}, 2);
    assertThat(pay.probability(1)[0]).isEqualTo(.5);
    assertThat(pay.value()[0]).isEqualTo(3.25);
  }

  /**
   * Output depends on capital and on labour chosen, so only the purchase of capital is found once
   * for all; points with the same capital share what is left.
   */
  @Test
  void aPurchaseBesideLabourThatProduces() {
    Control capital = K.next();
    Control labour = L.next();
    Expression output = K.pow(.3).times(labour.pow(.5)).times(P).times(Z);
    Expression bought = capital.minus(LEFT);
    Branch hire = Branch.of("hire", capital.atLeast(LEFT), labour.atLeast(L.times(.95)));
    Branch fire = Branch.of("fire", capital.atMost(LEFT), labour.atMost(L.times(.95)));
    Branch keep = Branch.of("keep", capital.atLeast(LEFT));
    Map<Branch, Term> payoffs =
        Map.of(
            hire, output.minus(bought.times(.4)).minus(labour.times(.6)),
            fire, output.minus(bought.times(.2)).minus(labour.times(.5)),
            keep, K.pow(.3).minus(bought.times(.4)));
    List<Branch> branches = List.of(hire, fire, keep);
    AgentProblem problem = solved(new TwoStates(branches, payoffs, L.times(.95)));
    for (int b = 0; b < branches.size(); b++) {
      for (int cell = 0; cell < 10; cell++) {
        double k = x[0][cell % 5];
        double l = .95 * x[1][cell % 5];
        double z = cell < 5 ? .9 : 1.1;
        double lowest = b == 1 ? .2 : .9 * k;
        double highest = b == 1 ? .9 * k : 8;
        double from = b == 0 ? l : b == 1 ? .5 : l;
        double to = b == 0 ? 1.5 : l;
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i <= 1_000; i++) {
          double next = lowest * Math.pow(highest / lowest, i / 1_000.0);
          for (int j = 0; j <= (b == 2 ? 0 : 400); j++) {
            double n = from + (to - from) * j / 400;
            double payoff =
                b == 2
                    ? Math.pow(k, .3) - .4 * (next - .9 * k)
                    : 1.2 * z * Math.pow(k, .3) * Math.sqrt(n)
                        - (b == 0 ? .4 : .2) * (next - .9 * k)
                        - (b == 0 ? .6 : .5) * n;
            best = Math.max(best, payoff + continuation(next, n, cell / 5));
          }
        }
        assertThat(problem.value(b)[cell])
            .as("%s in cell %d", branches.get(b).name(), cell)
            .isCloseTo(best, within(1e-5)); // the mesh is within (8/1000)^2 of it
      }
    }
  }

  /** Cells without agents are passed over, and the others decide as before. */
  @Test
  void onlyAgentsThatExistDecide() {
    Branch both = Branch.of("both", K.next().atLeast(LEFT), L.next().atMost(L));
    TwoStates economy =
        new TwoStates(List.of(both), Map.of(both, K.next().times(-.8).plus(L.next())), L);
    AgentProblem all = solved(economy);
    AgentProblem some = new AgentProblem(economy, grid, x);
    double[] mass = {0, 1, 0, 0, 0, 0, 0, .5, 2, 0};
    some.onlyWhere(mass);
    some.state(0, new double[] {1});
    some.prices(new double[] {1.2});
    some.solve(table());
    for (int cell = 0; cell < 10; cell++) {
      if (mass[cell] > 0) {
        assertThat(some.value()[cell]).isEqualTo(all.value()[cell]);
        assertThat(some.control(0, 0)[cell]).isEqualTo(all.control(0, 0)[cell]);
        assertThat(some.control(0, 1)[cell]).isEqualTo(all.control(0, 1)[cell]);
      }
    }
    assertThat(some.value()[0]).isNotEqualTo(all.value()[0]);
  }
}
