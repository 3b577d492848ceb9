package org.nnks.benchmarks;

import ai.djl.ndarray.types.DataType;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.bellman.GridBellman;
import org.nnks.core.bellman.LeastSquaresBellman;
import org.nnks.core.bellman.PaperBellman;
import org.nnks.core.bellman.PaperTraining;
import org.nnks.core.bellman.TargetSearch;
import org.nnks.core.bellman.TerryBellman;
import org.nnks.core.model.Economy;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/** The methods compared. */
public enum Method {
  /** Algorithm 2 of Yokomoto (2026) on Terry's grid: a fresh search at every node and price. */
  DIRECT {
    @Override
    BellmanSolver open(Economy economy, Device device, DataType precision) {
      return new GridBellman(economy, TerryBellman.KNOTS, TerryBellman.KNOTS, TargetSearch.DIRECT);
    }
  },
  /** Algorithm 3 on Terry's grid: targets interpolated in K and p. */
  INTERPOLATED {
    @Override
    BellmanSolver open(Economy economy, Device device, DataType precision) {
      return new GridBellman(
          economy, TerryBellman.KNOTS, TerryBellman.KNOTS, TargetSearch.INTERPOLATED);
    }
  },
  /** Terry's grid with every exact short-cut. */
  EXACT_TERRY_GRID {
    @Override
    BellmanSolver open(Economy economy, Device device, DataType precision) {
      return new GridBellman(economy, TerryBellman.KNOTS, TerryBellman.KNOTS);
    }
  },
  /** The default grid, 100 x 40, with every exact short-cut. */
  EXACT {
    @Override
    BellmanSolver open(Economy economy, Device device, DataType precision) {
      return new GridBellman(economy);
    }
  },
  /** The default networks; simulated firms use the price-conditioned policy network. */
  NEURAL {
    @Override
    BellmanSolver open(Economy economy, Device device, DataType precision) {
      return new LeastSquaresBellman(economy, true, device, new Seeds(1));
    }
  },
  /** The default networks; simulated firms use the value network's exact maximiser. */
  NEURAL_MAXIMISER {
    @Override
    BellmanSolver open(Economy economy, Device device, DataType precision) {
      return new LeastSquaresBellman(economy, false, device, new Seeds(1));
    }
  },
  /** The networks and the training of Yokomoto (2026). */
  PAPER {
    @Override
    BellmanSolver open(Economy economy, Device device, DataType precision) {
      return new PaperBellman(
          economy, PaperTraining.yokomoto2026(), device, precision, new Seeds(1));
    }
  };

  /**
   * A solver of this method on the CPU, the paper's networks in single precision as in the paper.
   */
  final BellmanSolver open(Economy economy) {
    return open(economy, Device.cpu(), DataType.FLOAT32);
  }

  /**
   * A solver of this method, to be closed by the caller.
   *
   * @param device of networks; grids have none
   * @param precision of the paper's networks; all other methods are in double
   */
  abstract BellmanSolver open(Economy economy, Device device, DataType precision);
}
