package org.nnks.krusellsmith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TabulatedHouseholdsTest {

  private static final KrusellSmith JEDC = new KrusellSmith(KrusellSmithCalibration.jedc2010());

  /** Saves a share of cash that falls with K; it sees nothing else of the distribution. */
  private static final HouseholdRule SMOOTH =
      (households, capital, next) -> {
        int a = households.aggregateState();
        double mean = households.meanCapital();
        for (int s = 0; s < capital.length; s++) {
          for (int i = 0; i < capital[s].length; i++) {
            double cash =
                JEDC.grossReturn(a, mean) * capital[s][i] + JEDC.wage(a, mean) * JEDC.income(a, s);
            next[s][i] = cash * Math.exp(-.1 - .001 * mean);
          }
        }
      };

  @Test
  void betweenNodesATableIsTheRule() {
    HouseholdRule table = TabulatedHouseholds.of(JEDC, SMOOTH, 100, 12);
    for (double mean : new double[] {33.3, 39.1, 44.4}) {
      for (int a = 0; a < 2; a++) {
        Households households = Households.equal(JEDC, a, mean);
        double[][] capital = new double[2][];
        Arrays.fill(capital, JEDC.capital().nodes().toArray());
        double[][] rule = new double[2][capital[0].length];
        double[][] tabulated = new double[2][capital[0].length];
        SMOOTH.nextCapital(households, capital, rule);
        table.nextCapital(households, capital, tabulated);
        for (int s = 0; s < 2; s++) {
          for (int i = 0; i < rule[s].length; i++) {
            // The rule is linear in k, so what is left is the cubic in log K.
            assertThat(tabulated[s][i] / rule[s][i]).isCloseTo(1, within(1e-6));
          }
        }
      }
    }
  }
}
