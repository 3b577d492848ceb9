package org.nnks.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nnks.cli.report.Charts.Band;
import org.nnks.cli.report.Charts.Layout;
import org.nnks.cli.report.Charts.Line;

class ChartsTest {

  private static final double[] X = {1, 2, 3, 4};

  private static Layout layout(boolean logX, boolean logY) {
    return new Layout(300, 200, "x", "y", logX, logY);
  }

  /** Names are for readers: "z = 1.0000" may stand for two states that are nearly the same. */
  @Test
  void linesMayShareAName() {
    String svg =
        Charts.svg(
            layout(false, false),
            "",
            List.of(
                new Line("z = 1.0000", X, new double[] {1, 2, 3, 4}, false),
                new Line("z = 1.0000", X, new double[] {2, 3, 4, 5}, true)),
            Optional.of(new Band(X, new double[4], new double[] {1, 1, 1, 1})));
    assertThat(svg.split("z = 1.0000", -1)).as("two entries of the legend").hasSize(3);
  }

  @Test
  void pointsThatAxesCannotShowAreLeftOut() {
    double[] odd = {Double.NaN, -1, Double.POSITIVE_INFINITY, 2};
    Line line = new Line("odd", X, odd, false);
    assertThat(Charts.svg(layout(false, false), "", List.of(line))).startsWith("<svg");
    assertThat(Charts.svg(layout(true, true), "", List.of(line))).startsWith("<svg");
    double[] none = {0, -1, Double.NaN, Double.NEGATIVE_INFINITY};
    assertThat(Charts.svg(layout(false, true), "", List.of(new Line("none", X, none, false))))
        .contains("no point to show");
  }

  /** Magnitudes of any kind and differences in the last digit only; seed 13. */
  @Test
  void numbersOfAnySizeAreDrawn() {
    Random random = new Random(13);
    for (int i = 0; i < 60; i++) {
      double scale = Math.pow(10, random.nextInt(560) - 280);
      double spread = Math.pow(10, -random.nextInt(20));
      double[] y = new double[X.length];
      for (int j = 0; j < y.length; j++) {
        y[j] = scale * (1 + spread * random.nextGaussian()) * (random.nextInt(9) == 0 ? -1 : 1);
      }
      boolean logarithmic = random.nextBoolean();
      assertThat(Charts.svg(layout(false, logarithmic), "", List.of(new Line("y", X, y, false))))
          .as("scale %s, spread %s, logarithmic %s", scale, spread, logarithmic)
          .isNotEmpty();
    }
  }
}
