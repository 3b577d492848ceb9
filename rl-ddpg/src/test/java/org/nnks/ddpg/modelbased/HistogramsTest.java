package org.nnks.ddpg.modelbased;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nnks.core.run.Seeds;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;

/** Which cross-sections households learn from. */
class HistogramsTest {

  private static final KrusellSmith JEDC = new KrusellSmith(KrusellSmithCalibration.jedc2010());

  /**
   * Wealth is moved once in each of the 8 economies in so many periods, where a summary is seen.
   */
  private static final int ROUND = 800;

  private static final int ECONOMIES = 8;

  /** About what keeps K: wealth spreads, as the unemployed keep less. */
  private static final double SHARE = .07;

  @Test
  void someEconomiesStartAnewFromEqualWealthWhereASummaryIsSeen() {
    assertThat(startsAnew(true)).isBetween(1, ECONOMIES - 1);
    assertThat(startsAnew(false)).isZero();
  }

  /** How many economies have become equal in a round. */
  private static int startsAnew(boolean summarised) {
    RandomGenerator random = new Seeds(1).stream("histograms");
    Histograms model = new Histograms(JEDC, summarised, random);
    int anew = 0;
    for (int period = 1; period <= ROUND; period++) {
      model.advance(
          points -> {
            double[] actions = new double[points.shift().length];
            Arrays.fill(actions, SHARE);
            return actions;
          },
          random);
      if (period % (ROUND / ECONOMIES) == 0) {
        Map<String, double[]> state = new TreeMap<>();
        model.save(state);
        for (int e = 0; e < ECONOMIES; e++) {
          anew += equal(state.get("gradient.economy" + e)) ? 1 : 0;
        }
      }
    }
    return anew;
  }

  /** Whether all households are between two neighbouring nodes. */
  private static boolean equal(double[] mass) {
    int nodes = mass.length / JEDC.states();
    int met = 0;
    for (int i = 0; i < nodes; i++) {
      double here = 0;
      for (int s = 0; s < JEDC.states(); s++) {
        here += mass[s * nodes + i];
      }
      met += here > 0 ? 1 : 0;
    }
    return met <= 2;
  }
}
