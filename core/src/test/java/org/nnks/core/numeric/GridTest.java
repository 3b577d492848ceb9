package org.nnks.core.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GridTest {

  private static final Grid GRID = new Grid(Vector.of(1, 2, 4, 8));

  @Test
  void spacingIsEvenInLevelsOrLogs() {
    assertThat(Grid.linear(1, 3, 5).nodes()).isEqualTo(Vector.of(1, 1.5, 2, 2.5, 3));
    Grid logarithmic = Grid.logarithmic(.1, 8, 50);
    assertThat(logarithmic.lower()).isEqualTo(.1);
    assertThat(logarithmic.upper()).isEqualTo(8);
    for (int i = 1; i < 50; i++) {
      // Reference: Terry (2017) Table B1 prints the ratio 1.09355.
      assertThat(logarithmic.get(i) / logarithmic.get(i - 1)).isCloseTo(1.09355, within(5e-6));
    }
  }

  @Test
  void theCellHoldsThePoint() {
    double[][] pointAndCell = {{.5, 0}, {1, 0}, {1.9, 0}, {2, 1}, {3.9, 1}, {4, 2}, {8, 2}, {9, 2}};
    for (double[] pair : pointAndCell) {
      assertThat(GRID.cell(pair[0])).as("cell of %s", pair[0]).isEqualTo((int) pair[1]);
    }
  }

  @Test
  void weightsAreLinearInsideAndStayAtTheEndsOutside() {
    assertThat(GRID.weight(1, 2)).isZero();
    assertThat(GRID.weight(1, 2.5)).isEqualTo(.25);
    assertThat(GRID.weight(2, 8)).isEqualTo(1);
    assertThat(GRID.weight(GRID.cell(.5), .5)).isZero();
    assertThat(GRID.weight(GRID.cell(9), 9)).isEqualTo(1);
    assertThat(GRID.clamp(.5)).isEqualTo(1);
    assertThat(GRID.clamp(9)).isEqualTo(8);
    assertThat(GRID.clamp(3)).isEqualTo(3);
  }

  @Test
  void rejectsWhatIsNoGrid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Grid(Vector.of(1, 2, 2)))
        .withMessage("grid nodes must increase: node 2 is 2.0 after 2.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Grid(Vector.of(1, Double.NaN)))
        .withMessageContaining("node 1 is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Grid.linear(1, 2, 1))
        .withMessageContaining("at least 2 nodes but got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Grid.logarithmic(0, 2, 5))
        .withMessageContaining("positive lower end");
    assertThatIllegalArgumentException().isThrownBy(() -> Grid.linear(2, 1, 3));
  }
}
