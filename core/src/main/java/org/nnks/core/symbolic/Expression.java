package org.nnks.core.symbolic;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * One side of an equation: a number, a symbol, or an operation on other expressions. Immutable,
 * with equality by structure.
 */
public final class Expression implements Term {

  private static final Expression ZERO = new Expression(Operation.CONSTANT, List.of(), 0, "");
  private static final Expression ONE = new Expression(Operation.CONSTANT, List.of(), 1, "");

  private final Operation operation;
  private final List<Expression> operands;
  private final double constant;
  private final String name;
  private final int hash;

  private Expression(Operation operation, List<Expression> operands, double constant, String name) {
    this.operation = operation;
    this.operands = operands;
    this.constant = constant;
    this.name = name;
    hash =
        31 * (31 * (31 * operation.ordinal() + operands.hashCode()) + name.hashCode())
            + Double.hashCode(constant);
  }

  /** A number. */
  public static Expression constant(double value) {
    return new Expression(Operation.CONSTANT, List.of(), value, "");
  }

  /** A symbol. */
  public static Expression symbol(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a symbol needs a name");
    }
    return new Expression(Operation.SYMBOL, List.of(), 0, name);
  }

  /**
   * An operation on terms, worked out if they are all numbers, and left out where it does nothing:
   * x + 0, x - 0, 1 x and x / 1 are x, 0 x is 0.
   */
  static Expression of(Operation operation, Term... terms) {
    List<Expression> operands = java.util.Arrays.stream(terms).map(Term::expression).toList();
    if (operands.stream().allMatch(Expression::isConstant)) {
      double[] x = new double[3];
      for (int i = 0; i < operands.size(); i++) {
        x[i] = operands.get(i).constant;
      }
      return constant(operation.apply(x[0], x[1], x[2]));
    }
    Expression x = operands.get(0);
    Expression y = operands.get(operands.size() - 1);
    boolean zeroX = x.equals(ZERO);
    boolean zeroY = y.equals(ZERO);
    return switch (operation) {
      case PLUS -> zeroX ? y : zeroY ? x : new Expression(operation, operands, 0, "");
      case MINUS -> zeroY ? x : new Expression(operation, operands, 0, "");
      case TIMES ->
          zeroX || zeroY
              ? ZERO
              : x.equals(ONE) ? y : y.equals(ONE) ? x : new Expression(operation, operands, 0, "");
      case OVER, POWER -> y.equals(ONE) ? x : new Expression(operation, operands, 0, "");
      default -> new Expression(operation, operands, 0, "");
    };
  }

  @Override
  public Expression expression() {
    return this;
  }

  /** What it does. */
  public Operation operation() {
    return operation;
  }

  /** What it does it with. */
  public List<Expression> operands() {
    return operands;
  }

  /** The number, if it is one; otherwise zero. */
  public double number() {
    return constant;
  }

  /** The name, if it is a symbol; otherwise empty. */
  public String name() {
    return name;
  }

  boolean isConstant() {
    return operation == Operation.CONSTANT;
  }

  /** The names of all symbols in it, sorted. */
  public Set<String> symbols() {
    Set<String> found = new TreeSet<>();
    collect(found, Collections.newSetFromMap(new IdentityHashMap<>()));
    return found;
  }

  private void collect(Set<String> found, Set<Expression> seen) {
    if (seen.add(this)) {
      if (operation == Operation.SYMBOL) {
        found.add(name);
      }
      operands.forEach(operand -> operand.collect(found, seen));
    }
  }

  /** Whether any of its symbols has a property. */
  public boolean dependsOn(Predicate<String> property) {
    return symbols().stream().anyMatch(property);
  }

  /**
   * The derivative with respect to a symbol; at a kink that of the side that {@code WHERE} takes.
   */
  public Expression derivative(String symbol) {
    return derivative(symbol, new IdentityHashMap<>());
  }

  private Expression derivative(String symbol, Map<Expression, Expression> known) {
    Expression derivative = known.get(this);
    if (derivative == null) {
      derivative = differentiate(symbol, known);
      known.put(this, derivative);
    }
    return derivative;
  }

  private Expression differentiate(String symbol, Map<Expression, Expression> known) {
    if (operands.isEmpty()) {
      return operation == Operation.SYMBOL && name.equals(symbol) ? ONE : ZERO;
    }
    Expression x = operands.get(0);
    Expression dx = x.derivative(symbol, known);
    Expression y = operands.get(operands.size() - 1);
    Expression dy = y.derivative(symbol, known);
    return switch (operation) {
      case PLUS -> dx.plus(dy);
      case MINUS -> dx.minus(dy);
      case TIMES -> dx.times(y).plus(x.times(dy));
      case OVER -> dx.minus(times(dy)).over(y);
      case POWER ->
          y.times(x.pow(y.minus(1)))
              .times(dx)
              .plus(dy.equals(ZERO) ? ZERO : times(x.log()).times(dy));
      case EXP -> times(dx);
      case LOG -> dx.over(x);
      case ABS -> x.positive(dx, dx.negated());
      case MAX -> x.minus(y).positive(dx, dy);
      case MIN -> x.minus(y).positive(dy, dx);
      case WHERE -> x.positive(operands.get(1).derivative(symbol, known), dy);
      case CONSTANT, SYMBOL -> throw new IllegalStateException("has no operands");
    };
  }

  /** The expression with other terms in the place of some symbols. */
  public Expression substitute(Map<String, ? extends Term> terms) {
    return substitute(terms, new IdentityHashMap<>());
  }

  private Expression substitute(
      Map<String, ? extends Term> terms, Map<Expression, Expression> known) {
    if (operation == Operation.SYMBOL) {
      Term term = terms.get(name);
      return term == null ? this : term.expression();
    }
    if (operands.isEmpty()) {
      return this;
    }
    Expression result = known.get(this);
    if (result == null) {
      result =
          of(
              operation,
              operands.stream()
                  .map(operand -> operand.substitute(terms, known))
                  .toArray(Term[]::new));
      known.put(this, result);
    }
    return result;
  }

  /**
   * Splits a sum into what does not depend on some symbols and what does.
   *
   * @param chosen names of those symbols
   * @return two expressions that add up to this one: one without any of these symbols, and the rest
   */
  public Split split(Predicate<String> chosen) {
    if (!dependsOn(chosen)) {
      return new Split(this, ZERO);
    }
    Expression x = operands.isEmpty() ? this : operands.get(0);
    Expression y = operands.isEmpty() ? this : operands.get(operands.size() - 1);
    switch (operation) {
      case PLUS, MINUS -> {
        Split left = x.split(chosen);
        Split right = y.split(chosen);
        return new Split(
            of(operation, left.free(), right.free()), of(operation, left.chosen(), right.chosen()));
      }
      case TIMES -> {
        if (!x.dependsOn(chosen)) {
          Split right = y.split(chosen);
          return new Split(x.times(right.free()), x.times(right.chosen()));
        }
        if (!y.dependsOn(chosen)) {
          Split left = x.split(chosen);
          return new Split(left.free().times(y), left.chosen().times(y));
        }
        return new Split(ZERO, this);
      }
      case OVER -> {
        if (!y.dependsOn(chosen)) {
          Split left = x.split(chosen);
          return new Split(left.free().over(y), left.chosen().over(y));
        }
        return new Split(ZERO, this);
      }
      default -> {
        return new Split(ZERO, this);
      }
    }
  }

  /**
   * A sum in two parts.
   *
   * @param free without any of the symbols asked for
   * @param chosen the rest
   */
  public record Split(Expression free, Expression chosen) {}

  @Override
  public boolean equals(Object other) {
    return other == this
        || other instanceof Expression that
            && hash == that.hash
            && operation == that.operation
            && Double.compare(constant, that.constant) == 0
            && name.equals(that.name)
            && operands.equals(that.operands);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** The expression as a formula. */
  @Override
  public String toString() {
    return switch (operation) {
      case CONSTANT -> Double.toString(constant);
      case SYMBOL -> name;
      case PLUS -> "(%s + %s)".formatted(operands.get(0), operands.get(1));
      case MINUS -> "(%s - %s)".formatted(operands.get(0), operands.get(1));
      case TIMES -> "%s %s".formatted(operands.get(0), operands.get(1));
      case OVER -> "(%s / %s)".formatted(operands.get(0), operands.get(1));
      case POWER -> "%s^%s".formatted(operands.get(0), operands.get(1));
      default ->
          operation.name().toLowerCase(java.util.Locale.ROOT)
              + operands.toString().replace('[', '(').replace(']', ')');
    };
  }
}
