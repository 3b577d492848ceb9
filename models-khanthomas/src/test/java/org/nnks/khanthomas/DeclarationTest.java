package org.nnks.khanthomas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.agents.StationaryEquilibrium;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverState;
import org.nnks.khanthomas.exact.GridBellman;
import org.nnks.khanthomas.exact.SteadyState;
import org.nnks.reference.KhanThomasReference;

/** The declared economy, solved by the general projection, against the exact solver of its own. */
class DeclarationTest {

  private static final int FROM = 500;

  /** The largest gaps allowed, in percent: a tenth of what forecast rules get wrong. */
  private static final double PRICE_LIMIT = .02;

  private static final double CAPITAL_LIMIT = .08;

  /** Mean |T V - V| as a share of V. */
  private static final double BELLMAN_LIMIT = 1e-5;

  @Test
  void theProjectionFollowsTheExactPath() {
    KhanThomasCalibration calibration = KhanThomasCalibration.terry2017();
    KhanThomasReference terry = KhanThomasReference.load();
    SolverState start = SolverState.initial(KhanThomasRules.terry2017Initial());
    Seeds seeds = new Seeds(1);
    KrusellSmithSolver loop = new KrusellSmithSolver();
    KhanThomas economy = new KhanThomas(calibration);
    KhanThomasDeclaration declared = new KhanThomasDeclaration(calibration);
    try (GridBellman grid = new GridBellman(economy);
        ProjectionSolver projection = new ProjectionSolver(declared, Device.cpu(), seeds)) {
      Solution exact = loop.solve(economy, grid, terry.states(), start, seeds).requireConverged();
      Solution solution =
          loop.solve(declared, projection, terry.states(), start, seeds).requireConverged();
      List<PathGap> gaps = PathGap.between(solution.path(), exact.path(), FROM);
      assertThat(gaps.get(0).name()).isEqualTo("p");
      assertThat(gaps.get(0).max()).isLessThan(PRICE_LIMIT);
      assertThat(gaps.get(1).name()).isEqualTo("K");
      assertThat(gaps.get(1).max()).isLessThan(CAPITAL_LIMIT);
      assertThat(solution.accuracy().equations().get(AgentSolution.BELLMAN).mean())
          .isLessThan(BELLMAN_LIMIT);
    }
  }

  /** On another grid of values: .01 % in p and .05 % in K. */
  @Test
  void theStationaryEquilibriumIsTheExactOne() {
    KhanThomasCalibration calibration = KhanThomasCalibration.terry2017();
    SteadyState exact = SteadyState.of(new KhanThomas(calibration), 2);
    StationaryEquilibrium declared =
        StationaryEquilibrium.of(new KhanThomasDeclaration(calibration), 2);
    assertThat(declared.prices()[0] / exact.price()).isCloseTo(1, within(1e-4));
    assertThat(declared.moments()[0] / exact.capital()).isCloseTo(1, within(5e-4));
  }

  /** Maintenance lets waiting firms move within a band; the subsidy jumps at a capital. */
  @Test
  void extensionsAreDeclaredToo() {
    for (KhanThomasCalibration calibration :
        List.of(
            KhanThomasCalibration.terry2017().withMaintenance(.011),
            KhanThomasCalibration.terry2017().withVolatilityElasticity(25))) {
      SteadyState exact = SteadyState.of(new KhanThomas(calibration), 2);
      StationaryEquilibrium declared =
          StationaryEquilibrium.of(new KhanThomasDeclaration(calibration), 2);
      assertThat(declared.prices()[0] / exact.price()).isCloseTo(1, within(1e-4));
      assertThat(declared.moments()[0] / exact.capital()).isCloseTo(1, within(1e-3));
    }
  }
}
