package org.nnks.krusellsmith.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.HouseholdSolution;
import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;

class HouseholdProjectionTest {

  private static final Device CPU = Device.cpu();

  private static final KrusellSmith SMALL =
      new KrusellSmith(KrusellSmithCalibration.liu2024().withHistogramNodes(60));

  private static final ProjectionConfig ROUGH =
      new ProjectionConfig(List.of(8, 16), 1, 2, 0, 1, 2, 10, 1, 1e-3, 1e-3);

  private static HouseholdProjection projection(ProjectionConfig config) {
    return new HouseholdProjection(SMALL, config, progress -> {}, CPU, new Seeds(1));
  }

  @Test
  void aRestoredSolverGivesTheSameHistoryWithoutSolving() {
    int[] shocks =
        SMALL
            .aggregate()
            .simulate(SMALL.start().aggregateState(), 12, new Seeds(7).stream("aggregate"));
    Map<String, double[]> state;
    SimulatedPath path;
    try (HouseholdProjection solver = projection(ROUGH)) {
      BellmanSolution solution = solver.solve(solver.coldStart());
      assertThat(solution.sweeps()).isEqualTo(1);
      path = new EconomySimulator().simulate(solution.policies(), shocks);
      state = solver.state();
    }
    try (HouseholdProjection solver = projection(ROUGH)) {
      solver.restore(state);
      BellmanSolution solution = solver.solve(solver.coldStart());
      assertThat(solution.sweeps()).isZero();
      SimulatedPath again = new EconomySimulator().simulate(solution.policies(), shocks);
      assertThat(again.capital()).isEqualTo(path.capital());
    }
    try (HouseholdProjection solver = projection(ROUGH)) {
      assertThatThrownBy(() -> solver.restore(Map.of()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("not written by a projection");
    }
  }

  @Test
  void itHasConvergedOnlyIfTheEquationHolds() {
    for (double errorTolerance : new double[] {100, 1e-12}) {
      ProjectionConfig config =
          new ProjectionConfig(List.of(8, 16), 1, 2, 0, 1, 2, 10, 1, 100, errorTolerance);
      try (HouseholdProjection solver = projection(config)) {
        BellmanSolution solution = solver.solve(solver.coldStart());
        assertThat(solution.converged()).isEqualTo(errorTolerance == 100);
        assertThat(solution.change()).isPositive().isFinite();
      }
    }
  }

  /**
   * The borrowing limit is reached exactly, by those who are poor for a while and by no one else.
   */
  @Test
  void thePoorWithLowLabourConsumeAllCash() {
    ProjectionConfig config =
        new ProjectionConfig(List.of(32, 80), 2, 40, 0, 10, 3, 20, 8, 1e-9, 1);
    try (HouseholdProjection solver = projection(config)) {
      solver.solve(solver.coldStart());
      double[][] next = decided(((HouseholdSolution) solver.current(solver.coldStart())).rule());
      assertThat(next[0][0]).isLessThan(1e-5);
      assertThat(next[SMALL.states() - 1][0]).isGreaterThan(0.1);
      assertThat(next[0][1]).isGreaterThan(1);
    }
  }

  /** A start is a start: the first fitted policy decides as the rule that it was given. */
  @Test
  void itMayStartFromAnyRule() {
    HouseholdRule keeping =
        (households, capital, next) -> {
          for (int s = 0; s < capital.length; s++) {
            int state = s;
            Arrays.setAll(next[s], i -> 0.97 * capital[state][i]);
          }
        };
    KrusellSmith coarse = SMALL;
    HouseholdInputs inputs = new HouseholdInputs(coarse);
    try (DrawnFeatures features =
        DrawnFeatures.draw(inputs.width(), List.of(32, 60), CPU, new Seeds(1).stream("features"))) {
      Households equal = Households.start(coarse, 3);
      HouseholdSample sample =
          HouseholdSample.of(coarse, List.of(equal), 2, 40, new Seeds(1).stream("sample"));
      HouseholdEquation equation =
          new HouseholdEquation(
              coarse,
              inputs,
              features,
              ProjectedPolicy.keepingCapital(coarse, inputs, features),
              sample);
      equation.fitTo(keeping);
      double[][] next = decided(equation.policy());
      assertThat(next[3][1] / SMALL.steadyCapital()).isCloseTo(0.97, within(0.01));
    }
  }

  /** k' of households without capital and with the mean of it, of all own states. */
  private static double[][] decided(HouseholdRule rule) {
    Households households = Households.start(SMALL, SMALL.start().aggregateState());
    double[][] capital = new double[SMALL.states()][];
    Arrays.fill(capital, new double[] {0, SMALL.steadyCapital()});
    double[][] next = new double[SMALL.states()][2];
    rule.nextCapital(households, capital, next);
    return next;
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new ProjectionConfig(List.of(4), 1, 2, 1, 2, 1, 1, 1, 1, 1))
        .hasMessageContaining("periods of at least burn-in and interval");
  }
}
