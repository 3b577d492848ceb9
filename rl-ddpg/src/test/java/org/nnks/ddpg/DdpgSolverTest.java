package org.nnks.ddpg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.simulate.Simulator;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.HouseholdEnvironment;
import org.nnks.ddpg.environments.LinearRegulator;
import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;

class DdpgSolverTest {

  private static final Device CPU = Device.cpu();

  private static final KrusellSmith SMALL =
      new KrusellSmith(KrusellSmithCalibration.liu2024().withHistogramNodes(60));

  private static final DdpgConfig QUICK = DdpgConfig.HOUSEHOLDS.withHidden(8, 16).withIterations(5);

  private static final EulerConfig ROUGH = new EulerConfig(1, 2, 0, 1, 2, 10, 1, 1e-3, 1e-3);

  private static DdpgSolver solver(KrusellSmith economy, DdpgConfig config, Polish polish) {
    return DdpgSolver.of(economy, config, polish, new DdpgListener() {}, CPU, new Seeds(1));
  }

  private static int[] shocks(KrusellSmith economy, int periods) {
    return economy
        .aggregate()
        .simulate(economy.start().aggregateState(), periods, new Seeds(7).stream("aggregate"));
  }

  @Test
  void aRestoredSolverGivesTheSameHistoryWithoutTraining() {
    int[] shocks = shocks(SMALL, 12);
    Map<String, double[]> state;
    SimulatedPath path;
    try (DdpgSolver solver = solver(SMALL, QUICK, ROUGH)) {
      BellmanSolution solution = solver.solve(solver.coldStart());
      assertThat(solution.sweeps()).isEqualTo(6);
      path = new Simulator().simulate(solution.policies(), shocks);
      state = solver.state();
    }
    try (DdpgSolver solver = solver(SMALL, QUICK, ROUGH)) {
      solver.restore(state);
      BellmanSolution solution = solver.solve(solver.coldStart());
      assertThat(solution.sweeps()).isZero();
      SimulatedPath again = new Simulator().simulate(solution.policies(), shocks);
      assertThat(again.capital()).isEqualTo(path.capital());
    }
  }

  @Test
  void aTrainingByGradientsHasSettledWhenItsActorHas() {
    try (DdpgSolver solver = solver(SMALL, QUICK.withIterations(3).with("actorRate", 0.05), null)) {
      BellmanSolution solution = solver.solve(solver.coldStart());
      assertThat(solution.change()).isGreaterThan(DdpgSolver.SETTLED);
      assertThat(solution.converged()).isFalse();
    }
    try (DdpgSolver solver = solver(SMALL, QUICK.with("targetUpdate", 1.0), null)) {
      assertThat(solver.solve(solver.coldStart()).change()).isZero();
    }
  }

  @Test
  void polishingHasConvergedOnlyIfTheActorFollows() {
    EulerConfig loose = new EulerConfig(1, 2, 0, 1, 2, 10, 1, 100, 100);
    EulerConfig strict = new EulerConfig(1, 2, 0, 1, 2, 10, 1, 100, 1e-12);
    for (EulerConfig polish : new EulerConfig[] {loose, strict}) {
      try (DdpgSolver solver = solver(SMALL, QUICK, polish)) {
        BellmanSolution solution = solver.solve(solver.coldStart());
        assertThat(solution.converged()).isEqualTo(polish == loose);
        assertThat(solution.change()).isPositive().isFinite();
      }
    }
  }

  @Test
  void householdsKeepWhatTheyDoNotConsume() {
    DdpgConfig summarised = QUICK.with("summaryOutputs", 2);
    try (DdpgSolver solver = solver(SMALL, summarised, null)) {
      solver.solve(solver.coldStart());
      Households households = Households.start(SMALL, SMALL.start().aggregateState());
      double[][] capital = new double[SMALL.states()][];
      java.util.Arrays.fill(capital, SMALL.capital().nodes().toArray());
      double[][] next = new double[SMALL.states()][capital[0].length];
      new DdpgHouseholds(solver.learner()).nextCapital(households, capital, next);
      int a = households.aggregateState();
      double mean = households.meanCapital();
      for (int s = 0; s < next.length; s++) {
        for (int i = 0; i < next[s].length; i++) {
          double cash =
              SMALL.grossReturn(a, mean) * capital[s][i] + SMALL.wage(a, mean) * SMALL.income(a, s);
          assertThat(next[s][i]).isPositive().isLessThan(cash);
          // Liu (2024): the untrained policy is near the one that keeps capital.
          if (capital[s][i] > mean) {
            assertThat(next[s][i] / capital[s][i]).isCloseTo(1, within(0.1));
          }
        }
      }
    }
  }

  /**
   * The borrowing limit is reached exactly, by those who are poor for a while and by no one else.
   */
  @Test
  void thePoorWithLowLabourConsumeAllCash() {
    DdpgConfig config = DdpgConfig.HOUSEHOLDS.withHidden(32, 80).withIterations(15);
    EulerConfig polish = new EulerConfig(2, 40, 0, 10, 3, 20, 8, 1e-9, 1);
    try (DdpgSolver solver = solver(SMALL, config, polish)) {
      solver.solve(solver.coldStart());
      Households households = Households.start(SMALL, SMALL.start().aggregateState());
      double[][] capital = new double[SMALL.states()][];
      java.util.Arrays.fill(capital, new double[] {0, SMALL.steadyCapital()});
      double[][] next = new double[SMALL.states()][2];
      new DdpgHouseholds(solver.learner()).nextCapital(households, capital, next);
      assertThat(next[0][0]).isLessThan(1e-5);
      assertThat(next[SMALL.states() - 1][0]).isGreaterThan(0.1);
      assertThat(next[0][1]).isGreaterThan(1);
    }
  }

  @Test
  void aLearnerOfAnotherEconomyHasNoHouseholdRule() {
    try (Ddpg ddpg =
        new Ddpg(LinearRegulator.standard(), QUICK.withBatch(4, 1), CPU, new Seeds(1))) {
      assertThatThrownBy(() -> new DdpgHouseholds(ddpg))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("linear-regulator");
    }
  }

  /**
   * Heads are of the chains' states; between them they are mixed, and a gradient step ends them.
   */
  @Test
  void aPolishedPolicyHasAHeadForEachExogenousState() {
    try (DdpgSolver solver = solver(SMALL, QUICK, ROUGH)) {
      solver.solve(solver.coldStart());
      Ddpg ddpg = solver.learner();
      HouseholdEnvironment environment = (HouseholdEnvironment) ddpg.environment();
      AgentState low = environment.household(3, 2, 5, 20);
      AgentState high = environment.household(3, 3, 5, 20);
      AgentState between =
          new AgentState(
              5, (low.labour() + high.labour()) / 2, low.productivity(), 20, low.meanLabour());
      double[] rows = ddpg.inputs().rows(new AgentState[] {between}, new double[0], i -> 0);
      double[] features = ddpg.actor().targetFeatures(rows);
      Heads heads = ddpg.actor().heads();
      double one = heads.output(environment.head(3, 2), features, 0);
      double other = heads.output(environment.head(3, 3), features, 0);
      assertThat(one).isNotCloseTo(other, within(1e-6));
      assertThat(heads.output(between, features, 0)).isCloseTo((one + other) / 2, within(1e-9));
      ddpg.iterate();
      assertThat(ddpg.actor().heads()).isNull();
    }
  }
}
