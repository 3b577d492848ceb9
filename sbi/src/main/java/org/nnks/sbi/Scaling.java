package org.nnks.sbi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.nnks.core.numeric.Vector;
import org.nnks.sbi.flow.SummarySpec;

/**
 * How networks see data: standardised by the simulations' observed values, zero where missing. A
 * direct summary standardises each cell, others each column, since rows are alike.
 *
 * @param mean of each cell
 * @param sd of each cell; 0 where values do not vary: such a cell is left out of what is learned
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
    double[] least = new double[cells];
    double[] most = new double[cells];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(most, Double.NEGATIVE_INFINITY);
    boolean masked = false;
    for (int i = 0; i < values.length; i++) {
      int g = group[i % cells];
      if (observed[i] == 1) {
        count[g]++;
        mean[g] += values[i];
        least[g] = Math.min(least[g], values[i]);
        most[g] = Math.max(most[g], values[i]);
      } else {
        masked = true;
      }
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
      if (unvaried(least[g], most[g])) {
        sd[g] = 0;
        mean[g] = count[g] == 0 ? 0 : least[g];
      } else {
        sd[g] = Math.sqrt(sd[g] / count[g]);
      }
    }
    double[] cellMean = new double[cells];
    double[] cellSd = new double[cells];
    for (int c = 0; c < cells; c++) {
      cellMean[c] = mean[group[c]];
      cellSd[c] = sd[group[c]];
    }
    return new Scaling(Vector.ofUnsafe(cellMean), Vector.ofUnsafe(cellSd), masked);
  }

  /** Whether a smallest and a largest value, infinite if there are none, are one. */
  private static boolean unvaried(double least, double most) {
    return least > most || Constant.same(least, most);
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
      double spread = sd.get(i % cells);
      scaled[i] = spread == 0 ? 0 : observed[i] * (values[i] - mean.get(i % cells)) / spread;
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

  /**
   * What does not vary, once for each group of cells: cells that no simulation holds are none.
   *
   * @param simulations that this is the scaling of
   */
  List<Constant> constants(Simulations simulations, SummarySpec summary) {
    DataShape shape = simulations.shape();
    int[] group = groups(shape, summary);
    boolean[] held = new boolean[shape.size()];
    double[] observed = simulations.observedUnsafe();
    for (int i = 0; i < observed.length; i++) {
      held[group[i % held.length]] |= observed[i] == 1;
    }
    List<Constant> constants = new ArrayList<>();
    for (int c = 0; c < held.length; c++) {
      if (group[c] == c && held[c] && sd.get(c) == 0) {
        int below = c + shape.features();
        boolean wholeColumn = shape.items() == 1 || (below < held.length && group[below] == c);
        constants.add(
            new Constant(
                wholeColumn ? OptionalInt.empty() : OptionalInt.of(c / shape.features()),
                c % shape.features(),
                mean.get(c)));
      }
    }
    return constants;
  }
}
