package org.nnks.core.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.nets.Network;
import org.nnks.core.run.Device;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Operation;
import org.nnks.core.symbolic.Term;

/**
 * Evaluates expressions as arrays on a device. Symbols are arrays whose shapes broadcast against
 * one another, and results have the shape that this gives. What occurs in several expressions is
 * computed once.
 *
 * <p>The numbers in the equations are arrays made beforehand, which live as long as the program: it
 * may be evaluated inside a gradient collector, and gradients flow to every symbol. Where a term is
 * chosen by the sign of another, the term not chosen must still have finite slopes: 0 times an
 * infinite slope is not a number. For the same reason fractional powers are those of a base at
 * least {@link #SMALLEST}: a firm that uses nothing has no slope there, and rounding below zero is
 * zero.
 */
public final class TensorProgram implements AutoCloseable {

  /** Far below any level in an economy, far above where single precision ends. */
  static final double SMALLEST = 1e-30;

  private final NDManager manager;
  private final List<Expression> steps = new ArrayList<>();
  private final int[][] operands;
  private final NDArray[] constants;
  private final NDArray zero;
  private final NDArray smallest;
  private final int[] roots;

  /**
   * Prepares an evaluation.
   *
   * @param expressions what will be evaluated
   */
  public TensorProgram(Device device, DataType precision, List<? extends Term> expressions) {
    manager = device.newManager();
    Map<Expression, Integer> index = new HashMap<>();
    roots = expressions.stream().mapToInt(e -> number(e.expression(), index)).toArray();
    operands = new int[steps.size()][];
    constants = new NDArray[steps.size()];
    zero = scalar(0, precision);
    smallest = scalar(SMALLEST, precision);
    for (int i = 0; i < steps.size(); i++) {
      Expression step = steps.get(i);
      operands[i] = step.operands().stream().mapToInt(index::get).toArray();
      if (step.operation() == Operation.CONSTANT) {
        constants[i] = scalar(step.number(), precision);
      }
    }
  }

  private NDArray scalar(double number, DataType precision) {
    return Network.create(manager, new double[] {number}, new Shape(1), precision);
  }

  /** Numbers an expression after its operands. */
  private int number(Expression expression, Map<Expression, Integer> index) {
    Integer known = index.get(expression);
    if (known != null) {
      return known;
    }
    expression.operands().forEach(operand -> number(operand, index));
    steps.add(expression);
    index.put(expression, steps.size() - 1);
    return steps.size() - 1;
  }

  /**
   * Evaluates all expressions.
   *
   * @param symbols the arrays of at least all symbols that occur
   * @param scope receives all results
   * @return a result for each expression, in order; of shape (1) where it is a number
   * @throws IllegalStateException if a symbol has no array
   */
  public NDList evaluate(Map<String, NDArray> symbols, NDManager scope) {
    NDArray[] values = new NDArray[steps.size()];
    for (int i = 0; i < values.length; i++) {
      Expression step = steps.get(i);
      values[i] =
          switch (step.operation()) {
            case CONSTANT -> constants[i];
            case SYMBOL -> known(symbols, step.name());
            default -> in(scope, compute(i, values, scope));
          };
    }
    NDList results = new NDList();
    for (int root : roots) {
      results.add(values[root]);
    }
    return results;
  }

  private static NDArray known(Map<String, NDArray> symbols, String name) {
    NDArray array = symbols.get(name);
    if (array == null) {
      throw new IllegalStateException("the symbol %s has no value".formatted(name));
    }
    return array;
  }

  private NDArray compute(int i, NDArray[] values, NDManager scope) {
    int[] operand = operands[i];
    NDArray x = values[operand[0]];
    NDArray y = values[operand[operand.length - 1]];
    return switch (steps.get(i).operation()) {
      case PLUS -> x.add(y);
      case MINUS -> x.sub(y);
      case TIMES -> x.mul(y);
      case OVER -> x.div(y);
      case POWER -> (isFraction(steps.get(operand[1])) ? in(scope, x.maximum(smallest)) : x).pow(y);
      case EXP -> x.exp();
      case LOG -> x.log();
      case ABS -> x.abs();
      case MAX -> x.maximum(y);
      case MIN -> x.minimum(y);
      case WHERE -> where(x, values[operand[1]], y, scope);
      case CONSTANT, SYMBOL -> throw new IllegalStateException("is not computed");
    };
  }

  /** Whether a power with this exponent is steep at zero, and not a number below. */
  private static boolean isFraction(Expression exponent) {
    return exponent.operation() == Operation.CONSTANT
        && 0 < exponent.number()
        && exponent.number() < 1;
  }

  /** The engine chooses among arrays of one shape only. */
  private NDArray where(NDArray x, NDArray then, NDArray otherwise, NDManager scope) {
    Shape shape = together(together(x.getShape(), then.getShape()), otherwise.getShape());
    return NDArrays.where(
        in(scope, in(scope, x.gt(zero)).broadcast(shape)),
        in(scope, then.broadcast(shape)),
        in(scope, otherwise.broadcast(shape)));
  }

  /** Hands an array that was just computed to a scope: it belongs to its operand's manager. */
  private static NDArray in(NDManager scope, NDArray array) {
    array.attach(scope);
    return array;
  }

  /** The shape that two shapes broadcast to. */
  private static Shape together(Shape a, Shape b) {
    int dimensions = Math.max(a.dimension(), b.dimension());
    long[] shape = new long[dimensions];
    for (int i = 1; i <= dimensions; i++) {
      long left = i <= a.dimension() ? a.get(a.dimension() - i) : 1;
      long right = i <= b.dimension() ? b.get(b.dimension() - i) : 1;
      shape[dimensions - i] = Math.max(left, right);
    }
    return new Shape(shape);
  }

  @Override
  public void close() {
    manager.close();
  }
}
