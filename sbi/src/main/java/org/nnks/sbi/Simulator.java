package org.nnks.sbi;

import java.util.random.RandomGenerator;
import org.nnks.core.numeric.Vector;

/** A model that can be simulated: parameters to data. It must be free of state. */
public interface Simulator {

  /** The shape of the data; a simulation may return fewer rows. */
  DataShape shape();

  /**
   * One data set.
   *
   * @param theta the parameters, in the order of the prior
   * @param random the only source of randomness
   * @throws ArithmeticException if this theta cannot be simulated. Such draws, and data that are
   *     not finite, are recorded as failed.
   */
  Data simulate(Vector theta, RandomGenerator random);

  /**
   * One data set that is finite where observed and has the {@link #shape}.
   *
   * @throws ArithmeticException if this theta cannot be simulated, or gives no such data
   */
  default Data simulateSound(Vector theta, RandomGenerator random) {
    Data data = simulate(theta, random);
    String fault = data.fault(shape());
    if (!fault.isEmpty()) {
      throw new ArithmeticException("simulated data: " + fault);
    }
    return data;
  }
}
