package org.nnks.sbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.commons.math3.analysis.integration.SimpsonIntegrator;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;

class PriorTest {

  static Stream<Parameter> parameters() {
    return Stream.of(
        Parameter.uniform("u", 0.9, 0.999),
        Parameter.normal("n", -2, 3),
        Parameter.logNormal("l", -1, 0.5),
        Parameter.truncatedNormal("t", 0, 1, 0.5, 2),
        Parameter.truncatedNormal("tail", 0, 1, 6, 9));
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void drawsStayInTheSupportAndHaveTheVariance(Parameter parameter) {
    RandomGenerator random = new Seeds(1).stream("draws");
    int n = 100_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double theta = Prior.of(parameter).sample(random).get(0);
      assertThat(parameter.contains(theta)).isTrue();
      sum += theta;
      squares += theta * theta;
    }
    double variance = squares / n - sum / n * (sum / n);
    assertThat(variance).isCloseTo(parameter.variance(), within(0.05 * parameter.variance()));
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void theDensityIntegratesToOne(Parameter parameter) {
    double lower = Math.max(parameter.lower(), parameter.fromNormal(-8));
    double upper = Math.min(parameter.upper(), parameter.fromNormal(8));
    double mass =
        new SimpsonIntegrator()
            .integrate(1_000_000, x -> Math.exp(parameter.logDensity(x)), lower, upper);
    assertThat(mass).isCloseTo(1, within(1e-5));
    assertThat(parameter.logDensity(Math.nextDown(lower - 100))).isLessThan(-20);
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void theBijectorInvertsAndItsDeterminantIsItsDerivative(Parameter parameter) {
    Prior prior = Prior.of(parameter);
    for (double u = -3; u <= 3; u += 0.25) {
      Vector theta = prior.fromNormal(Vector.of(u));
      assertThat(prior.toNormal(theta).get(0)).isCloseTo(u, within(1e-8));
      double h = 1e-4;
      double slope = (parameter.fromNormal(u + h) - parameter.fromNormal(u - h)) / (2 * h);
      assertThat(prior.logDeterminant(Vector.of(u))).isCloseTo(Math.log(slope), within(1e-5));
    }
  }

  /** Also where bounds are far from the mass: networks must see that a parameter varies. */
  @ParameterizedTest
  @EnumSource(Bijector.class)
  void drawsHaveAboutUnitSpreadAsNetworksSeeThem(Bijector bijector) {
    Prior prior =
        Prior.of(
            Parameter.uniform("a", 2, 7),
            Parameter.truncatedNormal("b", 0, 1, -1_000, 2),
            Parameter.truncatedNormal("c", 5, 1, 6, 1_000));
    RandomGenerator random = new Seeds(1).stream("draws");
    int count = 4_000;
    for (int j = 0; j < prior.size(); j++) {
      int parameter = j;
      double[] u =
          DoubleStream.generate(() -> bijector.toLearn(prior, prior.sample(random)).get(parameter))
              .limit(count)
              .toArray();
      double mean = Vector.of(u).mean();
      double variance = Vector.of(u).map(v -> (v - mean) * (v - mean)).mean();
      assertThat(Math.sqrt(variance)).isCloseTo(1, within(0.05));
      assertThat(Math.abs(mean)).isLessThan(0.35);
    }
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void noPointOfTheLineLeavesTheSupport(Parameter parameter) {
    for (double u : new double[] {-1e6, -50, -37, -9, 9, 37, 50, 1e6}) {
      assertThat(parameter.contains(parameter.fromNormal(u))).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-200, 1e-40, 1e-12, 1e-3, 0.02425, 0.3, 0.5, 0.9, 0.999999})
  void quantilesInvertTheDistributionFunction(double p) {
    double u = StandardNormal.quantile(p, 1 - p);
    assertThat(StandardNormal.cumulative(u) / p).isCloseTo(1, within(1e-9));
    if (p > 1e-6) {
      assertThat(u)
          .isCloseTo(new NormalDistribution().inverseCumulativeProbability(p), within(1e-8));
    }
  }

  @Test
  void aPriorThatCannotBeIsRefusedInOneSentence() {
    assertThatThrownBy(() -> Parameter.uniform("rho", 0.99, 0.9))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "prior of 'rho': UNIFORM [lower, upper] [0.99, 0.9]; its support is empty: lower must be"
                + " below upper");
    assertThatThrownBy(() -> Parameter.truncatedNormal("a", 0, 1, 50, 60))
        .hasMessageContaining("its support has no mass");
    assertThatThrownBy(() -> Parameter.normal("a", 0, -1))
        .hasMessageContaining("standard deviation must be positive");
    assertThatThrownBy(() -> Prior.of(Parameter.normal("a", 0, 1), Parameter.normal("a", 0, 1)))
        .hasMessage("two parameters are named 'a'");
    assertThatThrownBy(
            () -> Prior.of(Parameter.normal("a", 0, 1)).requireNames("observed", List.of("b")))
        .hasMessage("observed: the parameters are [b] but the prior's are [a]");
  }
}
