package org.nnks.khanthomas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.archive.Moments;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.lumpy.GridBellman;
import org.nnks.core.lumpy.LumpySolution;
import org.nnks.core.lumpy.PaperBellman;
import org.nnks.core.lumpy.PaperTraining;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.core.solve.SolverState;
import org.nnks.reference.KhanThomasReference;

/**
 * The column {@code paper} of README and docs/accuracy.md: five seeds of the preset, from Terry's
 * initial rules to his stopping rule. Each limit is the documented figure and a quarter of it:
 * training amplifies rounding, which differs between processors.
 */
@Tag("paper")
class PaperPresetTest {

  private static final int SEEDS = 5;

  private static final double TOLERANCE = 1.25;

  private static final KhanThomas ECONOMY = new KhanThomas(KhanThomasCalibration.terry2017());

  /** The Bellman error that the preset reaches is above the limit of exact methods. */
  private static final SolverConfig CONFIG = SolverConfig.terry2017().withBellmanLimit(1e-2);

  private static Solution solve(BellmanSolver solver, SolverConfig config, long seed) {
    return new KrusellSmithSolver(config)
        .solve(
            ECONOMY,
            solver,
            KhanThomasReference.load().states(),
            SolverState.initial(KhanThomasRules.terry2017Initial()),
            new Seeds(seed));
  }

  @Test
  void fiveSeedsAreAsNearToTheExactPathAsDocumented() {
    List<Solution> solutions = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      try (PaperBellman networks =
          new PaperBellman(
              ECONOMY,
              PaperTraining.yokomoto2026(),
              Device.cpu(),
              DataType.FLOAT32,
              new Seeds(seed))) {
        solutions.add(solve(networks, CONFIG, seed));
      }
    }
    Solution exact;
    try (GridBellman grid = new GridBellman(ECONOMY)) {
      exact = solve(grid, SolverConfig.standard(), 1);
    }
    assertThat(solutions).allSatisfy(s -> assertThat(s.verdict()).startsWith("converged"));
    assertThat(mean(solutions, s -> bellman(s).mean())).isLessThan(TOLERANCE * 1.5e-4);
    assertThat(worst(solutions, s -> bellman(s).max())).isLessThan(TOLERANCE * 2.1e-3);
    assertThat(worst(solutions, s -> gap(s, exact, 0))).isLessThan(TOLERANCE * .11);
    assertThat(worst(solutions, s -> gap(s, exact, 1))).isLessThan(TOLERANCE * .50);
    assertThat(mean(solutions, PaperPresetTest::sdOfOutput)).isCloseTo(2.637, within(.005));
    assertThat(mean(solutions, s -> s.accuracy().equations().get(LumpySolution.TARGET).mean()))
        .isLessThan(TOLERANCE * .0060);
  }

  private static EquationError bellman(Solution solution) {
    return solution.accuracy().equations().get(LumpySolution.BELLMAN_ON_GRID);
  }

  /** The largest gap to the exact path in percent; variable 0 is p and 1 is K. */
  private static double gap(Solution solution, Solution exact, int variable) {
    return PathGap.between(solution.path(), exact.path(), SolverConfig.BURN_IN).get(variable).max();
  }

  private static double sdOfOutput(Solution solution) {
    return Moments.of(ECONOMY, solution.path(), SolverConfig.BURN_IN)
        .businessCycle()
        .row("Y")
        .sdPercent();
  }

  private static double mean(List<Solution> solutions, ToDoubleFunction<Solution> figure) {
    return solutions.stream().mapToDouble(figure).average().orElseThrow();
  }

  private static double worst(List<Solution> solutions, ToDoubleFunction<Solution> figure) {
    return solutions.stream().mapToDouble(figure).max().orElseThrow();
  }
}
