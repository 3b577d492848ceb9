package org.nnks.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.nnks.core.agents.ActionGrid;
import org.nnks.core.agents.AgentHistogram;
import org.nnks.core.agents.AgentProblem;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.agents.CellDecisions;
import org.nnks.core.agents.CellOutcomes;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.economy.Control;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Price;
import org.nnks.core.economy.Turnover;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Vector;
import org.nnks.core.oracle.GridOracle;
import org.nnks.core.oracle.OracleSize;
import org.nnks.core.projection.ProjectionSize;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.SolverConfig;

/**
 * The contract of {@link DeclaredEconomy}: what solvers, simulations and certificates rely on. The
 * test of a declared economy extends this class.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DeclaredEconomyContract {

  /** Sums of a few hundred doubles around one. */
  private static final double ROUNDING = 1e-12;

  private static final int MASS_PERIODS = 5_000;

  /** A change of a forecast that a path must show: one percent. */
  private static final double RULE_SHIFT = 0.01;

  /** Means of series of the projection and of the oracle, at the same rules: .3 %. */
  private static final double ORACLE_LIMIT = 0.003;

  /** Rules that are nearly those of the equilibrium: Terry's (2017) tolerance. */
  private static final double RULE_TOLERANCE = SolverConfig.TERRY_TOLERANCE;

  private static final int AGENTS = 12;

  private static final Seeds SEEDS = new Seeds(20261129);

  private DeclaredEconomy economy;
  private ForecastRules rules;
  private ProjectionSolver solver;
  private AgentSolution solution;
  private int[] shocks;
  private SimulatedPath path;

  /** The economy that is tested. */
  protected abstract DeclaredEconomy economy();

  /** The projection that is held against the oracle; the default size. */
  protected ProjectionSize projectionSize() {
    return ProjectionSize.of(economy().states().size());
  }

  /** The oracle; the default size. */
  protected OracleSize oracleSize() {
    return OracleSize.of(economy().states().size(), economy().moments().size());
  }

  /** Periods of the paths that are compared. */
  protected int periods() {
    return 200;
  }

  @BeforeAll
  void solve() {
    economy = economy();
    shocks = shocks(SEEDS);
    // At rules that agents could hardly believe, small errors of values move paths a great deal.
    try (ProjectionSolver first = projection()) {
      SolverConfig config =
          SolverConfig.standard().withBurnIn(periods() / 4).withTolerance(RULE_TOLERANCE);
      rules = new KrusellSmithSolver(config).solve(economy, first, shocks, SEEDS).rules();
    }
    solver = projection();
    path = simulate(solver, rules);
    solution = solver.current(rules);
  }

  private ProjectionSolver projection() {
    return new ProjectionSolver(economy, projectionSize(), Device.cpu(), SEEDS);
  }

  /** A path of a solver that has seen where its own first path goes. */
  private SimulatedPath simulate(ProjectionSolver fresh, ForecastRules followed) {
    fresh.observe(new EconomySimulator().simulate(fresh.solve(followed).policies(), shocks));
    return new EconomySimulator().simulate(fresh.solve(followed).policies(), shocks);
  }

  @AfterAll
  void close() {
    solver.close();
  }

  private int[] shocks(Seeds seeds) {
    return economy
        .aggregate()
        .simulate(economy.initial().aggregateState(), periods(), seeds.stream("contract"));
  }

  @Test
  void theDeclarationIsSound() {
    assertThatCode(economy::check).doesNotThrowAnyException();
  }

  @Test
  void everyDerivativeOfEveryEquationIsThatOfDifferences() {
    new DerivativeCheck(economy, SEEDS.stream("derivatives")).checkAll();
  }

  @Test
  void branchesFindWhatBruteForceFinds() {
    RandomGenerator random = SEEDS.stream("agents");
    double[][] x = new double[economy.states().size()][AGENTS];
    for (int s = 0; s < x.length; s++) {
      for (int i = 0; i < AGENTS; i++) {
        x[s][i] = economy.states().get(s).unscaled(random.nextDouble(-.9, .9));
      }
    }
    ActionGrid grid = ActionGrid.of(economy.states());
    BruteForce brute = new BruteForce(economy, rules, x);
    double[][] continuation = new double[economy.own().size()][grid.size()];
    double[] levels = new double[x.length];
    for (int e = 0; e < continuation.length; e++) {
      for (int node = 0; node < grid.size(); node++) {
        for (int s = 0; s < levels.length; s++) {
          levels[s] = grid.levelAt(s, node);
        }
        continuation[e][node] = brute.continuation(e, levels);
      }
    }
    AgentProblem problem = new AgentProblem(economy, grid, x);
    problem.state(brute.aggregateState(), brute.moments());
    problem.prices(brute.prices());
    problem.solve(continuation);
    for (int b = 0; b < economy.branches().size(); b++) {
      for (int cell = 0; cell < economy.own().size() * AGENTS; cell++) {
        double found = problem.value(b)[cell];
        double best = brute.best(b, cell);
        if (best == Double.NEGATIVE_INFINITY) {
          assertThat(found).isEqualTo(best);
        } else {
          assertThat(found)
              .as("%s of agent %d", economy.branches().get(b).name(), cell)
              .isCloseTo(best, within(brute.accuracy()));
        }
      }
    }
  }

  /** Mass, with decisions drawn at random; without entry the same agents stay for ever. */
  @Test
  void massIsConserved() {
    RandomGenerator random = SEEDS.stream("mass");
    AgentHistogram agents = new AgentHistogram(economy);
    CellOutcomes outcomes = new CellOutcomes(economy, agents.levels());
    int cells = agents.mass().length;
    CellDecisions decisions = new CellDecisions(economy.branches(), cells);
    double[] branchSums = new double[cells];
    for (int b = 0; b < economy.branches().size(); b++) {
      for (int cell = 0; cell < cells; cell++) {
        decisions.probability(b)[cell] = random.nextDouble();
        branchSums[cell] += decisions.probability(b)[cell];
      }
      List<Control> controls = economy.branches().get(b).controls();
      for (int c = 0; c < controls.size(); c++) {
        for (int cell = 0; cell < cells; cell++) {
          decisions.control(b, c)[cell] =
              random.nextDouble(controls.get(c).grid().lower(), controls.get(c).grid().upper());
        }
      }
    }
    for (int b = 0; b < economy.branches().size(); b++) {
      for (int cell = 0; cell < cells; cell++) {
        decisions.probability(b)[cell] /= branchSums[cell];
      }
    }
    double before = agents.total();
    Turnover turnover = economy.turnover();
    assumeTrue(turnover.mass().orElse(0) == 0 || !turnover.entry());
    int a = economy.initial().aggregateState();
    outcomes.state(a, economy.initial().moments().toArray());
    outcomes.move(decisions);
    for (int t = 0; t < MASS_PERIODS; t++) {
      int next = random.nextInt(economy.aggregate().size());
      agents.beginMove();
      agents.move(1, outcomes, decisions);
      agents.endMove(a, next);
      a = next;
    }
    assertThat(agents.total()).isCloseTo(before, within(ROUNDING));
  }

  @Test
  void marketsClear() {
    assertThat(path.clearing().failures()).isZero();
  }

  /** Excess demand in the first market, other prices as forecast. */
  @Test
  void excessDemandOfASinglePriceFallsInIt() {
    assumeTrue(economy.prices().size() == 1 && economy.expectations().isEmpty());
    Price price = economy.prices().get(0);
    ExcessDemand demand = new ExcessDemand(economy, solution);
    for (int a = 0; a < economy.aggregate().size(); a++) {
      double[] moments = economy.initial().moments().toArray();
      double middle = rules.prices(a, moments)[0];
      double last = Double.POSITIVE_INFINITY;
      for (int i = -10; i <= 10; i++) {
        double p = Math.min(Math.max(middle * (1 + i * .01), price.lower()), price.upper());
        double excess = demand.at(a, moments, p);
        assertThat(excess)
            .as("excess demand in state %d at %s = %s", a, price.name(), p)
            .isFinite()
            .isLessThan(last);
        last = excess;
      }
    }
  }

  @Test
  void everyForecastRuleMatters() {
    double[] coefficients = rules.coefficients();
    int states = rules.states();
    int lines = coefficients.length / states;
    int moments = economy.moments().size();
    for (int rule = 0; rule < lines / (1 + moments); rule++) {
      double[] shifted = coefficients.clone();
      int line = rule * (1 + moments) * states;
      for (int a = 0; a < states; a++) {
        shifted[line + a] += RULE_SHIFT;
      }
      try (ProjectionSolver other = projection()) {
        assertThat(simulate(other, rules.withCoefficients(shifted)).nextMoments())
            .as("moments after a shift of rule %d", rule + 1)
            .isNotEqualTo(path.nextMoments());
      }
    }
  }

  @Test
  void theSameSeedGivesTheSamePathAndAnotherSeedAnother() {
    try (ProjectionSolver again = projection()) {
      assertThat(simulate(again, rules)).isEqualTo(path);
      SimulatedPath other =
          new EconomySimulator()
              .simulate(again.current(rules).policies(), shocks(new Seeds(SEEDS.seed() + 1)));
      assertThat(other.moments()).isNotEqualTo(path.moments());
    }
  }

  @Test
  void theProjectionAgreesWithTheOracle() {
    try (GridOracle oracle = new GridOracle(economy, oracleSize())) {
      BellmanSolution judge = oracle.solve(rules);
      assertThat(judge.converged()).isTrue();
      SimulatedPath judged = new EconomySimulator().simulate(judge.policies(), shocks);
      List<Double> gaps = new ArrayList<>();
      gaps.add(gap(path.output(), judged.output()));
      gaps.add(gap(path.hours(), judged.hours()));
      gaps.add(gap(path.consumption(), judged.consumption()));
      for (int j = 0; j < economy.moments().size(); j++) {
        gaps.add(gap(path.nextMoments().get(j), judged.nextMoments().get(j)));
      }
      for (int j = 0; j < economy.prices().size(); j++) {
        gaps.add(gap(path.prices().get(j), judged.prices().get(j)));
      }
      assertThat(gaps)
          .as("gaps of Y, N, C, moments and prices: %s", gaps)
          .allMatch(gap -> gap < ORACLE_LIMIT);
    }
  }

  /** The gap of means over the second half; zero for a series that the economy does not have. */
  private static double gap(Vector series, Vector judge) {
    int n = series.size();
    double mean = judge.slice(n / 2, n).mean();
    return Double.isNaN(mean) || mean == 0 ? 0 : Math.abs(series.slice(n / 2, n).mean() / mean - 1);
  }
}
