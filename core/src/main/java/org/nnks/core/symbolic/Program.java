package org.nnks.core.symbolic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Evaluates expressions on the host, on batches laid out along axes, and computes nothing twice.
 *
 * <p>Every symbol varies along some of the axes, or along none. A result varies along the axes of
 * the symbols in it and is stored row by row along them, the last axis fastest: with k on axis 0
 * and k' on axis 1, {@code k.pow(alpha)} has a number for each k, and {@code k.minus(kNext)} one
 * for each pair. What occurs in several expressions is computed once, and what depends on no symbol
 * that was set since the last evaluation keeps its value.
 *
 * <p>Holds its results; not thread-safe.
 */
public final class Program {

  private final int axes;
  private final int[] sizes;
  private final Map<String, Integer> symbols = new LinkedHashMap<>();
  private final List<Expression> steps = new ArrayList<>();
  private final int[][] operands;
  private final int[] along;
  private final double[][] values;
  private final long[] changed;
  private final int[][] needed;
  private final int[] roots;
  private long clock = 1;

  /**
   * Prepares an evaluation.
   *
   * @param axes the number of axes
   * @param along the axes along which a symbol varies, as the sum of 2^axis; symbols that are not
   *     listed vary along none
   * @param expressions what will be evaluated
   */
  public Program(int axes, Map<String, Integer> along, List<? extends Term> expressions) {
    this.axes = axes;
    sizes = new int[axes];
    Map<Expression, Integer> index = new HashMap<>();
    roots = expressions.stream().mapToInt(e -> number(e.expression(), index)).toArray();
    int n = steps.size();
    operands = new int[n][];
    this.along = new int[n];
    values = new double[n][];
    changed = new long[n];
    for (int i = 0; i < n; i++) {
      Expression step = steps.get(i);
      operands[i] = step.operands().stream().mapToInt(index::get).toArray();
      switch (step.operation()) {
        case CONSTANT -> {
          values[i] = new double[] {step.number()};
          changed[i] = clock;
        }
        case SYMBOL -> {
          symbols.put(step.name(), i);
          this.along[i] = along.getOrDefault(step.name(), 0);
        }
        default -> {
          for (int operand : operands[i]) {
            this.along[i] |= this.along[operand];
          }
        }
      }
    }
    needed = new int[roots.length][];
    for (int r = 0; r < roots.length; r++) {
      boolean[] marked = new boolean[n];
      marked[roots[r]] = true;
      for (int i = roots[r]; i >= 0; i--) {
        if (marked[i]) {
          for (int operand : operands[i]) {
            marked[operand] = true;
          }
        }
      }
      int[] order = new int[n];
      int count = 0;
      for (int i = 0; i <= roots[r]; i++) {
        if (marked[i] && operands[i].length > 0) {
          order[count++] = i;
        }
      }
      needed[r] = Arrays.copyOf(order, count);
    }
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
   * Sets the length of an axis; everything along it must be set anew. Results keep their arrays
   * where these are long enough, and may then be longer than what is in them.
   */
  public void size(int axis, int length) {
    if (sizes[axis] != length) {
      sizes[axis] = length;
      for (int i = 0; i < values.length; i++) {
        boolean varies = (along[i] >> axis & 1) == 1;
        boolean given = operands[i].length == 0;
        if (varies && (given || values[i] != null && values[i].length < length(along[i]))) {
          values[i] = null;
        }
      }
    }
  }

  /** The length of an axis. */
  public int size(int axis) {
    return sizes[axis];
  }

  /** Gives a symbol one value everywhere. Symbols that occur nowhere are passed over. */
  public void set(String symbol, double value) {
    Integer i = symbols.get(symbol);
    if (i == null) {
      return;
    }
    if (along[i] != 0) {
      double[] everywhere = new double[length(along[i])];
      Arrays.fill(everywhere, value);
      values[i] = everywhere;
    } else if (values[i] == null) {
      values[i] = new double[] {value};
    } else if (values[i][0] != value) {
      values[i][0] = value;
    } else {
      return;
    }
    changed[i] = ++clock;
  }

  /**
   * Gives a symbol its values along its axes, row by row. The array is kept: whoever writes to it
   * sets it again. Symbols that occur nowhere are passed over.
   *
   * @throws IllegalArgumentException if there are too many or too few
   */
  public void set(String symbol, double[] given) {
    Integer i = symbols.get(symbol);
    if (i != null && given.length != length(along[i])) {
      throw new IllegalArgumentException(
          "%s needs %d values along its axes but got %d"
              .formatted(symbol, length(along[i]), given.length));
    }
    setFirst(symbol, given);
  }

  /** The same, from a buffer that may be longer than there are values. */
  public void setFirst(String symbol, double[] buffer) {
    Integer i = symbols.get(symbol);
    if (i == null) {
      return;
    }
    if (buffer.length < length(along[i])) {
      throw new IllegalArgumentException(
          "%s needs %d values along its axes but got %d"
              .formatted(symbol, length(along[i]), buffer.length));
    }
    values[i] = buffer;
    changed[i] = ++clock;
  }

  /** Whether a symbol occurs in any of the expressions. */
  public boolean uses(String symbol) {
    return symbols.containsKey(symbol);
  }

  /** Whether a result varies along an axis. */
  public boolean varies(int expression, int axis) {
    return (along[roots[expression]] >> axis & 1) == 1;
  }

  /**
   * Evaluates an expression.
   *
   * @param expression its position among those given, from zero
   * @return its values along its axes, row by row; the program's own array, valid until the next
   *     evaluation
   * @throws IllegalStateException if a symbol in it was never set
   */
  public double[] evaluate(int expression) {
    for (int i : needed[expression]) {
      long newest = 0;
      for (int operand : operands[i]) {
        if (values[operand] == null) {
          throw new IllegalStateException(
              "the symbol %s has no value".formatted(steps.get(operand)));
        }
        newest = Math.max(newest, changed[operand]);
      }
      if (values[i] == null || newest > changed[i]) {
        if (values[i] == null) {
          values[i] = new double[length(along[i])];
        }
        compute(i);
        changed[i] = newest;
      }
    }
    double[] result = values[roots[expression]];
    if (result == null) {
      throw new IllegalStateException(
          "the symbol %s has no value".formatted(steps.get(roots[expression])));
    }
    return result;
  }

  /**
   * A number that grows whenever the result of the last evaluation of an expression may have
   * changed.
   */
  public long version(int expression) {
    return changed[roots[expression]];
  }

  private int length(int mask) {
    int length = 1;
    for (int axis = 0; axis < axes; axis++) {
      length *= (mask >> axis & 1) == 1 ? sizes[axis] : 1;
    }
    return length;
  }

  /** One step on all elements: rows along the last axis on which every operand moves evenly. */
  private void compute(int i) {
    int mask = along[i];
    int[] operand = operands[i];
    boolean even = true;
    for (int o : operand) {
      even &= along[o] == mask || along[o] == 0;
    }
    int[] start = new int[operand.length];
    int[] stride = new int[operand.length];
    if (even) {
      for (int o = 0; o < operand.length; o++) {
        stride[o] = along[operand[o]] == 0 ? 0 : 1;
      }
      row(i, 0, length(mask), start, stride);
      return;
    }
    int last = 31 - Integer.numberOfLeadingZeros(mask);
    int length = sizes[last];
    for (int o = 0; o < operand.length; o++) {
      stride[o] = along[operand[o]] >> last & 1;
    }
    int[] position = new int[axes];
    for (int at = 0, end = length(mask); at < end; at += length) {
      for (int o = 0; o < operand.length; o++) {
        start[o] = offset(along[operand[o]], position);
      }
      row(i, at, length, start, stride);
      for (int axis = last - 1; axis >= 0; axis--) {
        if ((mask >> axis & 1) == 1) {
          if (++position[axis] < sizes[axis]) {
            break;
          }
          position[axis] = 0;
        }
      }
    }
  }

  private int offset(int mask, int[] position) {
    int offset = 0;
    for (int axis = 0; axis < axes; axis++) {
      if ((mask >> axis & 1) == 1) {
        offset = offset * sizes[axis] + position[axis];
      }
    }
    return offset;
  }

  private void row(int i, int at, int length, int[] start, int[] stride) {
    double[] out = values[i];
    double[] x = values[operands[i][0]];
    Operation operation = steps.get(i).operation();
    int second = Math.min(1, start.length - 1);
    double[] y = values[operands[i][second]];
    switch (operation) {
      case PLUS, MINUS, TIMES, OVER ->
          Arithmetic.apply(
              operation, out, at, length, x, start[0], stride[0], y, start[1], stride[1]);
      case WHERE -> {
        double[] z = values[operands[i][2]];
        for (int e = 0; e < length; e++) {
          boolean positive = x[start[0] + e * stride[0]] > 0;
          out[at + e] = positive ? y[start[1] + e * stride[1]] : z[start[2] + e * stride[2]];
        }
      }
      default -> {
        for (int e = 0; e < length; e++) {
          double left = x[start[0] + e * stride[0]];
          out[at + e] = operation.apply(left, y[start[second] + e * stride[second]], 0);
        }
      }
    }
  }
}
