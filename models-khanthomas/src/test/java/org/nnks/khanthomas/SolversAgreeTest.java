package org.nnks.khanthomas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.lumpy.BellmanError;
import org.nnks.core.lumpy.GridBellman;
import org.nnks.core.lumpy.LeastSquaresBellman;
import org.nnks.core.lumpy.LumpySolution;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.simulate.Simulator;
import org.nnks.reference.KhanThomasReference;

/** The neural solver against the exact one, at the same rules and on the same shocks. */
class SolversAgreeTest {

  private static final int FROM = 500;

  /** What a path may differ by: .08 % in p and .12 % in K. */
  private static final double PRICE_LIMIT = .08;

  private static final double CAPITAL_LIMIT = .12;

  /** What the method promises for |V' - V|, mean and largest. */
  private static final double MEAN_ERROR = 2e-4;

  private static final double MAX_ERROR = 2e-3;

  @Test
  void networksFollowTheGrid() {
    KhanThomas economy = new KhanThomas(KhanThomasCalibration.terry2017());
    KhanThomasReference terry = KhanThomasReference.load();
    ForecastRules rules = terry.usedRules();
    try (GridBellman grid = new GridBellman(economy);
        LeastSquaresBellman maximiser =
            new LeastSquaresBellman(economy, false, Device.cpu(), new Seeds(1));
        LeastSquaresBellman policy =
            new LeastSquaresBellman(economy, true, Device.cpu(), new Seeds(1))) {
      Simulator simulator = new Simulator();
      LumpySolution exact = grid.solve(rules);
      LumpySolution neural = maximiser.solve(rules);
      EquationError error = BellmanError.onGrid(neural);
      assertThat(error.points()).isEqualTo(2_500);
      assertThat(error.mean()).isLessThan(MEAN_ERROR);
      assertThat(error.max()).isLessThan(MAX_ERROR);
      // V cannot be further off than its Bellman error over 1 - beta.
      double[] capital = {.2, .5, 1, 1.5, 2, 3, 5};
      double[] mean = {1.3, 1.4, 1.5, 1.55, 1.6, 1.7, 1.9};
      double[][] ours = neural.value().values(capital, mean);
      double[][] theirs = exact.value().values(capital, mean);
      for (int h = 0; h < 25; h++) {
        for (int i = 0; i < capital.length; i++) {
          assertThat(Math.abs(ours[h][i] - theirs[h][i]))
              .isLessThan(MEAN_ERROR / (1 - economy.discountFactor()));
        }
      }
      SimulatedPath expected = simulator.simulate(exact.policies(), terry.states());
      for (LumpySolution solution : new LumpySolution[] {neural, policy.solve(rules)}) {
        SimulatedPath path = simulator.simulate(solution.policies(), terry.states());
        assertThat(path.clearing().failures()).isZero();
        var gaps = PathGap.between(path, expected, FROM);
        assertThat(gaps.get(0).name()).isEqualTo("p");
        assertThat(gaps.get(0).max()).isLessThan(PRICE_LIMIT);
        assertThat(gaps.get(1).name()).isEqualTo("K");
        assertThat(gaps.get(1).max()).isLessThan(CAPITAL_LIMIT);
      }
    }
  }
}
