package org.nnks.core.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nnks.core.agents.MomentBox;
import org.nnks.core.economy.Choice;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/** The closed form of slow modes against the equation that it solves, term by term. */
class AffineModesTest {

  private static final TwoStates ECONOMY = new TwoStates(new Choice.Best());
  private static final int STATES = 6;
  private static final int OWN = 3;
  private static final int POINTS = 40;
  private static final ForecastRules FORECASTS = TwoStates.FORECASTS;

  private static final MomentBox BOX =
      MomentBox.around(new double[][] {{-.1, .1, .3}, {-.2, .3, .4}}, .5, .01);

  /** Moments of their places in the leaning box: the second leans on the first. */
  private static double[] moments(double[] scaled) {
    double first = BOX.lower(0) + (scaled[0] + 1) / 2 * (BOX.upper(0) - BOX.lower(0));
    double second = BOX.lower(1) + (scaled[1] + 1) / 2 * (BOX.upper(1) - BOX.lower(1));
    return new double[] {Math.exp(first), Math.exp(second + BOX.lean(1, 0) * first)};
  }

  /** Places of moments in that box. */
  private static double[] scaled(double[] moments) {
    double first = Math.log(moments[0]);
    double second = Math.log(moments[1]) - BOX.lean(1, 0) * first;
    return new double[] {
      2 * (first - BOX.lower(0)) / (BOX.upper(0) - BOX.lower(0)) - 1,
      2 * (second - BOX.lower(1)) / (BOX.upper(1) - BOX.lower(1)) - 1
    };
  }

  /** One and two scaled moments, by coefficients of all states. */
  private static double affine(double[] coefficients, int h, double[] moments) {
    return coefficients[h]
        + coefficients[STATES + h] * moments[0]
        + coefficients[2 * STATES + h] * moments[1];
  }

  @Test
  void theyAddWhatAnAffineGapStillAddsToTheValueAndLeaveTheRest() {
    RandomGenerator random = new Seeds(7).stream("affine");
    double[] gaps = random.doubles(3 * STATES, -1, 1).toArray();
    NeuralTraining training = NeuralTraining.standard().withHidden(4);
    try (NeuralNetworks networks =
            new NeuralNetworks(ECONOMY, training, Device.cpu(), DataType.FLOAT64, new Seeds(1));
        NDManager scope = Device.cpu().newManager()) {
      networks.believe(FORECASTS);
      networks.moveMoments(BOX);
      double[][] moments = new double[POINTS][];
      Arrays.setAll(moments, n -> random.doubles(2, -1, 1).toArray());
      double[] gap = new double[POINTS * STATES];
      Arrays.setAll(gap, i -> affine(gaps, i % STATES, moments[i / STATES]));
      double[] noise = new double[POINTS * STATES];
      Arrays.setAll(noise, i -> i / STATES == 0 ? 1 : 0);
      try (AffineModes modes = new AffineModes(networks, FORECASTS)) {
        NDList columns = new NDList(column(moments, 0, scope), column(moments, 1, scope));
        NDArray all = scope.create(gap, new Shape(POINTS, STATES));
        AffineModes.Correction correction = modes.of(all, columns, scope);
        double[] added = correction.added().toDoubleArray();
        assertThat(correction.left().abs().max().getDouble()).isLessThan(1e-12);

        for (int h = 0; h < STATES; h++) {
          for (double[] today : moments) {
            double[] tomorrow = scaled(FORECASTS.nextMoments(h / OWN, moments(today)));
            double later = 0;
            for (int next = 0; next < STATES; next++) {
              later +=
                  ECONOMY.discountFactor()
                      * (1 - ECONOMY.turnover().exitRate())
                      * ECONOMY.aggregate().probability(h / OWN, next / OWN)
                      * ECONOMY.own(h / OWN, next / OWN).probability(h % OWN, next % OWN)
                      * affine(added, next, tomorrow);
            }
            assertThat(affine(added, h, today))
                .isCloseTo(affine(gaps, h, today) + later, within(1e-9));
          }
        }

        NDArray bump = scope.create(noise, new Shape(POINTS, STATES));
        double left = modes.of(all.add(bump), columns, scope).left().sum().getDouble();
        assertThat(left).isCloseTo(0, within(1e-9)); // least squares leave no mean
        assertThat(modes.of(all.add(bump), columns, scope).left().abs().max().getDouble())
            .isBetween(.5, 1.0);
      }
    }
  }

  private static NDArray column(double[][] rows, int j, NDManager scope) {
    return scope.create(
        Arrays.stream(rows).mapToDouble(row -> row[j]).toArray(), new Shape(rows.length, 1));
  }
}
