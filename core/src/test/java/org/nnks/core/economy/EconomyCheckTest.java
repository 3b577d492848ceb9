package org.nnks.core.economy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nnks.core.economy.TaxedFirms.A;
import static org.nnks.core.economy.TaxedFirms.ADJUST;
import static org.nnks.core.economy.TaxedFirms.CAPITAL;
import static org.nnks.core.economy.TaxedFirms.I;
import static org.nnks.core.economy.TaxedFirms.MEAN;
import static org.nnks.core.economy.TaxedFirms.N;
import static org.nnks.core.economy.TaxedFirms.NEXT;
import static org.nnks.core.economy.TaxedFirms.P;
import static org.nnks.core.economy.TaxedFirms.WAIT;
import static org.nnks.core.economy.TaxedFirms.Y;
import static org.nnks.core.economy.TaxedFirms.Z;

import ai.djl.ndarray.types.DataType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nnks.core.agents.StationaryEquilibrium;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.neural.NeuralBellman;
import org.nnks.core.neural.NeuralTraining;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;
import org.nnks.core.tensor.Readout;

/** Declarations with one fault each, and the sentence that each gets. */
class EconomyCheckTest {

  private static final TaxedFirms SOUND = TaxedFirms.of(.02);
  private static final Term UNKNOWN = Expression.symbol("q");
  private static final Price OTHER = new Price("v", .5, 2, "the market for v");

  /** The sound economy in which methods answer something else. */
  private static final class Broken {
    private final Map<String, Function<Object[], Object>> answers = new LinkedHashMap<>();

    static Broken with(String method, Object answer) {
      return new Broken().and(method, answer);
    }

    static Broken inBranch(String method, Branch branch, Object answer) {
      Broken broken = new Broken();
      broken.answers.put(
          method,
          arguments -> arguments[0].equals(branch) ? answer : sound(method, (Branch) arguments[0]));
      return broken;
    }

    Broken and(String method, Object answer) {
      answers.put(method, arguments -> answer);
      return this;
    }

    private static Object sound(String method, Branch branch) {
      return switch (method) {
        case "payoff" -> SOUND.payoff(branch);
        case "next" -> SOUND.next(branch);
        default -> SOUND.contributions(branch);
      };
    }

    DeclaredEconomy economy() {
      InvocationHandler handler =
          (proxy, method, arguments) -> {
            Function<Object[], Object> answer =
                method.getName().equals("own") && arguments != null
                    ? answers.get("own(a, a')")
                    : answers.get(method.getName());
            if (answer != null) {
              return answer.apply(arguments);
            }
            if (method.isDefault() && !method.getName().equals("choice")) {
              return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            try {
              return method.invoke(SOUND, arguments);
            } catch (InvocationTargetException e) {
              throw e.getCause();
            }
          };
      return (DeclaredEconomy)
          Proxy.newProxyInstance(
              getClass().getClassLoader(), new Class<?>[] {DeclaredEconomy.class}, handler);
    }
  }

  @Test
  void statesBranchesPricesAndMomentsMayBeSeveral() {
    assertThatCode(() -> new FirmsWithLabour().check()).doesNotThrowAnyException();
  }

  @Test
  void soundDeclarationsPass() {
    assertThatCode(SOUND::check).doesNotThrowAnyException();
    assertThatCode(new Broken().economy()::check).doesNotThrowAnyException();
  }

  /** Networks are not built on a declaration that breaks a rule. */
  @Test
  void networksRefuseABrokenDeclaration() {
    DeclaredEconomy broken = Broken.with("discountFactor", 1.5).economy();
    assertThatThrownBy(
            () ->
                new NeuralBellman(
                    broken,
                    NeuralTraining.standard(),
                    Device.cpu(),
                    DataType.FLOAT32,
                    new Seeds(1),
                    new Readout()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("discountFactor()");
  }

  /** Nor are stationary equilibria looked for, where transitions begin and end. */
  @Test
  void noRestIsLookedForInABrokenDeclaration() {
    DeclaredEconomy broken = Broken.with("discountFactor", 1.5).economy();
    assertThatThrownBy(() -> StationaryEquilibrium.of(broken, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("discountFactor()");
  }

  @TestFactory
  List<DynamicTest> everyFaultGetsItsSentence() {
    Map<String, Broken> faults = new LinkedHashMap<>();
    values(faults);
    turnoverAndStart(faults);
    branchesAndChoice(faults);
    equations(faults);
    return faults.entrySet().stream()
        .map(
            fault ->
                DynamicTest.dynamicTest(
                    fault.getKey(),
                    () ->
                        assertThatThrownBy(fault.getValue().economy()::check)
                            .isInstanceOf(InvalidInputException.class)
                            .satisfies(
                                e ->
                                    assertThat(e.getMessage())
                                        .startsWith("economy ")
                                        .contains(fault.getKey())
                                        .doesNotContain("\n"))))
        .toList();
  }

  private static void values(Map<String, Broken> faults) {
    faults.put(
        "name(): 'My Firms' cannot stand on a command line", Broken.with("name", "My Firms"));
    faults.put(
        "discountFactor(): must be in (0, 1) but is 1.02", Broken.with("discountFactor", 1.02));
    faults.put("aggregate(): is null", Broken.with("aggregate", null));
    faults.put(
        "own(0, 0): has 2 states but own() has 3",
        Broken.with("own(a, a')", MarkovChain.rouwenhorst(.5, .1, 2)));
    faults.put(
        "exogenous(): 'A' has 2 levels but the chain aggregate() has 3 states",
        Broken.with("exogenous", List.of(Exogenous.aggregate("A", Vector.of(.9, 1.1)), Z)));
    faults.put(
        "exogenous(): 'z' has a level that is not finite",
        Broken.with("exogenous", List.of(A, Exogenous.own("z", Vector.of(1, Double.NaN, 2)))));
    faults.put("states(): needs at least one", Broken.with("states", List.of()));
    faults.put(
        "states(): 'k' on [0.0, 5.0] is not seen on an interval by its scale Log",
        Broken.with("states", List.of(new State("k", Grid.linear(0, 5, 9), new Scale.Log()))));
    faults.put("moments(): needs at least one", Broken.with("moments", List.of()));
    faults.put(
        "moments(): 'K' needs an interval with 0 < lower < upper but has [-1.0, 4.0]",
        Broken.with("moments", List.of(Moment.mean("K", CAPITAL, -1, 4))));
    faults.put(
        "prices(): 'p' needs an interval with 0 < lower < upper but has [2.0, 1.0]",
        Broken.with("prices", List.of(new Price("p", 2, 1, "the goods market"))));
    faults.put(
        "exogenous(): the name 'A' is taken already, by exogenous()",
        Broken.with("exogenous", List.of(A, Exogenous.own("A", Z.levels()))));
    faults.put(
        "exogenous(): the name 'value' is taken already, by an array of the results of a run",
        Broken.with("exogenous", List.of(A, Exogenous.own("value", Z.levels()))));
    faults.put(
        "moments(): the name 'k' is taken already, by states()",
        Broken.with("moments", List.of(Moment.mean("k", CAPITAL, 1.2, 4))));
    faults.put(
        "the totals of contributions(...): the name 'K'' is taken already",
        Broken.with("contributions", Map.of(new Total("K'"), CAPITAL)));
  }

  private static void turnoverAndStart(Map<String, Broken> faults) {
    Vector evenly = Vector.of(.25, .5, .25);
    faults.put(
        "turnover(): exitRate must be in [0, 1) but is 1.5",
        Broken.with("turnover", Turnover.replacing(1.5, Vector.of(1), evenly)));
    faults.put(
        "turnover(): agents leave and nobody enters",
        Broken.with(
            "turnover", new Turnover(.1, Vector.of(), Vector.of(), OptionalDouble.empty())));
    faults.put(
        "turnover(): agents enter and nobody leaves",
        Broken.with("turnover", new Turnover(0, Vector.of(1), evenly, OptionalDouble.of(.1))));
    faults.put(
        "turnover(): entrants have k = 12.0, outside its box [0.3, 10.0]",
        Broken.with("turnover", Turnover.replacing(.1, Vector.of(12), evenly)));
    faults.put(
        "turnover(): entrants have 2 states but the economy has 1",
        Broken.with("turnover", Turnover.replacing(.1, Vector.of(1, 1), evenly)));
    faults.put(
        "turnover(): the law of entrants over own() must sum to one but sums to 0.75",
        Broken.with("turnover", Turnover.replacing(.1, Vector.of(1), Vector.of(.25, .5, 0))));
    faults.put("panel(): must not be negative but is -1", Broken.with("panel", -1));
    faults.put(
        "panel(): the 50 agents of a panel stay as many, but turnover() lets a mass of 0.1 enter",
        Broken.with("panel", 50)
            .and("turnover", new Turnover(.1, Vector.of(1), evenly, OptionalDouble.of(.1))));
    faults.put(
        "initial(): the aggregate state must be from 0 to 2 but is 3",
        Broken.with("initial", new DeclaredEconomy.Initial(3, 2.3)));
    faults.put(
        "initial(): has 2 moments but moments() has 1",
        Broken.with("initial", new DeclaredEconomy.Initial(1, 2.3, 1)));
    faults.put(
        "initial(): K = 9.0 is outside its interval [1.2, 4.0]",
        Broken.with("initial", new DeclaredEconomy.Initial(1, 9)));
    faults.put(
        "initial(): the distribution of agents has 3 numbers but needs 120",
        Broken.with("initial", new DeclaredEconomy.Initial(1, Vector.of(2.3), evenly)));
    faults.put(
        "initial(): the distribution of agents must sum to one but sums to 120.0",
        Broken.with(
            "initial",
            new DeclaredEconomy.Initial(
                1, Vector.of(2.3), Vector.of(new double[120]).map(zero -> 1))));
  }

  private static void branchesAndChoice(Map<String, Broken> faults) {
    Control wide = new Control("k'", Grid.linear(.1, 20, 9));
    faults.put(
        "branches(): needs at least one that does not leave",
        Broken.with("branches", List.of(Branch.leaving("leave"))));
    faults.put(
        "branches(): two branches have the name 'wait'",
        Broken.with("branches", List.of(WAIT, Branch.of("wait", NEXT.free()))));
    faults.put(
        "branches(): the control 'k'' of 'other' has another grid",
        Broken.with("branches", List.of(WAIT, ADJUST, Branch.of("other", wide.free()))));
    faults.put(
        "next(adjust): the control 'k'' is next period's k but may be in [0.1, 20.0] instead of in its box [0.3, 10.0]",
        Broken.with("branches", List.of(Branch.of("adjust", wide.free())))
            .and("choice", new Choice.Best())
            .and("next", Map.of(CAPITAL, wide)));
    faults.put(
        "branches(): 'adjust' allows no controls anywhere in the box",
        Broken.with("branches", List.of(Branch.of("adjust", NEXT.atLeast(CAPITAL.plus(20)))))
            .and("choice", new Choice.Best())
            .and("payoff", P.times(NEXT))
            .and("contributions", Map.of(Y, NEXT, I, NEXT, N, NEXT)));
    faults.put(
        "branches(): 'adjust' leaves a control open beyond its bound, but the payoff is not finite at",
        Broken.with("branches", List.of(Branch.of("adjust", NEXT.below(CAPITAL))))
            .and("choice", new Choice.Best())
            .and("payoff", P.times(CAPITAL.minus(NEXT).log()))
            .and("contributions", Map.of(Y, NEXT, I, NEXT, N, NEXT)));
    faults.put(
        "branches(): a bound of k' in 'adjust' uses the symbol 'q'",
        Broken.with("branches", List.of(WAIT, Branch.of("adjust", NEXT.atLeast(UNKNOWN))))
            .and("choice", new Choice.Best()));
    faults.put(
        "choice(): the payer 'sell' must be one of at least two branches()",
        Broken.with("choice", new Choice.UniformCost(Branch.of("sell"), P)));
    faults.put(
        "choice(): the upper cost must be positive but is -",
        Broken.with("choice", new Choice.UniformCost(ADJUST, P.negated())));
    faults.put(
        "choice(): the upper cost uses the symbol 'k'",
        Broken.with("choice", new Choice.UniformCost(ADJUST, CAPITAL)));
    faults.put(
        "choice(): the scale of taste shocks must be positive but is 0.0",
        Broken.with("choice", new Choice.TasteShocks(0)));
  }

  private static void equations(Map<String, Broken> faults) {
    faults.put(
        "payoff(wait): the payoff uses the symbol 'q', but it is not known there; known are [A, K, k, p, z]",
        Broken.inBranch("payoff", WAIT, UNKNOWN));
    faults.put(
        "payoff(wait): the payoff uses the symbol 'k'', but it is a control that is not free there",
        Broken.inBranch("payoff", WAIT, NEXT));
    faults.put("payoff(wait): is null", Broken.inBranch("payoff", WAIT, null));
    faults.put(
        "payoff(adjust): it is finite nowhere in the box",
        Broken.inBranch("payoff", ADJUST, NEXT.negated().log()));
    faults.put(
        "payoff(wait): it is infinite at",
        Broken.inBranch("payoff", WAIT, Expression.constant(1).over(CAPITAL.minus(CAPITAL.abs()))));
    faults.put(
        "payoff(...): no branch has a finite payoff at",
        Broken.with("branches", List.of(WAIT))
            .and("choice", new Choice.Best())
            .and("payoff", CAPITAL.minus(1).log().times(P))
            .and("contributions", Map.of(Y, CAPITAL, I, CAPITAL, N, CAPITAL)));
    faults.put(
        "payoff(adjust): neither payoff nor next depends on the control 'k''",
        Broken.with("next", Map.of(CAPITAL, CAPITAL.times(.9))).and("payoff", P));
    faults.put(
        "next(adjust): the state 'k' has no next value", Broken.inBranch("next", ADJUST, Map.of()));
    faults.put(
        "next(wait): next k uses the symbol 'p'",
        Broken.inBranch("next", WAIT, Map.of(CAPITAL, P)));
    faults.put(
        "next(wait): k is NaN at",
        Broken.inBranch("next", WAIT, Map.of(CAPITAL, CAPITAL.negated().log())));
    faults.put(
        "contributions(wait): the total N uses the symbol 'paid', but what is paid is known in the payer's",
        Broken.inBranch(
            "contributions", WAIT, Map.of(N, ((Choice.UniformCost) SOUND.choice()).paid())));
    faults.put(
        "contributions(wait): Y is NaN at",
        Broken.inBranch("contributions", WAIT, Map.of(Y, CAPITAL.minus(20).log())));
    faults.put(
        "moments(): the mean K uses the symbol 'z'",
        Broken.with("moments", List.of(Moment.mean("K", CAPITAL.times(Z), 1.2, 4))));
    faults.put(
        "moments(): the law of G uses the symbol 'q'",
        Broken.with("moments", List.of(MEAN, Moment.evolving("G", UNKNOWN, 1, 2)))
            .and("initial", new DeclaredEconomy.Initial(1, 2.3, 1.5)));
    faults.put(
        "expectations(): E uses the symbol 'q'",
        Broken.with("expectations", List.of(new Expectation("E", UNKNOWN))));
    faults.put(
        "residuals(): the price 'p' has none: which equation clears the goods market?",
        Broken.with("residuals", Map.of()));
    faults.put(
        "residuals(): 'v' is not among prices()",
        Broken.with("residuals", Map.of(P, Y.minus(P), OTHER, Y.minus(OTHER))));
    faults.put(
        "residuals(): that of 'v' does not react to it",
        Broken.with("prices", List.of(P, OTHER))
            .and("residuals", Map.of(P, Y.minus(P), OTHER, Y.minus(MEAN))));
    Map<Price, Term> twice = new HashMap<>();
    twice.put(P, Y.minus(P.times(OTHER)));
    twice.put(OTHER, Y.minus(P.times(OTHER)));
    faults.put(
        "residuals(): those of 'p' and 'v' are the same equation",
        Broken.with("prices", List.of(P, OTHER)).and("residuals", twice));
    faults.put(
        "aggregates(): the series Y uses the symbol 'z'",
        Broken.with("aggregates", Map.of("Y", Z)));
    faults.put(
        "aggregates(): 'wait' is also the name of a branch",
        Broken.with("aggregates", Map.of("wait", Y)));
    faults.put(
        "cyclical(): 'GDP' is none of the series of aggregates()",
        Broken.with("cyclical", List.of("GDP")));
    faults.put(
        "cyclical(): 'C' stands in tables and files already",
        Broken.with("cyclical", List.of("C")));
  }
}
