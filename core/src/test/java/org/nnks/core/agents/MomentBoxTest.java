package org.nnks.core.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nnks.core.io.InvalidInputException;

class MomentBoxTest {

  private static final int POINTS = 500;

  /** Logs of three moments that move together: .05 in common, .005 of the second alone. */
  private static final double[][] LOGS = logs();

  private final MomentBox box = MomentBox.around(LOGS, 0, 0);

  private static double[][] logs() {
    SplittableRandom random = new SplittableRandom(1);
    double[][] logs = new double[3][POINTS];
    for (int t = 0; t < POINTS; t++) {
      double common = random.nextDouble(-.05, .05);
      double alone = random.nextDouble(-.005, .005);
      logs[0][t] = common;
      logs[1][t] = 1 + .8 * common + alone;
      logs[2][t] = -1 + .5 * common - 2 * alone + random.nextDouble(-.001, .001);
    }
    return logs;
  }

  private static double[] moments(int t) {
    return IntStream.range(0, LOGS.length).mapToDouble(j -> Math.exp(LOGS[j][t])).toArray();
  }

  @Test
  void leansAsThePointsDo() {
    assertThat(box.upper(0) - box.lower(0)).isCloseTo(.1, within(.001));
    assertThat(box.upper(1) - box.lower(1)).isCloseTo(.01, within(.001));
    assertThat(box.upper(2) - box.lower(2)).isCloseTo(.002, within(.0005));
  }

  @Test
  void holdsAllPointsAndNoneBeyond() {
    double[] least = {1, 1, 1};
    double[] most = {-1, -1, -1};
    for (int t = 0; t < POINTS; t++) {
      double[] parts = box.parts(moments(t));
      for (int j = 0; j < parts.length; j++) {
        double place = (2 * parts[j] - box.lower(j) - box.upper(j)) / (box.upper(j) - box.lower(j));
        least[j] = Math.min(least[j], place);
        most[j] = Math.max(most[j], place);
      }
      assertThat(box.moments(parts)).containsExactly(moments(t), within(1e-14));
    }
    assertThat(least).containsExactly(new double[] {-1, -1, -1}, within(1e-9));
    assertThat(most).containsExactly(new double[] {1, 1, 1}, within(1e-9));
  }

  @Test
  void marginsAreSharesOfTheLength() {
    MomentBox wider = MomentBox.around(LOGS, .25, 0);
    for (int j = 0; j < 3; j++) {
      double length = box.upper(j) - box.lower(j);
      assertThat(wider.lower(j)).isCloseTo(box.lower(j) - length / 4, within(1e-15));
      assertThat(wider.upper(j)).isCloseTo(box.upper(j) + length / 4, within(1e-15));
    }
  }

  @Test
  void aPartThatHardlyMovesHasTheNarrowestLength() {
    MomentBox wider = MomentBox.around(LOGS, .5, .005);
    assertThat(wider.upper(1) - wider.lower(1))
        .isCloseTo(2 * (box.upper(1) - box.lower(1)), within(1e-15));
    double middle = (box.lower(2) + box.upper(2)) / 2;
    assertThat(wider.lower(2)).isCloseTo(box.lower(2) - .0025, within(1e-15));
    assertThat(wider.upper(2)).isCloseTo(box.upper(2) + .0025, within(1e-15)).isGreaterThan(middle);
  }

  /** A box that was too wide once stood upright, with corners where nobody is. */
  @Test
  void aLeaningBoxIsNoWiderThanAnotherAllows() {
    double[] middle = {1, Math.E, 1 / Math.E};
    MomentBox wide = upright(middle, .1);
    MomentBox narrow = upright(middle, .06);
    assertThat(MomentBox.leaningWithin(LOGS, .25, 0, wide))
        .usingRecursiveComparison()
        .isEqualTo(MomentBox.around(LOGS, .25, 0));
    MomentBox leaning = MomentBox.leaningWithin(LOGS, .25, 0, narrow);
    assertThat(leaning.lean(2, 0)).isEqualTo(box.lean(2, 0)).isNotZero();
    assertThat(leaning.liesIn(narrow)).isTrue();
    assertThat(leaning.upper(0)).isBetween(box.upper(0), box.upper(0) + .02);
    assertThat(MomentBox.around(LOGS, .25, 0).liesIn(narrow)).isFalse();
    double margin = (leaning.upper(0) - box.upper(0)) / (box.upper(0) - box.lower(0));
    assertThat(MomentBox.around(LOGS, margin + .001, 0).liesIn(narrow)).isFalse();
    MomentBox tooNarrow = upright(middle, .04);
    assertThat(MomentBox.leaningWithin(LOGS, .25, 0, tooNarrow).lean(2, 0)).isZero();
  }

  @Test
  void anUprightBoxIsCutOffWhereItWouldLeaveAnother() {
    MomentBox within = upright(new double[] {1, Math.E, 1 / Math.E}, .06);
    MomentBox upright = MomentBox.uprightAround(LOGS, .25, .01, within);
    for (int j = 0; j < 3; j++) {
      MomentBox alone = MomentBox.around(new double[][] {LOGS[j]}, .25, .01);
      assertThat(upright.lower(j)).isEqualTo(Math.max(alone.lower(0), within.lower(j)));
      assertThat(upright.upper(j)).isEqualTo(Math.min(alone.upper(0), within.upper(j)));
      assertThat(upright.lean(2, j)).isZero();
    }
    assertThat(upright.upper(0)).isEqualTo(within.upper(0));
    assertThat(upright.upper(2)).isLessThan(within.upper(2));
  }

  @Test
  void cornersOfAThinBoxLieInAnUprightOneThatIsWideEnough() {
    double[] middle = {1, Math.E, 1 / Math.E};
    assertThat(box.liesIn(upright(middle, .06))).isTrue();
    assertThat(box.liesIn(upright(middle, .04))).isFalse();
    assertThat(upright(middle, 0).liesIn(upright(middle, .04))).isFalse(); // it has no interval
  }

  private static MomentBox upright(double[] middle, double half) {
    return MomentBox.upright(
        IntStream.range(0, 3).mapToDouble(j -> middle[j] * Math.exp(-half)).toArray(),
        IntStream.range(0, 3).mapToDouble(j -> middle[j] * Math.exp(half)).toArray());
  }

  @Test
  void boxesDifferByTheirCorners() {
    assertThat(box.differs(box, .01)).isFalse();
    assertThat(box.differs(MomentBox.around(LOGS, .2, 0), .25)).isFalse();
    assertThat(box.differs(MomentBox.around(LOGS, .3, 0), .25)).isTrue();
    double[][] other = logs();
    for (int t = 0; t < POINTS; t++) {
      other[1][t] -= .2 * other[0][t]; // leans less: the second part moves by its whole length
    }
    assertThat(box.differs(MomentBox.around(other, 0, 0), .25)).isTrue();
  }

  @Test
  void isReadAgain() {
    MomentBox read = MomentBox.of(box.toArray(), 3);
    assertThat(read.toArray()).isEqualTo(box.toArray());
    assertThat(read.moments(read.parts(moments(7)))).containsExactly(moments(7), within(1e-14));
  }

  @Test
  void uprightOnesOfVersionZeroOneAreRead() {
    MomentBox read = MomentBox.of(new double[] {1, .2, 3, .5}, 2);
    assertThat(read.toArray())
        .isEqualTo(MomentBox.upright(new double[] {1, .2}, new double[] {3, .5}).toArray());
  }

  @Test
  void otherNumbersAreRefused() {
    assertThatThrownBy(() -> MomentBox.of(new double[] {1, 2, 3}, 2))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("does not hold a box of 2 moments");
    assertThatThrownBy(() -> MomentBox.of(null, 1)).isInstanceOf(InvalidInputException.class);
  }
}
