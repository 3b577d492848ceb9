package org.nnks.krusellsmith;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnks.core.numeric.Grid;

/** What the distribution of wealth and consumption in one period looks like. */
final class WealthMoments {

  private static final String WITHOUT = "households without wealth";
  private static final String OWNED = "wealth of ";

  private static final List<String> QUINTILES =
      List.of(
          OWNED + "quintile 1",
          OWNED + "quintile 2",
          OWNED + "quintile 3",
          OWNED + "quintile 4",
          OWNED + "quintile 5");

  private WealthMoments() {}

  /** Whether a moment is a share, of all households or of all wealth. */
  static boolean isShare(String moment) {
    return moment.equals(WITHOUT) || moment.startsWith(OWNED);
  }

  /**
   * The moments by name, always the same names in the same order.
   *
   * @param consumption c for each state and node
   */
  static Map<String, Double> of(
      KrusellSmith economy, Households households, double[][] consumption) {
    double[] wealth = households.wealth();
    Lorenz lorenz = Lorenz.of(wealth, economy.capital());
    Map<String, Double> moments = new LinkedHashMap<>();
    moments.put("wealth Gini", lorenz.gini());
    moments.put(WITHOUT, wealth[0]);
    double before = 0;
    for (int q = 0; q < QUINTILES.size(); q++) {
      double owned = lorenz.poorest((q + 1.) / QUINTILES.size());
      moments.put(QUINTILES.get(q), owned - before);
      before = owned;
    }
    moments.put(OWNED + "richest 10 %", 1 - lorenz.poorest(.90));
    moments.put(OWNED + "richest 5 %", 1 - lorenz.poorest(.95));
    moments.put(OWNED + "richest 1 %", 1 - lorenz.poorest(.99));
    addLogConsumption(households, consumption, moments);
    return moments;
  }

  /** The Lorenz curve of wealth: households from the poorest on, and what they own. */
  static final class Lorenz {

    private final double[] households;
    private final double[] owned;

    private Lorenz(double[] households, double[] owned) {
      this.households = households;
      this.owned = owned;
    }

    /**
     * The curve of a distribution.
     *
     * @param wealth share of households at each node
     */
    static Lorenz of(double[] wealth, Grid capital) {
      double[] households = new double[wealth.length];
      double[] owned = new double[wealth.length];
      double count = 0;
      double total = 0;
      for (int i = 0; i < wealth.length; i++) {
        count += wealth[i];
        total += wealth[i] * capital.get(i);
        households[i] = count;
        owned[i] = total;
      }
      for (int i = 0; i < wealth.length; i++) {
        households[i] /= count;
        owned[i] /= total;
      }
      return new Lorenz(households, owned);
    }

    /** One less twice the area under the curve. */
    double gini() {
      double twiceArea = households[0] * owned[0];
      for (int i = 1; i < owned.length; i++) {
        twiceArea += (households[i] - households[i - 1]) * (owned[i] + owned[i - 1]);
      }
      return 1 - twiceArea;
    }

    /** The share of all wealth that a share of households, from the poorest on, owns. */
    double poorest(double share) {
      int i = Arrays.binarySearch(households, share);
      if (i >= 0) {
        return owned[i];
      }
      int above = -i - 1;
      if (above == households.length) {
        return 1;
      }
      if (above == 0) {
        return owned[0] * share / households[0];
      }
      double weight = (share - households[above - 1]) / (households[above] - households[above - 1]);
      return (1 - weight) * owned[above - 1] + weight * owned[above];
    }
  }

  /** Mean log consumption is mean utility; nearly empty cells are left out, for speed. */
  private static void addLogConsumption(
      Households households, double[][] consumption, Map<String, Double> moments) {
    double mean = 0;
    double square = 0;
    for (int s = 0; s < consumption.length; s++) {
      for (int i = 0; i < consumption[s].length; i++) {
        double weight = households.mass(s, i);
        if (weight > HouseholdEulerError.EMPTY) {
          double log = Math.log(consumption[s][i]);
          mean += weight * log;
          square += weight * log * log;
        }
      }
    }
    moments.put("mean log consumption", mean);
    moments.put("sd of log consumption", Math.sqrt(Math.max(square - mean * mean, 0)));
  }
}
