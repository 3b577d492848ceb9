package org.nnks.core.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class VectorAndMatrixTest {

  @Test
  void vectorsKeepTheirOwnCopyAndCompareByValue() {
    double[] array = {1, 2, 3};
    Vector vector = Vector.of(array);
    array[0] = 9;
    vector.toArray()[1] = 9;
    assertThat(vector).isEqualTo(Vector.of(1, 2, 3)).hasSameHashCodeAs(Vector.of(1, 2, 3));
    assertThat(vector).isNotEqualTo(Vector.of(1, 2)).hasToString("[1.0, 2.0, 3.0]");
    assertThat(vector.slice(1, 3)).isEqualTo(Vector.of(2, 3));
    assertThat(vector.map(x -> 2 * x)).isEqualTo(Vector.of(2, 4, 6));
    assertThat(vector.dot(Vector.of(1, 0, -1))).isEqualTo(-2);
    assertThat(new double[] {vector.min(), vector.max(), vector.mean(), vector.last()})
        .containsExactly(1, 3, 2, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vector.dot(Vector.of(1)))
        .withMessage("dot product of vectors of sizes 3 and 1");
  }

  @Test
  void matricesAreRowMajorAndCompareByValue() {
    Matrix matrix = Matrix.of(2, 3, 1, 2, 3, 4, 5, 6);
    assertThat(matrix.get(1, 0)).isEqualTo(4);
    assertThat(matrix.row(1)).isEqualTo(Vector.of(4, 5, 6));
    assertThat(matrix).isEqualTo(Matrix.ofRows(new double[][] {{1, 2, 3}, {4, 5, 6}}));
    assertThat(matrix).isNotEqualTo(Matrix.of(3, 2, 1, 2, 3, 4, 5, 6));
    matrix.toArray()[0] = 9;
    matrix.toRows()[0][0] = 9;
    assertThat(matrix.get(0, 0)).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Matrix.of(2, 2, 1, 2, 3))
        .withMessage("expected 2 x 2 elements but got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Matrix.ofRows(new double[][] {{1, 2}, {3}}))
        .withMessage("row 1 has 1 elements; row 0 has 2");
  }
}
