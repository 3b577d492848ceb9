package org.nnks.core.symbolic;

/** What an expression does with its operands. */
public enum Operation {
  /** A number; no operands. */
  CONSTANT,
  /** A name whose value is given when the expression is evaluated; no operands. */
  SYMBOL,
  /** x + y. */
  PLUS,
  /** x - y. */
  MINUS,
  /** x y. */
  TIMES,
  /** x / y. */
  OVER,
  /** x^y. */
  POWER,
  /** e^x. */
  EXP,
  /** log x. */
  LOG,
  /** |x|. */
  ABS,
  /** The larger of x and y. */
  MAX,
  /** The smaller of x and y. */
  MIN,
  /** y where x &gt; 0, z elsewhere. */
  WHERE;

  /**
   * The value at scalar operands.
   *
   * @param x the first
   * @param y the second; any number if there is none
   * @param z the third; any number if there is none
   */
  double apply(double x, double y, double z) {
    return switch (this) {
      case PLUS -> x + y;
      case MINUS -> x - y;
      case TIMES -> x * y;
      case OVER -> x / y;
      case POWER -> Math.pow(x, y);
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case ABS -> Math.abs(x);
      case MAX -> Math.max(x, y);
      case MIN -> Math.min(x, y);
      case WHERE -> x > 0 ? y : z;
      case CONSTANT, SYMBOL -> throw new IllegalStateException(this + " is not computed");
    };
  }
}
