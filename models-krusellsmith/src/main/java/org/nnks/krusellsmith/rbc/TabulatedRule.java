package org.nnks.krusellsmith.rbc;

import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;

/**
 * Consumption on a grid of capital, linear between nodes and, along the last pieces, beyond them.
 *
 * @param capital k
 * @param consumption c: (states of z, nodes of k)
 */
public record TabulatedRule(Grid capital, Matrix consumption) implements RbcRule {

  /** Checks the shape. */
  public TabulatedRule {
    if (consumption.columns() != capital.size()) {
      throw new IllegalArgumentException(
          "consumption: expected one column for each of %d nodes but got %d"
              .formatted(capital.size(), consumption.columns()));
    }
  }

  @Override
  public double consumption(int state, double k) {
    int cell = capital.cell(k);
    double weight = (k - capital.get(cell)) / (capital.get(cell + 1) - capital.get(cell));
    return (1 - weight) * consumption.get(state, cell) + weight * consumption.get(state, cell + 1);
  }
}
