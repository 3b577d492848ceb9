package org.nnks.sbi.sampling;

import java.util.random.RandomGenerator;
import org.nnks.core.numeric.Matrix;

/**
 * A density that can be drawn from, such as an approximation of another: its draws are offered to
 * chains as places to move to, wherever these are.
 */
public interface Proposal extends LogDensity {

  /** Independent draws: shape (count, d). */
  Matrix draw(int count, RandomGenerator random);
}
