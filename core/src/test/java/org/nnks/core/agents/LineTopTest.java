package org.nnks.core.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.analysis.interpolation.HermiteInterpolator;
import org.apache.commons.math3.analysis.polynomials.PolynomialFunction;
import org.apache.commons.math3.analysis.polynomials.PolynomialFunctionLagrangeForm;
import org.junit.jupiter.api.Test;

/** Tops between nodes: of cubics, which are exact, and by trying everything on any line. */
class LineTopTest {

  /** How far places are apart that are tried. */
  private static final double STEP = 1e-3;

  private final LineTop top = new LineTop();

  /** Steeper on one side; within a step of either end, too. */
  @Test
  void theTopOfACubicIsExact() {
    int nodes = 6;
    for (double bend : new double[] {-.05, 0, .05}) {
      for (double at = .05; at < nodes - 1; at += .1) {
        double place = at;
        double[] line = new double[nodes];
        Arrays.setAll(line, i -> 3 + (i - place) * (i - place) * (bend * (i - place) - 1));
        int best = (int) Math.rint(place);
        top.around(line, best, 1, best, nodes);
        assertThat(best + top.shift()).isCloseTo(place, within(1e-12));
        assertThat(line[best] + top.rise()).isCloseTo(3, within(1e-12));
      }
    }
  }

  /**
   * As an objective moves along the line, past nodes, its top moves with it: the cubic of Lagrange
   * has two tops around a node, a sixth of a node apart for this one.
   */
  @Test
  void theTopMovesContinuously() {
    double[] line = new double[9];
    double before = 2;
    double furthest = 0;
    for (double centre = 2; centre < line.length - 3; centre += STEP) {
      double place = centre;
      Arrays.setAll(line, i -> -Math.cosh(i - place));
      int best = (int) Math.min(Math.max(Math.rint(place), 0), line.length - 1);
      top.around(line, best, 1, best, line.length);
      furthest = Math.max(furthest, Math.abs(best + top.shift() - before));
      before = best + top.shift();
    }
    assertThat(before).isCloseTo(line.length - 3, within(2 * STEP));
    assertThat(furthest).isBetween(STEP, 2 * STEP);
  }

  /** As values move from one node to the next, the top is the same from both. */
  @Test
  void equallyGoodNeighboursHaveOneTop() {
    double[] line = {0, 5, 7, 7, 2, 1};
    top.around(line, 2, 1, 2, line.length);
    double rise = top.rise();
    double place = 2 + top.shift();
    top.around(line, 3, 1, 3, line.length);
    assertThat(rise).isPositive().isCloseTo(top.rise(), within(1e-14));
    assertThat(place).isCloseTo(3 + top.shift(), within(1e-14));
  }

  /** Some levels are not allowed: there is no number, or minus infinity. */
  @Test
  void nothingBetweenANodeAndItsNeighboursIsHigher() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      int nodes = 2 + random.nextInt(7);
      double[] line = random.doubles(nodes).toArray();
      for (int i = 0; i < nodes; i++) {
        if (random.nextInt(8) == 0) {
          line[i] = random.nextBoolean() ? Double.NaN : Double.NEGATIVE_INFINITY;
        }
      }
      for (int i = 0; i < nodes; i++) {
        if (number(line, i) > Double.NEGATIVE_INFINITY
            && line[i] >= number(line, i - 1)
            && line[i] >= number(line, i + 1)) {
          double best = line[i];
          for (int step = 1; step < 1 / STEP; step++) {
            best = Math.max(best, Math.max(read(line, i, step), read(line, i - 1, step)));
          }
          top.around(line, i, 1, i, nodes);
          assertThat(line[i] + top.rise()).isGreaterThanOrEqualTo(best - 1e-12);
          // Two differences of a cubic through numbers below 1 bend no more than this.
          assertThat(line[i] + top.rise()).isCloseTo(best, within(10 * STEP * STEP));
          double place = i + top.shift();
          assertThat(top.read(line, place)).isCloseTo(line[i] + top.rise(), within(1e-12));
        }
      }
    }
  }

  /** The same numbers, other columns beside them. */
  @Test
  void aLineMayBeAColumn() {
    double[] line = {1, 4, 5, 3, 0};
    double[] columns = new double[3 * line.length];
    IntStream.range(0, line.length).forEach(i -> columns[3 * i + 1] = line[i]);
    top.around(line, 2, 1, 2, line.length);
    double rise = top.rise();
    double shift = top.shift();
    top.around(columns, 3 * 2 + 1, 3, 2, line.length);
    assertThat(top.rise()).isEqualTo(rise).isPositive();
    assertThat(top.shift()).isEqualTo(shift);
  }

  private static double number(double[] line, int i) {
    return i < 0 || i >= line.length || Double.isNaN(line[i]) ? Double.NEGATIVE_INFINITY : line[i];
  }

  /** What lies some steps beyond a node; agrees with the class. */
  private double read(double[] line, int node, int step) {
    if (number(line, node) == Double.NEGATIVE_INFINITY
        || number(line, node + 1) == Double.NEGATIVE_INFINITY) {
      return Double.NEGATIVE_INFINITY;
    }
    HermiteInterpolator curve = new HermiteInterpolator();
    for (int i = node; i <= node + 1; i++) {
      curve.addSamplePoint(i, new double[] {line[i]}, new double[] {slope(line, i)});
    }
    double read = curve.value(node + step * STEP)[0];
    assertThat(top.read(line, node + step * STEP)).isCloseTo(read, within(1e-12));
    return read;
  }

  /** That of the polynomial through the five nodes nearest that are allowed in a row. */
  private static double slope(double[] line, int node) {
    int first = node;
    int last = node;
    while (last - first < 4) {
      boolean below = number(line, first - 1) > Double.NEGATIVE_INFINITY;
      boolean above = number(line, last + 1) > Double.NEGATIVE_INFINITY;
      if (!below && !above) {
        break;
      }
      if (below && (!above || node - first <= last - node)) {
        first--;
      } else {
        last++;
      }
    }
    double[] x = IntStream.rangeClosed(first, last).asDoubleStream().toArray();
    double[] y = Arrays.copyOfRange(line, first, last + 1);
    double slope =
        new PolynomialFunction(new PolynomialFunctionLagrangeForm(x, y).getCoefficients())
            .polynomialDerivative()
            .value(node);
    double before = number(line, node - 1);
    double after = number(line, node + 1);
    boolean ends = Double.isInfinite(before) || Double.isInfinite(after);
    double[] between = {line[node] - before, slope, after - line[node]};
    if (!ends) {
      Arrays.sort(between); // the one in the middle
      return between[1];
    }
    // Downwards there is no more than to the neighbour.
    return after == Double.NEGATIVE_INFINITY
        ? Math.min(slope, line[node] - before)
        : Math.max(slope, after - line[node]);
  }
}
