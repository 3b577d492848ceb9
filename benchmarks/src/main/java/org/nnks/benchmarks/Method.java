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
    BellmanSolver open(Economy economy) {
      return new GridBellman(economy, TerryBellman.KNOTS, TerryBellman.KNOTS, TargetSearch.DIRECT);
    }
  },
  /** Algorithm 3 on Terry's grid: targets interpolated in K and p. */
  INTERPOLATED {
    @Override
    BellmanSolver open(Economy economy) {
      return new GridBellman(
          economy, TerryBellman.KNOTS, TerryBellman.KNOTS, TargetSearch.INTERPOLATED);
    }
  },
  /** Terry's grid with every exact short-cut. */
  EXACT_TERRY_GRID {
    @Override
    BellmanSolver open(Economy economy) {
      return new GridBellman(economy, TerryBellman.KNOTS, TerryBellman.KNOTS);
    }
  },
  /** The default grid, 100 x 40, with every exact short-cut. */
  EXACT {
    @Override
    BellmanSolver open(Economy economy) {
      return new GridBellman(economy);
    }
  },
  /** The default networks; simulated firms use the price-conditioned policy network. */
  NEURAL {
    @Override
    BellmanSolver open(Economy economy) {
      return new LeastSquaresBellman(economy, true, Device.cpu(), new Seeds(1));
    }
  },
  /** The default networks; simulated firms use the value network's exact maximiser. */
  NEURAL_MAXIMISER {
    @Override
    BellmanSolver open(Economy economy) {
      return new LeastSquaresBellman(economy, false, Device.cpu(), new Seeds(1));
    }
  },
  /** The networks and the training of Yokomoto (2026). */
  PAPER {
    @Override
    BellmanSolver open(Economy economy) {
      return new PaperBellman(
          economy, PaperTraining.yokomoto2026(), Device.cpu(), DataType.FLOAT32, new Seeds(1));
    }
  };

  /** A solver of this method, to be closed by the caller. */
  abstract BellmanSolver open(Economy economy);
}
