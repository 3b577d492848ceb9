package org.nnks.khanthomas.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.parameters.BoxDesign;
import org.nnks.core.parameters.BoxListener;
import org.nnks.core.parameters.BoxSolver;
import org.nnks.core.parameters.ConditionedPoint;
import org.nnks.core.parameters.ConditionedSolution;
import org.nnks.core.parameters.EconomyFamily;
import org.nnks.core.parameters.HeldOutGap;
import org.nnks.core.parameters.HeldOutPoint;
import org.nnks.core.parameters.HeldOutReport;
import org.nnks.core.parameters.ParameterBox;
import org.nnks.core.parameters.ParameterInterval;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.core.solve.Status;

/** Solutions over a box of one parameter. */
class ConditionedSolutionTest {

  private static final int PERIODS = 300;
  private static final SolverConfig CONFIG = SolverConfig.standard().withBurnIn(100);
  private static final ParameterBox BOX =
      new ParameterBox(List.of(new ParameterInterval("maxFixedCost", .01, .04)));
  private static final Vector HELD_OUT = Vector.of(.023);
  private static final Seeds SEEDS = new Seeds(1);
  private static final int[] SHOCKS =
      TinyEconomy.standard().aggregate().simulate(0, PERIODS, SEEDS.stream("aggregate"));

  /** The tiny economy with its agents' problem solved on a small grid. */
  private static class Grids implements EconomyFamily {

    @Override
    public TinyEconomy economy(Vector theta) {
      return new TinyEconomy(BOX.calibrate(TinyEconomy.Calibration.standard(), theta));
    }

    @Override
    public BellmanSolver open(Vector theta) {
      return openExact(theta);
    }

    @Override
    public BellmanSolver openExact(Vector theta) {
      return new GridBellman(economy(theta), 40, 10);
    }
  }

  private static final EconomyFamily GRIDS = new Grids();
  private static ConditionedSolution grids;

  @TempDir private Path folder;

  @BeforeAll
  static void solve() {
    grids = new BoxSolver(CONFIG).solve(GRIDS, BoxDesign.standard(BOX), SHOCKS, SEEDS);
    assertThat(grids.verdict()).isEqualTo("converged at all 5 points of the design");
    assertThat(grids.status()).isEqualTo(Status.CONVERGED);
  }

  private static Solution exact(EconomyFamily family, Vector theta) {
    try (BellmanSolver solver = family.openExact(theta)) {
      return new KrusellSmithSolver(CONFIG).solve(family.economy(theta), solver, SHOCKS, SEEDS);
    }
  }

  private static SimulatedPath evaluated(
      ConditionedSolution solution, EconomyFamily family, Vector theta) {
    try (ConditionedPoint point = solution.at(family, theta)) {
      return new EconomySimulator().simulate(point.evaluated().policies(), SHOCKS);
    }
  }

  private static double gap(SimulatedPath ours, SimulatedPath theirs) {
    return PathGap.of("p", ours.price(), theirs.price(), CONFIG.burnIn()).max();
  }

  @Test
  void whereItWasNotSolvedItAgreesWithAFreshSolve() {
    SimulatedPath truth = exact(GRIDS, HELD_OUT).path();
    assertThat(gap(evaluated(grids, GRIDS, HELD_OUT), truth)).isLessThan(.02);
    try (ConditionedPoint point = grids.at(GRIDS, HELD_OUT)) {
      SimulatedPath refined = new EconomySimulator().simulate(point.refined().policies(), SHOCKS);
      assertThat(gap(refined, truth)).isLessThan(.005);
    }
    // The test can fail: the nearest point of the design is much further away.
    assertThat(gap(evaluated(grids, GRIDS, grids.design().point(2)), truth)).isGreaterThan(.05);
  }

  @Test
  void atTheEdgesAndPointsOfTheDesignItIsWhatWasSolvedThere() {
    for (int i : new int[] {0, 2, 4}) {
      Vector theta = grids.design().point(i);
      assertThat(grids.rules(theta)).isEqualTo(grids.points().get(i).rules());
      assertThat(gap(evaluated(grids, GRIDS, theta), exact(GRIDS, theta).path())).isLessThan(.005);
    }
    assertThat(grids.design().point(0)).isEqualTo(Vector.of(.01));
    assertThat(grids.design().point(4)).isEqualTo(Vector.of(.04));
  }

  @Test
  void outsideTheBoxThereIsNoSolution() {
    assertThatThrownBy(() -> grids.at(GRIDS, Vector.of(.0401)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("maxFixedCost = 0.0401 is outside the interval [0.01, 0.04]");
  }

  @Test
  void aPointThatCannotBeSolvedIsNamed() {
    ParameterBox impatient =
        new ParameterBox(List.of(new ParameterInterval("discountFactor", .5, .6)));
    EconomyFamily family =
        new Grids() {
          @Override
          public TinyEconomy economy(Vector theta) {
            return new TinyEconomy(impatient.calibrate(TinyEconomy.Calibration.standard(), theta));
          }
        };
    assertThatThrownBy(
            () -> new BoxSolver(CONFIG).solve(family, new BoxDesign(impatient, 2), SHOCKS, SEEDS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("at discountFactor = 0.5")
        .hasMessageContaining("steady state");
  }

  @Test
  void savedAndReadItIsTheSameToTheBit() {
    grids.write(folder);
    ConditionedSolution read = ConditionedSolution.read(folder);
    assertThat(read).isEqualTo(grids);
    assertThat(evaluated(read, GRIDS, HELD_OUT)).isEqualTo(evaluated(grids, GRIDS, HELD_OUT));
  }

  @Test
  void solvedTwiceItIsTheSameToTheBit() {
    assertThat(new BoxSolver(CONFIG).solve(GRIDS, BoxDesign.standard(BOX), SHOCKS, SEEDS))
        .isEqualTo(grids);
  }

  @Test
  void theHeldOutReportJudgesIt() {
    HeldOutReport report =
        HeldOutReport.of(grids, GRIDS, SHOCKS, CONFIG, 2, SEEDS, new BoxListener() {});
    assertThat(report.points()).hasSize(2);
    assertThat(report.violation()).isEmpty();
    assertThat(report.max(HeldOutGap::price, HeldOutPoint::refined))
        .isLessThan(report.max(HeldOutGap::price, HeldOutPoint::evaluated));
    ConditionedSolution coarse =
        new BoxSolver(CONFIG)
            .solve(
                GRIDS,
                new BoxDesign(
                    new ParameterBox(List.of(new ParameterInterval("maxFixedCost", .001, .2))), 2),
                SHOCKS,
                SEEDS);
    assertThat(
            HeldOutReport.of(coarse, GRIDS, SHOCKS, CONFIG, 2, SEEDS, new BoxListener() {})
                .violation())
        .contains("take more nodes or a smaller box");
  }

  @Test
  void aPointThatDoesNotConvergeIsNamed() {
    SolverConfig hasty = new SolverConfig(100, 1e-6, 1, CONFIG.update(), CONFIG.bellmanLimit());
    ConditionedSolution solution =
        new BoxSolver(hasty).solve(GRIDS, new BoxDesign(BOX, 2), SHOCKS, SEEDS);
    assertThat(solution.status()).isEqualTo(Status.ITERATION_LIMIT);
    assertThat(solution.verdict())
        .startsWith("not converged at 2 of 2 points of the design; at maxFixedCost = 0.01")
        .contains("the rules still change by");
    assertThat(solution.rules(Vector.of(.02)).states()).isEqualTo(2);
    assertThat(Map.copyOf(solution.varying())).isNotEmpty();
  }
}
