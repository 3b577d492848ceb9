package org.nnks.sbi;

import java.util.List;
import org.nnks.core.numeric.Vector;
import org.nnks.sbi.flow.SummarySpec;

/**
 * How networks see data: standardised by the simulations' observed values, zero where missing. A
 * direct summary standardises each cell, others each column, since rows are alike.
 *
 * @param mean of each cell
 * @param sd of each cell; 1 where values do not vary
 * @param masked whether any simulation lacks a value
 */
record Scaling(Vector mean, Vector sd, boolean masked) {

  static Scaling of(Simulations simulations, SummarySpec summary) {
    double[] values = simulations.valuesUnsafe();
    double[] observed = simulations.observedUnsafe();
    int cells = simulations.shape().size();
    int[] group = groups(simulations.shape(), summary);
    double[] count = new double[cells];
    double[] mean = new double[cells];
    double[] sd = new double[cells];
    boolean masked = false;
    for (int i = 0; i < values.length; i++) {
      int g = group[i % cells];
      count[g] += observed[i];
      mean[g] += observed[i] * values[i];
      masked |= observed[i] == 0;
    }
    for (int g = 0; g < cells; g++) {
      mean[g] /= Math.max(count[g], 1);
    }
    for (int i = 0; i < values.length; i++) {
      int g = group[i % cells];
      double deviation = values[i] - mean[g];
      sd[g] += observed[i] * deviation * deviation;
    }
    for (int g = 0; g < cells; g++) {
      sd[g] = Math.sqrt(sd[g] / Math.max(count[g], 1));
      sd[g] = sd[g] > 0 ? sd[g] : 1;
    }
    double[] cellMean = new double[cells];
    double[] cellSd = new double[cells];
    for (int c = 0; c < cells; c++) {
      cellMean[c] = mean[group[c]];
      cellSd[c] = sd[group[c]];
    }
    return new Scaling(Vector.ofUnsafe(cellMean), Vector.ofUnsafe(cellSd), masked);
  }

  /** The first cell of those that are standardised together, for each cell. */
  private static int[] groups(DataShape shape, SummarySpec summary) {
    boolean[] direct = new boolean[shape.features()];
    int column = 0;
    List<SummarySpec.Part> parts = summary.parts();
    for (SummarySpec.Part part : parts) {
      int columns = part.columns() == SummarySpec.ALL ? shape.features() : part.columns();
      for (int j = 0; j < columns && column < direct.length; j++) {
        direct[column++] = part.kind() == SummarySpec.Kind.DIRECT;
      }
    }
    int[] group = new int[shape.size()];
    for (int c = 0; c < group.length; c++) {
      group[c] = direct[c % shape.features()] ? c : c % shape.features();
    }
    return group;
  }

  /** Standardised values, zero where missing; any number of data sets. */
  double[] apply(double[] values, double[] observed) {
    double[] scaled = new double[values.length];
    int cells = mean.size();
    for (int i = 0; i < values.length; i++) {
      scaled[i] = observed[i] * (values[i] - mean.get(i % cells)) / sd.get(i % cells);
    }
    return scaled;
  }

  /** Values whose standardised ones these are. */
  double[] undo(double[] scaled) {
    double[] values = new double[scaled.length];
    int cells = mean.size();
    for (int i = 0; i < scaled.length; i++) {
      values[i] = mean.get(i % cells) + sd.get(i % cells) * scaled[i];
    }
    return values;
  }

  /** The log-determinant of {@link #undo}: the sum of log standard deviations. */
  double logDeterminant() {
    return sd.stream().map(Math::log).sum();
  }
}
