package org.nnks.sbi;

import java.util.List;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nnks.core.numeric.Vector;

/** A model that can be simulated: parameters to data. It must be free of state. */
public interface Simulator {

  /**
   * A simulator of a function: {@code Simulator.of(DataShape.vector(1), (theta, random) ->
   * Data.vector(theta.get(0) + random.nextGaussian()))}.
   *
   * @param function parameters and the only source of randomness to data, as {@link #simulate}
   */
  static Simulator of(DataShape shape, BiFunction<Vector, RandomGenerator, Data> function) {
    return new Simulator() {
      @Override
      public DataShape shape() {
        return shape;
      }

      @Override
      public Data simulate(Vector theta, RandomGenerator random) {
        return function.apply(theta, random);
      }
    };
  }

  /** The shape of the data; a simulation may return fewer rows. */
  DataShape shape();

  /** What each column of the data is; by number where nothing else is known. */
  default List<String> features() {
    String kind = shape().items() == 1 ? "value " : "column ";
    return IntStream.rangeClosed(1, shape().features()).mapToObj(j -> kind + j).toList();
  }

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
