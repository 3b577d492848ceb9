package org.nnks.sbi.sampling;

import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/** A log density on R^d, up to a constant, of many points in one batch. */
@FunctionalInterface
public interface LogDensity {

  /** The log density of each row of shape (n, d); minus infinity where the density is zero. */
  Vector at(Matrix points);
}
