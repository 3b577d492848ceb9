package org.nnks.bloom.declared;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.BloomCalibration;
import org.nnks.bloom.BloomSettings;
import org.nnks.bloom.ExactBellman;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.model.Economy;
import org.nnks.core.neural.NeuralBellman;
import org.nnks.core.neural.NeuralTraining;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.Iteration;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.core.solve.SolverListener;
import org.nnks.core.tensor.Readout;

/**
 * The whole outer loop of the general networks, from the declaration's own cold start, beside the
 * exact solver's own fixed point on the same shocks, on the small calibration: rules settle. The
 * value network's own limit, 1e-4 of V, is not met, so that the solution does not count as
 * converged (docs/bloom.md).
 */
@Tag("paper")
class DeclaredNetworksLoopTest {

  private static final Seeds SEEDS = new Seeds(1);

  /** Quarters from which rules are estimated, a third of which are left out. */
  private static final int QUARTERS = 1_500;

  private static final SolverListener PRINTING =
      new SolverListener() {
        @Override
        public void iterationFinished(Iteration it, double tolerance) {
          System.out.printf(
              "%d: forecasts change by %.5f; %.0f s of training, %.0f s of simulation%n",
              it.number(), it.forecastChange(), it.bellmanSeconds(), it.simulationSeconds());
        }
      };

  private static SimulatedPath path(Economy economy, BellmanSolver firms, SolverConfig config) {
    int[] shocks = economy.aggregate().simulate(0, QUARTERS, SEEDS.stream("shocks"));
    Solution solution =
        new KrusellSmithSolver(config, PRINTING).solve(economy, firms, shocks, SEEDS);
    System.out.println(solution.verdict());
    List<Iteration> history = solution.history();
    assertThat(history.get(history.size() - 1).forecastChange())
        .isLessThanOrEqualTo(config.tolerance());
    assertThat(solution.path().clearing().failures()).isZero();
    return solution.path();
  }

  @Test
  void settlesWhereTheExactSolverDoes() {
    BloomCalibration calibration = BloomCalibration.small();
    Bloom economy = new Bloom(calibration);
    BloomDeclaration declared = new BloomDeclaration(calibration);
    SolverConfig exactly = BloomSettings.solver();
    SolverConfig trained =
        exactly
            .withTolerance(SolverConfig.TERRY_TOLERANCE)
            .withBellmanLimit(Double.POSITIVE_INFINITY);
    try (ExactBellman grid = new ExactBellman(economy);
        NeuralBellman networks =
            new NeuralBellman(
                declared,
                NeuralTraining.standard(declared),
                Device.cpu(),
                DataType.FLOAT32,
                SEEDS,
                new Readout())) {
      SimulatedPath exact = path(economy, grid, exactly);
      SimulatedPath path = path(declared, networks, trained);
      double ofPrice = gap("p", path, exact);
      double ofCapital = gap("K", path, exact);
      System.out.printf("p %.3f %%, K %.3f %%%n", ofPrice, ofCapital);
      assertThat(ofPrice).as("p").isLessThan(.5);
      assertThat(ofCapital).as("K").isLessThan(1.5);
    }
  }

  /** Mean absolute, in percent. */
  private static double gap(String name, SimulatedPath path, SimulatedPath exact) {
    return PathGap.between(path, exact, BloomSettings.BURN_IN).stream()
        .filter(gap -> gap.name().equals(name))
        .findFirst()
        .orElseThrow()
        .meanAbsolute();
  }
}
