package org.nnks.core.symbolic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExpressionTest {

  private static final Expression X = Expression.symbol("x");
  private static final Expression Y = Expression.symbol("y");

  static List<Expression> equations() {
    return List.of(
        X.plus(Y),
        X.minus(Y).times(X),
        X.over(Y.plus(X)),
        X.pow(.3).times(Y.pow(.6)),
        X.pow(Y),
        X.log().times(Y.exp()),
        X.minus(2).abs().times(Y),
        X.times(3).max(Y).min(X.plus(Y)),
        X.minus(Y).positive(X.times(X), Y.times(X)),
        Expression.constant(1).over(X).minus(Y.negated().exp()));
  }

  @ParameterizedTest
  @MethodSource("equations")
  void derivativesAgreeWithFiniteDifferences(Expression equation) {
    double step = 1e-6;
    for (double[] point : new double[][] {{.7, 1.3}, {2.6, .4}, {1.1, 1.9}}) {
      double slope =
          (value(equation, point[0] + step, point[1]) - value(equation, point[0] - step, point[1]))
              / (2 * step);
      assertThat(value(equation.derivative("x"), point[0], point[1]))
          .as("%s at %s, %s", equation, point[0], point[1])
          .isCloseTo(slope, within(1e-7 * (1 + Math.abs(slope))));
    }
  }

  @ParameterizedTest
  @MethodSource("equations")
  void partsAddUpToTheWhole(Expression equation) {
    Expression.Split split = equation.split("x"::equals);
    assertThat(split.free().symbols()).doesNotContain("x");
    assertThat(value(split.free(), 2.6, .4) + value(split.chosen(), 2.6, .4))
        .isCloseTo(value(equation, 2.6, .4), within(1e-12));
  }

  @Test
  void productsWithSumsAreSplit() {
    Expression.Split split = Y.times(X.pow(.3).plus(Y.log())).split("x"::equals);
    assertThat(split.free()).isEqualTo(Y.times(Y.log()));
    assertThat(split.chosen()).isEqualTo(Y.times(X.pow(.3)));
  }

  @Test
  void whatDoesNothingIsLeftOut() {
    assertThat(X.plus(0)).isEqualTo(X);
    assertThat(X.times(1)).isEqualTo(X);
    assertThat(X.times(0)).isEqualTo(Expression.constant(0));
    assertThat(Expression.constant(2).times(3).plus(1)).isEqualTo(Expression.constant(7));
  }

  private static double value(Expression expression, double x, double y) {
    Program program = new Program(0, Map.of(), List.of(expression));
    program.set("x", x);
    program.set("y", y);
    return program.evaluate(0)[0];
  }
}
