package org.nnks.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nnks.core.io.CsvTable;
import org.nnks.core.io.StrictJson;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.BusinessCycleTable.Series;

class BusinessCycleTableTest {

  /** Rows of the reference path for t = 501..2499. */
  private static final int FIRST = 500;

  private static final int END = 2499;

  private static final List<Series> KHAN_THOMAS = khanThomas();

  /** Reference: the README beside the path; half a unit of the last printed digit. */
  @ParameterizedTest
  @CsvSource({
    "Y, 2.6306, 1, 1",
    "I, 10.3459, 3.9330, .9765",
    "N, 1.7986, .6837, .9645",
    "A, 1.5208, .5781, .9999",
    "C, 1.0165, .3864, .8850",
  })
  void terrysPathGivesTerrysStatistics(
      String name, double sdPercent, double ratio, double correlation) {
    var row = BusinessCycleTable.of(KHAN_THOMAS, HodrickPrescott.ANNUAL_LAMBDA, 1).row(name);
    assertThat(row.sdPercent()).isCloseTo(sdPercent, within(6e-5));
    assertThat(row.ratio()).isCloseTo(ratio, within(6e-5));
    assertThat(row.correlation()).isCloseTo(correlation, within(6e-5));
  }

  /** Reference: Yokomoto (2026), Table 3, column KS. */
  @ParameterizedTest
  @CsvSource({"Y, 2.6299", "I, 10.3433", "N, 1.7981", "C, 1.0163"})
  void withoutDegreesOfFreedomItIsYokomotosTable(String name, double sdPercent) {
    var row = BusinessCycleTable.of(KHAN_THOMAS, HodrickPrescott.ANNUAL_LAMBDA, 0).row(name);
    assertThat(row.sdPercent()).isCloseTo(sdPercent, within(6e-5));
  }

  @Test
  void multiplesAndPowersOfTheReferenceAreExact() {
    Vector y = Vector.of(1, 1.1, 0.9, 1.2, 1.05, 0.97, 1.3, 1.01);
    var table =
        BusinessCycleTable.of(
            List.of(
                new Series("y", y),
                new Series("inverse square", y.map(x -> 7 / (x * x))),
                new Series("constant", y.map(x -> 2))),
            100,
            1);
    assertThat(table.rows()).hasSize(3);
    assertThat(table.row("inverse square").ratio()).isCloseTo(2, within(1e-12));
    assertThat(table.row("inverse square").correlation()).isCloseTo(-1, within(1e-12));
    assertThat(table.row("constant").sdPercent()).isLessThan(1e-10);
    assertThat(table.row("constant").correlation()).isNaN();
  }

  /** Investment of one bad quarter is no reason to know nothing of consumption. */
  @Test
  void whatDoesNotExistIsUndefinedAndTheRestStands() {
    Vector y = Vector.of(1, 1.1, 0.9, 1.2, 1.05);
    Series negative = new Series("I", Vector.of(.2, -.1, .3, .2, .1));
    Series square = new Series("C", y.map(x -> x * x));
    var table = BusinessCycleTable.of(List.of(new Series("Y", y), negative, square), 100, 0);
    assertThat(table.row("I"))
        .isEqualTo(new BusinessCycleTable.Row("I", Double.NaN, Double.NaN, Double.NaN));
    assertThat(table.row("C").ratio()).isCloseTo(2, within(1e-12));
    assertThat(StrictJson.read(new StringReader(StrictJson.write(table)), "", table.getClass()))
        .isEqualTo(table);

    var below = BusinessCycleTable.of(List.of(negative, square), 100, 0).row("C");
    assertThat(below.sdPercent()).isEqualTo(table.row("C").sdPercent());
    assertThat(below.ratio()).isNaN();
    var still = new Series("Y", Vector.of(2, 2, 2, 2, 2));
    var beside = BusinessCycleTable.of(List.of(still, square), 100, 0).row("C");
    assertThat(beside.sdPercent()).isEqualTo(table.row("C").sdPercent());
    assertThat(beside.ratio()).isNaN();
    assertThat(beside.correlation()).isNaN();
  }

  @Test
  void rejectsSeriesThatDoNotFit() {
    Series y = new Series("Y", Vector.of(1, 2, 1.5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Series("I", Vector.of(1, Double.NaN)))
        .withMessageContaining("series 'I', observation 1")
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> BusinessCycleTable.of(List.of(y, new Series("C", Vector.of(1, 2))), 100, 1))
        .withMessage("series 'C' has 2 observations but 'Y' has 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BusinessCycleTable.of(List.of(y, y), 100, 1))
        .withMessageContaining("two series are named 'Y'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BusinessCycleTable.of(List.of(), 100, 1))
        .withMessageContaining("at least 1 series");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BusinessCycleTable.of(List.of(y), 100, 3))
        .withMessageContaining("ddof");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BusinessCycleTable.of(List.of(y), 100, 1).row("Q"))
        .withMessageContaining("no series 'Q'");
  }

  private static List<Series> khanThomas() {
    CsvTable path;
    try {
      path =
          CsvTable.read(
              Path.of(
                  BusinessCycleTableTest.class
                      .getResource("/org/nnks/reference/khan-thomas-path.csv")
                      .toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    MarkovChain chain = MarkovChain.tauchen(0.859, 0.014, 5, 2);
    return List.of(
        new Series("Y", path.column("Y").slice(FIRST, END)),
        new Series("I", path.column("I").slice(FIRST, END)),
        new Series("N", path.column("N").slice(FIRST, END)),
        new Series(
            "A", path.column("A_index").slice(FIRST, END).map(i -> chain.level((int) i - 1))),
        new Series("C", path.column("p").slice(FIRST, END).map(p -> 1 / p)));
  }
}
