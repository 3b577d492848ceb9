package org.nnks.sbi;

import org.nnks.core.numeric.Vector;
import org.nnks.sbi.flow.SummarySpec;

/**
 * How networks see data: standardised by the simulations' observed values, zero where missing. A
 * direct summary standardises each cell, a deep set each feature, since its items are exchangeable.
 *
 * @param mean of each cell or feature
 * @param sd of each cell or feature; 1 where values do not vary
 * @param masked whether any simulation lacks a value
 */
record Scaling(Vector mean, Vector sd, boolean masked) {

  static Scaling of(Simulations simulations, SummarySpec.Kind summary) {
    double[] values = simulations.valuesUnsafe();
    double[] observed = simulations.observedUnsafe();
    DataShape shape = simulations.shape();
    int groups = summary == SummarySpec.Kind.DIRECT ? shape.size() : shape.features();
    double[] count = new double[groups];
    double[] mean = new double[groups];
    double[] sd = new double[groups];
    boolean masked = false;
    for (int i = 0; i < values.length; i++) {
      count[i % groups] += observed[i];
      mean[i % groups] += observed[i] * values[i];
      masked |= observed[i] == 0;
    }
    for (int j = 0; j < groups; j++) {
      mean[j] /= Math.max(count[j], 1);
    }
    for (int i = 0; i < values.length; i++) {
      double deviation = values[i] - mean[i % groups];
      sd[i % groups] += observed[i] * deviation * deviation;
    }
    for (int j = 0; j < groups; j++) {
      sd[j] = Math.sqrt(sd[j] / Math.max(count[j], 1));
      sd[j] = sd[j] > 0 ? sd[j] : 1;
    }
    return new Scaling(Vector.ofUnsafe(mean), Vector.ofUnsafe(sd), masked);
  }

  double[] apply(double[] values, double[] observed) {
    double[] scaled = new double[values.length];
    int groups = mean.size();
    for (int i = 0; i < values.length; i++) {
      scaled[i] = observed[i] * (values[i] - mean.get(i % groups)) / sd.get(i % groups);
    }
    return scaled;
  }
}
