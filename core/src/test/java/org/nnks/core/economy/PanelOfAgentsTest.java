package org.nnks.core.economy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nnks.core.agents.AgentDistribution;
import org.nnks.core.agents.AgentHistory;
import org.nnks.core.agents.AgentPeriod;
import org.nnks.core.agents.AgentPolicies;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.agents.CellDecisions;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.neural.NeuralBellman;
import org.nnks.core.neural.NeuralTraining;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.Period;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.statistics.LabelledArray;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;
import org.nnks.core.tensor.Readout;

/** Firms that are followed one by one, against the histogram and against what is drawn by hand. */
class PanelOfAgentsTest {

  private static final Seeds SEEDS = new Seeds(1);

  /** Sums of some thousand numbers around one. */
  private static final double ROUNDING = 1e-12;

  /** How many agents more or fewer than expected are drawn from some that are alike. */
  private static final double SPREAD = 3;

  private static final Grid CAPITAL = TaxedFirms.CAPITAL.grid();

  /** Firms without prices whose decisions are given. */
  private record Told(int panel, MarkovChain own, List<Branch> branches, Turnover turnover)
      implements LikeTaxedFirms {

    static Told of(int panel) {
      return new Told(panel, FIRMS.own(), FIRMS.branches(), Turnover.none());
    }

    @Override
    public String name() {
      return "told-firms";
    }

    @Override
    public List<Exogenous> exogenous() {
      return List.of(TaxedFirms.A, Exogenous.own("z", own.levels()));
    }

    @Override
    public Choice choice() {
      return new Choice.TasteShocks(.1);
    }

    @Override
    public Map<Total, Term> contributions(Branch branch) {
      return Map.of(TaxedFirms.Y, TaxedFirms.CAPITAL);
    }

    @Override
    public List<Price> prices() {
      return List.of();
    }

    @Override
    public Map<Price, Term> residuals() {
      return Map.of();
    }

    @Override
    public Map<String, Term> aggregates() {
      return Map.of("Y", TaxedFirms.Y);
    }

    AgentHistory history(Decision decision) {
      return new AgentHistory(
          AgentDistribution.of(this, SEEDS),
          (next, moments) -> new double[0],
          x -> policies(x, decision));
    }

    private AgentPolicies policies(double[][] x, Decision decision) {
      return (a, moments) ->
          new AgentPeriod() {
            @Override
            public double[] nextMoments() {
              return moments;
            }

            @Override
            public double[] prices() {
              return new double[0];
            }

            @Override
            public void decide(double[][] prices, CellDecisions[] decisions) {
              for (int cell = 0; cell < own.size() * x[0].length; cell++) {
                decision.at(x[0][cell % x[0].length], cell, decisions[0]);
              }
            }
          };
    }
  }

  /** What an agent with some capital decides. */
  @FunctionalInterface
  private interface Decision {
    void at(double capital, int cell, CellDecisions decisions);
  }

  private static final MarkovChain STILL = new MarkovChain(Vector.of(1), Matrix.of(1, 1, 1));

  /** The economy of the documentation. */
  private record Taxed(int panel) implements LikeTaxedFirms {
    @Override
    public String name() {
      return "taxed-firms";
    }
  }

  /** The same with taste shocks, whose decisions nobody interpolates between prices. */
  private record Tasting(int panel) implements LikeTaxedFirms {
    @Override
    public String name() {
      return "tasting-firms";
    }

    @Override
    public Choice choice() {
      return new Choice.TasteShocks(.01);
    }

    @Override
    public Map<Total, Term> contributions(Branch branch) {
      Map<Total, Term> free = new HashMap<>(LikeTaxedFirms.super.contributions(branch));
      Map<String, Term> nothing = Map.of(Choice.UniformCost.PAID, Expression.constant(0));
      free.replaceAll((total, term) -> term.expression().substitute(nothing));
      return free;
    }
  }

  /** From nodes to nodes without luck: the panel is the histogram. */
  @Test
  void whereNothingIsDrawnItIsTheHistogram() {
    Decision decision =
        (capital, cell, decisions) -> {
          int node = CAPITAL.cell(capital * (1 + 1e-9)); // the last node is its cell's upper end
          decisions.probability(1)[cell] = 1;
          decisions.control(1, 0)[cell] = CAPITAL.get((3 * node + 7) % CAPITAL.size());
        };
    List<Branch> branches = LikeTaxedFirms.FIRMS.branches();
    AgentHistory panel =
        new Told(2 * CAPITAL.size(), STILL, branches, Turnover.none()).history(decision);
    AgentHistory histogram = new Told(0, STILL, branches, Turnover.none()).history(decision);
    for (int t = 1; t <= 6; t++) {
      Period ours = panel.step(t, 1);
      Period theirs = histogram.step(t, 1);
      assertThat(ours.aggregates().output())
          .isCloseTo(theirs.aggregates().output(), within(ROUNDING));
      assertThat(ours.nextMoments().get(0))
          .isCloseTo(theirs.nextMoments().get(0), within(ROUNDING));
      panel.advance(1);
      histogram.advance(1);
      assertThat(panel.distribution().toArray())
          .containsExactly(histogram.distribution().toArray(), within(ROUNDING));
    }
  }

  /**
   * Of agents who are alike a quarter is drawn, and of these a quarter again: in an order that
   * stayed the same it would be all of them or none.
   */
  @Test
  void agentsWhoAreAlikeAreDrawnEvenlyAndAnewEveryPeriod() {
    int agents = 1_000;
    double rate = .25;
    int[] period = {0};
    AgentHistory history =
        new Told(agents, STILL, LikeTaxedFirms.FIRMS.branches(), Turnover.none())
            .history(
                (capital, cell, decisions) -> {
                  double adjusting = period[0] == 1 ? 1 : rate; // first all are brought together
                  decisions.probability(0)[cell] = 1 - adjusting;
                  decisions.probability(1)[cell] = adjusting;
                  decisions.control(1, 0)[cell] =
                      period[0] == 1 ? 2 : period[0] == 2 ? 3 : capital == 3 ? 4 : 5;
                });
    for (period[0] = 1; period[0] <= 3; period[0]++) {
      history.step(period[0], 1);
      history.advance(1);
    }
    double first = share(history.panel(), 4) + share(history.panel(), .9 * 3);
    assertThat(first).isCloseTo(rate, within(SPREAD / agents));
    assertThat(share(history.panel(), 4)).isCloseTo(rate * rate, within(SPREAD / agents));
    assertThat(share(history.panel(), 5)).isCloseTo(rate * (1 - rate), within(SPREAD / agents));
  }

  /** The share of agents with so much capital. */
  private static double share(Matrix panel, double capital) {
    return IntStream.range(0, panel.rows())
            .filter(i -> Math.abs(panel.get(i, 1) - capital) < ROUNDING)
            .count()
        / (double) panel.rows();
  }

  /**
   * One firm in five chooses to leave, of the others one in twenty must, and as many enter. Own
   * states keep their stationary law, mass is kept, and means are what decisions add up to.
   */
  @Test
  void whoLeavesIsReplacedAndOwnStatesFollowTheirChain() {
    int agents = 4_000;
    double entrant = 1.7;
    Told plain = Told.of(agents);
    Vector law = plain.own().stationary();
    List<Branch> branches = List.of(TaxedFirms.WAIT, TaxedFirms.ADJUST, Branch.leaving("leave"));
    AgentHistory history =
        new Told(agents, plain.own(), branches, Turnover.replacing(.05, Vector.of(entrant), law))
            .history(
                (capital, cell, decisions) -> {
                  decisions.probability(0)[cell] = .5;
                  decisions.probability(1)[cell] = .3;
                  decisions.probability(2)[cell] = .2;
                  decisions.control(1, 0)[cell] = 2.5;
                });
    for (int t = 1; t <= 50; t++) {
      Period period = history.step(t, 1);
      history.advance(1);
      Matrix panel = history.panel();
      double[] own = new double[law.size()];
      double capital = 0;
      for (int i = 0; i < agents; i++) {
        own[(int) panel.get(i, 0)] += 1.0 / agents;
        capital += panel.get(i, 1) / agents;
      }
      assertThat(Arrays.stream(history.distribution().toArray()).sum())
          .isCloseTo(1, within(ROUNDING));
      assertThat(share(panel, entrant)).isCloseTo(.2 + .05 * .8, within(SPREAD / agents));
      for (int e = 0; e < own.length; e++) {
        assertThat(own[e]).isCloseTo(law.get(e), within(3 * SPREAD / agents));
      }
      assertThat(capital).isCloseTo(period.nextMoments().get(0), within(4e-3));
    }
  }

  /**
   * The shares of own states after all moves of an economy are those of the product of matrices.
   */
  @Test
  void sharesOfOwnStatesFollowTheChain() {
    int agents = 2_000;
    Told economy = Told.of(agents);
    AgentHistory history =
        economy.history((capital, cell, decisions) -> decisions.probability(0)[cell] = 1);
    for (int t = 1; t <= 200; t++) {
      history.step(t, 1);
      history.advance(1);
      Matrix panel = history.panel();
      double[] own = new double[3];
      for (int i = 0; i < agents; i++) {
        own[(int) panel.get(i, 0)] += 1.0 / agents;
      }
      for (int e = 0; e < 3; e++) {
        double law = economy.own().stationary().get(e);
        assertThat(own[e])
            .as("state %d in period %d", e, t)
            .isCloseTo(law, within(3 * SPREAD / agents));
      }
    }
  }

  private static int[] shocks(DeclaredEconomy economy, int periods) {
    return economy.aggregate().simulate(1, periods, SEEDS.stream("aggregate"));
  }

  private static SimulatedPath path(int panel, long seed, int periods) {
    Taxed economy = new Taxed(panel);
    try (BellmanSolver firms = new ProjectionSolver(economy, Device.cpu(), new Seeds(seed))) {
      return new EconomySimulator()
          .simulate(firms.solve(firms.coldStart()).policies(), shocks(economy, periods));
    }
  }

  @Test
  void drawsAreThoseOfTheSeedAndNotOfTheLength() {
    SimulatedPath path = path(300, 1, 30);
    SimulatedPath again = path(300, 1, 30);
    SimulatedPath longer = path(300, 1, 40);
    assertThat(again).isEqualTo(path);
    assertThat(longer.price().slice(0, 30)).isEqualTo(path.price());
    assertThat(longer.capital().slice(0, 30)).isEqualTo(path.capital());
    assertThat(path(300, 2, 30).capital().get(20)).isNotEqualTo(path.capital().get(20));
  }

  /** Before anything is drawn, where every cell of the histogram has a whole number of agents. */
  @Test
  void theFirstPeriodIsThatOfTheHistogramAndMarketsClear() {
    SimulatedPath panel = path(4 * 40, 1, 20); // own states have 1, 2 and 1 quarters at 40 nodes
    SimulatedPath histogram = path(0, 1, 20);
    assertThat(panel.price().get(0)).isCloseTo(histogram.price().get(0), within(1e-8));
    assertThat(panel.nextCapital().get(0)).isCloseTo(histogram.nextCapital().get(0), within(1e-6));
    assertThat(panel.clearing().failures()).isZero();
    assertThat(panel.clearing().largestResidual())
        .isLessThanOrEqualTo(2 * histogram.clearing().largestResidual());
    for (int t = 0; t < 19; t++) { // 160 firms
      assertThat(panel.capital().get(t + 1)).isCloseTo(panel.nextCapital().get(t), within(.03));
    }
  }

  /** Networks see agents where they have moved to. */
  @Test
  void networksDecideForAgentsWhereTheyAre() {
    Tasting economy = new Tasting(160);
    NeuralTraining training =
        NeuralTraining.standard().withHidden(8, 8).withBatch(32).withSteps(2, 20, 10).withFits(1);
    try (NeuralBellman firms =
        new NeuralBellman(
            economy, training, Device.cpu(), DataType.FLOAT64, SEEDS, new Readout())) {
      ForecastRules rules = firms.coldStart();
      AgentSolution solution = firms.solve(rules);
      SimulatedPath path = new EconomySimulator().simulate(solution.policies(), shocks(economy, 5));
      // What the agents who are there after four periods decide in the fifth, asked for anew.
      SimulatedPath before =
          new EconomySimulator()
              .simulate(solution.policies(), Arrays.copyOf(shocks(economy, 5), 4));
      double[][] x = new double[1][160];
      Arrays.setAll(x[0], i -> before.finalPanel().get(i, 1));
      double capital = Arrays.stream(x[0]).average().orElseThrow();
      assertThat(capital).isCloseTo(path.capital().get(4), within(ROUNDING));
      double adjusting = path.crossSection().get("adjust").get(4);
      double there = adjusting(economy, solution, path, x[0], before.finalPanel());
      double[] further = Arrays.stream(x[0]).map(k -> 1.01 * k).toArray();
      double elsewhere = adjusting(economy, solution, path, further, before.finalPanel());
      assertThat(there).isCloseTo(adjusting, within(1e-9));
      assertThat(elsewhere).isNotCloseTo(adjusting, within(1e-4));
    }
  }

  /** The share of agents who would adjust in the fifth period if they had these capitals. */
  private static double adjusting(
      Tasting economy, AgentSolution solution, SimulatedPath path, double[] x, Matrix panel) {
    AgentPeriod period =
        solution
            .decidingAt(new double[][] {x})
            .period(path.states().get(4), new double[] {path.capital().get(4)});
    CellDecisions decisions = new CellDecisions(economy.branches(), 3 * x.length);
    period.decide(new double[][] {{path.price().get(4)}}, new CellDecisions[] {decisions});
    double adjusting = 0;
    for (int i = 0; i < x.length; i++) {
      int own = (int) panel.get(i, 0);
      adjusting += decisions.probability(1)[own * x.length + i] / x.length;
    }
    return adjusting;
  }

  /** Results hold the agents, and what they are at the nodes. */
  @Test
  void resultsHoldTheAgents() {
    Taxed economy = new Taxed(300);
    try (ProjectionSolver firms = new ProjectionSolver(economy, Device.cpu(), SEEDS)) {
      AgentSolution solution = firms.solve(firms.coldStart());
      SimulatedPath path = new EconomySimulator().simulate(solution.policies(), shocks(economy, 3));
      Map<String, LabelledArray> arrays = new HashMap<>();
      solution.arrays(path, 1).forEach(array -> arrays.put(array.name(), array));
      Vector capital = arrays.get("panel_k").values();
      Vector own = arrays.get("panel_own_state").values();
      assertThat(capital.size()).isEqualTo(300);
      assertThat(own.min()).isEqualTo(1);
      assertThat(own.max()).isEqualTo(3);
      double mean = 0;
      Vector mass = arrays.get("histogram").values();
      for (int cell = 0; cell < mass.size(); cell++) {
        mean += mass.get(cell) * CAPITAL.get(cell % CAPITAL.size());
      }
      assertThat(mean).isCloseTo(capital.mean(), within(ROUNDING));
    }
  }
}
