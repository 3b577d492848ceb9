package org.nnks.khanthomas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.numeric.Vector;
import org.nnks.core.parameters.BoxDesign;
import org.nnks.core.parameters.BoxListener;
import org.nnks.core.parameters.BoxSolver;
import org.nnks.core.parameters.ConditionedSolution;
import org.nnks.core.parameters.EconomyFamily;
import org.nnks.core.parameters.HeldOutGap;
import org.nnks.core.parameters.HeldOutPoint;
import org.nnks.core.parameters.HeldOutReport;
import org.nnks.core.parameters.ParameterBox;
import org.nnks.core.parameters.ParameterInterval;
import org.nnks.core.run.Seeds;
import org.nnks.core.solve.SolverConfig;
import org.nnks.core.solve.Status;
import org.nnks.khanthomas.exact.GridBellman;

/** The fixed cost and the volatility of productivity as inputs, at 20 held-out points. */
@Tag("paper")
class ParameterBoxTest {

  private static final int POINTS = 20;
  private static final int PERIODS = 2_499;
  private static final Seeds SEEDS = new Seeds(1);
  private static final ParameterBox BOX =
      new ParameterBox(
          List.of(
              new ParameterInterval("maxFixedCost", .002, .02),
              new ParameterInterval("idiosyncraticSd", .015, .03)));

  /** Khan-Thomas on the box. */
  private static final class Family implements EconomyFamily {

    @Override
    public KhanThomas economy(Vector theta) {
      return new KhanThomas(BOX.calibrate(KhanThomasCalibration.terry2017(), theta));
    }

    @Override
    public BellmanSolver open(Vector theta) {
      return openExact(theta);
    }

    @Override
    public BellmanSolver openExact(Vector theta) {
      return new GridBellman(economy(theta));
    }
  }

  private static HeldOutReport report(Family family, int nodes) {
    int[] shocks =
        new KhanThomas(KhanThomasCalibration.terry2017())
            .aggregate()
            .simulate(2, PERIODS, SEEDS.stream("aggregate"));
    SolverConfig config = SolverConfig.standard();
    ConditionedSolution solution =
        new BoxSolver(config).solve(family, new BoxDesign(BOX, nodes), shocks, SEEDS);
    assertThat(solution.status()).as(solution.verdict()).isEqualTo(Status.CONVERGED);
    return HeldOutReport.of(solution, family, shocks, config, POINTS, SEEDS, new BoxListener() {});
  }

  @Test
  void onGridsInterpolationAddsLittle() {
    HeldOutReport report = report(new Family(), BoxDesign.NODES);
    assertThat(report.violation()).isEmpty();
    assertThat(report.max(HeldOutGap::price, HeldOutPoint::evaluated)).isLessThan(.02);
    assertThat(report.max(HeldOutGap::price, HeldOutPoint::refined)).isLessThan(.005);
    assertThat(report.max(HeldOutGap::moment, HeldOutPoint::refined)).isLessThan(.1);
  }

  @Test
  void withThreeNodesRefinedDecisionsKeepTheLimitsAtEveryPoint() {
    HeldOutReport report = report(new Family(), 3);
    assertThat(report.max(HeldOutGap::price, HeldOutPoint::refined))
        .isLessThan(HeldOutReport.PRICE_LIMIT);
    assertThat(report.max(HeldOutGap::moment, HeldOutPoint::refined))
        .isLessThan(HeldOutReport.MOMENT_LIMIT);
  }
}
