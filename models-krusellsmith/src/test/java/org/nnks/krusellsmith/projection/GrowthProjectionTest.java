package org.nnks.krusellsmith.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Grid;
import org.nnks.core.run.Seeds;
import org.nnks.krusellsmith.rbc.BrockMirman;
import org.nnks.krusellsmith.rbc.Rbc;
import org.nnks.krusellsmith.rbc.RbcCalibration;
import org.nnks.krusellsmith.rbc.RbcEndogenousGrid;
import org.nnks.krusellsmith.rbc.RbcEulerError;
import org.nnks.krusellsmith.rbc.RbcRule;
import org.nnks.krusellsmith.rbc.RbcSolution;

/** Beside the closed form and the endogenous grid. */
class GrowthProjectionTest {

  private static final ProjectionListener UNHEARD = progress -> {};

  @Test
  void theSavingShareOfBrockAndMirman() {
    Rbc economy = new Rbc(RbcCalibration.brockMirman());
    double share = new BrockMirman(economy).savingShare();
    RbcSolution solution = GrowthProjection.solve(economy, UNHEARD, new Seeds(1));
    assertThat(solution.converged()).isTrue();
    for (int state = 0; state < economy.productivity().size(); state++) {
      for (double k = 0.5; k <= 1.5; k += 0.1) {
        double capital = k * economy.steadyCapital();
        double saved =
            1 - solution.rule().consumption(state, capital) / economy.cash(state, capital);
        assertThat(saved).isCloseTo(share, within(1e-6));
      }
    }
  }

  /** The project's reference for what least squares reach: 2e-11 within 20 %, 1e-10 within 50 %. */
  @Test
  void itIsAsGoodAsEverAndConsumesAsTheGridDoes() {
    Rbc economy = new Rbc(RbcCalibration.liu2024Simulated());
    List<ProjectionProgress> heard = new ArrayList<>();
    RbcSolution solution = GrowthProjection.solve(economy, heard::add, new Seeds(2));
    double steady = economy.steadyCapital();
    assertThat(solution.converged()).isTrue();
    assertThat(heard).hasSize(solution.iterations());
    RbcRule exact = RbcEndogenousGrid.standard().solve(economy).rule();
    for (int state = 0; state < economy.productivity().size(); state++) {
      for (double k = 0.6; k <= 1.4; k += 0.1) {
        assertThat(solution.rule().consumption(state, k * steady))
            .isCloseTo(exact.consumption(state, k * steady), within(2e-5));
      }
    }
    Grid narrow = Grid.linear(.8 * steady, 1.2 * steady, 60);
    Grid wide = Grid.linear(.5 * steady, 1.5 * steady, 60);
    assertThat(RbcEulerError.of(economy, solution.rule(), narrow).meanSquare()).isLessThan(2e-11);
    assertThat(RbcEulerError.of(economy, solution.rule(), wide).meanSquare()).isLessThan(1e-10);
  }

  /**
   * To the size of residuals, about 1e-6: weights along which features hardly differ stay where
   * they started.
   */
  @Test
  void whateverItStartsFromItEndsAtTheSame() {
    Rbc economy = new Rbc(RbcCalibration.liu2024Simulated());
    RbcSolution alone = GrowthProjection.solve(economy, UNHEARD, new Seeds(1));
    RbcSolution started =
        GrowthProjection.solve(economy, RbcRule.keepingCapital(economy), UNHEARD, new Seeds(1));
    double steady = economy.steadyCapital();
    for (double k = 0.6; k <= 1.4; k += 0.2) {
      assertThat(started.rule().consumption(3, k * steady))
          .isCloseTo(alone.rule().consumption(3, k * steady), within(1e-5));
    }
  }
}
