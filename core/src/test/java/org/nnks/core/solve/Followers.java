package org.nnks.core.solve;

import java.util.Map;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.model.Aggregates;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.History;
import org.nnks.core.simulate.Period;
import org.nnks.core.simulate.Policies;
import org.nnks.core.simulate.SimulatedPath;

/**
 * An economy in closed form whose agents half believe what they forecast: log K' is a share of its
 * forecast, and the rest a law of its own, and so is log p. The rules that forecast right are those
 * of the laws if those are lines, and the loop approaches them at the speed at which agents
 * believe, which differs by state and variable.
 *
 * @param meanCapital the interval of K
 * @param edge the share of agents said to be at an end of their grid
 * @param curvature of the laws in logs, which a line cannot follow
 */
record Followers(Grid meanCapital, double edge, double curvature) implements Economy {

  /** |T V - V| that the solution claims. */
  static final double BELLMAN_ERROR = 1e-4;

  private static final double[] BELIEF_IN_CAPITAL = {.6, .2};
  private static final double[] BELIEF_IN_PRICE = {.5, .1};

  /** The laws as rules: those that agents come to forecast by if nothing is curved. */
  static final ForecastRules LAWS =
      ForecastRules.ofCoefficients(-.02, .02, .8, .8, .75, .72, -.4, -.4);

  /** The economy of most tests. */
  static Followers standard() {
    return new Followers(Grid.linear(.7, 1.4, 2), 0, .5);
  }

  /** Rules to start from: the laws, each a little off. */
  static ForecastRules firstRules() {
    return ForecastRules.ofCoefficients(-.03, .01, .7, .85, .78, .69, -.3, -.45);
  }

  @Override
  public String name() {
    return "followers";
  }

  @Override
  public double discountFactor() {
    return .95;
  }

  @Override
  public MarkovChain aggregate() {
    return new MarkovChain(Vector.of(.97, 1.03), Matrix.of(2, 2, .8, .2, .2, .8));
  }

  @Override
  public Start start() {
    return new Start(0, 1);
  }

  /** Next period's K: part forecast, part law. */
  private double nextCapital(ForecastRules rules, int a, double capital) {
    double log = Math.log(capital);
    double law = Math.log(LAWS.nextCapital(a, capital)) + curvature * log * log;
    double belief = BELIEF_IN_CAPITAL[a];
    return Math.exp(belief * Math.log(rules.nextCapital(a, capital)) + (1 - belief) * law);
  }

  private double price(ForecastRules rules, int a, double capital) {
    double log = Math.log(capital);
    double law = Math.log(LAWS.price(a, capital)) + curvature * log * log;
    double belief = BELIEF_IN_PRICE[a];
    return Math.exp(belief * Math.log(rules.price(a, capital)) + (1 - belief) * law);
  }

  /** A solver with nothing to solve; it counts how often it was asked. */
  BellmanSolver solver() {
    return new Asked();
  }

  private final class Asked implements BellmanSolver {
    private double times;

    @Override
    public BellmanSolution solve(ForecastRules rules) {
      times++;
      return current(rules);
    }

    @Override
    public Map<String, double[]> state() {
      return Map.of("times", new double[] {times});
    }

    @Override
    public void restore(Map<String, double[]> state) {
      times = state.get("times")[0];
    }

    @Override
    public ForecastRules coldStart() {
      return Followers.firstRules();
    }

    @Override
    public BellmanSolution current(ForecastRules rules) {
      return new Believing(rules);
    }

    @Override
    public void close() {}
  }

  /** Decisions under given rules; changes as if measured by what is forecast at K = 1. */
  private final class Believing implements BellmanSolution {
    private final ForecastRules rules;

    Believing(ForecastRules rules) {
      this.rules = rules;
    }

    @Override
    public ForecastRules rules() {
      return rules;
    }

    @Override
    public int sweeps() {
      return 1;
    }

    @Override
    public double change() {
      return 1e-9 * (rules.price(0, 1) + rules.price(1, 1));
    }

    @Override
    public boolean converged() {
      return true;
    }

    @Override
    public Policies policies() {
      return () -> new Believed(rules);
    }

    @Override
    public Map<String, EquationError> errors(SimulatedPath path, int burnIn, Seeds seeds) {
      return Map.of(
          "bellman",
          new EquationError("Bellman equation", 1, BELLMAN_ERROR, BELLMAN_ERROR, BELLMAN_ERROR));
    }
  }

  /** A history. */
  private final class Believed implements History {
    private final ForecastRules rules;
    private double capital = start().meanCapital();

    Believed(ForecastRules rules) {
      this.rules = rules;
    }

    @Override
    public Period step(int period, int a) {
      double price = price(rules, a, capital);
      double next = nextCapital(rules, a, capital);
      double output = aggregate().level(a) * Math.pow(capital, .3);
      double consumption = 1 / price;
      Aggregates aggregates =
          new Aggregates(output, output - consumption, consumption, .3, 2 / price, next);
      Period result =
          new Period(
              price,
              capital,
              aggregates,
              rules.price(a, capital),
              rules.nextCapital(a, capital),
              0,
              true,
              1,
              0,
              edge);
      capital = next;
      return result;
    }

    @Override
    public Map<String, Double> crossSection() {
      return Map.of();
    }

    @Override
    public void advance(int nextAggregateState) {}

    @Override
    public Matrix distribution() {
      return Matrix.of(1, 1, 1);
    }
  }
}
