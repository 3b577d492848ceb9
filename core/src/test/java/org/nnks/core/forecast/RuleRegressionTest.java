package org.nnks.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Vector;

/** Rules in two moments and two prices. */
class RuleRegressionTest {

  private static final int PERIODS = 400;
  private static final int FROM = 50;

  private final int[] states = new int[PERIODS];
  private final double[] capital = new double[PERIODS];
  private final double[] stocks = new double[PERIODS];

  RuleRegressionTest() {
    Random random = new Random(3);
    for (int t = 0; t < PERIODS; t++) {
      states[t] = random.nextInt(2);
      capital[t] = Math.exp(.5 + .1 * random.nextGaussian());
      stocks[t] = capital[t] * Math.exp(-1 + .05 * random.nextGaussian());
    }
  }

  private Vector series(double level, double onCapital, double onStocks) {
    double[] y = new double[PERIODS];
    for (int t = 0; t < PERIODS; t++) {
      y[t] =
          Math.exp(
              level * (1 + states[t])
                  + onCapital * Math.log(capital[t])
                  + onStocks * Math.log(stocks[t]));
    }
    return Vector.of(y);
  }

  private RuleRegression regression(Vector stocksSeen) {
    return new RuleRegression(
        states,
        List.of(Vector.of(capital), stocksSeen),
        List.of(series(.1, .9, .02), series(-.2, .1, .7)),
        List.of(series(.3, -.4, -.05), series(.5, .2, .1)),
        FROM);
  }

  @Test
  void exactRulesAreFound() {
    ForecastRules rules = regression(Vector.of(stocks)).estimate(2, a -> a);
    double[] expected = {
      .1, .2, .9, .9, .02, .02, -.2, -.4, .1, .1, .7, .7, .3, .6, -.4, -.4, -.05, -.05, .5, 1, .2,
      .2, .1, .1
    };
    assertThat(rules.coefficients()).containsExactly(expected, within(1e-10));
    assertThat(rules.withCoefficients(rules.coefficients())).isEqualTo(rules);
    double[] moments = {1.7, .6};
    assertThat(rules.nextMoments(1, moments)[1])
        .isCloseTo(Math.exp(-.4 + .1 * Math.log(1.7) + .7 * Math.log(.6)), within(1e-10));
    assertThat(rules.prices(0, moments)[1])
        .isCloseTo(Math.exp(.5 + .2 * Math.log(1.7) + .1 * Math.log(.6)), within(1e-10));
  }

  @Test
  void momentsThatMoveTogetherAreRefused() {
    Vector proportional = Vector.of(capital).map(x -> .4 * x);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> regression(proportional).estimate(2, a -> a))
        .withMessageContaining("the moments do not vary on their own in aggregate state 1");
  }

  @Test
  void changesAreMeasuredByWhatTheyDoToForecasts() {
    List<Vector> moments = List.of(Vector.of(capital), Vector.of(stocks));
    ForecastRules before = regression(Vector.of(stocks)).estimate(2, a -> a);
    double[] change = new double[before.coefficients().length];
    Random random = new Random(4);
    for (int i = 0; i < change.length; i++) {
      change[i] = .01 * random.nextGaussian();
    }
    double[] moved = before.coefficients();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += change[i];
    }
    ForecastRules after = before.withCoefficients(moved);
    double squares = 0;
    for (int t = FROM; t < PERIODS; t++) {
      double[] m = {capital[t], stocks[t]};
      for (int j = 0; j < 2; j++) {
        double moment =
            Math.log(after.nextMoments(states[t], m)[j] / before.nextMoments(states[t], m)[j]);
        double price = Math.log(after.prices(states[t], m)[j] / before.prices(states[t], m)[j]);
        squares += moment * moment + price * price;
      }
    }
    double measured = 0;
    for (double part : ForecastMeasure.on(states, moments, FROM, 2).apply(change)) {
      measured += part * part;
    }
    assertThat(measured).isCloseTo(squares / (PERIODS - FROM), within(1e-12));
  }
}
