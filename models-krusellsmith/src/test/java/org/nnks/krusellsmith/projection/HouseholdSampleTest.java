package org.nnks.krusellsmith.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnks.core.run.Seeds;
import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;

/** The households that stand for a histogram. */
class HouseholdSampleTest {

  private static final KrusellSmith ECONOMY =
      new KrusellSmith(KrusellSmithCalibration.liu2024().withHistogramNodes(80));

  /** A quarter of each household's capital is lost to some, or kept, so that wealth spreads. */
  private static Households spread() {
    Households households = Households.start(ECONOMY, ECONOMY.start().aggregateState());
    double[][] next = new double[ECONOMY.states()][ECONOMY.capital().size()];
    for (int t = 0; t < 30; t++) {
      for (int s = 0; s < next.length; s++) {
        int state = s;
        Arrays.setAll(next[s], i -> (0.88 + 0.04 * state) * ECONOMY.capital().get(i));
      }
      households.advance(next, households.aggregateState());
    }
    return households;
  }

  @Test
  void itsMomentsAreThoseOfTheHistogram() {
    Households histogram = spread();
    HouseholdSample sample =
        HouseholdSample.of(ECONOMY, List.of(histogram), 3, 5, new Seeds(1).stream("sample"));
    int[] capital = new int[1];
    double[] ones = new double[sample.size()];
    double[] k = new double[sample.size()];
    double[] squares = new double[sample.size()];
    for (int i = 0; i < sample.size(); i++) {
      ones[i] = 1;
      k[i] = sample.household(i).capital();
      squares[i] = k[i] * k[i];
      capital[0] += sample.household(i).mass() == 0 ? 1 : 0;
    }
    double square = 0;
    for (int s = 0; s < ECONOMY.states(); s++) {
      for (int i = 0; i < ECONOMY.capital().size(); i++) {
        square += histogram.mass(s, i) * Math.pow(ECONOMY.capital().get(i), 2);
      }
    }
    assertThat(capital[0]).isEqualTo(5 * ECONOMY.states() * ECONOMY.aggregate().size());
    for (int section = 0; section < ECONOMY.aggregate().size(); section++) {
      assertThat(sample.means(ones)[section]).isCloseTo(1, within(1e-12));
      assertThat(sample.means(k)[section])
          .isCloseTo(histogram.meanCapital(), within(1e-10 * histogram.meanCapital()));
      assertThat(sample.means(squares)[section]).isCloseTo(square, within(1e-10 * square));
    }
    assertThat(sample.sectionOf(0).meanCapital())
        .isCloseTo(histogram.meanCapital(), within(1e-10 * histogram.meanCapital()));
  }
}
