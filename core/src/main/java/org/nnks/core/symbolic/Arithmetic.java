package org.nnks.core.symbolic;

/**
 * Sums, differences, products and quotients of rows of numbers, in loops that a compiler turns into
 * vector instructions: every operand either moves along with the result or stays where it is.
 */
final class Arithmetic {

  private Arithmetic() {}

  /**
   * Fills a row.
   *
   * @param out receives it, from {@code at} on
   * @param ix where the first operand starts
   * @param sx one if it moves along, zero if it stays
   * @param iy where the second operand starts
   * @param sy the same of the second
   */
  static void apply(
      Operation operation,
      double[] out,
      int at,
      int length,
      double[] x,
      int ix,
      int sx,
      double[] y,
      int iy,
      int sy) {
    if (sx == 0 && sy == 0) {
      for (int e = 0; e < length; e++) {
        out[at + e] = operation.apply(x[ix], y[iy], 0);
      }
    } else if (sx == 0) {
      ofNumber(operation, out, at, length, x[ix], y, iy);
    } else if (sy == 0) {
      withNumber(operation, out, at, length, x, ix, y[iy]);
    } else {
      ofRows(operation, out, at, length, x, ix, y, iy);
    }
  }

  private static void ofRows(
      Operation operation,
      double[] out,
      int at,
      int length,
      double[] x,
      int ix,
      double[] y,
      int iy) {
    switch (operation) {
      case PLUS -> {
        for (int e = 0; e < length; e++) {
          out[at + e] = x[ix + e] + y[iy + e];
        }
      }
      case MINUS -> {
        for (int e = 0; e < length; e++) {
          out[at + e] = x[ix + e] - y[iy + e];
        }
      }
      case TIMES -> {
        for (int e = 0; e < length; e++) {
          out[at + e] = x[ix + e] * y[iy + e];
        }
      }
      default -> {
        for (int e = 0; e < length; e++) {
          out[at + e] = x[ix + e] / y[iy + e];
        }
      }
    }
  }

  private static void withNumber(
      Operation operation, double[] out, int at, int length, double[] x, int ix, double number) {
    switch (operation) {
      case PLUS -> {
        for (int e = 0; e < length; e++) {
          out[at + e] = x[ix + e] + number;
        }
      }
      case MINUS -> {
        for (int e = 0; e < length; e++) {
          out[at + e] = x[ix + e] - number;
        }
      }
      case TIMES -> {
        for (int e = 0; e < length; e++) {
          out[at + e] = x[ix + e] * number;
        }
      }
      default -> {
        for (int e = 0; e < length; e++) {
          out[at + e] = x[ix + e] / number;
        }
      }
    }
  }

  private static void ofNumber(
      Operation operation, double[] out, int at, int length, double number, double[] y, int iy) {
    switch (operation) {
      case PLUS -> {
        for (int e = 0; e < length; e++) {
          out[at + e] = number + y[iy + e];
        }
      }
      case MINUS -> {
        for (int e = 0; e < length; e++) {
          out[at + e] = number - y[iy + e];
        }
      }
      case TIMES -> {
        for (int e = 0; e < length; e++) {
          out[at + e] = number * y[iy + e];
        }
      }
      default -> {
        for (int e = 0; e < length; e++) {
          out[at + e] = number / y[iy + e];
        }
      }
    }
  }
}
