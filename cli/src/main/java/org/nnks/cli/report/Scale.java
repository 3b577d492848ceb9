package org.nnks.cli.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/**
 * An axis of a chart: where values stand, and ticks at round numbers.
 *
 * @param lower its lower end; positive if logarithmic
 * @param upper its upper end
 * @param logarithmic whether equal factors stand at equal distances
 * @param whole whether ticks are at whole numbers only: there is nothing between two periods
 */
record Scale(double lower, double upper, boolean logarithmic, boolean whole) {

  /** Values closer than this, relatively, are the same but for rounding. */
  private static final double ROUNDING = 1e-12;

  /** Half the width of an axis on which nothing moves, relative to the value. */
  private static final double STILL = .01;

  /** Plain numbers have no more digits before or after the point. */
  private static final int PLAIN_DIGITS = 4;

  /** An axis with fewer ticks has the next finer step. */
  private static final int FEWEST = 3;

  /** The next finer step of 1, 2, 5 and 10 is at most so much finer. */
  private static final double FINER = 2.5;

  /** Digits of a double. */
  private static final int MOST_DIGITS = 15;

  private static final double[] ROUND = {1, 2, 5, 10};

  /** A tick and its label. */
  record Tick(double value, String label) {}

  /**
   * The scale of some values.
   *
   * @param padding free space on both sides, as a share of their range
   */
  static Scale of(DoubleStream values, boolean logarithmic, double padding) {
    DoubleUnaryOperator stretch = logarithmic ? Math::log10 : x -> x;
    DoubleUnaryOperator back = logarithmic ? x -> Math.pow(10, x) : x -> x;
    double[] all = values.map(stretch).sorted().toArray();
    double least = all[0];
    double most = all[all.length - 1];
    double size = Math.max(Math.abs(least), Math.abs(most));
    double free = padding * (most - least);
    if (most - least <= ROUNDING * size || most == least) {
      free = size == 0 ? 1 : STILL * size;
    }
    boolean whole =
        free == 0 && !logarithmic && Arrays.stream(all).allMatch(x -> x == Math.rint(x));
    return new Scale(
        back.applyAsDouble(least - free), back.applyAsDouble(most + free), logarithmic, whole);
  }

  /** Where a value stands between the ends: from 0 to 1. */
  double position(double value) {
    return logarithmic
        ? Math.log(value / lower) / Math.log(upper / lower)
        : (value - lower) / (upper - lower);
  }

  /** Ticks at round numbers, not many more than asked for. */
  List<Tick> ticks(int number) {
    if (!logarithmic) {
      return linear(number);
    }
    int first = (int) Math.ceil(Math.log10(lower) - ROUNDING);
    int last = (int) Math.floor(Math.log10(upper) + ROUNDING);
    int every = Math.max(1, (int) Math.ceil((last - first + 1) / (double) number));
    boolean decades = last - first >= 2;
    boolean plain = Math.max(Math.abs(first), Math.abs(last)) <= PLAIN_DIGITS;
    List<Tick> ticks = new ArrayList<>();
    for (int e = decades ? first : first - 1; e <= last; e += every) {
      for (int m = 0; m < (decades ? 1 : ROUND.length - 1); m++) {
        double value = ROUND[m] * Math.pow(10, e);
        if (position(value) >= 0 && position(value) <= 1) {
          ticks.add(new Tick(value, label(value, plain, Math.max(0, -e), 0)));
        }
      }
    }
    return ticks.size() > 1 ? ticks : linear(number);
  }

  private List<Tick> linear(int number) {
    double step = step((upper - lower) / number);
    if (whole) {
      step = Math.max(step, 1);
    } else if (Math.floor(upper / step) - Math.ceil(lower / step) + 1 < FEWEST) {
      step = step(step / FINER);
    }
    double first = Math.ceil(lower / step - ROUNDING);
    double size = Math.max(Math.abs(lower), Math.abs(upper));
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + ROUNDING));
    int digits = (int) (Math.floor(Math.log10(size)) - Math.floor(Math.log10(step) + ROUNDING));
    boolean plain =
        size < Math.pow(10, PLAIN_DIGITS + 1)
            && (decimals <= PLAIN_DIGITS || size >= 1 && !logarithmic);
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i <= 2 * number && (first + i) * step <= upper + ROUNDING * step; i++) {
      double value = (first + i) * step;
      ticks.add(new Tick(value, label(value, plain, decimals, Math.max(0, digits))));
    }
    return ticks;
  }

  /** The least of 1, 2, 5 and 10 times a power of ten that is not less. */
  private static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double round : ROUND) {
      if (round * power >= least) {
        return round * power;
      }
    }
    return ROUND[ROUND.length - 1] * power;
  }

  /** A plain number, or one with an exponent where some on the axis would be long. */
  private static String label(double value, boolean plain, int decimals, int digits) {
    if (value == 0) {
      return "0";
    }
    String text =
        plain
            ? String.format(Locale.ROOT, "%." + Math.min(decimals, MOST_DIGITS) + "f", value)
            : String.format(Locale.ROOT, "%." + Math.min(digits, MOST_DIGITS) + "e", value)
                .replaceAll("e\\+?(-?)0*(\\d)", "e$1$2");
    return text.replace('-', '−');
  }
}
