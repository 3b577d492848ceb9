package org.nnks.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Vector;
import org.nnks.core.statistics.ComparisonTable.Row;

class ComparisonTableTest {

  private static final List<Row> PUBLISHED =
      List.of(
          new Row("sd", 2, Vector.of(2, Double.NaN, 7)), new Row("mean", 2, Vector.of(1, 3, 8)));

  @Test
  void oursFollowThePublishedColumnsThenDifferences() {
    ComparisonTable table =
        ComparisonTable.of("t", "n", List.of("KS", "NN", "data"), 2, PUBLISHED, 2.5, 1.5);
    assertThat(table.columns()).containsExactly("KS", "NN", "data", "this run", "− KS", "− NN");
    assertThat(table.rows().get(0).cells())
        .isEqualTo(Vector.of(2, Double.NaN, 7, 2.5, .5, Double.NaN));
    assertThat(table.rows().get(1).cells()).isEqualTo(Vector.of(1, 3, 8, 1.5, .5, -1.5));
  }

  @Test
  void shapesAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ComparisonTable.of("t", "n", List.of("KS", "NN", "d"), 2, PUBLISHED, 1))
        .withMessageContaining("expected 2 numbers of ours but got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ComparisonTable("t", "n", List.of("KS"), PUBLISHED))
        .withMessageContaining("row 'sd': expected 1 cells but got 3");
  }
}
