package org.nnks.benchmarks;

import ai.djl.ndarray.types.DataType;
import org.nnks.core.lumpy.GridBellman;
import org.nnks.core.lumpy.LeastSquaresBellman;
import org.nnks.core.lumpy.LumpyBellman;
import org.nnks.core.lumpy.LumpyInvestment;
import org.nnks.core.lumpy.PaperBellman;
import org.nnks.core.lumpy.PaperTraining;
import org.nnks.core.lumpy.TargetSearch;
import org.nnks.core.lumpy.TerryBellman;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/** The methods compared. */
public enum Method {
  /** Algorithm 2 of Yokomoto (2026) on Terry's grid: a fresh search at every node and price. */
  DIRECT {
    @Override
    LumpyBellman open(LumpyInvestment economy, Device device, DataType precision) {
      return new GridBellman(economy, TerryBellman.KNOTS, TerryBellman.KNOTS, TargetSearch.DIRECT);
    }
  },
  /** Algorithm 3 on Terry's grid: targets interpolated in K and p. */
  INTERPOLATED {
    @Override
    LumpyBellman open(LumpyInvestment economy, Device device, DataType precision) {
      return new GridBellman(
          economy, TerryBellman.KNOTS, TerryBellman.KNOTS, TargetSearch.INTERPOLATED);
    }
  },
  /** Terry's grid with every exact short-cut. */
  EXACT_TERRY_GRID {
    @Override
    LumpyBellman open(LumpyInvestment economy, Device device, DataType precision) {
      return new GridBellman(economy, TerryBellman.KNOTS, TerryBellman.KNOTS);
    }
  },
  /** The default grid, 100 x 40, with every exact short-cut. */
  EXACT {
    @Override
    LumpyBellman open(LumpyInvestment economy, Device device, DataType precision) {
      return new GridBellman(economy);
    }
  },
  /** The default networks; simulated firms use the price-conditioned policy network. */
  NEURAL {
    @Override
    LumpyBellman open(LumpyInvestment economy, Device device, DataType precision) {
      return new LeastSquaresBellman(economy, true, device, new Seeds(1));
    }
  },
  /** The default networks; simulated firms use the value network's exact maximiser. */
  NEURAL_MAXIMISER {
    @Override
    LumpyBellman open(LumpyInvestment economy, Device device, DataType precision) {
      return new LeastSquaresBellman(economy, false, device, new Seeds(1));
    }
  },
  /** The networks and the training of Yokomoto (2026). */
  PAPER {
    @Override
    LumpyBellman open(LumpyInvestment economy, Device device, DataType precision) {
      return new PaperBellman(
          economy, PaperTraining.yokomoto2026(), device, precision, new Seeds(1));
    }
  };

  /**
   * A solver of this method on the CPU, the paper's networks in single precision as in the paper.
   */
  final LumpyBellman open(LumpyInvestment economy) {
    return open(economy, Device.cpu(), DataType.FLOAT32);
  }

  /**
   * A solver of this method, to be closed by the caller.
   *
   * @param device of networks; grids have none
   * @param precision of the paper's networks; all other methods are in double
   */
  abstract LumpyBellman open(LumpyInvestment economy, Device device, DataType precision);
}
