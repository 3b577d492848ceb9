package org.nnks.sbi;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.numeric.Vector;

/**
 * Units with latent means: m ~ N(0, 1), m_i ~ N(m, .5^2), x_ij ~ N(m_i, 1) for j = 1, 2, 3. The
 * posterior of m is normal: a unit's mean is sufficient, with variance .25 + 1 / 3 around m.
 */
final class HierarchicalNormal implements Simulator {

  static final Prior PRIOR = Prior.of(Parameter.normal("m", 0, 1));

  /** Of a unit's mean around m. */
  static final double UNIT_VARIANCE = 0.25 + 1.0 / 3;

  @Override
  public DataShape shape() {
    return DataShape.vector(3);
  }

  @Override
  public Data simulate(Vector theta, RandomGenerator random) {
    double mean = theta.get(0) + 0.5 * random.nextGaussian();
    return Data.vector(
        mean + random.nextGaussian(), mean + random.nextGaussian(), mean + random.nextGaussian());
  }

  /** Units of one m. */
  static List<Data> units(double m, int count, RandomGenerator random) {
    List<Data> units = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      units.add(new HierarchicalNormal().simulate(Vector.of(m), random));
    }
    return units;
  }

  static double posteriorMean(List<Data> units) {
    double sum = units.stream().mapToDouble(u -> u.values().row(0).mean()).sum();
    return sum / (units.size() + UNIT_VARIANCE);
  }

  static double posteriorSd(int units) {
    return Math.sqrt(UNIT_VARIANCE / (units + UNIT_VARIANCE));
  }
}
