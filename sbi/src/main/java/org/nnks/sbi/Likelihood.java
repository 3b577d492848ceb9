package org.nnks.sbi;

import java.util.List;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

/**
 * A likelihood p(x | theta): learned ({@link NeuralLikelihood}), or exact where the model has one.
 */
@FunctionalInterface
public interface Likelihood {

  /** log p(x | theta) of one data set at each row of theta, all of which lie in the support. */
  Vector logDensity(Data data, Matrix theta);

  /**
   * log p(x_1, ..., x_n | theta) of units that are independent given theta, at each row of theta:
   * the sum of theirs.
   */
  default Vector logDensity(List<Data> units, Matrix theta) {
    double[] sum = new double[theta.rows()];
    for (Data unit : units) {
      Vector log = logDensity(unit, theta);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += log.get(i);
      }
    }
    return Vector.ofUnsafe(sum);
  }

  /** This likelihood to a power, such as {@link LikelihoodPowers} finds where it is learned. */
  default Likelihood power(double exponent) {
    Likelihood base = this;
    return new Likelihood() {
      @Override
      public Vector logDensity(Data data, Matrix theta) {
        return logDensity(List.of(data), theta);
      }

      @Override
      public Vector logDensity(List<Data> units, Matrix theta) {
        double[] log = base.logDensity(units, theta).toArray();
        for (int i = 0; i < log.length; i++) {
          log[i] *= exponent;
        }
        return Vector.ofUnsafe(log);
      }
    };
  }
}
