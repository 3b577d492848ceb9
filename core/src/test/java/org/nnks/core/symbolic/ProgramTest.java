package org.nnks.core.symbolic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramTest {

  private static final Expression X = Expression.symbol("x");
  private static final Expression Y = Expression.symbol("y");
  private static final Expression Z = Expression.symbol("z");
  private static final Expression S = Expression.symbol("s");
  private final double[] x = {1, 2};
  private final double[] y = {3, 5, 7};
  private final double[] z = {.5, .25, .125, 2};

  private Program program(Term... terms) {
    Program program = new Program(3, Map.of("x", 1, "y", 2, "z", 4), List.of(terms));
    program.size(0, 2);
    program.size(1, 3);
    program.size(2, 4);
    program.set("x", x);
    program.set("y", y);
    program.set("z", z);
    program.set("s", 10);
    return program;
  }

  @Test
  void resultsVaryAlongTheAxesOfTheirSymbolsOnly() {
    Program program =
        program(X.plus(Y).times(Z).minus(X.times(Z)).over(S), X.times(S), Z.minus(X), S.times(2));
    double[] cube = program.evaluate(0);
    assertThat(cube).hasSize(24);
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < 4; k++) {
          assertThat(cube[(i * 3 + j) * 4 + k])
              .isEqualTo(((x[i] + y[j]) * z[k] - x[i] * z[k]) / 10);
        }
      }
    }
    assertThat(program.evaluate(1)).containsExactly(10, 20);
    double[] gap = program.evaluate(2); // axes 0 and 2, without 1
    for (int i = 0; i < 2; i++) {
      for (int k = 0; k < 4; k++) {
        assertThat(gap[i * 4 + k]).isEqualTo(z[k] - x[i]);
      }
    }
    assertThat(program.evaluate(3)).containsExactly(20);
    assertThat(program.varies(2, 1)).isFalse();
  }

  @Test
  void whatChangedIsComputedAnewAndNothingElse() {
    Program program = program(X.pow(2).plus(S), X.pow(2));
    assertThat(program.evaluate(0)).containsExactly(11, 14);
    program.evaluate(1);
    long version = program.version(1);
    program.set("s", 20);
    assertThat(program.evaluate(0)).containsExactly(21, 24);
    program.evaluate(1);
    assertThat(program.version(1)).isEqualTo(version);
    program.set("x", new double[] {3, 4});
    assertThat(program.evaluate(0)).containsExactly(29, 36);
    program.size(0, 3);
    program.set("x", new double[] {1, 0, -1});
    assertThat(program.evaluate(0)).containsExactly(21, 20, 21);
  }

  @Test
  void missingAndMisshapenValuesAreNamed() {
    Program program = new Program(1, Map.of("x", 1), List.of(X.plus(S)));
    program.size(0, 2);
    assertThatThrownBy(() -> program.set("x", new double[3]))
        .hasMessage("x needs 2 values along its axes but got 3");
    program.set("x", x);
    assertThatThrownBy(() -> program.evaluate(0)).hasMessage("the symbol s has no value");
  }

  /** Every operation, whether its operands vary along the last axis or not. */
  @Test
  void rowsAndNumbersAreCombinedAlike() {
    Expression u = Expression.symbol("u");
    Expression v = Expression.symbol("v");
    List<Expression> sums = List.of(u.plus(v), u.minus(v), u.times(v), u.over(v));
    for (int mask = 0; mask < 4; mask++) {
      int alongU = mask & 1;
      int alongV = mask >> 1;
      Program program = new Program(1, Map.of("u", alongU, "v", alongV), sums);
      program.size(0, 3);
      double[] first = alongU == 1 ? new double[] {2, 3, 5} : new double[] {2};
      double[] second = alongV == 1 ? new double[] {7, 11, 13} : new double[] {7};
      program.set("u", first);
      program.set("v", second);
      for (int operation = 0; operation < sums.size(); operation++) {
        double[] result = program.evaluate(operation);
        for (int i = 0; i < result.length; i++) {
          double a = first[i * alongU];
          double b = second[i * alongV];
          double expected = new double[] {a + b, a - b, a * b, a / b}[operation];
          assertThat(result[i]).isEqualTo(expected);
        }
      }
    }
  }

  /** A shorter axis leaves the arrays as they are; what is in them is new. */
  @Test
  void anAxisMayBecomeShorter() {
    Program program = new Program(1, Map.of("u", 1), List.of(Expression.symbol("u").times(2)));
    program.size(0, 3);
    program.set("u", new double[] {1, 2, 3});
    program.evaluate(0);
    program.size(0, 2);
    program.setFirst("u", new double[] {5, 6, 7});
    assertThat(program.evaluate(0)).startsWith(10, 12);
    assertThat(program.uses("u")).isTrue();
    assertThat(program.uses("v")).isFalse();
  }
}
