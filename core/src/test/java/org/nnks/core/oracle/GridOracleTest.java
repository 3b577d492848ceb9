package org.nnks.core.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnks.core.agents.AgentHistogram;
import org.nnks.core.agents.CellDecisions;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.Moment;
import org.nnks.core.economy.Price;
import org.nnks.core.economy.Scale;
import org.nnks.core.economy.State;
import org.nnks.core.economy.Total;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;

/** The oracle where everything is known. */
class GridOracleTest {

  private static final double ALPHA = .3;
  private static final double BETA = .95;
  private static final State K = State.logarithmic("k", .04, .8, 12);
  private static final MarkovChain CHAIN = MarkovChain.rouwenhorst(.7, .1, 2);
  private static final Exogenous A = Exogenous.aggregate("A", CHAIN.levels());
  private static final Exogenous Z = Exogenous.own("z", CHAIN.levels());

  /**
   * Farmers who eat what they do not sow: log utility, y = A z k^alpha, full depreciation. They sow
   * alpha beta y, whatever the chains (Brock and Mirman 1972).
   */
  private record Farmers() implements DeclaredEconomy {
    private static final Branch SOW = Branch.of("sow", K.next().free());

    private static Expression output() {
      return A.times(Z).times(K.pow(ALPHA));
    }

    @Override
    public String name() {
      return "farmers";
    }

    @Override
    public double discountFactor() {
      return BETA;
    }

    @Override
    public MarkovChain aggregate() {
      return CHAIN;
    }

    @Override
    public MarkovChain own() {
      return CHAIN;
    }

    @Override
    public List<Exogenous> exogenous() {
      return List.of(A, Z);
    }

    @Override
    public List<State> states() {
      return List.of(K);
    }

    @Override
    public List<Moment> moments() {
      return List.of(Moment.mean("K", K, .1, .3));
    }

    @Override
    public List<Price> prices() {
      return List.of();
    }

    @Override
    public List<Branch> branches() {
      return List.of(SOW);
    }

    @Override
    public Term payoff(Branch branch) {
      return output().minus(K.next()).log();
    }

    @Override
    public Map<State, Term> next(Branch branch) {
      return Map.of(K, K.next());
    }

    @Override
    public Map<Total, Term> contributions(Branch branch) {
      return Map.of(new Total("Y"), output(), new Total("I"), K.next());
    }

    @Override
    public Map<Price, Term> residuals() {
      return Map.of();
    }

    @Override
    public Map<String, Term> aggregates() {
      return Map.of("Y", new Total("Y"), "I", new Total("I"));
    }

    @Override
    public Initial initial() {
      return new Initial(0, .17);
    }
  }

  private static final ForecastRules RULES =
      ForecastRules.ofCoefficients(1, 0, new double[] {-.3, -.25, .8, .8});

  @Test
  void farmersSowTheirClosedForm() {
    Farmers farmers = new Farmers();
    GridOracle oracle = new GridOracle(farmers, new OracleSize(60, 40, 5, 1e-10));
    OracleSolution solution = oracle.solve(RULES);
    assertThat(solution.converged()).isTrue();
    double[][] x = new AgentHistogram(farmers).levels();
    CellDecisions decisions = new CellDecisions(farmers.branches(), 2 * x[0].length);
    for (int a = 0; a < 2; a++) {
      new OraclePolicies(RULES, oracle, x)
          .period(a, new double[] {.2})
          .decide(new double[][] {{}}, new CellDecisions[] {decisions});
      double[] values = oracle.valuesAt(a, new double[] {.2}, x);
      for (int cell = 0; cell < 2 * x[0].length; cell++) {
        double k = x[0][cell % x[0].length];
        double z = CHAIN.level(cell / x[0].length);
        double output = CHAIN.level(a) * z * Math.pow(k, ALPHA);
        // V is linear in log k, so that nothing is lost between nodes.
        assertThat(decisions.control(0, 0)[cell])
            .isCloseTo(ALPHA * BETA * output, within(1e-4 * output));
        assertThat(values[cell] - values[cell / x[0].length * x[0].length])
            .isCloseTo(ALPHA / (1 - ALPHA * BETA) * Math.log(k / x[0][0]), within(1e-8));
      }
    }
  }

  @Test
  void halvingStepsDividesTheErrorBetweenNodesByEight() {
    double[] errors = new double[2];
    for (int fine = 0; fine < 2; fine++) {
      int nodes = fine == 0 ? 21 : 41;
      TensorGrid grid =
          new TensorGrid(
              new double[] {.5, -1},
              new double[] {4, 1},
              new Scale[] {new Scale.Log(), new Scale.Linear()},
              nodes);
      double[] table = new double[grid.size()];
      for (int node = 0; node < table.length; node++) {
        table[node] = Math.sin(grid.level(0, node)) * Math.exp(grid.level(1, node));
      }
      for (double x = .5; x <= 4; x += .0137) {
        for (double y = -1; y <= 1; y += .0171) {
          grid.at(0, x);
          grid.at(1, y);
          errors[fine] =
              Math.max(errors[fine], Math.abs(grid.value(table) - Math.sin(x) * Math.exp(y)));
        }
      }
    }
    assertThat(errors[0] / errors[1]).isGreaterThan(6);
  }

  @Test
  void theBellmanErrorBetweenNodesIsSmallAndTheStateCanBeRestored() {
    Farmers farmers = new Farmers();
    OracleSize size = new OracleSize(60, 40, 5, 1e-10);
    GridOracle oracle = new GridOracle(farmers, size);
    BellmanSolution solution = oracle.solve(RULES);
    int[] shocks = CHAIN.simulate(0, 30, new Seeds(1).stream("shocks"));
    SimulatedPath path = new EconomySimulator().simulate(solution.policies(), shocks);
    assertThat(solution.errors(path, 10, new Seeds(1)).get("bellman").mean()).isLessThan(1e-6);
    GridOracle other = new GridOracle(farmers, size);
    other.restore(oracle.state());
    assertThat(other.current(RULES).converged()).isTrue();
    SimulatedPath again = new EconomySimulator().simulate(other.current(RULES).policies(), shocks);
    assertThat(again.moments()).isEqualTo(path.moments());
  }
}
