package org.nnks.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.TaxedFirms;
import org.nnks.core.nets.Network;
import org.nnks.core.run.Device;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Program;
import org.nnks.core.symbolic.Term;

/** Equations on the engine against those on the host, and their gradients against derivatives. */
class TensorProgramTest {

  private static final Expression X = Expression.symbol("x");
  private static final Expression Y = Expression.symbol("y");
  private static final int POINTS = 7;

  static List<Expression> equations() {
    List<Expression> equations =
        new ArrayList<>(
            List.of(
                X.plus(Y),
                X.minus(Y).times(X),
                X.over(Y.plus(X)),
                X.pow(.3).times(Y.pow(.6)),
                X.pow(Y),
                X.minus(3).pow(2).plus(Y),
                X.log().times(Y.exp()),
                X.minus(1.9).abs().times(Y),
                X.times(3).max(Y).min(X.plus(Y)),
                X.max(1).minus(Y.min(1.5)),
                X.minus(Y).positive(X.times(X), Y.times(X)),
                X.minus(1).positive(Expression.constant(2), Y),
                Expression.constant(1).over(X).minus(Y.negated().exp())));
    DeclaredEconomy firms = new TaxedFirms(.1, .02);
    for (Branch branch : firms.branches()) {
      equations.add(firms.payoff(branch).expression());
      firms.next(branch).values().forEach(term -> equations.add(term.expression()));
      firms.contributions(branch).values().forEach(term -> equations.add(term.expression()));
    }
    firms.residuals().values().forEach(term -> equations.add(term.expression()));
    firms.aggregates().values().forEach(term -> equations.add(term.expression()));
    return equations;
  }

  /** Levels of a symbol at all points, positive and of order one. */
  private static double[] levels(int symbol) {
    double[] levels = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      levels[i] = .4 + 2.3 * ((.37 + .618 * i + .29 * symbol) % 1);
    }
    return levels;
  }

  private static double[] onHost(Term equation, List<String> symbols) {
    Map<String, Integer> along = new TreeMap<>();
    symbols.forEach(symbol -> along.put(symbol, 1));
    Program program = new Program(1, along, List.of(equation));
    program.size(0, POINTS);
    for (int s = 0; s < symbols.size(); s++) {
      program.set(symbols.get(s), levels(s));
    }
    double[] values = program.evaluate(0);
    if (program.varies(0, 0)) {
      return values;
    }
    double[] same = new double[POINTS];
    java.util.Arrays.fill(same, values[0]);
    return same;
  }

  @ParameterizedTest
  @MethodSource("equations")
  void valuesAndGradientsAreThoseOfTheHost(Expression equation) {
    List<String> symbols = List.copyOf(new java.util.TreeSet<>(equation.symbols()));
    try (TensorProgram program =
            new TensorProgram(Device.cpu(), DataType.FLOAT64, List.of(equation));
        NDManager scope = Device.cpu().newManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      Map<String, NDArray> arrays = new TreeMap<>();
      for (int s = 0; s < symbols.size(); s++) {
        NDArray array = scope.create(levels(s), new Shape(POINTS, 1));
        array.setRequiresGradient(true);
        arrays.put(symbols.get(s), array);
      }
      NDArray result = program.evaluate(arrays, scope).get(0);
      collectGarbage();
      NDArray sum = result.sum();
      for (NDArray array : arrays.values()) {
        sum = sum.add(array.sub(array).sum()); // so that each has a gradient, zero if need be
      }
      collector.backward(sum);
      double[] expected = onHost(equation, symbols);
      for (int i = 0; i < POINTS; i++) {
        assertThat(result.toDoubleArray()[i])
            .as(equation.toString())
            .isCloseTo(expected[i], within(1e-12 * (1 + Math.abs(expected[i]))));
      }
      for (String symbol : symbols) {
        double[] slope = onHost(equation.derivative(symbol), symbols);
        double[] gradient = arrays.get(symbol).getGradient().toDoubleArray();
        for (int i = 0; i < POINTS; i++) {
          assertThat(gradient[i])
              .as("d %s / d %s", equation, symbol)
              .isCloseTo(slope[i], within(1e-12 * (1 + Math.abs(slope[i]))));
        }
      }
    }
  }

  /** What the engine freed too early would be used again by now. */
  private static void collectGarbage() {
    for (int i = 0; i < 2; i++) {
      System.gc();
      java.nio.ByteBuffer.allocateDirect(1 << 16).asDoubleBuffer().put(0, Double.NaN);
    }
  }

  @Test
  void shapesBroadcastAndNothingIsLeftBehind() {
    Expression equation = X.minus(Y).positive(X, Y.times(2)).plus(Expression.constant(1).minus(X));
    try (TensorProgram program =
            new TensorProgram(Device.cpu(), DataType.FLOAT32, List.of(equation, X.exp()));
        NDManager scope = Device.cpu().newManager()) {
      NDArray x = Network.create(scope, new double[] {1, 3}, new Shape(2, 1), DataType.FLOAT32);
      NDArray y = Network.create(scope, new double[] {0, 2, 4}, new Shape(1, 3), DataType.FLOAT32);
      NDList results = program.evaluate(Map.of("x", x, "y", y), scope);
      assertThat(results.get(0).getShape()).isEqualTo(new Shape(2, 3));
      assertThat(results.get(0).toFloatArray()).containsExactly(1, 4, 8, 1, 1, 6);
      assertThat(results.get(1).getShape()).isEqualTo(new Shape(2, 1));
      assertThat(results).allMatch(result -> result.getManager() == scope);
    }
  }

  /** What is left of a stock may be nothing, or round to less; squares below zero stay squares. */
  @Test
  void fractionalPowersHaveFiniteSlopesAtZero() {
    for (DataType precision : new DataType[] {DataType.FLOAT32, DataType.FLOAT64}) {
      try (TensorProgram program =
              new TensorProgram(Device.cpu(), precision, List.of(X.pow(.3), X.pow(2)));
          NDManager scope = Device.cpu().newManager();
          GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray x = Network.create(scope, new double[] {0, -1e-9, -3, 1}, new Shape(4), precision);
        x.setRequiresGradient(true);
        NDList results = program.evaluate(Map.of("x", x), scope);
        collector.backward(results.get(0).sum().add(results.get(1).sum()));
        double[] roots = results.get(0).toType(DataType.FLOAT64, true).toDoubleArray();
        assertThat(roots).containsExactly(new double[] {0, 0, 0, 1}, within(2e-9));
        assertThat(results.get(1).toType(DataType.FLOAT64, true).toDoubleArray()[2]).isEqualTo(9);
        double[] slopes = x.getGradient().toType(DataType.FLOAT64, true).toDoubleArray();
        assertThat(slopes).containsExactly(new double[] {0, 0, -6, 2.3}, within(1e-6));
      }
    }
  }

  @Test
  void aSymbolWithoutAnArrayIsNamed() {
    try (TensorProgram program =
            new TensorProgram(Device.cpu(), DataType.FLOAT64, List.of(X.plus(Y)));
        NDManager scope = Device.cpu().newManager()) {
      assertThatThrownBy(() -> program.evaluate(Map.of("x", scope.create(1.0)), scope))
          .hasMessage("the symbol y has no value");
    }
  }
}
