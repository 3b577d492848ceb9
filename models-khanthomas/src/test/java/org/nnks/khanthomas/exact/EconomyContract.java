package org.nnks.khanthomas.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.StrictJson;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.model.Aggregates;
import org.nnks.core.numeric.Grid;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;

/**
 * The contract of {@link LumpyInvestment}: what solvers, the simulator and the loop rely on. A
 * model's test extends this class.
 *
 * @param <C> the calibration record
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EconomyContract<C extends Record> {

  /** Sums of a few hundred doubles around one: rounding is below 1e-14. */
  private static final double ROUNDING = 1e-12;

  /** Prices of the bracket at which profits and demands are compared. */
  private static final int PRICES = 41;

  /** Long enough for a histogram to forget where it started. */
  private static final int PERIODS = 120;

  private static final int SMALL_CAPITAL_KNOTS = 20;
  private static final int SMALL_MEAN_CAPITAL_NODES = 5;

  /** A change of a forecast that a path must show: one percent. */
  private static final double RULE_SHIFT = 0.01;

  private static final Seeds SEEDS = new Seeds(20261123);

  private C calibration;
  private LumpyInvestment economy;
  private List<SteadyState> steadyStates;
  private ForecastRules rules;
  private GridBellman solver;
  private int[] shocks;
  private Histogram ergodic;

  /** The calibration that is tested. */
  protected abstract C calibration();

  /** The economy of a calibration. */
  protected abstract LumpyInvestment economy(C calibration);

  /** A calibration in which no field is switched off by another; the calibration by default. */
  protected C calibrationInWhichEveryFieldMatters() {
    return calibration();
  }

  /** Fields that only another economy of the same calibration heeds, and which is tested there. */
  protected Set<String> fieldsOfAnotherEconomy() {
    return Set.of();
  }

  /**
   * Values, as text, to change components of the calibration to, by name. Those not named are
   * raised by five percent, whole numbers by one.
   */
  protected Map<String, String> changes() {
    return Map.of();
  }

  /** Solves the economy once, on a small grid, for all tests. */
  @BeforeAll
  void solve() {
    calibration = calibration();
    economy = economy(calibration);
    rules = ColdStart.rules(economy);
    steadyStates = new ArrayList<>();
    for (int a = 0; a < economy.aggregate().size(); a++) {
      steadyStates.add(SteadyState.of(economy, a));
    }
    solver = smallSolver();
    shocks = shocks(SEEDS);
    ergodic = afterHistory();
  }

  @AfterAll
  void close() {
    solver.close();
  }

  @Test
  void theNameCanStandOnACommandLine() {
    assertThat(economy.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
  }

  @Test
  void theDiscountFactorIsBetweenZeroAndOne() {
    assertThat(economy.discountFactor()).isStrictlyBetween(0.0, 1.0);
  }

  @Test
  void transitionRowsSumToOne() {
    for (MarkovChain chain : List.of(economy.aggregate(), economy.idiosyncratic())) {
      for (int i = 0; i < chain.size(); i++) {
        assertThat(chain.transition().row(i).stream().sum()).isCloseTo(1, within(ROUNDING));
        assertThat(chain.level(i)).isPositive();
      }
    }
  }

  @Test
  void profitsAreFiniteAndIncreaseInCapitalAndProductivity() {
    double[] capitals = points(economy.capital());
    for (double price : prices()) {
      for (double a : economy.aggregate().levels().toArray()) {
        for (int z = 0; z < economy.idiosyncratic().size(); z++) {
          double last = Double.NEGATIVE_INFINITY;
          for (double k : capitals) {
            double level = economy.idiosyncratic().level(z);
            double profit = economy.profit(level, k, a, price);
            assertThat(profit)
                .as("profit at z = %s, k = %s, A = %s, p = %s", level, k, a, price)
                .isFinite()
                .isGreaterThan(last);
            if (z > 0) {
              assertThat(profit)
                  .isGreaterThan(economy.profit(economy.idiosyncratic().level(z - 1), k, a, price));
            }
            last = profit;
          }
        }
      }
    }
  }

  @Test
  void undepreciatedCapitalIsNoMoreThanBeforeAndIncreases() {
    double last = 0;
    for (double k : points(economy.capital())) {
      assertThat(economy.undepreciated(k)).isBetween(0.0, k).isGreaterThanOrEqualTo(last);
      last = economy.undepreciated(k);
    }
  }

  @Test
  void historiesStartInsideTheGrids() {
    assertThat(economy.start().aggregateState()).isBetween(0, economy.aggregate().size() - 1);
    assertThat(economy.start().meanCapital())
        .isBetween(economy.meanCapital().lower(), economy.meanCapital().upper());
    assertThat(economy.meanCapital().lower()).isGreaterThan(economy.capital().lower());
    assertThat(economy.meanCapital().upper()).isLessThan(economy.capital().upper());
  }

  @Test
  void theLotteryKeepsMassAndMean() {
    RandomGenerator random = SEEDS.stream("lottery");
    Histogram firms = Histogram.uniform(economy);
    Grid grid = economy.capital();
    for (int t = 0; t < 20; t++) {
      Decisions decisions = randomDecisions(random);
      double expected = 0;
      for (int cell = 0; cell < firms.size(); cell++) {
        double share = decisions.adjusting(cell);
        double kept = decisions.kept(cell);
        double next = share * decisions.target(cell / grid.size()) + (1 - share) * kept;
        expected += firms.mass(cell) * next;
      }
      firms.advance(decisions, 0);
      assertThat(firms.total()).isCloseTo(1, within(ROUNDING));
      assertThat(firms.meanCapital()).isCloseTo(expected, within(ROUNDING * grid.upper()));
    }
  }

  /**
   * K' is what firms hold after their decisions, maintenance included; what depreciation leaves is
   * not cut off at the ends of the grid.
   */
  @Test
  void nextCapitalIsWhatFirmsHold() {
    RandomGenerator random = SEEDS.stream("resources");
    Grid grid = economy.capital();
    for (Histogram firms : List.of(Histogram.uniform(economy), ergodic)) {
      Decisions decisions = randomDecisions(random);
      double investment = 0;
      double next = 0;
      for (int cell = 0; cell < firms.size(); cell++) {
        double left = economy.undepreciated(grid.get(cell % grid.size()));
        double share = decisions.adjusting(cell);
        double maintained = decisions.kept(cell) - grid.clamp(left);
        double change =
            share * (decisions.target(cell / grid.size()) - left) + (1 - share) * maintained;
        investment += firms.mass(cell) * change;
        next += firms.mass(cell) * (left + change);
      }
      Aggregates aggregates = economy.market(0, firms).at(steadyStates.get(0).price(), decisions);
      assertThat(aggregates.investment()).isCloseTo(investment, within(ROUNDING * grid.upper()));
      assertThat(aggregates.nextCapital()).isCloseTo(next, within(ROUNDING * grid.upper()));
      assertThat(aggregates.wage()).isPositive();
      assertThat(aggregates.output()).isPositive();
    }
  }

  @Test
  void excessDemandFallsInThePrice() {
    var policies = solver.solve(rules).policies();
    for (Histogram firms : List.of(Histogram.uniform(economy), ergodic)) {
      for (int a = 0; a < economy.aggregate().size(); a++) {
        PeriodPolicies period =
            policies.period(a, economy.meanCapital().clamp(firms.meanCapital()));
        Market market = economy.market(a, firms);
        double last = Double.POSITIVE_INFINITY;
        for (double price : prices()) {
          double excess = excessDemand(period, market, price);
          assertThat(excess)
              .as("excess demand in state %d at p = %s", a, price)
              .isFinite()
              .isLessThan(last);
          last = excess;
        }
      }
    }
  }

  @Test
  void everyAggregateStateHasASteadyStateInsideTheBrackets() {
    for (SteadyState still : steadyStates) {
      assertThat(still.price())
          .isStrictlyBetween(economy.priceBracket().lower(), economy.priceBracket().upper());
      assertThat(still.capital())
          .isStrictlyBetween(economy.meanCapital().lower(), economy.meanCapital().upper());
      Aggregates aggregates = still.aggregates();
      // Brent stops at 1e-9 in the price; excess demand is up to a thousand times as steep.
      assertThat(1 / still.price()).isCloseTo(aggregates.consumption(), within(1e-6));
      // The histogram stops when K changes by 1e-12 a period.
      assertThat(aggregates.nextCapital()).isCloseTo(still.capital(), within(1e-10));
    }
  }

  @Test
  void marketsClear() {
    SimulatedPath path = simulate(rules, shocks);
    assertThat(path.clearing().failures()).isZero();
    for (int t = 0; t < path.periods(); t++) {
      double demand = 1 / path.price().get(t);
      assertThat(path.consumption().get(t))
          .isCloseTo(demand, within(MarketClearing.TOLERANCE * demand));
    }
  }

  @Test
  void theSameSeedGivesTheSamePathAndAnotherSeedAnother() {
    SimulatedPath path = simulate(rules, shocks);
    assertThat(simulate(rules, shocks(SEEDS))).isEqualTo(path);
    assertThat(simulate(rules, shocks(new Seeds(SEEDS.seed() + 1))).price())
        .isNotEqualTo(path.price());
  }

  @Test
  void changingAForecastRuleChangesThePath() {
    SimulatedPath path = simulate(rules, shocks);
    int states = economy.aggregate().size();
    for (int rule = 0; rule < 2; rule++) {
      double[] coefficients = rules.coefficients();
      for (int a = 0; a < states; a++) {
        coefficients[2 * rule * states + a] += RULE_SHIFT;
      }
      SimulatedPath other = simulate(ForecastRules.ofCoefficients(coefficients), shocks);
      double largest = 0;
      for (int t = 0; t < path.periods(); t++) {
        largest = Math.max(largest, Math.abs(other.price().get(t) - path.price().get(t)));
      }
      // A hundredth of the shift is far above what clearing leaves (1e-7) and rounding.
      assertThat(largest)
          .as("the path's answer to a shift of the rule for %s", rule == 0 ? "K'" : "p")
          .isGreaterThan(RULE_SHIFT * economy.priceBracket().lower() / 100);
    }
  }

  @Test
  void everyFieldOfTheCalibrationChangesSomething() {
    C active = calibrationInWhichEveryFieldMatters();
    List<Object> before = fingerprint(economy(active));
    List<String> ignored = new ArrayList<>();
    for (RecordComponent component : active.getClass().getRecordComponents()) {
      String name = component.getName();
      if (fieldsOfAnotherEconomy().contains(name)) {
        continue;
      }
      C changed = StrictJson.with(active, name, changedValue(active, component));
      assertThat(changed).as("the changed calibration").isNotEqualTo(active);
      if (fingerprint(economy(changed)).equals(before)) {
        ignored.add(name);
      }
    }
    assertThat(ignored).as("fields of the calibration that change nothing").isEmpty();
  }

  /** All that a solver can see of an economy, in numbers. */
  private List<Object> fingerprint(LumpyInvestment economy) {
    List<Object> seen = new ArrayList<>();
    seen.add(economy.discountFactor());
    seen.add(economy.aggregate());
    seen.add(economy.idiosyncratic());
    for (int a = 0; a < economy.aggregate().size(); a++) {
      seen.add(economy.idiosyncratic(a));
    }
    seen.add(economy.freeAdjustment());
    seen.add(economy.capital());
    seen.add(economy.meanCapital());
    seen.add(economy.fixedCost());
    seen.add(economy.priceBracket());
    seen.add(economy.start());
    seen.add(economy.undepreciated(1));
    seen.add(economy.profit(1, 2, 1, 1.5));
    Decisions decisions = new Decisions(economy.idiosyncratic().size(), economy.capital().size());
    seen.add(economy.market(0, Histogram.uniform(economy)).at(1.5, decisions));
    return seen;
  }

  private String changedValue(C active, RecordComponent component) {
    String chosen = changes().get(component.getName());
    if (chosen != null) {
      return chosen;
    }
    try {
      Object value = component.getAccessor().invoke(active);
      return value instanceof Integer whole
          ? Integer.toString(whole + 1)
          : Double.toString(((Number) value).doubleValue() * 1.05);
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalStateException(
          "say in changes() what '%s' is to be changed to".formatted(component.getName()), e);
    }
  }

  private double excessDemand(PeriodPolicies period, Market market, double price) {
    Decisions[] decisions = {
      new Decisions(economy.idiosyncratic().size(), economy.capital().size())
    };
    period.at(new double[] {price}, 1, decisions);
    return market.excessDemand(price, market.at(price, decisions[0]));
  }

  private GridBellman smallSolver() {
    return new GridBellman(economy, SMALL_CAPITAL_KNOTS, SMALL_MEAN_CAPITAL_NODES);
  }

  private SimulatedPath simulate(ForecastRules rules, int[] shocks) {
    try (GridBellman fresh = smallSolver()) { // A warm start would change the last bits.
      return new EconomySimulator().simulate(fresh.solve(rules).policies(), shocks);
    }
  }

  private int[] shocks(Seeds seeds) {
    return economy
        .aggregate()
        .simulate(economy.start().aggregateState(), PERIODS, seeds.stream("contract"));
  }

  /** The distribution of firms after a history with steady-state decisions of the first state. */
  private Histogram afterHistory() {
    PeriodPolicies period = solver.solve(rules).policies().period(0, steadyStates.get(0).capital());
    Decisions[] decisions = {
      new Decisions(economy.idiosyncratic().size(), economy.capital().size())
    };
    period.at(new double[] {steadyStates.get(0).price()}, 1, decisions);
    Histogram firms = Histogram.uniform(economy);
    for (int t = 0; t < PERIODS; t++) {
      firms.advance(decisions[0], 0);
    }
    return firms;
  }

  private Decisions randomDecisions(RandomGenerator random) {
    Grid grid = economy.capital();
    int shocks = economy.idiosyncratic().size();
    Decisions decisions = new Decisions(shocks, grid.size());
    for (int z = 0; z < shocks; z++) {
      decisions.setTarget(z, random.nextDouble(grid.lower(), grid.upper()));
    }
    for (int cell = 0; cell < shocks * grid.size(); cell++) {
      double capital = grid.get(cell % grid.size());
      double band = economy.freeAdjustment() * capital;
      double kept = grid.clamp(economy.undepreciated(capital) + random.nextDouble(-1, 1) * band);
      decisions.set(cell, random.nextDouble(), random.nextDouble(), kept);
    }
    return decisions;
  }

  /** Nodes and midpoints. */
  private static double[] points(Grid grid) {
    double[] points = new double[2 * grid.size() - 1];
    for (int i = 0; i < points.length; i++) {
      points[i] = (grid.get(i / 2) + grid.get((i + 1) / 2)) / 2;
    }
    return points;
  }

  private double[] prices() {
    return Grid.logarithmic(economy.priceBracket().lower(), economy.priceBracket().upper(), PRICES)
        .nodes()
        .toArray();
  }
}
