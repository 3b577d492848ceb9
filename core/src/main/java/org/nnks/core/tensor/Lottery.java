package org.nnks.core.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.nnks.core.numeric.Grid;

/**
 * Splits levels between the two nodes of a grid around them so that their mean is kept: Young
 * (2010). The cell is found by halving, one gather a step, so that any nodes will do.
 *
 * <p>Works outside of gradient collectors.
 */
final class Lottery {

  private final Grid grid;
  private final NDArray nodes;
  private final NDArray lowerEnds;
  private final int firstStep;

  /**
   * A lottery.
   *
   * @param manager keeps the nodes
   */
  Lottery(NDManager manager, Grid grid) {
    this.grid = grid;
    nodes = manager.create(grid.nodes().toArray(), new Shape(grid.size()));
    int cells = grid.size() - 1;
    firstStep = Integer.highestOneBit(Math.max(1, cells - 1));
    double[] padded = new double[2 * firstStep];
    for (int i = 0; i < padded.length; i++) {
      padded[i] = i < cells ? grid.get(i) : Double.POSITIVE_INFINITY;
    }
    lowerEnds = manager.create(padded, new Shape(padded.length));
  }

  /** The number of nodes. */
  int size() {
    return grid.size();
  }

  /** The cell of every level, as {@link Grid#cell}: flat, whole numbers. */
  NDArray cell(NDArray levels) {
    NDArray x = levels.flatten();
    NDArray cell = x.zerosLike().toType(DataType.INT64, false);
    for (int step = firstStep; step > 0; step /= 2) {
      NDArray candidate = cell.add(step);
      NDArray reached = lowerEnds.gather(candidate, 0);
      reached.attach(x.getManager());
      cell = cell.add(reached.lte(x).toType(DataType.INT64, false).muli(step));
    }
    return cell;
  }

  /** The weight of the upper node, as {@link Grid#weight}: flat. */
  NDArray weight(NDArray cell, NDArray levels) {
    NDArray low = nodes.gather(cell, 0);
    NDArray high = nodes.gather(cell.add(1), 0);
    low.attach(levels.getManager());
    high.attach(levels.getManager());
    return NDArrays.div(levels.flatten().sub(low), high.sub(low)).clip(0, 1);
  }
}
