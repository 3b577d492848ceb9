package org.nnks.krusellsmith.projection;

import java.util.Arrays;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;

/**
 * A household's share of cash on hand that is consumed, min{1, exp(output + log of the share that
 * keeps capital)}: consumption may bend at the borrowing limit as sharply as it should. Outputs are
 * linear in features, with weights, a head, for each pair of an aggregate and an own state.
 * Immutable but for the features, which belong to a {@link HouseholdProjection}.
 */
final class ProjectedPolicy implements HouseholdRule {

  /** Shares stay this far from 0 and 1, so that log c and log k' are finite. */
  private static final double MARGIN = 1e-6;

  private final KrusellSmith economy;
  private final HouseholdInputs inputs;
  private final DrawnFeatures features;
  private final double[][] heads;

  private ProjectedPolicy(
      KrusellSmith economy, HouseholdInputs inputs, DrawnFeatures features, double[][] heads) {
    this.economy = economy;
    this.inputs = inputs;
    this.features = features;
    this.heads = heads;
  }

  /** The policy that keeps capital. */
  static ProjectedPolicy keepingCapital(
      KrusellSmith economy, HouseholdInputs inputs, DrawnFeatures features) {
    int count = economy.aggregate().size() * economy.states();
    return new ProjectedPolicy(economy, inputs, features, new double[count][features.width() + 1]);
  }

  /** The same with other weights, the last of each head being its constant; not to be changed. */
  ProjectedPolicy with(double[][] others) {
    return new ProjectedPolicy(economy, inputs, features, others);
  }

  /** The index of a pair of states. */
  int head(int aggregate, int state) {
    return aggregate * economy.states() + state;
  }

  /** The number of heads. */
  int heads() {
    return heads.length;
  }

  /** The output of a head at a row of features. */
  double output(int head, double[] rows, int row) {
    double[] layer = heads[head];
    int width = layer.length - 1;
    int at = row * width;
    double output = layer[width];
    for (int j = 0; j < width; j++) {
      output += layer[j] * rows[at + j];
    }
    return output;
  }

  /** The share at an output to which the log of the keeping share has been added. */
  static double share(double shifted) {
    return Math.min(Math.max(Math.exp(shifted), MARGIN), 1 - MARGIN);
  }

  @Override
  public void nextCapital(Households households, double[][] capital, double[][] nextCapital) {
    int a = households.aggregateState();
    double mean = households.meanCapital();
    int columns = capital[0].length;
    int width = inputs.width();
    double[] rows = new double[capital.length * columns * width];
    for (int s = 0; s < capital.length; s++) {
      for (int i = 0; i < columns; i++) {
        inputs.write(a, s, capital[s][i], mean, rows, (s * columns + i) * width);
      }
    }
    double[] seen = features.at(rows);
    double gross = economy.grossReturn(a, mean);
    double wage = economy.wage(a, mean);
    for (int s = 0; s < capital.length; s++) {
      double income = wage * economy.income(a, s);
      for (int i = 0; i < columns; i++) {
        double shifted =
            inputs.logKeeping(a, s, capital[s][i], mean)
                + output(head(a, s), seen, s * columns + i);
        nextCapital[s][i] = (1 - share(shifted)) * (gross * capital[s][i] + income);
      }
    }
  }

  /** They know prices and K, and what becomes of them. */
  @Override
  public boolean followsForecasts() {
    return false;
  }

  /** All weights, head by head. */
  double[] values() {
    return Arrays.stream(heads).flatMapToDouble(Arrays::stream).toArray();
  }

  /** This policy with weights from {@link #values}. */
  ProjectedPolicy withValues(double[] values) {
    int width = heads[0].length;
    if (values.length != heads.length * width) {
      throw new IllegalArgumentException(
          "heads: expected %d weights but got %d".formatted(heads.length * width, values.length));
    }
    double[][] others = new double[heads.length][];
    Arrays.setAll(others, h -> Arrays.copyOfRange(values, h * width, (h + 1) * width));
    return with(others);
  }
}
