package org.nnks.core.agents;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Price;
import org.nnks.core.model.Aggregates;
import org.nnks.core.model.Variables;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.History;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.JumpMarkets;
import org.nnks.core.simulate.Period;
import org.nnks.core.simulate.QuasiNewtonClearing;
import org.nnks.core.simulate.UnclearedMarketException;

/**
 * One history of a declared economy: agents who decide, markets that clear every period, and agents
 * who move on. One price is bracketed, and decisions at the two ends of a bracket narrow enough are
 * mixed; so are two where agents take the best of several branches, whose demand jumps most. Other
 * prices are found together by a quasi-Newton method, and two by mixtures in periods in which it
 * finds none.
 */
public final class AgentHistory implements History {

  /**
   * Relative width of the bracket at whose ends decisions are mixed where agents take the best of
   * several branches and one market clears: .05 %. What they lose by deciding as at its ends is of
   * second order in it. On Bloom et al. (2018), ten quarters, no firm loses more than 2.5e-5 of V,
   * where V itself is wrong by as much on average, and p is .006 % from where brackets of .001 %
   * put it, about as far as the loop stops from its fixed point. Demand falls by some 1.4 % in it,
   * and by .4 % in the jump where it clears. With two markets it has not been measured.
   */
  static final double RESOLUTION = 5e-4;

  private final DeclaredEconomy economy;
  private final AgentDistribution agents;
  private final Function<double[][], AgentPolicies> deciding;
  private final CellOutcomes outcomes;
  private final PeriodEquations equations;
  private final boolean takesBest;
  private final QuasiNewtonClearing newton;
  private final Candidate only;

  /** How far the last period's prices were from its forecasts, in logs and whole steps. */
  private final double[] missed;

  private AgentPolicies policies;
  private double[] moments;
  private int aggregateState;
  private List<JumpMarkets.Share<Candidate>> decided;

  /** Mixes decisions where demand jumps; null until it is needed. */
  private JumpMarkets<Candidate> bracketing;

  private boolean cleared;
  private int evaluations;
  private int expansions;

  /** What agents decide at one candidate. */
  private static final class Candidate {
    private final CellDecisions decisions;
    private final double[] sums;

    Candidate(DeclaredEconomy economy, int cells, int sums) {
      decisions = new CellDecisions(economy.branches(), cells);
      this.sums = new double[sums];
    }
  }

  /** Excess demand in the first market of a period, where another price may be given. */
  private final class Market implements JumpClearing.Demand<Candidate> {
    private final AgentPeriod agents;
    private final double[] other;

    Market(AgentPeriod agents, double... other) {
      this.agents = agents;
      this.other = other;
    }

    private double[] prices(double price) {
      return other.length == 0 ? new double[] {price} : new double[] {price, other[0]};
    }

    @Override
    public double at(double price, Candidate candidate) {
      return evaluate(agents, prices(price), candidate)[0];
    }

    @Override
    public double between(double price, Candidate lower, Candidate upper, Candidate candidate) {
      double[] prices = prices(price);
      candidate.decisions.at(prices);
      agents.decideBetween(prices, lower.decisions, upper.decisions, candidate.decisions);
      return residuals(prices, candidate)[0];
    }
  }

  /** One market of a period, or two. */
  private final class Markets implements JumpMarkets.Markets<Candidate> {
    private final AgentPeriod agents;

    Markets(AgentPeriod agents) {
      this.agents = agents;
    }

    @Override
    public JumpClearing.Demand<Candidate> first(double... second) {
      return new Market(agents, second);
    }

    @Override
    public double second(double[] prices, List<JumpMarkets.Share<Candidate>> mixture) {
      return residuals(prices, mixture)[1];
    }
  }

  /**
   * A history that begins as the economy does.
   *
   * @param agents who there are, as the history begins
   * @param forecast of prices where residuals contain expectations
   * @param deciding makes the policies of agents at given points, (states, points): only those made
   *     last are asked
   */
  public AgentHistory(
      AgentDistribution agents,
      PriceForecast forecast,
      Function<double[][], AgentPolicies> deciding) {
    this.agents = agents;
    this.deciding = deciding;
    economy = agents.economy();
    policies = deciding.apply(agents.levels());
    outcomes = new CellOutcomes(economy, agents.levels());
    equations = new PeriodEquations(economy, economy.aggregate(), forecast, outcomes.totals());
    List<Price> prices = economy.prices();
    only = candidate();
    takesBest = economy.choice() instanceof Choice.Best && economy.branches().size() > 1;
    newton =
        prices.size() > 2 || prices.size() == 2 && !takesBest
            ? new QuasiNewtonClearing(
                prices.stream().mapToDouble(Price::lower).toArray(),
                prices.stream().mapToDouble(Price::upper).toArray())
            : null;
    moments = economy.initial().moments().toArray();
    missed = new double[prices.size()];
  }

  private Candidate candidate() {
    return new Candidate(economy, agents.mass().length, outcomes.totals().size());
  }

  @Override
  public Period step(int period, int a) {
    aggregateState = a;
    AgentPeriod decide = policies.period(a, moments, agents.mass());
    outcomes.state(a, moments);
    equations.state(a, moments);
    double[] forecasts = decide.prices();
    double[] prices = clear(period, decide, start(forecasts));
    for (int l = 0; l < prices.length; l++) {
      missed[l] =
          JumpClearing.FIRST_STEP
              * Math.rint(Math.log(prices[l] / forecasts[l]) / JumpClearing.FIRST_STEP);
    }
    double edge = 0;
    for (JumpMarkets.Share<Candidate> share : decided) {
      Candidate candidate = share.decisions();
      outcomes.addUpTheRest(
          share.prices().toArray(), candidate.decisions, agents.mass(), candidate.sums);
    }
    double[] residuals = residuals(prices, decided).clone();
    agents.beginMove();
    for (JumpMarkets.Share<Candidate> share : decided) {
      CellDecisions decisions = share.decisions().decisions;
      outcomes.move(decisions, agents.mass());
      edge += share.weight() * agents.edgeMass(outcomes, decisions);
      agents.move(share.weight(), outcomes, decisions);
    }
    Period result =
        new Period(
            Vector.of(prices),
            Vector.of(moments),
            Vector.of(equations.nextMoments()),
            aggregates(),
            Vector.of(forecasts),
            Vector.of(decide.nextMoments()),
            Vector.of(residuals),
            cleared,
            evaluations,
            expansions,
            edge);
    moments = equations.nextMoments().clone();
    return result;
  }

  /**
   * Where the search for prices begins: beside forecasts as last period's prices were, which are
   * wrong in the same direction for many periods until rules have settled. By whole first steps of
   * a search only, so that searches begin at forecasts then: a price is known to the resolution
   * only, and if it depended on the last period's by less it would carry that on. With four kinds
   * of capital rules kept changing by 2e-3.
   */
  private double[] start(double[] forecasts) {
    double[] start = forecasts.clone();
    Arrays.setAll(start, l -> start[l] * Math.exp(missed[l]));
    return start;
  }

  /** Finds prices, and leaves what agents decide at them. */
  private double[] clear(int period, AgentPeriod decide, double[] start) {
    cleared = true;
    evaluations = 0;
    expansions = 0;
    int markets = economy.prices().size();
    double[] prices = {};
    if (newton != null) {
      search(period, decide, start, markets);
      prices = newton.prices().clone();
      cleared = newton.cleared();
      evaluations = newton.evaluations();
    }
    if (markets == 1 || markets == 2 && !(newton != null && cleared)) {
      return mix(period, decide, start);
    }
    evaluate(decide, prices, only);
    decided = List.of(new JumpMarkets.Share<>(1, only, Vector.of(prices)));
    return prices;
  }

  /**
   * Looks for prices at which all markets clear, of which two can be mixed where there are none.
   */
  private void search(int period, AgentPeriod decide, double[] start, int markets) {
    try {
      newton.clear(period, start, candidate -> evaluate(decide, candidate, only));
    } catch (UnclearedMarketException jump) {
      if (markets > 2) {
        throw jump;
      }
    }
  }

  /** Clears one market or two by mixtures. */
  private double[] mix(int period, AgentPeriod decide, double[] start) {
    if (bracketing == null) {
      List<Price> prices = economy.prices();
      bracketing =
          new JumpMarkets<>(
              JumpClearing.Rule.MIXED,
              takesBest && prices.size() == 1 ? RESOLUTION : JumpClearing.RESOLUTION,
              prices.stream().map(Price::name).toList(),
              prices.stream().map(price -> Grid.linear(price.lower(), price.upper(), 2)).toList(),
              this::candidate);
    }
    bracketing.clear(period, start, new Markets(decide));
    decided = bracketing.mixture();
    cleared = true;
    evaluations += bracketing.evaluations();
    expansions = bracketing.expansions();
    return bracketing.prices();
  }

  private double[] evaluate(AgentPeriod decide, double[] prices, Candidate candidate) {
    candidate.decisions.at(prices);
    decide.decide(new double[][] {prices}, new CellDecisions[] {candidate.decisions});
    return residuals(prices, candidate);
  }

  /** Residuals of what a candidate's agents have decided. */
  private double[] residuals(double[] prices, Candidate candidate) {
    outcomes.addUpToClear(prices, candidate.decisions, agents.mass(), candidate.sums);
    return equations.evaluate(prices, candidate.sums, agents.entrants(candidate.decisions));
  }

  /** Residuals of a mixture of candidates whose decisions have been added up. */
  private double[] residuals(double[] prices, List<JumpMarkets.Share<Candidate>> mixture) {
    double[] sums = new double[outcomes.totals().size()];
    double entrants = 0;
    for (JumpMarkets.Share<Candidate> share : mixture) {
      Candidate candidate = share.decisions();
      entrants += share.weight() * agents.entrants(candidate.decisions);
      for (int t = 0; t < sums.length; t++) {
        sums[t] += share.weight() * candidate.sums[t];
      }
    }
    return equations.evaluate(prices, sums, entrants);
  }

  /** The series that business-cycle tables know; zero where the economy has none. */
  private Aggregates aggregates() {
    Map<String, Double> series = equations.series();
    return new Aggregates(
        series.getOrDefault("Y", 0.0),
        series.getOrDefault("I", 0.0),
        series.getOrDefault("C", 0.0),
        series.getOrDefault("N", 0.0),
        series.getOrDefault("w", 0.0),
        equations.nextMoments()[0]);
  }

  /** The share of agents that takes each branch, and further series of the economy. */
  @Override
  public Map<String, Double> crossSection() {
    Map<String, Double> shown = new LinkedHashMap<>();
    List<Branch> branches = economy.branches();
    for (int b = 0; b < branches.size(); b++) {
      double share = 0;
      for (JumpMarkets.Share<Candidate> deciding : decided) {
        double[] probability = deciding.decisions().decisions.probability(b);
        for (int cell = 0; cell < probability.length; cell++) {
          share += deciding.weight() * agents.mass()[cell] * probability[cell];
        }
      }
      shown.put(branches.get(b).name(), share);
    }
    Map<String, Double> series = new TreeMap<>(equations.series()); // whatever map declares them
    series.keySet().removeAll(Arrays.asList("Y", "I", "C", "N", "w"));
    shown.putAll(series);
    return shown;
  }

  @Override
  public Variables variables() {
    return economy.variables();
  }

  @Override
  public void advance(int nextAggregateState) {
    agents.endMove(aggregateState, nextAggregateState);
    agents.readOff(moments);
    if (agents.movesPoints()) {
      outcomes.pointsMoved();
      policies = deciding.apply(agents.levels());
    }
  }

  @Override
  public Matrix distribution() {
    return agents.toMatrix();
  }

  @Override
  public Matrix panel() {
    return agents.toPanel();
  }
}
