package org.nnks.core.neural;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.Control;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.Moment;
import org.nnks.core.economy.Price;
import org.nnks.core.economy.State;
import org.nnks.core.economy.Total;
import org.nnks.core.economy.Turnover;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/**
 * Firms with capital and labour, two prices and two moments: they wait, buy (both controls, capital
 * no less than what is left of it), or sell (capital less than that, or they do not), and some
 * leave for good.
 */
record TwoStates(Choice choice) implements DeclaredEconomy {

  static final State K = State.logarithmic("k", .3, 6, 7);
  static final State L = State.linear("l", .5, 1.5, 5);
  static final Control BOUGHT = K.next();
  static final Control HIRED = L.next();
  static final Expression LEFT = K.times(.9);
  private static final MarkovChain A_CHAIN = MarkovChain.rouwenhorst(.8, .02, 2);
  private static final MarkovChain Z_CHAIN = MarkovChain.rouwenhorst(.7, .1, 3);
  static final Exogenous A = Exogenous.aggregate("A", A_CHAIN.levels());
  static final Exogenous Z = Exogenous.own("z", Z_CHAIN.levels());
  static final Price P = new Price("p", .5, 2, "the goods market");
  static final Price W = new Price("w", .3, 2, "the labour market");
  static final Total Y = new Total("Y");
  static final Total I = new Total("I");
  static final Total SCRAPPED = new Total("scrapped");
  static final List<Branch> BRANCHES =
      List.of(
          Branch.of("wait"),
          Branch.of("buy", BOUGHT.atLeast(LEFT), HIRED.free()),
          Branch.of("sell", BOUGHT.below(LEFT)));

  /** Forecasts in which all moments count for all moments and prices. */
  static final ForecastRules FORECASTS =
      FixedRules.rules(
          List.of(
              Matrix.of(2, 3, .05, .8, .1, .08, .75, .05),
              Matrix.of(2, 3, -.02, .1, .7, .03, .05, .8)),
          List.of(
              Matrix.of(2, 3, .1, -.4, .1, .05, -.3, .2),
              Matrix.of(2, 3, -.3, .3, -.2, -.25, .2, -.1)));

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
    return A_CHAIN;
  }

  @Override
  public MarkovChain own() {
    return Z_CHAIN;
  }

  @Override
  public List<Exogenous> exogenous() {
    return List.of(A, Z);
  }

  @Override
  public List<State> states() {
    return List.of(K, L);
  }

  @Override
  public List<Moment> moments() {
    return List.of(Moment.mean("K", K, .8, 3), Moment.mean("L", L, .6, 1.4));
  }

  @Override
  public List<Price> prices() {
    return List.of(P, W);
  }

  @Override
  public List<Branch> branches() {
    return BRANCHES;
  }

  @Override
  public Turnover turnover() {
    return Turnover.replacing(.05, Vector.of(.5, .8), Vector.of(.2, .5, .3));
  }

  @Override
  public Term payoff(Branch branch) {
    Expression profit =
        P.times(A.times(Z).times(K.pow(.3)).times(L.pow(.4)).minus(W.times(L).times(.5)));
    return switch (branch.name()) {
      case "wait" -> profit;
      case "buy" -> {
        Expression change = HIRED.minus(L);
        yield profit
            .plus(P.times(LEFT.minus(BOUGHT)))
            .minus(P.times(change.times(change)).times(.3))
            .minus(.02);
      }
      default -> profit.plus(P.times(LEFT.minus(BOUGHT)).times(.7));
    };
  }

  @Override
  public Map<State, Term> next(Branch branch) {
    return switch (branch.name()) {
      case "wait" -> Map.of(K, LEFT, L, L.times(.98));
      case "buy" -> Map.of(K, BOUGHT, L, HIRED);
      default -> Map.of(K, BOUGHT, L, L.times(.98));
    };
  }

  @Override
  public Map<Total, Term> contributions(Branch branch) {
    Expression output = A.times(Z).times(K.pow(.3)).times(L.pow(.4));
    return switch (branch.name()) {
      case "wait" -> Map.of(Y, output);
      case "buy" -> Map.of(Y, output, I, BOUGHT.minus(LEFT));
      default -> Map.of(Y, output, I, BOUGHT.minus(LEFT), SCRAPPED, Expression.constant(1));
    };
  }

  @Override
  public Map<Price, Term> residuals() {
    return Map.of(P, Expression.constant(1).over(P).minus(Y), W, Y.minus(W));
  }

  @Override
  public Map<String, Term> aggregates() {
    return new LinkedHashMap<>(Map.of("Y", Y));
  }

  @Override
  public Initial initial() {
    return new Initial(0, 1.5, 1);
  }
}
