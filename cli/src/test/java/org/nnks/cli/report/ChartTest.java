package org.nnks.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.nnks.cli.report.Chart.Band;
import org.nnks.cli.report.Chart.Layout;
import org.nnks.cli.report.Chart.Line;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.Figure;
import org.nnks.sbi.Law;
import org.nnks.sbi.Parameter;

class ChartTest {

  private static final double[] X = {1, 2, 3, 4};

  private static Chart chart(boolean logX, boolean logY, Line... lines) {
    return new Chart(new Layout(300, 200, "x", "y", logX, logY), "what is seen", List.of(lines));
  }

  private static List<String> labels(double lower, double upper, boolean logarithmic, int number) {
    return Scale.of(DoubleStream.of(lower, upper), logarithmic, 0).ticks(number).stream()
        .map(Scale.Tick::label)
        .toList();
  }

  @Test
  void ticksAreAtRoundNumbers() {
    assertThat(labels(0, .99, false, 5)).containsExactly("0", "0.2", "0.4", "0.6", "0.8");
    assertThat(labels(-3.1, 7.2, false, 4)).containsExactly("−2", "0", "2", "4", "6");
    assertThat(labels(.1, .95, false, 4)).containsExactly("0.2", "0.4", "0.6", "0.8");
    assertThat(labels(1.31, 1.74, false, 5)).containsExactly("1.4", "1.5", "1.6", "1.7");
    assertThat(labels(0, 3e-6, false, 3)).containsExactly("0", "1e−6", "2e−6", "3e−6");
    assertThat(labels(0, 2.5e7, false, 3)).containsExactly("0", "1e7", "2e7");
    assertThat(labels(10_900, 11_000, false, 5)).startsWith("10900", "10920");
    assertThat(labels(1, 2, false, 9)).as("nothing is between periods").containsExactly("1", "2");
    assertThat(labels(.1, 8, true, 9)).containsExactly("0.1", "0.2", "0.5", "1", "2", "5");
    assertThat(labels(1e-7, 1e-2, true, 9))
        .as("all of one kind")
        .containsExactly("1e−7", "1e−6", "1e−5", "1e−4", "1e−3", "1e−2");
    assertThat(labels(1e-4, 1e-1, true, 9)).containsExactly("0.0001", "0.001", "0.01", "0.1");
  }

  /** Names are for readers: "z = 1.0000" may stand for two states that are nearly the same. */
  @Test
  void linesMayShareAName() {
    String svg =
        new Chart(
                new Layout(300, 200, "x", "y", false, false),
                "",
                List.of(
                    new Line("z = 1.0000", X, new double[] {1, 2, 3, 4}, false),
                    new Line("z = 1.0000", X, new double[] {2, 3, 4, 5}, true)),
                Optional.of(new Band(X, new double[4], new double[] {1, 1, 1, 1})))
            .svg();
    assertThat(svg.split("z = 1.0000", -1)).as("two entries of the legend").hasSize(3);
  }

  /** A reader's font may be wider than the one that texts were laid out with. */
  @Test
  void textsAreAsWideAsLaidOut() {
    String svg = chart(false, false, new Line("y", X, X, false)).svg();
    Matcher text =
        Pattern.compile("font-size=\"(\\d+)\" textLength=\"([.\\d]+)\".*>(.*)</text>").matcher(svg);
    int texts = 0;
    while (text.find()) {
      texts++;
      assertThat(Double.parseDouble(text.group(2)))
          .isCloseTo(
              Helvetica.width(text.group(3), Double.parseDouble(text.group(1))), within(.051));
    }
    assertThat(texts).isEqualTo(svg.split("<text", -1).length - 1).isPositive();
  }

  /** Two lines of the name of a band are its ends, and stand in no legend. */
  @Test
  void aBandIsShadedAndIsNoLine() {
    Vector x = Vector.of(X);
    Figure figure =
        new Figure(
            "title",
            "description",
            "x",
            "y",
            false,
            false,
            List.of(
                new Figure.Line("mean", x, Vector.of(1, 1, 1, 1)),
                new Figure.Line(Figure.BAND, x, Vector.of(0, 0, 0, 0)),
                new Figure.Line(Figure.BAND, x, Vector.of(2, 2, 2, 2))));
    assertThat(Figures.solution(List.of(figure), true).get(0).chart().svg())
        .contains("<polygon")
        .doesNotContain(Figure.BAND, "mean</text>");
  }

  @Test
  void priorsAreInWords() {
    assertThat(EstimatePage.words(new Parameter("rho", Law.LOG_NORMAL, Vector.of(-.5, .25))))
        .isEqualTo("log normal: logMean -0.5, logSd 0.25");
  }

  /** What is compared is seen by the colour, by whom by the dashes. */
  @Test
  void linesThatAreComparedHaveOneColour() {
    String svg =
        chart(
                false,
                false,
                new Line("a", X, X, false),
                new Line("b", X, X, false),
                new Line("a, exact", X, X, true),
                new Line("exact, b", X, X, true),
                new Line("other", X, X, true))
            .svg();
    List<String> colours =
        Pattern.compile("stroke=\"#([0-9a-f]{6})\"[^>]*points=\"[^ ]* [^ ]* ")
            .matcher(svg)
            .results()
            .map(line -> line.group(1))
            .filter(colour -> !colour.matches("e6e6e6|999999"))
            .toList();
    assertThat(colours.subList(0, 5))
        .containsExactly("0072b2", "d55e00", "0072b2", "d55e00", "009e73")
        .as("and in the legend")
        .isEqualTo(colours.subList(5, 10));
  }

  /** The largest move is 10: from .05 on nothing is seen. */
  @Test
  void transitionsAreShownWhileTheyMove() {
    assertThat(TransitionFigures.moving(Vector.of(-10, 3, .06, 0, -.06, .05, .01))).isEqualTo(5);
    assertThat(TransitionFigures.moving(Vector.of(0, 0, 0, 0))).isEqualTo(2);
    assertThat(TransitionFigures.moving(Vector.of(0, 1, 2))).isEqualTo(3);
  }

  @Test
  void aLineGoesFromCornerToCorner() {
    String svg = chart(false, false, new Line("y", X, new double[] {0, 1, 2, 3}, false)).svg();
    Matcher line = Pattern.compile("stroke=\"#0072b2\".*points=\"([^\"]*)\"").matcher(svg);
    assertThat(line.find()).isTrue();
    String[] points = line.group(1).split("[ ,]");
    double across = Double.parseDouble(points[6]) - Double.parseDouble(points[0]);
    double first = Double.parseDouble(points[2]) - Double.parseDouble(points[0]);
    assertThat(3 * first).isCloseTo(across, within(.05));
    assertThat(Double.parseDouble(points[7])).isLessThan(Double.parseDouble(points[1]));
  }

  @Test
  void pointsThatAxesCannotShowAreLeftOut() {
    double[] odd = {Double.NaN, -1, Double.POSITIVE_INFINITY, 2};
    Line line = new Line("odd", X, odd, false);
    assertThat(chart(false, false, line).svg()).startsWith("<svg").doesNotContain("NaN");
    assertThat(chart(true, true, line).svg()).startsWith("<svg").contains("<circle");
    double[] none = {0, -1, Double.NaN, Double.NEGATIVE_INFINITY};
    Chart empty = chart(false, true, new Line("none", X, none, false));
    assertThat(empty.svg()).contains("no point to show");
    assertThat(empty.empty()).isTrue();
  }

  /** Magnitudes of any kind and differences in the last digit only; seed 13. */
  @Test
  void numbersOfAnySizeAreDrawn() {
    Random random = new Random(13);
    for (int i = 0; i < 200; i++) {
      double scale = Math.pow(10, random.nextInt(560) - 280);
      double spread = Math.pow(10, -random.nextInt(20));
      double[] y = new double[X.length];
      for (int j = 0; j < y.length; j++) {
        y[j] = scale * (1 + spread * random.nextGaussian()) * (random.nextInt(9) == 0 ? -1 : 1);
      }
      boolean logarithmic = random.nextBoolean();
      Chart chart = chart(false, logarithmic, new Line("y", X, y, false));
      assertThat(chart.svg())
          .as("scale %s, spread %s, logarithmic %s", scale, spread, logarithmic)
          .isNotEmpty()
          .doesNotContain("NaN", "Infinity");
    }
  }

  /** Its table of objects points to them, and its stream is as long as it says. */
  @Test
  void pdfIsWellFormed() {
    Chart chart =
        chart(
            false,
            false,
            new Line("β′ − (n₋₁)\\", X, new double[] {1, 2, 3, 4}, false),
            new Line("größer", X, new double[] {2, 3, 4, 5}, true));
    String pdf = new String(chart.pdf(), StandardCharsets.US_ASCII);
    assertThat(pdf).startsWith("%PDF-1.4\n").endsWith("%%EOF\n").doesNotContain("?");
    Matcher entry = Pattern.compile("(\\d{10}) 00000 n ").matcher(pdf);
    int objects = 0;
    while (entry.find()) {
      objects++;
      assertThat(pdf.substring(Integer.parseInt(entry.group(1)))).startsWith(objects + " 0 obj");
    }
    assertThat(objects).isEqualTo(6);
    Matcher start = Pattern.compile("startxref\n(\\d+)").matcher(pdf);
    assertThat(start.find()).isTrue();
    assertThat(pdf.substring(Integer.parseInt(start.group(1)))).startsWith("xref");
    Matcher stream = Pattern.compile("/Length (\\d+) >>\nstream\n").matcher(pdf);
    assertThat(stream.find()).isTrue();
    assertThat(pdf.substring(stream.end() + Integer.parseInt(stream.group(1))))
        .startsWith("\nendstream");
  }
}
