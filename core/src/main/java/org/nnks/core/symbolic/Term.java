package org.nnks.core.symbolic;

/**
 * What can stand in an equation: a symbol, such as a state or a price, or an {@link Expression}.
 */
public interface Term {

  /** This term as an expression. */
  Expression expression();

  /** x + y. */
  default Expression plus(Term y) {
    return Expression.of(Operation.PLUS, this, y);
  }

  /** x + y. */
  default Expression plus(double y) {
    return plus(Expression.constant(y));
  }

  /** x - y. */
  default Expression minus(Term y) {
    return Expression.of(Operation.MINUS, this, y);
  }

  /** x - y. */
  default Expression minus(double y) {
    return minus(Expression.constant(y));
  }

  /** x y. */
  default Expression times(Term y) {
    return Expression.of(Operation.TIMES, this, y);
  }

  /** x y. */
  default Expression times(double y) {
    return times(Expression.constant(y));
  }

  /** x / y. */
  default Expression over(Term y) {
    return Expression.of(Operation.OVER, this, y);
  }

  /** x / y. */
  default Expression over(double y) {
    return over(Expression.constant(y));
  }

  /** x^y, for x &gt; 0 unless y is a whole number. */
  default Expression pow(Term y) {
    return Expression.of(Operation.POWER, this, y);
  }

  /** x^y, for x &gt; 0 unless y is a whole number. */
  default Expression pow(double y) {
    return pow(Expression.constant(y));
  }

  /** The natural logarithm. */
  default Expression log() {
    return Expression.of(Operation.LOG, this);
  }

  /** e^x. */
  default Expression exp() {
    return Expression.of(Operation.EXP, this);
  }

  /** -x. */
  default Expression negated() {
    return Expression.constant(0).minus(this);
  }

  /** |x|. */
  default Expression abs() {
    return Expression.of(Operation.ABS, this);
  }

  /** The larger of two. */
  default Expression max(Term y) {
    return Expression.of(Operation.MAX, this, y);
  }

  /** The larger of two. */
  default Expression max(double y) {
    return max(Expression.constant(y));
  }

  /** The smaller of two. */
  default Expression min(Term y) {
    return Expression.of(Operation.MIN, this, y);
  }

  /** The smaller of two. */
  default Expression min(double y) {
    return min(Expression.constant(y));
  }

  /** One term where this one is positive, another elsewhere. */
  default Expression positive(Term then, Term otherwise) {
    return Expression.of(Operation.WHERE, this, then, otherwise);
  }
}
