package org.nnks.benchmarks;

import ai.djl.ndarray.types.DataType;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.neural.NeuralBellman;
import org.nnks.core.neural.NeuralTraining;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.tensor.Readout;
import org.nnks.khanthomas.KhanThomas;
import org.nnks.khanthomas.KhanThomasDeclaration;
import org.nnks.khanthomas.exact.GridBellman;
import org.nnks.khanthomas.exact.TargetSearch;
import org.nnks.khanthomas.exact.TerryBellman;

/** The methods compared. */
public enum Method {
  /** Algorithm 2 of Yokomoto (2026) on Terry's grid: a fresh search at every node and price. */
  DIRECT {
    @Override
    BellmanSolver open(KhanThomas economy, Device device, DataType precision) {
      return new GridBellman(economy, TerryBellman.KNOTS, TerryBellman.KNOTS, TargetSearch.DIRECT);
    }
  },
  /** Algorithm 3 on Terry's grid: targets interpolated in K and p. */
  INTERPOLATED {
    @Override
    BellmanSolver open(KhanThomas economy, Device device, DataType precision) {
      return new GridBellman(
          economy, TerryBellman.KNOTS, TerryBellman.KNOTS, TargetSearch.INTERPOLATED);
    }
  },
  /** Terry's grid with every exact short-cut. */
  EXACT_TERRY_GRID {
    @Override
    BellmanSolver open(KhanThomas economy, Device device, DataType precision) {
      return new GridBellman(economy, TerryBellman.KNOTS, TerryBellman.KNOTS);
    }
  },
  /** The default grid, 100 x 40, with every exact short-cut. */
  EXACT {
    @Override
    BellmanSolver open(KhanThomas economy, Device device, DataType precision) {
      return new GridBellman(economy);
    }
  },
  /** Least squares on drawn features, of the declared economy. */
  PROJECTION {
    @Override
    BellmanSolver open(KhanThomas economy, Device device, DataType precision) {
      return new ProjectionSolver(declared(economy), device, new Seeds(1));
    }
  },
  /** Networks of the declared economy, trained by gradients. */
  NEURAL {
    @Override
    BellmanSolver open(KhanThomas economy, Device device, DataType precision) {
      return networks(economy, NeuralTraining.standard(), device, precision);
    }
  },
  /** The same, as Yokomoto (2026) states the training. */
  PAPER {
    @Override
    BellmanSolver open(KhanThomas economy, Device device, DataType precision) {
      return networks(economy, NeuralTraining.yokomoto2026(), device, precision);
    }
  };

  private static KhanThomasDeclaration declared(KhanThomas economy) {
    return new KhanThomasDeclaration(economy.calibration());
  }

  private static BellmanSolver networks(
      KhanThomas economy, NeuralTraining training, Device device, DataType precision) {
    return new NeuralBellman(
        declared(economy), training, device, precision, new Seeds(1), new Readout());
  }

  /** A solver of this method on the CPU, networks in single precision as in the paper. */
  final BellmanSolver open(KhanThomas economy) {
    return open(economy, Device.cpu(), DataType.FLOAT32);
  }

  /** Whether it trains networks, whose rules settle to 1e-3 and not to 1e-6. */
  final boolean trains() {
    return this == NEURAL || this == PAPER;
  }

  /**
   * A solver of this method, to be closed by the caller.
   *
   * @param device of networks and products of features; grids have none
   * @param precision of networks; all other methods are in double
   */
  abstract BellmanSolver open(KhanThomas economy, Device device, DataType precision);
}
