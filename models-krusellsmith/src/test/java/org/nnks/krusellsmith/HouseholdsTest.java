package org.nnks.krusellsmith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;

class HouseholdsTest {

  private static final KrusellSmith JEDC = new KrusellSmith(KrusellSmithCalibration.jedc2010());

  private static final int PERIODS = 2_000;

  /** Saves more with a job, as households do, but by a rule of thumb. */
  private static double[][] thumb(KrusellSmith economy) {
    double[][] next = new double[economy.states()][economy.capital().size()];
    for (int s = 0; s < next.length; s++) {
      for (int i = 0; i < next[s].length; i++) {
        next[s][i] = Math.max(.98 * economy.capital().get(i) + (s == 0 ? -.5 : .8), 0);
      }
    }
    return next;
  }

  @Test
  void massAndUnemploymentStayExact() {
    int[] states = JEDC.aggregate().simulate(1, PERIODS, new Seeds(3).stream("test"));
    Households households = Households.start(JEDC, states[0]);
    double[][] next = thumb(JEDC);
    for (int t = 1; t < PERIODS; t++) {
      double expected = households.mean(next);
      households.advance(next, states[t]);
      double unemployed = households.toMatrix().row(0).stream().sum();

      assertThat(households.size()).isCloseTo(1, within(1e-11));
      assertThat(unemployed).isCloseTo(states[t] == 0 ? .10 : .04, within(1e-11));
      assertThat(households.meanCapital()).isCloseTo(expected, within(1e-10));
    }
  }

  @Test
  void oneStepIsTheProductWithTheTransitionMatrix() {
    KrusellSmith small = new KrusellSmith(KrusellSmithCalibration.jedc2010().withHistogramNodes(5));
    Grid grid = small.capital();
    double[][] next = thumb(small);
    Households households = Households.equal(small, 0, 20);
    Matrix before = households.toMatrix();
    double[][] expected = new double[2][5];
    for (int s = 0; s < 2; s++) {
      for (int i = 0; i < 5; i++) {
        double k = Math.min(next[s][i], grid.upper());
        int cell = grid.cell(k);
        for (int t = 0; t < 2; t++) {
          double mass = before.get(s, i) * small.transition(0, 1).get(s, t);
          expected[t][cell] += mass * (1 - grid.weight(cell, k));
          expected[t][cell + 1] += mass * grid.weight(cell, k);
        }
      }
    }
    households.advance(next, 1);

    assertThat(households.toMatrix().toArray())
        .containsExactly(Matrix.ofRows(expected).toArray(), within(1e-15));
    assertThat(households.aggregateState()).isEqualTo(1);
  }

  @Test
  void thirdsMakeUpTheWhole() {
    Households all = spread();
    Households poor = all.between(0, 1 / 3.);
    Households middle = all.between(1 / 3., 2 / 3.);
    Households rich = all.between(2 / 3., 1);

    assertThat(poor.size()).isCloseTo(1 / 3., within(1e-12));
    assertThat(middle.size()).isCloseTo(1 / 3., within(1e-12));
    assertThat(poor.with(middle).with(rich).toMatrix().toArray())
        .containsExactly(all.toMatrix().toArray(), within(1e-12));
    assertThat(poor.meanCapital()).isLessThan(middle.meanCapital());
    assertThat(middle.meanCapital()).isLessThan(rich.meanCapital());
  }

  @Test
  void giftsMoveTheMeanAndNothingElse() {
    Households all = spread();
    Households richer = all.given(.7);

    assertThat(richer.meanCapital()).isCloseTo(all.meanCapital() + .7, within(1e-10));
    assertThat(richer.size()).isCloseTo(1, within(1e-12));
  }

  @Test
  void nobodyCanGiveMoreThanHeOwns() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Households.equal(JEDC, 0, 2).given(-3))
        .withMessageStartingWith("cannot take 3.0 from households that own ")
        .withMessageEndingWith(": take less");
  }

  @Test
  void inequalityOfKnownDistributions() {
    Grid grid = new Grid(Vector.of(0, 1, 2, 4));
    WealthMoments.Lorenz half = WealthMoments.Lorenz.of(new double[] {.5, 0, .5, 0}, grid);
    WealthMoments.Lorenz equal = WealthMoments.Lorenz.of(new double[] {0, 1, 0, 0}, grid);

    // Half the households own nothing: the area under the Lorenz curve is a quarter.
    assertThat(half.gini()).isCloseTo(.5, within(1e-15));
    assertThat(half.poorest(.5)).isZero();
    assertThat(half.poorest(.9)).isCloseTo(.8, within(1e-15));
    assertThat(equal.gini()).isCloseTo(0, within(1e-15));
    assertThat(equal.poorest(.3)).isCloseTo(.3, within(1e-15));
  }

  private static Households spread() {
    Households households = Households.start(JEDC, 1);
    double[][] next = thumb(JEDC);
    for (int t = 0; t < 100; t++) {
      households.advance(next, t % 2);
    }
    return households;
  }
}
