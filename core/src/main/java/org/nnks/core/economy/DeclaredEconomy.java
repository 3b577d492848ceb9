package org.nnks.core.economy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.model.Economy;
import org.nnks.core.model.Variables;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Vector;
import org.nnks.core.symbolic.Term;

/**
 * An economy of many agents with aggregate risk: what an economist writes. Declarations are values,
 * equations are terms in the symbols of the paper; there is no loop, no network and no device in
 * it. Everything else (four methods, simulation, clearing, accuracy, certificates, impulse
 * responses) then works on it.
 *
 * <p>An agent has its own exogenous state e, a finite chain whose law may depend on the aggregate
 * move, and endogenous states x in a box. The economy has an aggregate exogenous state a, a finite
 * chain, moments m, and prices P(a, m). Values are in units in which they are discounted by beta:
 *
 * <pre>
 *   V(x,e;a,m)   = E over the shock of choice of  max over branches b of  W_b(x,e;a,m,P) - cost_b
 *   W_b          = max over controls u of  payoff_b(x,e,u;a,m,P) + beta E V(next_b(x,u), e'; a', m')
 *   residual_j(totals, a, m, P, expectations) = 0   for every price, in every period
 * </pre>
 *
 * <p>Implementations are immutable. Equations are asked for once, before a solve.
 */
public interface DeclaredEconomy extends Economy {

  /** The agent's own chain. */
  MarkovChain own();

  /** The agent's own chain as the economy moves from one aggregate state to another. */
  default MarkovChain own(int aggregateState, int nextAggregateState) {
    return own();
  }

  /** The exogenous variables of both chains. */
  List<Exogenous> exogenous();

  /** The endogenous states of an agent: at least one. */
  List<State> states();

  /** The moments on which forecast rules depend: at least one. */
  List<Moment> moments();

  /** The prices that clear markets; none if they have closed forms. */
  List<Price> prices();

  /** The branches among which an agent chooses: at least one. */
  List<Branch> branches();

  /** How an agent chooses among them. */
  default Choice choice() {
    return new Choice.Best();
  }

  /** Who leaves and who comes; nobody by default. */
  default Turnover turnover() {
    return Turnover.none();
  }

  /**
   * What an agent gets in a period, in the units in which values are discounted.
   *
   * @return a term in exogenous variables, states, the branch's controls, moments and prices
   */
  Term payoff(Branch branch);

  /**
   * Next period's states.
   *
   * @return for each state a term in states, the branch's controls and exogenous variables
   */
  Map<State, Term> next(Branch branch);

  /**
   * What an agent adds to the totals of the period.
   *
   * @return terms in exogenous variables, states, the branch's controls, moments and prices; totals
   *     that are left out get nothing
   */
  Map<Total, Term> contributions(Branch branch);

  /** Expectations over the next aggregate state that appear in residuals. */
  default List<Expectation> expectations() {
    return List.of();
  }

  /**
   * What is zero where markets clear: a term for each price, in totals, aggregate variables,
   * moments, next period's moments, prices and expectations. That of a single price falls in it, as
   * excess demand does; so do both of two prices where agents take the best of several branches.
   */
  Map<Price, Term> residuals();

  /**
   * The series that a simulated path shows, by name; Y, I, C, N and w are those that business-cycle
   * tables know.
   *
   * @return terms in what residuals may contain
   */
  Map<String, Term> aggregates();

  /** Where a simulated history starts. */
  Initial initial();

  /**
   * How many agents a simulated history follows one by one, at any levels of their states, instead
   * of a histogram at the nodes of the states; zero for the histogram, which has no sampling noise.
   * Agents who leave must be replaced by as many.
   */
  default int panel() {
    return 0;
  }

  /**
   * Forecast rules to start a solve from, if there are better or cheaper ones than lines through
   * the stationary equilibrium of every aggregate state, which is found if there are none here. The
   * fixed point does not depend on them.
   */
  default Optional<ForecastRules> coldStart() {
    return Optional.empty();
  }

  /**
   * Looks for what is wrong with this declaration, before anything is solved: missing equations,
   * symbols that they cannot know, shapes that do not fit, payoffs that are no numbers.
   *
   * @throws org.nnks.core.io.InvalidInputException one sentence that names the method at fault
   */
  default void check() {
    EconomyCheck.check(this);
  }

  @Override
  default String widening() {
    return states().stream()
        .map(state -> "the grid of " + state.name())
        .collect(Collectors.joining(" or "));
  }

  /** Prices say which market they clear. */
  @Override
  default String label(String variable) {
    return prices().stream()
        .filter(price -> price.name().equals(variable))
        .findFirst()
        .map(price -> "price %s of %s".formatted(variable, price.market()))
        .orElseGet(() -> Economy.super.label(variable));
  }

  /** The first aggregate state and moment of a simulated history. */
  @Override
  default Start start() {
    return new Start(initial().aggregateState(), initial().moments().get(0));
  }

  /** The name in {@link #cyclical} of what business cycles are compared with in the place of Y. */
  String GDP = "GDP";

  /**
   * Those of {@link #aggregates} beside Y, I, C, N and w that belong into a table of business
   * cycles and into files of paths, such as GDP where it is not Y.
   */
  default List<String> cyclical() {
    return List.of();
  }

  /** Names of moments and prices, and of what else is cyclical. */
  default Variables variables() {
    return new Variables(
        moments().stream().map(Moment::name).toList(),
        prices().stream().map(Price::name).toList(),
        cyclical());
  }

  /** The interval of the first moment. */
  @Override
  default Grid meanCapital() {
    return Grid.linear(moments().get(0).lower(), moments().get(0).upper(), 2);
  }

  /**
   * Where a simulated history starts.
   *
   * @param aggregateState the first, counted from zero
   * @param moments used in the forecasts of the first period, in the order of the economy's
   * @param distribution mass of agents by own state and nodes of the states, the last state
   *     fastest; empty for equal mass at all nodes, and the stationary law of the agent's own chain
   */
  record Initial(int aggregateState, Vector moments, Vector distribution) {

    /** A start with agents spread evenly. */
    public Initial(int aggregateState, double... moments) {
      this(aggregateState, Vector.of(moments), Vector.of());
    }
  }
}
