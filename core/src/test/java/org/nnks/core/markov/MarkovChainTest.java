package org.nnks.core.markov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;

class MarkovChainTest {

  private static final MarkovChain KHAN_THOMAS_A = MarkovChain.tauchen(0.859, 0.014, 5, 2);
  private static final MarkovChain KHAN_THOMAS_Z = MarkovChain.tauchen(0.859, 0.022, 5, 2);

  /**
   * Reference: Terry's (2017) code, whose normal distribution has a fractional error of 1.2e-7. The
   * last column is the remainder there, so errors are relative to 1, not to the entry.
   */
  private static final double TERRY_NORMAL = 2e-7;

  private static final double[][] TERRY_ROWS = {
    {.664873829508, .326446805097, .008671985345, 7.3798866821e-6, 1.634455904e-10},
    {.105282590346, .653130009294, .237615201205, .003970162850, 2.0363041503e-6},
    {.001695751052, .162685598851, .671237300193, .162685598851, .001695751052},
    {2.0363041503e-6, .003970162850, .237615201205, .653130009294, .105282590346},
    {1.634455904e-10, 7.3798866821e-6, .008671985345, .326446805097, .664873829508},
  };

  private static final double[] TERRY_A = {
    0.94677849547, 0.97302543414, 1, 1.02772236461, 1.05621325873
  };

  private static final double[] TERRY_Z = {
    0.91764781542, 0.95793935895, 1, 1.04390741508, 1.08974269125
  };

  @Test
  void tauchenGivesTerrysLevels() {
    // Terry's parameters are rounded to single precision: 1e-8 relative.
    for (int i = 0; i < 5; i++) {
      assertThat(KHAN_THOMAS_A.level(i)).isCloseTo(TERRY_A[i], within(1e-8));
      assertThat(KHAN_THOMAS_Z.level(i)).isCloseTo(TERRY_Z[i], within(1e-8));
    }
  }

  @Test
  void tauchenGivesTerrysTransition() {
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 5; j++) {
        assertThat(KHAN_THOMAS_A.probability(i, j))
            .as("transition (%d, %d)", i, j)
            .isCloseTo(TERRY_ROWS[i][j], within(TERRY_NORMAL));
        assertThat(KHAN_THOMAS_Z.probability(i, j))
            .isCloseTo(KHAN_THOMAS_A.probability(i, j), within(1e-14));
      }
    }
  }

  @Test
  void smallTailProbabilitiesAreRelativelyPrecise() {
    // Reference: the normal upper tail by its continued fraction, an independent route.
    double s = 0.014 / Math.sqrt(1 - 0.859 * 0.859);
    double fromLowestToHighest = (2 * s - s / 2 + 0.859 * 2 * s) / 0.014;
    assertThat(KHAN_THOMAS_A.probability(0, 4))
        .isCloseTo(upperTail(fromLowestToHighest), within(1e-12 * 1.6e-10));
    assertThat(KHAN_THOMAS_A.probability(4, 0))
        .isCloseTo(upperTail(fromLowestToHighest), within(1e-12 * 1.6e-10));
  }

  @Test
  void khanThomasMoments() {
    double[] stationary = {.078323, .243569, .356215, .243569, .078323};
    for (int i = 0; i < 5; i++) {
      assertThat(KHAN_THOMAS_A.stationary().get(i)).isCloseTo(stationary[i], within(5e-7));
    }
    assertThat(logSd(KHAN_THOMAS_A)).isCloseTo(.028858, within(5e-7));
    assertThat(logAutocorrelation(KHAN_THOMAS_A)).isCloseTo(.8419, within(5e-5));
  }

  @Test
  void tauchenApproachesTheProcessWithManyStates() {
    // With step h the two discretisation errors in the variances are of order h^2 / 12.
    MarkovChain chain = MarkovChain.tauchen(0.5, 0.1, 401, 6);
    assertThat(logSd(chain)).isCloseTo(0.1 / Math.sqrt(0.75), within(1e-4));
    assertThat(logAutocorrelation(chain)).isCloseTo(0.5, within(1e-3));
  }

  @ParameterizedTest
  @CsvSource({"0.859, 0.014, 5", "0.99, 0.007, 2", "0.95, 0.4, 9", "-0.3, 1, 4", "0, 0.2, 7"})
  void rouwenhorstMatchesTheProcessExactly(double persistence, double innovationSd, int states) {
    MarkovChain chain = MarkovChain.rouwenhorst(persistence, innovationSd, states);
    double sd = innovationSd / Math.sqrt(1 - persistence * persistence);
    assertThat(logSd(chain)).isCloseTo(sd, within(1e-12));
    assertThat(logAutocorrelation(chain)).isCloseTo(persistence, within(1e-12));
    for (int i = 0; i < states; i++) {
      double mean = 0;
      for (int j = 0; j < states; j++) {
        mean += chain.probability(i, j) * Math.log(chain.level(j));
      }
      assertThat(mean).isCloseTo(persistence * Math.log(chain.level(i)), within(1e-12));
    }
  }

  @Test
  void rouwenhorstHasABinomialStationaryLaw() {
    double[] binomial = {1, 4, 6, 4, 1};
    Vector law = MarkovChain.rouwenhorst(0.9, 0.1, 5).stationary();
    for (int i = 0; i < 5; i++) {
      assertThat(law.get(i)).isCloseTo(binomial[i] / 16, within(1e-13));
    }
  }

  @Test
  void stationaryLawOfTwoStatesHasAClosedForm() {
    MarkovChain chain = chain(new double[][] {{0.9, 0.1}, {0.3, 0.7}});
    assertThat(chain.stationary().get(0)).isCloseTo(0.75, within(1e-15));
    assertThat(chain.stationary().get(1)).isCloseTo(0.25, within(1e-15));
  }

  @Test
  void stationaryLawIgnoresTransientStatesAndPeriods() {
    MarkovChain transientFirst = chain(new double[][] {{0.5, 0.5, 0}, {0, 0, 1}, {0, 1, 0}});
    assertThat(transientFirst.stationary().get(0)).isZero();
    assertThat(transientFirst.stationary().get(1)).isCloseTo(0.5, within(1e-15));
    MarkovChain transientLast = chain(new double[][] {{1, 0}, {1, 0}});
    assertThat(transientLast.stationary()).isEqualTo(Vector.of(1, 0));
  }

  /** Two states that are left once in 1e12 periods: pi_0 = q / (p + q), relatively exact. */
  @Test
  void stationaryLawOfANearlyReducibleChain() {
    double p = 1e-12;
    double q = .5e-12;
    MarkovChain chain = chain(new double[][] {{1 - p, p}, {q, 1 - q}});
    assertThat(chain.stationary().get(0)).isCloseTo(1. / 3, within(1e-15));
    assertThat(chain.stationary().get(1)).isCloseTo(2. / 3, within(1e-15));
  }

  /** Up and down moves only: pi_(i+1) / pi_i = up_i / down_(i+1), to 1e-130. */
  @Test
  void tinyProbabilitiesOfABirthAndDeathChainAreRelativelyExact() {
    double[] up = {1e-20, .3, 1e-9, 1e-100, .1};
    double[] down = {.2, 1e-3, .4, .5, 1e-6};
    double[][] rows = new double[6][6];
    double[] law = {1, 0, 0, 0, 0, 0};
    double sum = 1;
    for (int i = 0; i < 5; i++) {
      rows[i][i + 1] = up[i];
      rows[i + 1][i] = down[i];
      law[i + 1] = law[i] * up[i] / down[i];
      sum += law[i + 1];
    }
    for (int i = 0; i < 6; i++) {
      rows[i][i] = 1 - Arrays.stream(rows[i]).sum();
    }
    Vector found = chain(rows).stationary();
    for (int i = 0; i < 6; i++) {
      assertThat(found.get(i) / (law[i] / sum)).as("state %d", i).isCloseTo(1, within(1e-14));
    }
  }

  /**
   * Three states with any moves: by the Markov chain tree theorem the weight of a state is the sum,
   * over the spanning trees towards it, of the products of their moves.
   */
  @Test
  void stationaryLawIsThatOfSpanningTrees() {
    SplittableRandom random = new SplittableRandom(13);
    for (int draw = 0; draw < 200; draw++) {
      double[][] m = new double[3][3];
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          m[i][j] = i == j ? 0 : .5 * Math.pow(10, -random.nextDouble(0, 40));
        }
        m[i][i] = 1 - m[i][0] - m[i][1] - m[i][2];
      }
      double[] trees = new double[3];
      for (int i = 0; i < 3; i++) {
        int j = (i + 1) % 3;
        int k = (i + 2) % 3;
        trees[i] = m[j][i] * m[k][i] + m[j][k] * m[k][i] + m[k][j] * m[j][i];
      }
      Vector law = chain(m).stationary();
      for (int i = 0; i < 3; i++) {
        double expected = trees[i] / (trees[0] + trees[1] + trees[2]);
        assertThat(law.get(i) / expected).as("draw %d", draw).isCloseTo(1, within(1e-14));
      }
    }
  }

  @Test
  void transientStatesMayFallIntoASmallGroup() {
    // 0 goes to 1 or 3; 1 and 2 lead on to 3 and 4, which never leave each other.
    MarkovChain chain =
        chain(
            new double[][] {
              {.5, .25, 0, .25, 0},
              {0, 0, 1, 0, 0},
              {.5, 0, 0, 0, .5},
              {0, 0, 0, .9, .1},
              {0, 0, 0, .3, .7}
            });
    Vector law = chain.stationary();
    assertThat(law.slice(0, 3)).isEqualTo(Vector.of(0, 0, 0));
    assertThat(law.get(3)).isCloseTo(.75, within(1e-15));
    assertThat(law.get(4)).isCloseTo(.25, within(1e-15));
  }

  @Test
  void severalStationaryLawsAreAnError() {
    MarkovChain split = chain(new double[][] {{1, 0}, {0, 1}});
    assertThatIllegalStateException()
        .isThrownBy(split::stationary)
        .withMessageContaining("more than one stationary law");
  }

  @Test
  void simulationMovesToTheFirstStateWhoseCumulativeProbabilityExceedsTheDraw() {
    MarkovChain chain = chain(new double[][] {{0.25, 0.5, 0.25}, {0, 0, 1}, {0.5, 0.5, 0}});
    long seed = 7;
    int[] states = chain.simulate(1, 1000, new SplittableRandom(seed));
    assertThat(states).hasSize(1000);
    assertThat(states[0]).isEqualTo(1);
    SplittableRandom same = new SplittableRandom(seed);
    for (int t = 1; t < states.length; t++) {
      double u = same.nextDouble();
      int expected =
          switch (states[t - 1]) {
            case 0 -> u < 0.25 ? 0 : u < 0.75 ? 1 : 2;
            case 1 -> 2;
            default -> u < 0.5 ? 0 : 1;
          };
      assertThat(states[t]).as("period %d", t).isEqualTo(expected);
    }
  }

  @Test
  void simulationNeverTakesAnImpossibleMoveAtTheEdgesOfTheDraw() {
    // The cumulative row ends a rounding error below 1, and the last state is impossible.
    double third = 1.0 / 3;
    double[] row = {third, third, 1 - 2 * third - 1e-10, 0};
    MarkovChain chain = chain(new double[][] {row, row, row, row});
    assertThat(chain.simulate(0, 3, () -> -1L)).containsExactly(0, 2, 2);
    double[] noFirst = {0, 1, 0, 0};
    MarkovChain other = chain(new double[][] {noFirst, noFirst, noFirst, noFirst});
    assertThat(other.simulate(0, 2, () -> 0L)).containsExactly(0, 1);
  }

  @Test
  void simulatedFrequenciesApproachTheStationaryLaw() {
    int periods = 200_000;
    double[] frequencies = new double[5];
    for (int state : KHAN_THOMAS_A.simulate(2, periods, new SplittableRandom(20260101))) {
      frequencies[state] += 1.0 / periods;
    }
    // About 200,000 / 12 independent draws: a standard error below .004, three of them below .012.
    for (int i = 0; i < 5; i++) {
      assertThat(frequencies[i]).isCloseTo(KHAN_THOMAS_A.stationary().get(i), within(.012));
    }
  }

  @Test
  void otherLevelsKeepTheTransition() {
    Vector levels = Vector.of(1, 2, 3, 4, 5);
    MarkovChain chain = KHAN_THOMAS_A.withLevels(levels);
    assertThat(chain.levels()).isEqualTo(levels);
    assertThat(chain.transition()).isEqualTo(KHAN_THOMAS_A.transition());
    assertThat(chain.size()).isEqualTo(5);
  }

  @Test
  void rejectsWhatIsNoChain() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> chain(new double[][] {{0.5, 0.5 + 2e-9}, {0, 1}}))
        .withMessageContaining("row 0 must sum to 1 within 1.0E-9");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> chain(new double[][] {{1, 0}, {1.5, -0.5}}))
        .withMessageContaining("transition (1, 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> chain(new double[][] {{1, 0}, {Double.NaN, 1}}))
        .withMessageContaining("transition (1, 0)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MarkovChain(Vector.of(1, 2, 3), Matrix.of(2, 2, 1, 0, 0, 1)))
        .withMessageContaining("expected shape (3, 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KHAN_THOMAS_A.withLevels(Vector.of(1, 2, Double.NaN, 4, 5)))
        .withMessageContaining("level 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MarkovChain(Vector.of(), Matrix.of(0, 0)))
        .withMessageContaining("at least 1 state");
  }

  @Test
  void rejectsArgumentsOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MarkovChain.tauchen(1, 0.1, 5, 2))
        .withMessageContaining("persistence");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MarkovChain.tauchen(0.9, 0, 5, 2))
        .withMessageContaining("innovationSd");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MarkovChain.rouwenhorst(0.9, 0.1, 1))
        .withMessageContaining("states must be at least 2 but is 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MarkovChain.tauchen(0.9, 0.1, 5, Double.NaN))
        .withMessageContaining("widthInSds");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KHAN_THOMAS_A.simulate(5, 10, new SplittableRandom(1)))
        .withMessageContaining("from 0 to 4 but is 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KHAN_THOMAS_A.simulate(0, 0, new SplittableRandom(1)))
        .withMessageContaining("periods");
  }

  private static MarkovChain chain(double[][] rows) {
    double[] levels = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      levels[i] = i + 1;
    }
    return new MarkovChain(Vector.of(levels), Matrix.ofRows(rows));
  }

  /** The standard deviation of the log level under the stationary law, by brute force. */
  private static double logSd(MarkovChain chain) {
    return Math.sqrt(logCovariance(chain, identity(chain.size())));
  }

  private static double logAutocorrelation(MarkovChain chain) {
    return logCovariance(chain, chain.transition()) / logCovariance(chain, identity(chain.size()));
  }

  private static double logCovariance(MarkovChain chain, Matrix move) {
    Vector law = byPowers(chain);
    double mean = law.dot(chain.levels().map(Math::log));
    double covariance = 0;
    for (int i = 0; i < chain.size(); i++) {
      for (int j = 0; j < chain.size(); j++) {
        covariance +=
            law.get(i)
                * move.get(i, j)
                * (Math.log(chain.level(i)) - mean)
                * (Math.log(chain.level(j)) - mean);
      }
    }
    return covariance;
  }

  /** The stationary law by moving a uniform law 5000 times: another route than the solver's. */
  private static Vector byPowers(MarkovChain chain) {
    int n = chain.size();
    double[] law = new double[n];
    Arrays.fill(law, 1.0 / n);
    for (int step = 0; step < 5000 && n < 100; step++) {
      double[] next = new double[n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          next[j] += law[i] * chain.probability(i, j);
        }
      }
      law = next;
    }
    return n < 100 ? Vector.of(law) : chain.stationary();
  }

  private static Matrix identity(int n) {
    double[] values = new double[n * n];
    for (int i = 0; i < n; i++) {
      values[i * (n + 1)] = 1;
    }
    return Matrix.of(n, n, values);
  }

  /** Q(x) for large x by 200 levels of Laplace's continued fraction. */
  private static double upperTail(double x) {
    double fraction = 0;
    for (int k = 200; k >= 1; k--) {
      fraction = k / (x + fraction);
    }
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI) / (x + fraction);
  }
}
