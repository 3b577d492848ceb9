package org.nnks.core.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Vector;

/** The step of the transition method, given how much a path changes by iteration. */
class SequenceStateTest {

  private static final PathGuess GUESS =
      new PathGuess(
          new int[] {0},
          new double[] {1},
          new double[][] {{1}},
          new double[][] {{1}},
          new double[1][0]);

  private static final PathGuess IMAGE =
      new PathGuess(
          new int[] {0},
          new double[] {1},
          new double[][] {{4}},
          new double[][] {{1}},
          new double[1][0]);

  private static SequenceState after(double... changes) {
    SequenceState state = new SequenceState(Vector.of(), 1, 0, GUESS, GUESS, new double[][] {{0}});
    for (double change : changes) {
      state = state.after(IMAGE, change, GUESS, false);
    }
    return state;
  }

  /** A path that overshoots by as much each time: .1 and .2 in turn after a fall from 1. */
  private static double[] circling(int iterations) {
    return IntStream.range(0, iterations)
        .mapToDouble(i -> i == 0 ? 1 : i % 2 == 1 ? .1 : .2)
        .toArray();
  }

  @Test
  void aPathThatCirclesTakesHalfStepsAndOnlyThen() {
    // The first .1 is the smallest so far; eight iterations later none is smaller.
    int first = 2 + RepeatedTransition.CIRCLES;
    assertThat(after(circling(first - 1)).step()).isEqualTo(1);
    SequenceState halved = after(circling(first));
    assertThat(halved.step()).isEqualTo(.5);
    assertThat(halved.since()).isZero();
    // A halved step is given as many iterations before it is halved again.
    assertThat(after(circling(first + RepeatedTransition.CIRCLES - 1)).step()).isEqualTo(.5);
    assertThat(after(circling(first + RepeatedTransition.CIRCLES)).step()).isEqualTo(.25);
  }

  @Test
  void aPathThatConvergesSlowlyTakesFullSteps() {
    double[] changes = IntStream.range(0, 40).mapToDouble(i -> Math.pow(.99, i)).toArray();
    assertThat(after(changes).step()).isEqualTo(1);
  }

  @Test
  void aPathThatGetsMuchWorseTakesHalfStepsAtOnce() {
    assertThat(after(.1, RepeatedTransition.WORSE * .1 + .001).step()).isEqualTo(.5);
    assertThat(after(.1, RepeatedTransition.WORSE * .1 - .001).step()).isEqualTo(1);
  }
}
