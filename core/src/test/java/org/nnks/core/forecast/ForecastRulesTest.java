package org.nnks.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;

class ForecastRulesTest {

  private static final ForecastRules RULES =
      ForecastRules.ofCoefficients(.1, .2, .8, .7, 1, .9, -.4, -.5);

  @Test
  void forecastsAreLogLinearInCapitalWithinAState() {
    assertThat(RULES.states()).isEqualTo(2);
    assertThat(RULES.nextCapital(1, 1.5))
        .isCloseTo(Math.exp(.2) * Math.pow(1.5, .7), within(1e-14));
    assertThat(RULES.price(0, 1.5)).isCloseTo(Math.exp(1) * Math.pow(1.5, -.4), within(1e-14));
  }

  @Test
  void coefficientsGoThereAndBack() {
    assertThat(RULES.coefficients()).containsExactly(.1, .2, .8, .7, 1, .9, -.4, -.5);
    assertThat(ForecastRules.ofCoefficients(RULES.coefficients())).isEqualTo(RULES);
  }

  @Test
  void theDistanceIsTheLargestChangeOfACoefficient() {
    for (int i = 0; i < 8; i++) {
      double[] moved = RULES.coefficients();
      moved[i] -= .01;
      moved[(i + 1) % 8] += .001;
      assertThat(RULES.distance(ForecastRules.ofCoefficients(moved))).isCloseTo(.01, within(1e-15));
    }
    assertThat(RULES.distance(RULES)).isZero();
  }

  @Test
  void estimationRecoversRulesThatHoldExactly() {
    int[] states = {1, 0, 0, 1, 1, 0, 1, 0};
    double[] capital = {9, 1, 1.2, 1.4, 1.6, 1.8, 2, 2.2};
    double[] next = new double[8];
    double[] price = new double[8];
    for (int t = 0; t < 8; t++) {
      next[t] = RULES.nextCapital(states[t], capital[t]);
      price[t] = RULES.price(states[t], capital[t]);
    }
    next[0] = 77; // before `from`, so it must not count
    ForecastRules estimated =
        ForecastRules.estimate(states, Vector.of(capital), Vector.of(next), Vector.of(price), 1, 2);
    assertThat(estimated.distance(RULES)).isLessThan(1e-13);
  }

  /** State 1 comes twice and state 2 never: both take the slope of state 0. */
  @Test
  void rareStatesTakeTheSlopeOfTheirNeighbour() {
    int[] states = {0, 1, 0, 0, 1, 0};
    Vector capital = Vector.of(1, 1.1, 1.3, 1.4, 1.6, 1.9);
    Vector next = Vector.of(1.2, 1, 1.4, 1.4, 1.7, 1.8);
    Vector price = Vector.of(3, 2.8, 2.9, 2.5, 2.6, 2.2);
    ForecastRules shared = ForecastRules.estimate(states, capital, next, price, 0, 3, a -> 0);
    ForecastRules own = ForecastRules.estimate(states, capital, next, price, 0, 1);
    for (int state = 0; state < 3; state++) {
      assertThat(shared.capital().slope().get(state)).isEqualTo(own.capital().slope().get(0));
      assertThat(shared.price().slope().get(state)).isEqualTo(own.price().slope().get(0));
    }
    assertThat(shared.capital().intercept().get(2)).isEqualTo(own.capital().intercept().get(0));
    assertThat(shared.price().intercept().get(2)).isEqualTo(own.price().intercept().get(0));
    for (int state = 0; state < 2; state++) {
      double errorOfCapital = 0;
      double errorOfPrice = 0;
      for (int t = 0; t < states.length; t++) {
        if (states[t] == state) {
          double k = capital.get(t);
          errorOfCapital += Math.log(next.get(t) / shared.nextCapital(state, k));
          errorOfPrice += Math.log(price.get(t) / shared.price(state, k));
        }
      }
      assertThat(errorOfCapital).isCloseTo(0, within(1e-14));
      assertThat(errorOfPrice).isCloseTo(0, within(1e-14));
    }
  }

  @Test
  void aRareStateKeepsItsOwnSlopeWhenItsNeighbourIsRarer() {
    int[] states = {0, 0, 0, 1};
    Vector capital = Vector.of(1, 1.1, 1.3, 1.4);
    Vector price = Vector.of(3, 2.8, 2.9, 2.5);
    ForecastRules rules = ForecastRules.estimate(states, capital, capital, price, 0, 2, a -> 1 - a);
    ForecastRules own =
        ForecastRules.estimate(
            new int[3], capital.slice(0, 3), capital.slice(0, 3), price.slice(0, 3), 0, 1);
    for (int state = 0; state < 2; state++) {
      assertThat(rules.price().slope().get(state)).isEqualTo(own.price().slope().get(0));
    }
    assertThat(rules.price(1, 1.4)).isCloseTo(2.5, within(1e-14));
  }

  @Test
  void aHistoryWhoseAgentsFollowNoRulesIsDescribedInAllStates() {
    int[] states = {1, 2, 2, 1, 2, 1, 2, 1, 3};
    double[] capital = {1, 1.2, 1.4, 1.6, 1.8, 2, 2.2, 2.4, 2.6};
    double[] next = new double[9];
    double[] price = new double[9];
    for (int t = 0; t < 9; t++) {
      int rule = Math.min(states[t], 2) - 1; // state 3 once, with the line of state 2
      next[t] = RULES.nextCapital(rule, capital[t]);
      price[t] = RULES.price(rule, capital[t]);
    }
    ForecastRules described =
        describe(states, Vector.of(capital), Vector.of(next), Vector.of(price), 0, 5, a -> a);
    int[] nearest = {0, 0, 1, 1, 1};
    for (int state = 0; state < 5; state++) {
      assertThat(described.nextCapital(state, 1.7))
          .as("state %d", state)
          .isCloseTo(RULES.nextCapital(nearest[state], 1.7), within(1e-13));
      assertThat(described.price(state, 1.7))
          .isCloseTo(RULES.price(nearest[state], 1.7), within(1e-13));
    }
  }

  @Test
  void whereAllStatesHaveLinesDescriptionIsEstimation() {
    RandomGenerator random = new Seeds(3).stream("rules");
    int periods = 300;
    int[] states = random.ints(periods, 0, 3).toArray();
    Vector capital = Vector.of(random.doubles(periods, 1, 2).toArray());
    Vector next = Vector.of(random.doubles(periods, 1, 2).toArray());
    Vector price = Vector.of(random.doubles(periods, 1, 2).toArray());
    assertThat(describe(states, capital, next, price, 5, 3, a -> 0))
        .isEqualTo(ForecastRules.estimate(states, capital, next, price, 5, 3, a -> 0));
  }

  @Test
  void anEconomyAtRestIsDescribedByFlatLines() {
    Vector fixed = Vector.of(8, 8, 8, 8);
    ForecastRules flat = describe(new int[4], fixed, fixed, Vector.of(2, 2, 2, 2), 1, 2, a -> a);
    assertThat(flat.nextCapital(0, 9)).isCloseTo(8, within(1e-14));
    assertThat(flat.price(1, 9)).isCloseTo(2, within(1e-14));
  }

  @Test
  void estimationIsLeastSquaresInLogs() {
    RandomGenerator random = new Seeds(8).stream("rules");
    int periods = 200;
    int[] states = new int[periods];
    double[][] x = new double[periods][1];
    double[] y = new double[periods];
    double[] capital = new double[periods];
    double[] next = new double[periods];
    for (int t = 0; t < periods; t++) {
      capital[t] = random.nextDouble(1, 2);
      next[t] = random.nextDouble(1, 2);
      x[t][0] = Math.log(capital[t]);
      y[t] = Math.log(next[t]);
    }
    OLSMultipleLinearRegression ols = new OLSMultipleLinearRegression();
    ols.newSampleData(y, x);
    double[] expected = ols.estimateRegressionParameters();
    ForecastRules estimated =
        ForecastRules.estimate(states, Vector.of(capital), Vector.of(next), Vector.of(next), 0, 1);
    assertThat(estimated.coefficients())
        .containsExactly(
            new double[] {expected[0], expected[1], expected[0], expected[1]}, within(1e-12));
  }

  @Test
  void namesTheStateThatIsVisitedTooRarely() {
    Vector ones = Vector.of(1, 2, 3, 4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ForecastRules.estimate(new int[] {0, 0, 0, 1}, ones, ones, ones, 0, 2))
        .withMessageContaining("aggregate state 2 is visited 1 times")
        .withMessageContaining("simulate more periods");
  }

  @Test
  void namesTheStateInWhichCapitalDoesNotVary() {
    Vector fixed = Vector.of(8, 8, 8, 8);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ForecastRules.estimate(new int[4], fixed, fixed, fixed, 0, 1))
        .withMessageContaining("mean capital does not vary in aggregate state 1 from period 1 on");
  }

  @Test
  void rejectsRulesWhosePartsDoNotFit() {
    LogLinearRule two = RULES.capital();
    LogLinearRule one = new LogLinearRule(Vector.of(1), Vector.of(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LogLinearRule(Vector.of(1), Vector.of(1, 2)))
        .withMessageContaining("2 and 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ForecastRules(two, one))
        .withMessageContaining("2 and 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ForecastRules.ofCoefficients(1, 2, 3, 4, 5))
        .withMessageContaining("5");
  }

  private static ForecastRules describe(
      int[] states,
      Vector capital,
      Vector nextCapital,
      Vector price,
      int from,
      int aggregateStates,
      IntUnaryOperator neighbour) {
    return new RuleRegression(states, List.of(capital), List.of(nextCapital), List.of(price), from)
        .describe(aggregateStates, neighbour);
  }
}
