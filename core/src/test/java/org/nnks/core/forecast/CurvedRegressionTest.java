package org.nnks.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nnks.core.io.StrictJson;
import org.nnks.core.numeric.Vector;

/** Parabolas and networks in two moments, and what is made of them beyond the data. */
class CurvedRegressionTest {

  private static final int PERIODS = 400;
  private static final int FROM = 20;

  private final int[] states = new int[PERIODS];
  private final double[] capital = new double[PERIODS];
  private final double[] stocks = new double[PERIODS];

  CurvedRegressionTest() {
    Random random = new Random(5);
    for (int t = 0; t < PERIODS; t++) {
      states[t] = t % 40 == 0 ? 2 : random.nextInt(2);
      capital[t] = Math.exp(.5 + .1 * random.nextGaussian());
      stocks[t] = Math.exp(-1 + .05 * random.nextGaussian());
    }
  }

  private static double truth(int state, double capital, double stocks) {
    double x = Math.log(capital);
    double y = Math.log(stocks);
    return Math.exp(.1 * state + .9 * x - .3 * x * x + .2 * y + .5 * state * y * y);
  }

  private ForecastRules fitted(boolean network) {
    double[] next = new double[PERIODS];
    for (int t = 0; t < PERIODS; t++) {
      next[t] = truth(states[t], capital[t], stocks[t]);
    }
    List<Vector> moments = List.of(Vector.of(capital), Vector.of(stocks));
    List<Vector> nextMoments = List.of(Vector.of(next), Vector.of(next));
    ForecastRules lines =
        new RuleRegression(states, moments, nextMoments, List.of(Vector.of(next)), FROM)
            .describe(3, a -> a == 2 ? 1 : a);
    CurvedRegression regression =
        new CurvedRegression(
            states, moments, List.of(Vector.of(next), Vector.of(next), Vector.of(next)), FROM);
    ForecastRules rules = network ? regression.network(lines) : regression.parabolas(lines);
    // Ten visits do not show a parabola.
    assertThat(rules.nextMoments(2, 1.7, .4)).isEqualTo(lines.nextMoments(2, 1.7, .4));
    return rules;
  }

  @Test
  void exactParabolasAreFound() {
    ForecastRules rules = fitted(false);
    for (int state = 0; state < 2; state++) {
      assertThat(rules.nextMoments(state, 1.7, .37)[1])
          .isCloseTo(truth(state, 1.7, .37), within(1e-10));
      assertThat(rules.prices(state, 1.6, .36)[0]).isCloseTo(truth(state, 1.6, .36), within(1e-10));
    }
  }

  @Test
  void beyondTheDataRulesAreTheirTangents() {
    LogLinearRule rule = fitted(false).capital();
    double top = rule.curvature().orElseThrow().to().get(0).get(0);
    double step = .01;
    double[] logs = new double[4];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Math.log(rule.at(0, Math.exp(top + i * step), .37));
    }
    double slope = (logs[1] - logs[0]) / step;
    assertThat(logs[3] - logs[0]).isCloseTo(3 * step * slope, within(1e-12));
    // d log m' / d log K of the truth at the highest log K.
    assertThat(slope).isCloseTo(.9 - .6 * top, within(1e-6));
  }

  /** Files of rules are as they were before rules could be curved. */
  @Test
  void linesAreWrittenWithoutCurvature() {
    ForecastRules bent = fitted(false);
    assertThat(read(StrictJson.write(bent))).isEqualTo(bent);
    ForecastRules lines = bent.withCoefficients(bent.coefficients());
    String written = StrictJson.write(lines);
    assertThat(written).doesNotContain("curvature");
    assertThat(read(written)).isEqualTo(lines);
  }

  /** A file of before rules could be curved. */
  @Test
  void earlierFilesAreLines() {
    String rule = "{\"intercept\": [0.1, 0.2], \"slopes\": [[0.9, 0.8]]}";
    ForecastRules rules = read("{\"moments\": [%s], \"prices\": [%s]}".formatted(rule, rule));
    assertThat(rules.capital().curvature()).isEmpty();
    assertThat(rules.nextCapital(1, 2)).isCloseTo(Math.exp(.2) * Math.pow(2, .8), within(1e-12));
  }

  @Test
  void aNetworkTakesAwayMostOfWhatLinesMiss() {
    ForecastRules network = fitted(true);
    ForecastRules lines = network.withCoefficients(network.coefficients());
    double ofNetwork = 0;
    double ofBestLines = 0;
    double level = 0;
    int count = 0;
    for (int t = FROM; t < PERIODS; t++) {
      if (states[t] < 2) {
        double log = Math.log(truth(states[t], capital[t], stocks[t]));
        ofNetwork +=
            square(Math.log(network.nextMoments(states[t], capital[t], stocks[t])[0]) - log);
        level += Math.log(lines.nextMoments(states[t], capital[t], stocks[t])[0]) - log;
        count++;
      }
    }
    for (int t = FROM; t < PERIODS; t++) {
      if (states[t] < 2) {
        double log = Math.log(truth(states[t], capital[t], stocks[t]));
        ofBestLines +=
            square(
                Math.log(lines.nextMoments(states[t], capital[t], stocks[t])[0])
                    - log
                    - level / count);
      }
    }
    assertThat(ofNetwork).isLessThan(ofBestLines / 25);
  }

  private static double square(double x) {
    return x * x;
  }

  @Test
  void farBeyondTheDataANetworkIsItsLines() {
    LogLinearRule rule = fitted(true).capital();
    double top = rule.curvature().orElseThrow().to().get(0).get(0);
    double once = Math.log(rule.at(0, Math.exp(top + 10), .37));
    double twice = Math.log(rule.at(0, Math.exp(top + 11), .37));
    assertThat(twice - once).isCloseTo(rule.slope().get(0), within(1e-9));
  }

  @Test
  void curvaturesThatDoNotFitTheirRuleAreRefused() {
    List<Vector> one = List.of(Vector.of(0));
    List<Vector> two = List.of(Vector.of(0, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Curvature(List.of(), List.of(), one, one))
        .withMessageContaining(
            "in 1 moments needs 1 coefficients and upper ends for each but got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Curvature(List.of(), one, List.of(Vector.of(1)), one))
        .withMessageContaining("[1.0, 0.0] in aggregate state 1");
    Optional<Curvature> curvature = Optional.of(new Curvature(List.of(), one, one, one));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LogLinearRule(Vector.of(0, 0), two, curvature))
        .withMessageContaining("1 moments and 2 aggregate states needs a curvature");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new LogLinearRule(Vector.of(0), List.of(one.get(0), one.get(0)), curvature))
        .withMessageContaining("2 moments and 1 aggregate states");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Curvature(List.of(), List.of(), List.of(), List.of()))
        .withMessageContaining("needs one moment or more but got none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Curvature(List.of(), two, one, one))
        .withMessageContaining("as many aggregate states everywhere but got them for 1 and 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Curvature(one, one, one, one))
        .withMessageContaining("a unit of a curvature in 1 moments")
        .withMessageContaining("but got 1 numbers");
  }

  private static ForecastRules read(String written) {
    return StrictJson.read(new StringReader(written), "rules", ForecastRules.class);
  }
}
