package org.nnks.krusellsmith.conditioned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;

class SmolyakDesignTest {

  /**
   * Judd, Maliar, Maliar and Valero (2014), Table 1: 1, 9, 41 and 137 points in four dimensions.
   */
  @Test
  void theNumbersOfPointsAreThoseOfTheSource() {
    int[] sizes = {1, 9, 41, 137};
    for (int level = 0; level < sizes.length; level++) {
      assertThat(new SmolyakDesign(4, level).size()).isEqualTo(sizes[level]);
    }
    assertThat(new SmolyakDesign(1, 4).size()).isEqualTo(17);
  }

  @Test
  void pointsAreDifferentAndGridsNested() {
    Set<Vector> coarse = points(new SmolyakDesign(3, 2));
    Set<Vector> fine = points(new SmolyakDesign(3, 3));
    assertThat(coarse).hasSize(25);
    assertThat(fine).hasSize(69).containsAll(coarse);
    assertThat(new SmolyakDesign(3, 2).point(0)).isEqualTo(Vector.of(0, 0, 0));
  }

  private static Set<Vector> points(SmolyakDesign design) {
    Set<Vector> points = new HashSet<>();
    for (int i = 0; i < design.size(); i++) {
      points.add(design.point(i).map(x -> Math.round(x * 1e12) / 1e12 + 0.));
    }
    return points;
  }

  @Test
  void polynomialsOfTotalDegreeOfTheLevelAreExact() {
    SmolyakDesign design = new SmolyakDesign(4, 3);
    RandomGenerator random = new Seeds(5).stream("points");
    for (int trial = 0; trial < 20; trial++) {
      Vector at = Vector.of(random.doubles(4, -1, 1).toArray());
      double[] weights = design.weights(at);
      double sum = 0;
      double value = 0;
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i];
        value += weights[i] * cubic(design.point(i));
      }
      assertThat(sum).isCloseTo(1, within(1e-12));
      assertThat(value).isCloseTo(cubic(at), within(1e-12));
    }
  }

  /** Degree 3 over all variables, 8 in one alone: both within level 3. */
  private static double cubic(Vector x) {
    return x.get(0) * x.get(1) * x.get(3)
        + 2 * x.get(2) * x.get(2) * x.get(3)
        - Math.pow(x.get(1), 8)
        + .5;
  }

  @Test
  void atAPointOnlyItsOwnValueCounts() {
    SmolyakDesign design = new SmolyakDesign(4, 2);
    for (int i = 0; i < design.size(); i++) {
      double[] weights = design.weights(design.point(i));
      for (int j = 0; j < weights.length; j++) {
        assertThat(weights[j]).isCloseTo(i == j ? 1 : 0, within(1e-13));
      }
    }
  }

  @Test
  void noDimensionsAreRefused() {
    assertThatThrownBy(() -> new SmolyakDesign(0, 2))
        .hasMessage("a sparse grid needs at least 1 dimension and level 0 but got 0 and 2");
  }
}
